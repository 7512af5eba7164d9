import type { Gauge } from 'prom-client'
import type { Feed } from '../content/feed.ts'
import type { Store } from '../store/store.ts'

/** What the figures of feeds are read from, and what makes a gauge with one label. */
type FeedMetricsOptions = {
  store: { wire: { feeds: Pick<Store['wire']['feeds'], 'states'> } }
  feeds(): Pick<Feed, 'name'>[]
  gauge(name: string, help: string, label: 'feed'): Gauge<'feed'>
}

/** The figures of each feed of the content. */
export function createFeedMetrics({ store, feeds, gauge }: FeedMetricsOptions) {
  const failures = gauge('feed_failures', 'Polls of a feed in a row that failed', 'feed')
  const reached = gauge('feed_reached_age_seconds', 'How long ago a feed was reached last', 'feed')
  const arrived = gauge('feed_new_age_seconds', 'How long ago a feed last brought something new', 'feed')
  const all = [failures, reached, arrived]
  const reset = () => {
    for (const metric of all) metric.reset()
  }
  return {
    reset,
    async measure(now: number): Promise<void> {
      // A feed that was taken out leaves no figures behind.
      reset()
      const states = await store.wire.feeds.states(feeds().map(({ name }) => name))
      for (const [feed, state] of states) {
        failures.set({ feed }, state.failures)
        if (state.reachedAt !== undefined) reached.set({ feed }, Math.max(0, now - state.reachedAt) / 1000)
        if (state.newItemAt !== undefined) arrived.set({ feed }, Math.max(0, now - state.newItemAt) / 1000)
      }
    },
  }
}
