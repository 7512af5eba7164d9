import { type Reply, refusal } from '../../../chat/reply.ts'
import { phrases } from '../../../phrases/phrases.ts'
import type { DeskRequest } from '../../context.ts'
import { TOO_LATE } from '../../refusals.ts'
import { textProblem } from '../confirmation.ts'
import { isTooLate } from '../run.ts'
import { answer } from './approve.ts'
import { decided, deciderOf, findEdition } from './find-edition.ts'

/** The longest reason: it is only kept in the editors' log. */
const MAX_WHY = 300

/**
 * `/desk hold <code>`: stops an edition until it is approved again. An old code does it too: whoever wants to stop it means
 * all that it could say.
 */
export async function deskHold(request: DeskRequest): Promise<Reply> {
  const { desk, flags } = request
  const found = await findEdition(request)
  if ('problem' in found) return found.problem
  const why = typeof flags.why === 'string' ? flags.why : undefined
  const problem = why === undefined ? undefined : textProblem(why, MAX_WHY, 'why')
  if (problem) return problem
  if (isTooLate(request)) return TOO_LATE
  const result = await desk.store.approvals.hold(found.approval.key, deciderOf(request), why)
  switch (result?.outcome) {
    case 'held':
      await decided(request, result.entry)
      return answer(phrases.approval.youHeld(found.name, result.begun), result.approval)
    case 'again':
      return answer(phrases.approval.heldAlready, result.approval)
    case 'posted':
      return refusal([phrases.approval.posted])
    default:
      return refusal([phrases.approval.over])
  }
}
