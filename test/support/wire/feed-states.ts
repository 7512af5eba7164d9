import type { Store } from '../../../src/store/store.ts'
import type { FeedState } from '../../../src/store/wire/feeds.ts'

/** Stores what polling has found out of a feed, as the end of a poll does. */
export async function setFeedState(
  { wire }: Pick<Store, 'wire'>,
  name: string,
  more: Partial<FeedState>,
): Promise<void> {
  await wire.feeds.sync([{ name, url: `https://${name}.example/feed` }])
  await wire.feeds.makeDue(name)
  const [claimed] = await wire.feeds.claim({
    ...{ owner: 'test', names: [name], max: 1, leaseMs: 1_000 },
    intervalMs: () => 0,
  })
  const { failures: _, failure: __, failingSince: ___, ...before } = claimed!.state
  await wire.feeds.end({
    ...{ name, owner: 'test', waitMs: 3_600_000 },
    state: { ...before, failures: 0, ...more },
  })
}
