import { join } from 'node:path'
import type { Config } from '../config.ts'
import type { Library } from '../content/library.ts'
import { keeper } from '../kept.ts'
import { openStories } from '../newsroom.ts'
import { connect } from '../store/connect.ts'
import type { Store } from '../store/store.ts'

/** Opens content and store for a verb, and closes the store after it. */
export async function withStore<T>(
  config: Config,
  work: (open: { store: Store; library: Library }) => Promise<T>,
): Promise<T> {
  const stories = await openStories(config.contentDir, {
    keeper: keeper(join(config.dataDir, 'content.kept')),
    staleDays: config.staleDays,
  })
  const store = await connect(config, () => {})
  try {
    // What the desk took down by command is gone for every verb as well.
    stories.withdraw(await store.withdrawals())
    return await work({ store, library: stories.library() })
  } finally {
    await store.close()
  }
}
