import { list, type Reply, refusal, text } from '../../../chat/reply.ts'
import { readableMoment } from '../../../dates/dates.ts'
import { approvalButtons, linesOf, stateSentence } from '../../../delivery/approval/notices.ts'
import { phrases } from '../../../phrases/phrases.ts'
import type { Approval } from '../../../store/approvals/approval.ts'
import type { DeskRequest } from '../../context.ts'
import { plainUnit, renderPage } from '../../pages.ts'
import { TOO_LATE } from '../../refusals.ts'
import { isTooLate } from '../run.ts'
import { decided, deciderOf, findEdition, nameOf } from './find-edition.ts'

/** `/desk approve <code>`: approves the text that has this code; without one, lists what waits. */
export async function deskApprove(request: DeskRequest): Promise<Reply> {
  const { desk, args, call, context } = request
  if (args.length === 0) return listWaiting(request)
  const found = await findEdition(request)
  if ('problem' in found) return found.problem
  if (!found.isCurrent) return lookAgain(found.approval)
  if (isTooLate(request)) return TOO_LATE
  const { key, hash, slot } = found.approval
  const result = await desk.store.approvals.approve(key, hash, deciderOf(request))
  if (!result || result.outcome === 'over' || result.outcome === 'posted')
    return refusal([phrases.approval.over])
  if (result.outcome === 'changed') return lookAgain(result.approval)
  const { needed, votes, state } = result.approval
  const more = state === 'approved' ? 0 : needed - votes.length
  if (result.outcome === 'again') return answer(phrases.approval.youApprovedBefore(more), result.approval)
  await decided(request, result.entry)
  const moment = call.at < slot ? readableMoment(slot, context.zone, call.at) : undefined
  return answer(phrases.approval.youApproved(found.name, more, moment), result.approval)
}

/** What was meant is not what would be approved. */
const lookAgain = (approval: Approval): Reply => ({
  ...refusal([phrases.approval.changedSince]),
  buttons: approvalButtons(approval).filter(({ line }) => line.startsWith('/desk preview')),
})

/** An answer about an edition, with what can be done with it now. */
export const answer = (sentence: string, approval: Approval): Reply => ({
  blocks: [text(sentence)],
  buttons: approvalButtons(approval),
  parts: [],
  audience: 'caller',
  guide: true,
})

async function listWaiting(request: DeskRequest): Promise<Reply> {
  const { desk, flags, context, call } = request
  const open = await desk.store.approvals.open()
  if (open.length === 0)
    return { blocks: [text(phrases.approval.noneWaiting)], parts: [], audience: 'caller', guide: true }
  const units = []
  for (const approval of open) {
    const name = nameOf(request, approval, await desk.store.approvals.renderings(approval.key))
    const standing = stateSentence({ approval, zone: context.zone, now: call.at })
    units.push(
      plainUnit(
        list([
          [{ bold: name }, `\n${standing} `, ...phrases.approval.lines(linesOf(approval), open.length === 1)],
        ]),
      ),
    )
  }
  const frame = { title: phrases.approval.waiting }
  const reply = renderPage(undefined, frame, units, { page: flags.page, line: '/desk approve' })
  const [only] = open
  return {
    ...reply,
    ...(open.length === 1 && only && { buttons: approvalButtons(only) }),
    parts: [],
    guide: true,
  }
}
