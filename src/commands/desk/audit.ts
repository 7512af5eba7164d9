import { type Inline, list, type Reply, refusal, text } from '../../chat/reply.ts'
import { readableMoment } from '../../dates.ts'
import { phrases } from '../../phrases/phrases.ts'
import type { Repair } from '../../store/causes.ts'
import type { DeskRequest } from '../context.ts'
import { formatLine } from '../line.ts'
import { type PageUnit, renderPage } from '../pages.ts'
import { type AuditedPart, auditMessage, type MessageAudit } from './message-audit.ts'
import { withReadableDate } from './retry.ts'

/** `/desk audit <link or key>`: what a message shows, and what that rests on, short. */
export async function deskAudit(ask: DeskRequest): Promise<Reply> {
  const { desk, library, call, args, flags, context } = ask
  const asked = args.join(' ').trim()
  if (asked === '') return refusal(phrases.desk.whichMessage())
  const audit = await auditMessage(desk.store, library, asked)
  if (!audit) return refusal([phrases.desk.unknownMessage])
  const when = (at: number) => readableMoment(at, context.zone, call.at)
  const units = [
    pageUnit(text(...deliveryText(audit, when))),
    ...audit.parts.map(part => pageUnit(list([partItem(part, when)]))),
    ...audit.repairs.map(one => pageUnit(list([repairItem(one, when)]))),
  ]
  const again = `/desk audit ${formatLine({ args: [asked], flags: {} })}`
  const reply = renderPage(undefined, { title: phrases.desk.auditTitle }, units, {
    page: flags.page,
    line: again,
  })
  return { ...reply, parts: [], guide: true }
}

function deliveryText({ delivery, call }: MessageAudit, when: (at: number) => string): Inline[] {
  const { settledAt, error, human } = delivery
  const { command, text: typed = '' } = (call ?? {}) as { command?: string; text?: string }
  return phrases.desk.auditedMessage({
    ...withReadableDate(delivery),
    ...(settledAt !== undefined && { settled: when(settledAt) }),
    why: [human, error].filter(known => known !== undefined),
    ...(command !== undefined && { asked: `/${command} ${typed}`.trim() }),
  })
}

/** A part with its revision, and where its words stand. */
function partItem(one: AuditedPart, when: (at: number) => string): Inline[] {
  const { part, revision, seenAt, hash, newest, current, inContent, sources } = one
  return phrases.desk.auditedPart(
    part,
    { revision, ...(seenAt !== undefined && { at: when(seenAt) }), ...(hash !== undefined && { hash }) },
    {
      state: current ? 'current' : inContent ? 'replaced' : 'gone',
      ...(newest && { newest: newest.revision }),
      sources,
    },
  )
}

const repairItem = ({ kind, part, seenAt, state, error }: Repair, when: (at: number) => string): Inline[] =>
  phrases.desk.repair({
    ...{ kind, part, seen: when(seenAt), state },
    ...(error !== undefined && { why: error }),
  })

const pageUnit = (block: PageUnit['block']): PageUnit => ({ block, sources: [], part: '' })
