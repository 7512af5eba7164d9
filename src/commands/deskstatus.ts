import { readableMoment } from '../dates.ts'
import { type Inline, list, type Reply, text } from '../reply.ts'
import { type Cause, reasonsText } from '../store/causes.ts'
import { stoppedLine } from './deskretry.ts'
import type { DeskAsk } from './deskroom.ts'
import { paged, type Unit } from './pages.ts'

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
  const part = (title: string, count: number, items: Inline[][], none: string): Unit[] =>
    count === 0
      ? [unit(text({ bold: title }, ` · ${none}`))]
      : items.map((item, index) => ({
          ...unit(list([item])),
          ...(index === 0 && { lead: text({ bold: `${title} (${count})` }) }),
        }))
  const doubts = doubt.rows.map(stoppedLine)
  if (doubt.more > 0) doubts.push([`and ${doubt.more} more: `, { code: '/desk retry' }])
  const units = [
    unit(text(...CAN)),
    ...part(
      'Troubles',
      faults.length,
      faults.map(({ message, subject, since }) => [`since ${when(since)} · ${subject} · ${message}`]),
      'none',
    ),
    ...part('In doubt', doubt.rows.length + doubt.more, doubts, 'nothing'),
    ...part(
      'Corrections and withdrawals',
      causes.length,
      causes.map(cause => causeLine(cause, when)),
      'none',
    ),
  ]
  const reply = paged(undefined, { title: 'The desk' }, units, { page: flags.page, line: '/desk status' })
  return { ...reply, parts: [], guide: true }
}

const CAN: Inline[] = [
  { code: '/desk correct' },
  ', ',
  { code: '/desk kill' },
  ', ',
  { code: '/desk retry' },
  ', ',
  { code: '/desk audit' },
  ' · by example: ',
  { code: '/desk help' },
]

function causeLine({ kind, story, part, ...cause }: Cause, when: (at: number) => string): Inline[] {
  const { seenAt, doneAt, repaired, pending, impossible, reasons } = cause
  const what =
    kind === 'withdrawal' ? [{ bold: 'WITHDRAWN' }, ` ${story}`] : [{ bold: 'CORRECTED' }, ` ${part}`]
  const why = reasonsText(reasons)
  const done = doneAt === undefined ? '' : `, done ${when(doneAt)}`
  return [
    ...what,
    ` · ${when(seenAt)}${done} · ${repaired} repaired, ${pending} pending, ${impossible} impossible`,
    why === '' ? '' : ` (${why})`,
  ]
}

const unit = (block: Unit['block']): Unit => ({ block, sources: [], part: '' })
