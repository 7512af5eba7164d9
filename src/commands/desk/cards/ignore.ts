import { type Reply, text } from '../../../chat/reply.ts'
import { phrases } from '../../../phrases/phrases.ts'
import type { DeskRequest } from '../../context.ts'
import { TOO_LATE } from '../../refusals.ts'
import { isTooLate, logAction } from '../run.ts'
import { editorName } from './editor-name.ts'
import { findCard, refuseBeaten, refuseDecided, undoButton } from './find-card.ts'
import { showChanges } from './show-changes.ts'

/** `/desk ignore <item>`: decides that a report is not needed. */
export async function deskIgnore(request: DeskRequest): Promise<Reply> {
  const { desk, call } = request
  const found = await findCard(request)
  if ('refused' in found) return found.refused
  const decided = refuseDecided(request, found)
  if (decided) return decided
  const { card } = found
  const name = await editorName(request)
  if (isTooLate(request)) return TOO_LATE
  await logAction(request, 'ignore report', { item: card.item })
  const decision = { who: call.caller.id, ...(name !== undefined && { name }), at: call.at }
  if (!(await desk.store.cards.change({ item: card.item, revision: card.revision, decision }))) {
    await logAction(request, 'ignore report failed', { item: card.item })
    return refuseBeaten(request)
  }
  await showChanges(request)
  return {
    blocks: [text(phrases.cards.doneIgnored)],
    buttons: [undoButton({ ...card, revision: card.revision + 1 })],
    parts: [],
    audience: 'caller',
    guide: true,
  }
}
