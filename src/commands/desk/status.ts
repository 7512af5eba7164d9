import { type Inline, list, type Reply, text } from '../../chat/reply.ts'
import { readableMoment } from '../../dates.ts'
import { reachOfCause } from '../../delivery/repair-reasons.ts'
import { phrases } from '../../phrases/phrases.ts'
import type { Cause } from '../../store/causes.ts'
import { parseFailure } from '../../store/failure.ts'
import type { DeskRequest } from '../context.ts'
import { type PageUnit, renderPage } from '../pages.ts'
import { stoppedItem } from './retry.ts'

const MAX_DOUBTS = 20

/** `/desk`: what it can do, what is in trouble or in doubt, and how far corrections and withdrawals have come. */
export async function deskStatus({ desk, call, flags, context }: DeskRequest): Promise<Reply> {
  const { store } = desk
  const [faults, doubt, causes] = await Promise.all([
    store.faults.list(),
    store.ledger.failedOrUnclear(MAX_DOUBTS, ['doubt']),
    store.corrections.causes(),
  ])
  const when = (at: number) => readableMoment(at, context.zone, call.at)
  const doubts = doubt.rows.map(stoppedItem)
  if (doubt.more > 0) doubts.push(phrases.desk.moreDoubts(doubt.more))
  const units = [
    pageUnit(text(...phrases.desk.commandList())),
    ...titledUnits(
      faults.map(({ message, subject, since }) => [
        phrases.desk.trouble(when(since), subject, parseFailure(message).human),
      ]),
      phrases.desk.troubles(faults.length),
      phrases.desk.noTroubles(),
    ),
    ...titledUnits(doubts, phrases.desk.doubts(doubt.rows.length + doubt.more), phrases.desk.noDoubts()),
    ...titledUnits(
      causes.map(cause => causeItem(cause, when)),
      phrases.correction.repairsTitle(causes.length),
      phrases.correction.noRepairs(),
    ),
  ]
  const frame = { title: phrases.desk.title }
  const reply = renderPage(undefined, frame, units, { page: flags.page, line: '/desk status' })
  return { ...reply, parts: [], guide: true }
}

/** Some items under their title, or that there are none. */
const titledUnits = (items: Inline[][], title: string, none: Inline[]): PageUnit[] =>
  items.length === 0
    ? [pageUnit(text(...none))]
    : items.map((item, index) => ({
        ...pageUnit(list([item])),
        ...(index === 0 && { lead: text({ bold: title }) }),
      }))

const causeItem = ({ kind, story, part, seenAt, doneAt, ...cause }: Cause, when: (at: number) => string) =>
  phrases.correction.progress({
    kind,
    name: kind === 'withdrawal' ? story : part,
    seen: when(seenAt),
    ...(doneAt !== undefined && { done: when(doneAt) }),
    messages: reachOfCause(cause),
  })

const pageUnit = (block: PageUnit['block']): PageUnit => ({ block, sources: [], part: '' })
