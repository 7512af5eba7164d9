import { list, note, type Reply, text } from '../../../chat/reply.ts'
import { cardLine } from '../../../delivery/cards/draw-bundle.ts'
import { drawCard } from '../../../delivery/cards/draw-card.ts'
import { phrases } from '../../../phrases/phrases.ts'
import type { DeskRequest } from '../../context.ts'
import { plainUnit, renderPage } from '../../pages.ts'
import { CARDS_LINE, clockOf, findCard } from './find-card.ts'

/** More than an editor decides about in a day. */
const MAX_LISTED = 200

/** `/desk cards`: the reports that wait for a decision, each with the line that opens it. */
export async function deskCards(request: DeskRequest): Promise<Reply> {
  const { desk, flags } = request
  const [cards, count] = await Promise.all([
    desk.store.cards.waiting(MAX_LISTED),
    desk.store.cards.countWaiting(),
  ])
  const items = await desk.store.wire.items.byId(cards.map(({ item }) => item))
  const clock = clockOf(request)
  const units = cards.map(card =>
    plainUnit(
      list([
        [
          ...cardLine({ card, item: items.get(card.item) }, clock),
          ' · ',
          { code: `/desk card ${card.item}` },
        ],
      ]),
    ),
  )
  if (count === 0)
    return { blocks: [text(phrases.cards.noneWaiting)], parts: [], audience: 'caller', guide: true }
  return {
    ...renderPage(undefined, { title: phrases.cards.title(count) }, units, {
      ...{ page: flags.page, line: CARDS_LINE },
    }),
    parts: [],
    guide: true,
  }
}

/** `/desk card <item>`: one card with its buttons, for whoever asks alone. */
export async function deskCard(request: DeskRequest): Promise<Reply> {
  const found = await findCard(request)
  if ('refused' in found) return found.refused
  const { lead, blocks, ...rest } = drawCard(found, clockOf(request))
  return {
    ...rest,
    blocks: [...(lead ? [text(...lead)] : []), ...blocks, note(`/desk card ${found.card.item}`)],
    audience: 'caller',
    guide: true,
  }
}
