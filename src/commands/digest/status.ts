import type { Access } from '../../chat/platform.ts'
import { type Inline, note, type Reply, refusal, text } from '../../chat/reply.ts'
import { harmlessName } from '../../chat/safe-text.ts'
import type { Digest } from '../../content/digest.ts'
import { dayOf, isZone, readableDay } from '../../dates.ts'
import { missedBefore } from '../../digests/schedule.ts'
import { LATE_MS } from '../../digests/slots.ts'
import { phrases } from '../../phrases/phrases.ts'
import type { Delivery } from '../../store/delivery.ts'
import { whyOf } from '../../store/failure.ts'
import type { Subscription } from '../../store/subscriptions.ts'
import type { DigestAsk } from '../context.ts'
import { paged, type Unit } from '../pages.ts'
import { type DigestLook, platformAt, soon } from './run.ts'
import { momentIn, rhythmLine, storiesIn, storiesLine, whenNext } from './setting.ts'

/** So many editions back it is told what was missed. */
const NEWEST = 14
const MOST_MISSED = 3

/** `/digest status`: what a place receives, when, what became of the last one, and what we may do here. */
export async function digestStatus(ask: DigestAsk): Promise<Reply> {
  const { desk, call, library, flags } = ask
  const [access, here] = await Promise.all([
    soon(platformAt(ask)?.access?.(call.place), desk),
    desk.store.subscriptions(call.place),
  ])
  const editions = await Promise.all(here.map(one => desk.store.editions(call.place, one.digest, NEWEST)))
  const names = new Set(here.map(one => one.digest))
  const others = library.digests.filter(digest => !names.has(digest.name))
  if (here.length + others.length === 0) return refusal([phrases.digest.noDigests])
  const units = [
    ...here.map((one, index) => unit(text(...subscribed(ask, one, editions[index]!)))),
    ...others.map(digest => unit(text(...notTaken(digest)))),
    unit(note(mayHere(access))),
  ]
  const frame = { title: phrases.digestStatus.title(harmlessName(access?.name)) }
  return { ...paged(undefined, frame, units, { page: flags.page, line: '/digest status' }), parts: [] }
}

const unit = (block: Unit['block']): Unit => ({ block, sources: [], part: '' })

const notTaken = ({ name, title, about }: Digest): Inline[] =>
  phrases.digestStatus.notOn(title, about, `/digest on ${name}`)

function subscribed(ask: DigestAsk, one: Subscription, editions: Delivery[]): Inline[] {
  const { library, call } = ask
  const digest = library.digest(one.digest)
  const present = dayOf(call.at, isZone(one.zone) ? one.zone : 'UTC')
  const setOn = readableDay(dayOf(one.setAt, isZone(one.zone) ? one.zone : 'UTC'), present)
  const says = phrases.digestStatus
  const missed = missedLine(ask, one, editions)
  return [
    { bold: digest?.title ?? one.digest },
    ` (${one.digest}) · ${says[one.state]} · ${rhythmLine(one)}\n`,
    ...(one.state === 'paused' ? [...pausedLine(one), '\n'] : []),
    ...(digest
      ? [storiesLine(storiesIn(library, digest, one))]
      : says.noLongerOffered(`/digest off ${one.digest}`)),
    '\n',
    ...lastLine(ask, one, editions[0]),
    ...(one.state === 'on' ? [` · ${phrases.digest.next(whenNext(one, call.at))}`] : []),
    '\n',
    ...(missed === undefined ? [] : [`${missed}\n`]),
    says.set(one.setByName, setOn),
  ]
}

function pausedLine({ digest, reason }: Subscription): Inline[] {
  const { whyPaused, notDelivered } = phrases.digestStatus
  return whyPaused(reason ?? notDelivered, `/digest on ${digest}`)
}

/** What became of the last edition that a place had. */
export function lastLine(ask: DigestLook, one: Subscription, last: Delivery | undefined): Inline[] {
  if (last?.slot === undefined) return [phrases.digestStatus.noneYet]
  return phrases.digestStatus.last(momentIn(one, last.slot, ask.call.at), resultOf(ask, one, last))
}

/** What became of an edition, in words. */
function resultOf(ask: DigestLook, one: Subscription, last: Delivery): Inline[] {
  const says = phrases.digestStatus
  switch (last.state) {
    case 'sent': {
      const late = (last.settledAt ?? 0) - (last.slot ?? 0) > LATE_MS
      const link = last.message && platformAt(ask)?.link?.(last.message)
      return says.posted(late ? momentIn(one, last.settledAt!, ask.call.at) : undefined, link)
    }
    case 'quiet':
      return [says.quiet]
    case 'missed':
      return [says.missed]
    case 'doubt':
      return [says.inDoubt]
    case 'failed':
      return [says.failed(last.error === undefined ? undefined : whyOf(last.error).human)]
    case 'withdrawn':
      return [says.withdrawn]
    case 'due':
    case 'sending':
      return [last.attempts > 1 ? says.notPostedYet(last.attempts) : says.beingPosted]
  }
}

function missedLine({ call }: DigestAsk, one: Subscription, editions: Delivery[]): string | undefined {
  const missed = editions.filter(({ state }) => state === 'missed')
  if (missed.length === 0) return undefined
  const shown = missed.slice(0, MOST_MISSED).map(({ slot = 0 }) => momentIn(one, slot, call.at))
  // The oldest of a long row tells of those before it.
  const all = missed.length + missedBefore(missed.at(-1)?.error)
  return phrases.digestStatus.allMissed(shown, all - shown.length)
}

/** What we may do in this place, in words. */
const mayHere = (access: Access | undefined): string =>
  access ? phrases.digestStatus.mayHere(access) : phrases.digestStatus.mayUnknown
