import { DeliveryError } from '../../chat/platform.ts'
import type { Reply } from '../../chat/reply.ts'
import type { Library } from '../../content/library.ts'
import type { Delivery, ShownPart } from '../../store/delivery.ts'
import type { Store } from '../../store/store.ts'
import { type Card, partOfCard } from '../../store/wire/cards.ts'
import type { Composed } from '../attempt.ts'
import { shownRevisions } from '../shown-revisions.ts'
import { findAdded } from './decision-line.ts'
import { drawBundle } from './draw-bundle.ts'
import { type DrawnCard, drawCard } from './draw-card.ts'

/** What a post of cards is drawn from, stored as JSON with its delivery: the items by their ids, the oldest first. */
export type CardPost = { version: 1; zone: string; at: number; items: string[] }

/** The content of a process has an event that was added within this time, or it will not get it soon. */
const CONTENT_WAIT_MS = 30_000
const CONTENT_RETRY_MS = 500

/** Draws the row of a card, or of several that came together; undefined if nothing of it stands before it was posted. */
export async function composeCards(
  row: Delivery,
  library: Library,
  store: Pick<Store, 'cards' | 'wire' | 'revisions' | 'clock'>,
): Promise<Composed | undefined> {
  const post = JSON.parse(row.selection ?? '{}') as Omit<CardPost, 'version'> & { version: number }
  if (post.version !== 1)
    throw new DeliveryError('compose: cards of a version newer than this nutgraf', {
      outcome: 'unsent',
      retryInMs: 60_000,
    })
  // The cards first: what is decided meanwhile is newer than the revision that is noted, and makes the post due again.
  const cards = await store.cards.byItem(post.items)
  const items = await store.wire.items.byId(post.items)
  await waitForContent([...cards.values()], library, store)
  const drawn = post.items.flatMap((id): DrawnCard[] => {
    const card = cards.get(id)
    if (!card) return []
    const event = card.decision?.added && findAdded(library, card.decision.added)
    return [{ card, item: items.get(id), ...(event && { event }) }]
  })
  if (row.message === undefined && !drawn.some(({ item }) => item?.state === 'stands')) return undefined
  const reply = drawPost(post, drawn)
  const revisions = new Map([...cards].map(([id, { revision }]) => [partOfCard(id), revision]))
  const others = await shownRevisions(
    store,
    reply.parts.filter(part => !revisions.has(part)),
    library,
    items,
  )
  const ofCards = reply.parts.flatMap((part): ShownPart[] => {
    const revision = revisions.get(part)
    return revision === undefined ? [] : [{ part, revision }]
  })
  return { reply, selection: row.selection!, shown: [...ofCards, ...others] }
}

function drawPost({ zone, at, items }: Omit<CardPost, 'version'>, drawn: DrawnCard[]): Reply {
  const clock = { zone, near: at }
  const [only] = drawn
  return items.length === 1 && only ? drawCard(only, clock) : drawBundle(drawn, clock)
}

/** The event of a card may reach this process a moment after the decision: then the card is drawn a little later. */
async function waitForContent(
  cards: Card[],
  library: Library,
  { clock }: Pick<Store, 'clock'>,
): Promise<void> {
  const missing = cards.filter(
    ({ decision }) =>
      // Of a story that was taken down no event comes any more.
      decision?.added && !library.withdrawal(decision.added.story) && !findAdded(library, decision.added),
  )
  if (missing.length === 0) return
  const now = await clock()
  const waits = missing.some(({ decision }) => now - (decision?.at ?? 0) < CONTENT_WAIT_MS)
  if (waits)
    throw new DeliveryError('compose: the content here does not have the event of a card yet', {
      outcome: 'unsent',
      retryInMs: CONTENT_RETRY_MS,
    })
}
