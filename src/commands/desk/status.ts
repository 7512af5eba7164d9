import type { Place } from '../../chat/platform.ts'
import { type Inline, list, type Reply, text } from '../../chat/reply.ts'
import type { Library } from '../../content/library.ts'
import { partContentsOf } from '../../content/parts.ts'
import { type Document, withdrawalDocument } from '../../content/read/documents/document.ts'
import type { Withdrawal } from '../../content/story.ts'
import { formatWaiting, mayBeCured, reachOfCause } from '../../delivery/repair-reasons.ts'
import { phrases } from '../../phrases/phrases.ts'
import { type Cause, UNKNOWN_IF_TAKEN_BACK } from '../../store/causes.ts'
import { parseFailure } from '../../store/failure-text.ts'
import type { DeskRequest } from '../context.ts'
import { type PageUnit, plainUnit, renderPage } from '../pages.ts'
import { shortenMiddle } from '../quote/differences.ts'
import { waitingForGone } from './drop.ts'
import { type MomentFormat, momentFormat } from './moment-format.ts'
import { lookUpPlaceNames, type PlaceNames } from './place-names.ts'
import { retryLineFor, stoppedItem } from './retry.ts'
import { whatWaits } from './what-waits.ts'

const MAX_DOUBTS = 20

/** `/desk`: what it can do, what is in trouble or in doubt, and the progress of corrections and withdrawals. */
export async function deskStatus(request: DeskRequest): Promise<Reply> {
  const { store } = request.desk
  const [faults, doubt, causes, documents, withdrawals] = await Promise.all([
    store.faults.list(),
    store.ledger.failedOrUnclear(MAX_DOUBTS, ['doubt']),
    store.corrections.causes(),
    store.documents.all(),
    store.corrections.withdrawals(),
  ])
  const open = causes.filter(({ pending }) => pending > 0).map(({ cause }) => cause)
  const waiting = Map.groupBy(await store.corrections.waitingReasons(open), ({ cause }) => cause)
  const formatMoment = momentFormat(request)
  const nameOf = await lookUpPlaceNames(request, [
    ...faults.flatMap(({ subject }) => placeIn(subject) ?? []),
    ...doubt.rows.map(({ place }) => place),
  ])
  const doubts = doubt.rows.map(row => stoppedItem(row, nameOf))
  if (doubt.more > 0) doubts.push(phrases.desk.moreDoubts(doubt.more))
  const gone = await waitingForGone(request.desk.contentDir, documents)
  const units = [
    plainUnit(text(...phrases.desk.commandList())),
    ...titledUnits(await whatWaits(store), phrases.deskWaits.title),
    ...titledUnits(
      faults.map(({ message, subject, since }) => [
        phrases.desk.trouble(formatMoment(since), subjectText(subject, nameOf), parseFailure(message).human),
      ]),
      phrases.desk.troubles(faults.length),
      phrases.desk.noTroubles(),
    ),
    ...titledUnits(doubts, phrases.desk.doubts(doubt.rows.length + doubt.more), phrases.desk.noDoubts()),
    ...titledUnits(
      causes.map(cause =>
        causeItem(cause, request.library, formatMoment, formatWaiting(waiting.get(cause.cause) ?? [])),
      ),
      phrases.correction.repairsTitle(causes.length),
      phrases.correction.noRepairs(),
    ),
    plainUnit(text(...(await additionsLine(request.desk, documents, withdrawals)))),
    ...[...gone].map(([slug, own]) => plainUnit(text(...phrases.deskWaits.forGone(slug, own.length)))),
  ]
  const frame = { title: phrases.desk.title }
  const reply = renderPage(undefined, frame, units, { page: request.flags.page, line: '/desk status' })
  return { ...reply, parts: [], guide: true }
}

/** What the files do not have yet. */
async function additionsLine(
  { contentDir }: DeskRequest['desk'],
  documents: Document[],
  withdrawals: Withdrawal[],
): Promise<Inline[]> {
  const all = [...documents, ...withdrawals.map(withdrawalDocument)]
  if (all.length === 0) return phrases.correction.noAdditions()
  const { landedIn } = await import('../../content/read/documents/pull.ts')
  const landed = await landedIn(contentDir, all)
  const left = all.filter(document => !landed.includes(document))
  if (left.length === 0) return phrases.correction.noAdditions()
  const waiting = left.filter(({ pulledAt }) => pulledAt === undefined).length
  return phrases.correction.additions(waiting, left.length - waiting)
}

/** The place that a fault is about: its subject is a place, and the name of a digest if one is paused there. */
const placeIn = (subject: string): Place | undefined =>
  /^(?:slack|discord|preview|webhook):\S+/.exec(subject)?.[0] as Place | undefined

function subjectText(subject: string, nameOf: PlaceNames): string {
  const place = placeIn(subject)
  if (place === undefined) return subject
  const digest = subject.slice(place.length).trim()
  return phrases.desk.faultSubject(nameOf(place), digest === '' ? undefined : digest)
}

/** Puts items under their title, or says that there are none, where that is worth a line. */
const titledUnits = (items: Inline[][], title: string, none?: Inline[]): PageUnit[] =>
  items.length === 0
    ? none
      ? [plainUnit(text(...none))]
      : []
    : items.map((item, index) => ({
        ...plainUnit(list([item])),
        lead: index === 0 ? text({ bold: title }) : undefined,
      }))

function causeItem(cause: Cause, library: Library, formatMoment: MomentFormat, waitsFor: string): Inline[] {
  const { kind, seenAt, doneAt, takenBackAt = UNKNOWN_IF_TAKEN_BACK } = cause
  const back = takenBackAt !== UNKNOWN_IF_TAKEN_BACK
  return phrases.correction.progress({
    kind,
    back,
    name: causeName(cause, library),
    seen: formatMoment(back ? takenBackAt : seenAt),
    done: doneAt === undefined ? undefined : formatMoment(doneAt),
    messages: { ...reachOfCause(cause), waitsFor },
    retryLine: mayBeCured(cause.reasons) ? retryLineFor(cause.cause) : undefined,
  })
}

/** The withdrawn story, or the corrected part with what is right now, since one part may be corrected several times. */
function causeName({ cause, kind, story: slug, part }: Cause, library: Library): string {
  if (kind === 'withdrawal') return slug
  const story = library.story(slug)
  const content = story && partContentsOf(story).get(cause)
  if (content?.kind !== 'correction') return part
  return `${part} (“${shortenMiddle(content.correction.now)}”)`
}
