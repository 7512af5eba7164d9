import { type Inline, list, type Reply, refusal, text } from '../../chat/reply.ts'
import { readableMoment } from '../../dates.ts'
import { phrases } from '../../phrases/phrases.ts'
import type { Repair } from '../../store/causes.ts'
import type { DeskAsk } from '../context.ts'
import { line } from '../line.ts'
import { paged, type Unit } from '../pages.ts'
import { type Audit, type AuditedPart, audited } from './message-audit.ts'
import { postingOf } from './retry.ts'

/** `/desk audit <link or key>`: what a message shows, and what that rests on, short. */
export async function deskAudit(ask: DeskAsk): Promise<Reply> {
  const { desk, library, call, args, flags, newsroom } = ask
  const asked = args.join(' ').trim()
  if (asked === '') return refusal(phrases.desk.auditWhat())
  const audit = await audited(desk.store, library, asked)
  if (!audit) return refusal([phrases.desk.notOurs])
  const when = (at: number) => readableMoment(at, newsroom.zone, call.at)
  const units = [
    unit(text(...aboutIt(audit, when))),
    ...audit.parts.map(part => unit(list([partLine(part, when)]))),
    ...audit.repairs.map(one => unit(list([repairLine(one, when)]))),
  ]
  const again = `/desk audit ${line({ args: [asked], flags: {} })}`
  const reply = paged(undefined, { title: phrases.desk.audit }, units, { page: flags.page, line: again })
  return { ...reply, parts: [], guide: true }
}

function aboutIt({ delivery, call }: Audit, when: (at: number) => string): Inline[] {
  const { settledAt, error, human } = delivery
  const { command, text: typed = '' } = (call ?? {}) as { command?: string; text?: string }
  return phrases.desk.audited({
    ...postingOf(delivery),
    ...(settledAt !== undefined && { settled: when(settledAt) }),
    why: [human, error].filter(known => known !== undefined),
    ...(command !== undefined && { asked: `/${command} ${typed}`.trim() }),
  })
}

/** A part with its revision, and where its words stand. */
function partLine(one: AuditedPart, when: (at: number) => string): Inline[] {
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

const repairLine = ({ kind, part, seenAt, state, error }: Repair, when: (at: number) => string): Inline[] =>
  phrases.desk.repaired({
    ...{ kind, part, seen: when(seenAt), state },
    ...(error !== undefined && { why: error }),
  })

const unit = (block: Unit['block']): Unit => ({ block, sources: [], part: '' })
