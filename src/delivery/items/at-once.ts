import { filterInSlices } from '../../chat/pauses.ts'
import type { Log, Place } from '../../chat/platform.ts'
import type { Digest } from '../../content/digest.ts'
import type { Feed } from '../../content/feed.ts'
import type { Library } from '../../content/library.ts'
import type { Story } from '../../content/story.ts'
import { isZone } from '../../dates/dates.ts'
import { hasRoom, hourBefore, isQuietTime, planAtOnce } from '../../digests/at-once.ts'
import type { ItemPost } from '../../digests/items/post.ts'
import type { Day } from '../../digests/slots.ts'
import type { NewDelivery } from '../../store/delivery.ts'
import type { Store } from '../../store/store.ts'
import type { Subscription } from '../../store/subscriptions.ts'
import { type Item, partOfItem } from '../../store/wire/items.ts'
import { digestMatcher, viaOf } from '../../wire/match/digest-items.ts'
import { storyMatcher } from '../../wire/match/story-items.ts'

/** What posting items as they come needs. `lane` names the rate limit that a place shares with others. */
type AtOnceOptions = {
  store: Store
  library(): Library
  feeds(): Feed[]
  lane(place: Place): string
  log: Log
}

/** So many arrivals are looked through: what came while nobody looked is posted together. */
const MAX_READ = 2_000
/** They are looked through in small slices. */
const SLICE_MS = 3

/**
 * Creates what adds posts of items that have come, for each place that wants them at once; it returns how many. Two processes
 * may do so at the same time: each item is posted once.
 */
export function createAtOnce({ store, library, feeds, lane, log }: AtOnceOptions): () => Promise<number> {
  async function tell(subscription: Subscription, upTo: number, now: number): Promise<number> {
    const { place, digest: name, itemsFrom, words, zone } = subscription
    const digest = library().digest(name)
    const after = itemsFrom ?? subscription.setAt
    if (!digest || after >= upTo || !isZone(zone)) return 0
    const { anHour, quietHours } = digest
    const rules = { anHour, quietHours, zone, days: subscription.days.split(',') as Day[] }
    // Before anything is read: in quiet hours, all that waits would be read again and again.
    if (isQuietTime(now, rules)) return 0
    const posted = await store.subscriptions.countItemPosts(place, name, hourBefore(now))
    if (!hasRoom(posted, rules)) return 0
    const stories = library().storiesOf(digest, subscription.stories.split(',').filter(Boolean))
    const arrived = await store.wire.items.list({ after, upTo, limit: MAX_READ })
    const news = arrived.filter(({ backlog }) => !backlog).toReversed()
    const isWanted = digestMatcher({ digest, stories, words }, feeds())
    const wanted = await filterInSlices(news, isWanted, SLICE_MS)
    const shown = await store.ledger.partsShownIn(
      place,
      wanted.map(({ id }) => partOfItem(id)),
    )
    const waiting = wanted.filter(({ id }) => !shown.has(partOfItem(id)))
    const posts = planAtOnce(waiting, { posted, now, rules })
    const deliveries = posts.map(items => postRow(items, { digest, stories, subscription, now }))
    const isOurs = await store.subscriptions.tellItems({
      ...{ place, digest: name, deliveries },
      ...{ from: itemsFrom, to: upTo },
    })
    return isOurs ? deliveries.length : 0
  }

  function postRow(
    items: Item[],
    {
      digest,
      stories,
      subscription,
      now,
    }: { digest: Digest; stories: Story[]; subscription: Subscription; now: number },
  ): NewDelivery {
    const { place, zone } = subscription
    const [first] = items
    const about = items.length === 1 && first ? storyAbout(first, stories) : undefined
    const post: ItemPost = {
      ...{ version: 1, digest: digest.name, title: digest.title, zone, at: now },
      items: items.map(({ id }) => id),
      ...(about && { about: about.slug }),
      ...(digest.previews && { previews: true as const }),
    }
    return {
      ...{ key: `${place} ${digest.name} item:${items.at(-1)!.id}`, kind: 'item', place, lane: lane(place) },
      ...{ digest: digest.name, number: 1, state: 'due', dueAt: now, selection: JSON.stringify(post) },
    }
  }

  function storyAbout(item: Item, stories: Story[]): Story | undefined {
    const byVia = new Map(feeds().map(feed => [viaOf(feed), feed]))
    return stories.find(story => storyMatcher(story, byVia)(item))
  }

  return async () => {
    const subscriptions = await store.subscriptions.listAtOnce()
    if (subscriptions.length === 0) return 0
    const [upTo, now] = await Promise.all([store.wire.items.arrivedTo(), store.clock()])
    let added = 0
    for (const subscription of subscriptions) added += await tell(subscription, upTo, now)
    if (added > 0) {
      log.info({ posts: added }, 'wire: items are posted as they come')
      await store.notify()
    }
    return added
  }
}
