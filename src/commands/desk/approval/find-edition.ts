import { type Reply, refusal } from '../../../chat/reply.ts'
import { editionName } from '../../../delivery/approval/notices.ts'
import { phrases } from '../../../phrases/phrases.ts'
import type { Approval, Rendering } from '../../../store/approvals/approval.ts'
import type { Decider } from '../../../store/approvals/decide.ts'
import type { DeskRequest } from '../../context.ts'
import { logEntry } from '../run.ts'

/** An edition that waits, what it says in each place, its name, and whether the typed code is the one that it has now. */
export type FoundEdition = { approval: Approval; renderings: Rendering[]; name: string; isCurrent: boolean }

/** Finds the edition that somebody means by its code, or says why there is none. */
export async function findEdition(request: DeskRequest): Promise<FoundEdition | { problem: Reply }> {
  const { desk, args, commandLine } = request
  const [typed = ''] = args
  if (typed === '') return { problem: refusal(phrases.approval.whichCode(commandLine.replace('/desk ', ''))) }
  const approval = await desk.store.approvals.findByCode(typed.toLowerCase())
  if (!approval) return { problem: refusal(phrases.approval.noSuchCode()) }
  const renderings = await desk.store.approvals.renderings(approval.key)
  const name = nameOf(request, approval, renderings)
  return { approval, renderings, name, isCurrent: approval.code === typed.toLowerCase() }
}

/** Names an edition as the notices in the editors' channel do. */
export const nameOf = (
  { library, context: { zone }, call: { at: now } }: DeskRequest,
  approval: Approval,
  renderings: Rendering[],
): string => editionName({ approval, renderings, library, zone, now })

/** Who decides, as the store keeps it. */
export const deciderOf = ({ call: { caller, place } }: DeskRequest): Decider => ({
  who: caller.id,
  name: caller.name,
  place,
})

/** Notes a decision in the log of the process too, and lets all processes look at what it changed. */
export async function decided(
  request: DeskRequest,
  entry: Parameters<typeof logEntry>[1] | undefined,
): Promise<void> {
  if (entry) logEntry(request, entry)
  await request.desk.store.notify()
}
