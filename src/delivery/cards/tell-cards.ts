import { createPauses } from '../../chat/pauses.ts'
import type { Log, Place } from '../../chat/platform.ts'
import type { Feed } from '../../content/feed.ts'
import type { Library } from '../../content/library.ts'
import type { Story } from '../../content/story.ts'
import { hasRoom, hourBefore, planAtOnce } from '../../digests/at-once.ts'
import { DAYS } from '../../digests/slots.ts'
import type { NewDelivery } from '../../store/delivery.ts'
import type { Store } from '../../store/store.ts'
import type { CardMatch, NewCard } from '../../store/wire/cards.ts'
import type { Item } from '../../store/wire/items.ts'
import { createCardMatcher } from '../../wire/match/card-matches.ts'
import type { CardPost } from './compose-cards.ts'

/** What posting cards needs: `place` is the channel of the desk, and without one there are no cards. */
type CardTellerOptions = {
  store: Pick<Store, 'cards' | 'wire' | 'clock' | 'notify'>
  library(): Library
  feeds(): Feed[]
  place?: Place
  lane(place: Place): string
  zone: string
  log: Log
}

/** So many posts of cards an hour may interrupt the desk; what is more comes together. */
const CARDS_AN_HOUR = 12
/** So many arrivals are looked through: what came while nobody looked is posted together. */
const MAX_READ = 2_000
/** They are looked through in small slices. */
const SLICE_MS = 3

type Waiting = { item: Item; arrived: number; matches: CardMatch[] }

/**
 * Creates what posts a card for each item that matches a story, once; it returns how many posts it added. Several processes
 * may do so at the same time.
 */
export function createCardTeller(options: CardTellerOptions): () => Promise<number> {
  const { store, library, feeds, place, lane, zone, log } = options
  let made: { stories: Story[]; feeds: Feed[]; matchesOf: (item: Item) => CardMatch[] } | undefined

  /** Of a thousand stories it takes some milliseconds to make, so it is kept as long as the content is the same. */
  function matcherFor(stories: Story[], all: Feed[]): (item: Item) => CardMatch[] {
    if (made?.stories !== stories || made.feeds !== all)
      made = { stories, feeds: all, matchesOf: createCardMatcher(stories, all) }
    return made.matchesOf
  }

  async function findWaiting(after: number, upTo: number): Promise<Waiting[]> {
    const arrived = await store.wire.items.list({ after, upTo, limit: MAX_READ })
    const known = await store.cards.byItem(arrived.map(({ id }) => id))
    const matchesOf = matcherFor(library().stories, feeds())
    const pause = createPauses(SLICE_MS)
    const waiting: Waiting[] = []
    for (const item of arrived.toReversed()) {
      await pause()
      // What a feed had when it was first asked is no news; what the desk was shown stays where it is.
      if (item.backlog || known.has(item.id)) continue
      const matches = matchesOf(item)
      if (matches.length > 0) waiting.push({ item, arrived: item.arrived ?? upTo, matches })
    }
    return waiting
  }

  return async () => {
    if (place === undefined) return 0
    const upTo = await store.wire.items.arrivedTo()
    const from = await store.cards.toldTo()
    if (from === undefined) {
      await store.cards.beginAt(upTo)
      return 0
    }
    if (from >= upTo) return 0
    const now = await store.clock()
    const rules = { anHour: CARDS_AN_HOUR, zone, days: [...DAYS] }
    const posted = await store.cards.countPosts(place, hourBefore(now))
    if (!hasRoom(posted, rules)) return 0
    const waiting = await findWaiting(from, upTo)
    const posts = planAtOnce(waiting, { posted, now, rules })
    const rows = posts.map(group => {
      const delivery = postRow(group, place, now)
      const cards = group.map(
        ({ item, matches, arrived }): NewCard => ({ item: item.id, key: delivery.key, matches, arrived }),
      )
      return { delivery, cards }
    })
    const isOurs = await store.cards.tell({
      ...{ from, to: upTo },
      deliveries: rows.map(({ delivery }) => delivery),
      cards: rows.flatMap(({ cards }) => cards),
    })
    if (!isOurs || rows.length === 0) return 0
    log.info({ posts: rows.length }, 'cards: items that match stories are shown to the desk')
    await store.notify()
    return rows.length
  }

  function postRow(group: Waiting[], place: Place, at: number): NewDelivery {
    const items = group.map(({ item }) => item.id)
    const post: CardPost = { version: 1, zone, at, items }
    return {
      ...{ key: `${place} card:${items.at(-1)!}`, kind: 'card', place, lane: lane(place) },
      ...{ number: 1, state: 'due', dueAt: at, selection: JSON.stringify(post) },
    }
  }
}
