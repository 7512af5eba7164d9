import { type Inline, list, type Reply, refusal, text } from '../../chat/reply.ts'
import { phrases } from '../../phrases/phrases.ts'
import type { Repair } from '../../store/causes.ts'
import type { DeskRequest } from '../context.ts'
import { formatLine } from '../line.ts'
import { plainUnit, renderPage } from '../pages.ts'
import { type AuditedPart, auditMessage, type MessageAudit } from './message-audit.ts'
import { type MomentFormat, momentFormat } from './moment-format.ts'
import { lookUpPlaceNames, type PlaceNames } from './place-names.ts'
import { withReadableDate } from './retry.ts'

/** `/desk audit <link or key>`: a summary of what a message shows and which sources that rests on. */
export async function deskAudit(request: DeskRequest): Promise<Reply> {
  const { desk, library, args, flags } = request
  const reference = args.join(' ').trim()
  if (reference === '') return refusal(phrases.desk.whichMessage())
  const audit = await auditMessage(desk.store, library, reference)
  if (!audit) return refusal([phrases.desk.unknownMessage])
  const formatMoment = momentFormat(request)
  const nameOf = await lookUpPlaceNames(request, [audit.delivery.place])
  const units = [
    plainUnit(text(...deliveryText(audit, nameOf, formatMoment))),
    ...audit.parts.map(part => plainUnit(list([partItem(part, formatMoment)]))),
    ...audit.repairs.map(repair => plainUnit(list([repairItem(repair, formatMoment)]))),
  ]
  const line = `/desk audit ${formatLine({ args: [reference], flags: {} })}`
  const frame = { title: phrases.desk.auditTitle }
  const reply = renderPage(undefined, frame, units, { page: flags.page, line })
  return { ...reply, parts: [], guide: true }
}

function deliveryText(
  { delivery, call }: MessageAudit,
  nameOf: PlaceNames,
  formatMoment: MomentFormat,
): Inline[] {
  const { settledAt, error, human } = delivery
  const { command, text: typed = '' } = (call ?? {}) as { command?: string; text?: string }
  return phrases.desk.auditedMessage({
    ...withReadableDate(delivery),
    place: nameOf(delivery.place),
    settled: settledAt === undefined ? undefined : formatMoment(settledAt),
    why: [human, error].filter(reason => reason !== undefined),
    asked: command === undefined ? undefined : `/${command} ${typed}`.trim(),
  })
}

/** A part with its revision and the sources that its words rest on. */
function partItem(auditedPart: AuditedPart, formatMoment: MomentFormat): Inline[] {
  const { part, revision, seenAt, hash, newest, current, inContent, sources } = auditedPart
  return phrases.desk.auditedPart(
    part,
    { revision, at: seenAt === undefined ? undefined : formatMoment(seenAt), hash },
    { state: current ? 'current' : inContent ? 'replaced' : 'gone', newest: newest?.revision, sources },
  )
}

function repairItem(repair: Repair, formatMoment: MomentFormat): Inline[] {
  const { kind, part, seenAt, takenBackAt = seenAt, back = false, state, error } = repair
  return phrases.desk.repair({
    kind,
    back,
    part,
    seen: formatMoment(back ? takenBackAt : seenAt),
    state,
    why: error,
  })
}
