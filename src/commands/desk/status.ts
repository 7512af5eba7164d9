import { type Inline, list, type Reply, text } from '../../chat/reply.ts'
import { readableMoment } from '../../dates.ts'
import { phrases } from '../../phrases/phrases.ts'
import { type Cause, reachedBy } from '../../store/causes.ts'
import { whyOf } from '../../store/failure.ts'
import type { DeskAsk } from '../context.ts'
import { paged, type Unit } from '../pages.ts'
import { stoppedLine } from './retry.ts'

const MOST = 20

/** `/desk`: what it can do, what is in trouble or in doubt, and how far corrections and withdrawals have come. */
export async function deskStatus({ desk, call, flags, newsroom }: DeskAsk): Promise<Reply> {
  const { store } = desk
  const [faults, doubt, causes] = await Promise.all([
    store.faults(),
    store.stopped(MOST, ['doubt']),
    store.causes(),
  ])
  const when = (at: number) => readableMoment(at, newsroom.zone, call.at)
  const doubts = doubt.rows.map(stoppedLine)
  if (doubt.more > 0) doubts.push(phrases.desk.moreDoubts(doubt.more))
  const units = [
    unit(text(...phrases.desk.canDo())),
    ...section(
      faults.map(({ message, subject, since }) => [
        phrases.desk.trouble(when(since), subject, whyOf(message).human),
      ]),
      phrases.desk.troubles(faults.length),
      phrases.desk.noTroubles(),
    ),
    ...section(doubts, phrases.desk.doubts(doubt.rows.length + doubt.more), phrases.desk.noDoubts()),
    ...section(
      causes.map(cause => causeLine(cause, when)),
      phrases.correction.all(causes.length),
      phrases.correction.none(),
    ),
  ]
  const frame = { title: phrases.desk.title }
  const reply = paged(undefined, frame, units, { page: flags.page, line: '/desk status' })
  return { ...reply, parts: [], guide: true }
}

/** Some items under their title, or that there are none. */
const section = (items: Inline[][], title: string, none: Inline[]): Unit[] =>
  items.length === 0
    ? [unit(text(...none))]
    : items.map((item, index) => ({
        ...unit(list([item])),
        ...(index === 0 && { lead: text({ bold: title }) }),
      }))

const causeLine = ({ kind, story, part, seenAt, doneAt, ...cause }: Cause, when: (at: number) => string) =>
  phrases.correction.progress({
    kind,
    name: kind === 'withdrawal' ? story : part,
    seen: when(seenAt),
    ...(doneAt !== undefined && { done: when(doneAt) }),
    messages: reachedBy(cause),
  })

const unit = (block: Unit['block']): Unit => ({ block, sources: [], part: '' })
