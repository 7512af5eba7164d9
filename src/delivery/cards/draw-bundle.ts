import {
  type Inline,
  list,
  MAX_OPTIONS,
  type Menu,
  note,
  PHONE_BUDGET,
  type Reply,
} from '../../chat/reply.ts'
import { fits } from '../../digests/fits.ts'
import { itemLine } from '../../digests/items/draw.ts'
import { phrases } from '../../phrases/phrases.ts'
import { partOfCard } from '../../store/wire/cards.ts'
import { partOfItem } from '../../store/wire/items.ts'
import { decisionLine, shortened } from './decision-line.ts'
import { type CardClock, cardHeadline, type DrawnCard, LEAST_ROOM, matchesText } from './draw-card.ts'

/** More lines than this have no room on a phone. */
const MAX_SHOWN = 10
/** The longest name of an option that every platform accepts is one of 75 characters. */
const MAX_OPTION = 70

/** Draws cards that came together: a line each, and a menu that opens one of them for whoever picks it. */
export function drawBundle(cards: DrawnCard[], clock: CardClock): Reply {
  let shown = Math.min(cards.length, MAX_SHOWN)
  let reply = drawLines(cards, shown, clock)
  while (shown > 1 && !fits(reply, PHONE_BUDGET)) reply = drawLines(cards, --shown, clock)
  return reply
}

function drawLines(cards: DrawnCard[], shown: number, clock: CardClock): Reply {
  const drawn = cards.slice(0, shown)
  const menu = menuOf(drawn)
  return {
    title: phrases.cards.together(cards.length),
    blocks: [
      list(drawn.map(card => cardLine(card, clock))),
      ...(shown < cards.length ? [note(...phrases.cards.all(cards.length, '/desk cards'))] : []),
    ],
    ...(menu && { menus: [menu] }),
    parts: drawn.flatMap(({ card, item }) => [partOfCard(card.item), ...(item ? [partOfItem(item.id)] : [])]),
    audience: 'place',
  }
}

/** A card in one line. The words of an event stand on a card alone, where a correction can say that they were wrong. */
export function cardLine({ card, item }: DrawnCard, clock: CardClock): Inline[] {
  const decided = card.decision ? [` · ${decisionLine(card.decision, undefined, clock)}`] : []
  if (!item) return [{ italic: phrases.wire.noLongerThere }, ...decided]
  if (item.state !== 'stands') return [...itemLine(item, clock), ...decided]
  return [...cardHeadline(item), ` · ${matchesText(card.matches, LEAST_ROOM)}`, ...decided]
}

function menuOf(cards: DrawnCard[]): Menu | undefined {
  const options = cards
    .flatMap(({ item }, at) =>
      item?.state === 'stands'
        ? [
            {
              label: phrases.cards.option(at + 1, shortened(item.title || item.outlet, MAX_OPTION)),
              line: `/desk card ${item.id}`,
            },
          ]
        : [],
    )
    .slice(0, MAX_OPTIONS)
  return options.length > 0 ? { label: phrases.cards.decideAbout, options } : undefined
}
