import { readableMoment } from '../dates.ts'
import { type Inline, list, type Reply, refusal, text } from '../reply.ts'
import { type Audit, type AuditedPart, type AuditedSource, audited } from './audited.ts'
import { whatItIs } from './deskretry.ts'
import type { DeskAsk } from './deskroom.ts'
import { line } from './line.ts'
import { paged, type Unit } from './pages.ts'

/** `/desk audit <link or key>`: what a message shows, and what that rests on, short. */
export async function deskAudit(ask: DeskAsk): Promise<Reply> {
  const { desk, library, call, args, flags, newsroom } = ask
  const asked = args.join(' ').trim()
  if (asked === '') return refusal(['Which message? Copy the link to it: ', { code: '/desk audit LINK' }])
  const audit = await audited(desk.store, library, asked)
  if (!audit) return refusal(['No message of mine is there, or none that I wrote down.'])
  const when = (at: number) => readableMoment(at, newsroom.zone, call.at)
  const units = [
    unit(text(...aboutIt(audit, when))),
    ...audit.parts.map(part => unit(list([partLine(part, when)]))),
    ...audit.repairs.map(one =>
      unit(
        list([
          [
            { bold: one.kind === 'withdrawal' ? 'WITHDRAWN' : 'CORRECTED' },
            ` · ${one.part} · ${when(one.seenAt)} · ${one.state}`,
            one.error === undefined ? '' : `: ${one.error}`,
          ],
        ]),
      ),
    ),
  ]
  const again = `/desk audit ${line({ args: [asked], flags: {} })}`
  const reply = paged(undefined, { title: 'Audit' }, units, { page: flags.page, line: again })
  return { ...reply, parts: [], guide: true }
}

function aboutIt({ delivery, call }: Audit, when: (at: number) => string): Inline[] {
  const { key, state, settledAt, error } = delivery
  const { command, text: typed } = (call ?? {}) as { command?: string; text?: string }
  return [
    { bold: whatItIs(delivery) },
    ` · ${state}${settledAt === undefined ? '' : ` ${when(settledAt)}`}${error === undefined ? '' : ` · ${error}`}`,
    ...(command === undefined ? [] : ['\nAsked: ', { code: `/${command} ${typed ?? ''}`.trim() }]),
    '\nKey: ',
    { code: key },
  ]
}

/** A part with its revision, and where its words stand. */
function partLine(part: AuditedPart, when: (at: number) => string): Inline[] {
  const seen = part.seenAt === undefined ? '' : ` of ${when(part.seenAt)}`
  const hash = part.hash === undefined ? '' : ` · ${part.hash}`
  const now = part.newest?.revision
  return [
    { bold: part.part },
    ` · revision ${part.revision}${seen}${hash}`,
    part.current
      ? ''
      : part.inContent
        ? ` · no longer in use${now === undefined ? '' : ` (now ${now})`}`
        : ' · no longer there',
    ...(part.sources.length > 0
      ? [` · ${part.current ? 'rests on' : 'now rests on'} ${part.sources.map(sourceIn).join('; ')}`]
      : []),
  ]
}

function sourceIn({ number, outlet, spans }: AuditedSource): string {
  const places = spans.map(({ start, end, line: at }) => `line ${at} (${start}–${end})`)
  return [`${number} ${outlet}`, places.join(', ')].filter(Boolean).join(', ')
}

const unit = (block: Unit['block']): Unit => ({ block, sources: [], part: '' })
