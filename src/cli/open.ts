import { join } from 'node:path'
import { checkedCache } from '../check/checked-cache.ts'
import { type LiveContent, openLiveContent } from '../check/live-content.ts'
import type { Config } from '../config.ts'
import type { Library } from '../content/library.ts'
import { connect } from '../store/connect.ts'
import type { Store } from '../store/store.ts'

/**
 * Opens content for a verb that needs no store. What the desk took down by command is gone all the same; a store that
 * cannot be read is no reason to answer nothing.
 */
export async function openStoriesOnly(config: Config): Promise<LiveContent> {
  const stories = await openLiveContent(config.contentDir, {
    cache: checkedCache(join(config.dataDir, 'content.kept')),
    staleDays: config.staleDays,
  })
  const { inspect } = await import('../store/inspect.ts')
  const seen = await inspect(config).catch(() => undefined)
  stories.setWithdrawals(seen?.withdrawals ?? [])
  return stories
}

/** Opens the store for a verb that needs nothing else, and closes it after it. */
export async function withStoreOnly<T>(config: Config, work: (store: Store) => Promise<T>): Promise<T> {
  const store = await connect(config, () => {})
  try {
    return await work(store)
  } finally {
    await store.close()
  }
}

/** Opens content and store for a verb, and closes the store after it. */
export async function withStore<T>(
  config: Config,
  work: (open: { store: Store; library: Library }) => Promise<T>,
): Promise<T> {
  const stories = await openLiveContent(config.contentDir, {
    cache: checkedCache(join(config.dataDir, 'content.kept')),
    staleDays: config.staleDays,
  })
  const store = await connect(config, () => {})
  try {
    // What the desk took down by command is gone for every verb as well.
    stories.setWithdrawals(await store.corrections.withdrawals())
    return await work({ store, library: stories.library() })
  } finally {
    await store.close()
  }
}
