import { type Reply, refusal } from '../../../chat/reply.ts'
import { decisionLine, findAdded } from '../../../delivery/cards/decision-line.ts'
import type { DrawnCard } from '../../../delivery/cards/draw-card.ts'
import { phrases } from '../../../phrases/phrases.ts'
import type { Card } from '../../../store/wire/cards.ts'
import type { DeskRequest } from '../../context.ts'

/** The line that lists the cards that wait. */
export const CARDS_LINE = '/desk cards'

/** Finds the card that a line names; a refusal where it names none. */
export async function findCard({
  desk,
  library,
  args,
}: DeskRequest): Promise<DrawnCard | { refused: Reply }> {
  const [typed] = args
  if (typed === undefined) return { refused: refusal(phrases.cards.whichItem(CARDS_LINE)) }
  const id = typed.toLowerCase()
  const [cards, items] = await Promise.all([desk.store.cards.byItem([id]), desk.store.wire.items.byId([id])])
  const card = cards.get(id)
  if (!card) return { refused: refusal(phrases.cards.unknown(CARDS_LINE)) }
  const event = card.decision?.added && findAdded(library, card.decision.added)
  return { card, item: items.get(id), ...(event && { event }) }
}

/** The clocks on which the desk is told of decisions. */
export const clockOf = ({ context, call }: DeskRequest) => ({ zone: context.zone, near: call.at })

/** Says that somebody was first; undefined while nothing is decided. */
export function refuseDecided(request: DeskRequest, { card, event }: DrawnCard): Reply | undefined {
  if (!card.decision) return undefined
  const line = decisionLine(card.decision, event, clockOf(request))
  return { ...refusal([phrases.cards.decidedAlready(line)]), buttons: [undoButton(card)] }
}

/** The button that takes back what is decided now, and nothing that is decided later. */
export const undoButton = ({ item, revision }: Pick<Card, 'item' | 'revision'>) => ({
  label: phrases.cards.button.undo,
  line: `/desk undo ${item} ${revision}`,
})

/** Says what was decided while this call was on its way. */
export async function refuseBeaten(request: DeskRequest): Promise<Reply> {
  const found = await findCard(request)
  if ('refused' in found) return found.refused
  return refuseDecided(request, found) ?? refusal([phrases.cards.notDecided])
}
