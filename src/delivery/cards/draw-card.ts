import { type Button, type Inline, PHONE_BUDGET, type Reply, text } from '../../chat/reply.ts'
import type { Event } from '../../content/story.ts'
import { readableMoment } from '../../dates/dates.ts'
import { fits } from '../../digests/fits.ts'
import { headline, itemLine } from '../../digests/items/draw.ts'
import { phrases } from '../../phrases/phrases.ts'
import { type Card, type CardMatch, partOfCard } from '../../store/wire/cards.ts'
import { type Item, partOfItem } from '../../store/wire/items.ts'
import { decisionLine } from './decision-line.ts'

/** A card with its item as it is now, and the event that was added, as its story has it now. */
export type DrawnCard = { card: Card; item: Item | undefined; event?: Event }

/** On which clocks a card tells moments. */
export type CardClock = { zone: string; near: number }

/**
 * Draws a card: whose headline it is, which story it may be about and why, when it came, and what was decided. Of what its
 * outlet took back, only that is said.
 */
export function drawCard({ card, item, event }: DrawnCard, clock: CardClock): Reply {
  const { decision } = card
  const decided = decision ? [text({ bold: decisionLine(decision, event, clock) })] : []
  const shown = {
    buttons: buttonsOf({ card, item }),
    parts: partsOf({ card, item, event }),
    audience: 'place' as const,
  }
  if (!item) return { blocks: [text({ italic: phrases.wire.noLongerThere }), ...decided], ...shown }
  if (item.state !== 'stands') return { blocks: [text(...itemLine(item, clock)), ...decided], ...shown }
  const drawn = ROOMS.map(room => ({
    lead: cardHeadline(item),
    blocks: [
      text([matchesText(card.matches, room), whenText(item, clock)].join(phrases.cards.between)),
      ...decided,
    ],
    ...shown,
  }))
  return drawn.find(reply => fits(reply, PHONE_BUDGET)) ?? drawn.at(-1)!
}

/** How many stories are named, and how many words of each; the others are counted. */
type MatchRoom = { stories: number; words: number }

/** An item with many words of many stories has room for fewer of them. */
const ROOMS: MatchRoom[] = [
  { stories: 4, words: 6 },
  { stories: 3, words: 2 },
  { stories: 1, words: 1 },
]
/** The room in a line of several cards. */
export const LEAST_ROOM: MatchRoom = { stories: 1, words: 1 }

/** `WQAD: ` and the headline, word for word, as a link. */
export const cardHeadline = (item: Item): Inline[] => [phrases.cards.outlet(item.outlet), headline(item)]

/** Which stories an item may be about, and by which of their words. */
export function matchesText(matches: CardMatch[], room: MatchRoom): string {
  const named = matches
    .slice(0, room.stories)
    .map(({ story, words }) =>
      phrases.cards.match(story, words.slice(0, room.words), Math.max(0, words.length - room.words)),
    )
  const others = matches.length - named.length
  return [...named, ...(others > 0 ? [phrases.cards.moreStories(others)] : [])].join(phrases.cards.between)
}

/** The parts by which a change of the item or of the event finds the card, and by which a decision does. */
export const partsOf = ({ card, item, event }: DrawnCard): string[] => [
  partOfCard(card.item),
  ...(item ? [partOfItem(item.id)] : []),
  ...(card.decision?.added && event ? [`${card.decision.added.story}/event:${event.id}`] : []),
]

function whenText(item: Item, { zone, near }: CardClock): string {
  const moment = readableMoment(item.published, zone, near)
  return item.datedBy === 'us' ? phrases.cards.firstSeen(moment) : moment
}

function buttonsOf({ card, item }: DrawnCard): Button[] {
  const { button } = phrases.cards
  const { decision } = card
  const stands = item?.state === 'stands'
  const quotes = stands && item.url !== undefined ? quotesLine(item.url, card.matches) : undefined
  const quotesButton = quotes === undefined ? [] : [{ label: button.quotes, line: quotes }]
  if (decision)
    return [
      { label: button.undo, line: `/desk undo ${card.item} ${card.revision}` },
      ...(decision.added ? quotesButton : []),
    ]
  if (!stands) return []
  return [
    { label: button.add, line: `/desk add ${card.item}` },
    ...quotesButton,
    { label: button.ignore, line: `/desk ignore ${card.item}` },
  ]
}

/** Slack keeps 2,000 characters behind a button. */
const MAX_LINE = 1_900

/** The line that reads the quotations on the page of an item; undefined where its address is too long for a button. */
function quotesLine(url: string, [match]: CardMatch[]): string | undefined {
  const into = match ? ` --into=${match.story}` : ''
  const line = `/desk import "${url.replace(/[\\"]/g, '\\$&')}"${into}`
  return line.length <= MAX_LINE ? line : undefined
}
