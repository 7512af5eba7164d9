import { type Reply, refusal, text } from '../../../chat/reply.ts'
import { decisionLine } from '../../../delivery/cards/decision-line.ts'
import { phrases } from '../../../phrases/phrases.ts'
import type { Card, Decision } from '../../../store/wire/cards.ts'
import type { DeskRequest } from '../../context.ts'
import { TOO_LATE } from '../../refusals.ts'
import { takeBackAddition } from '../add-to-story.ts'
import { isTooLate, logAction, logThenDo } from '../run.ts'
import { clockOf, findCard, refuseBeaten } from './find-card.ts'
import { showChanges } from './show-changes.ts'

type Added = NonNullable<Decision['added']>

/** `/desk undo <item> [revision]`: takes back what was decided about a report, and the event that was added. */
export async function deskUndo(request: DeskRequest): Promise<Reply> {
  const { desk, args } = request
  const found = await findCard(request)
  if ('refused' in found) return found.refused
  const { card, event } = found
  const { item, revision, decision } = card
  if (!decision) return refusal([phrases.cards.notDecided])
  const [, typed] = args
  // The button of an older decision must not take back another one.
  if (typed !== undefined && typed !== String(revision))
    return refusal([phrases.cards.decidedAnew(decisionLine(decision, event, clockOf(request)))])
  const { added } = decision
  if (!added) {
    if (isTooLate(request)) return TOO_LATE
    await logAction(request, 'undo ignore report', { item })
    if (!(await desk.store.cards.change({ item, revision }))) return refuseBeaten(request)
    await showChanges(request)
    return done(phrases.cards.undone)
  }
  const outcome = await takeBackAddition(request, {
    key: added.key,
    what: 'undo add report',
    details: { item, story: added.story, event: added.id },
    alongside: desk.store.cards.changing({ item, revision }),
  })
  switch (outcome) {
    case 'late':
      return TOO_LATE
    case 'needed':
      return refusal([phrases.cards.citedElsewhere(added.story)])
    case 'landed':
      // Taken out of the files by hand, it is only to be forgotten, and the card opened again.
      if (desk.used(added.story).ids.has(added.id) || !(await forgetAddition(request, card, added)))
        return refusal(phrases.cards.landed(`stories/${added.story}/timeline.yml`))
      break
    case 'refused':
      return refuseBeaten(request)
    case 'unknown': {
      // Somebody took the event out in another way: then only the card is left to be opened again.
      if (!(await desk.store.cards.change({ item, revision }))) return refuseBeaten(request)
    }
  }
  await showChanges(request)
  return done(phrases.cards.undoneEvent(added.story))
}

function forgetAddition(
  request: DeskRequest,
  { item, revision }: Pick<Card, 'item' | 'revision'>,
  { key, story, id }: Added,
): Promise<boolean> {
  const { cards, documents } = request.desk.store
  return logThenDo(request, 'undo add report', { item, story, event: id, takenOut: 'in the files' }, () =>
    documents.forget(key, cards.changing({ item, revision })),
  )
}

const done = (sentence: string): Reply => ({
  blocks: [text(sentence)],
  parts: [],
  audience: 'caller',
  guide: true,
})
