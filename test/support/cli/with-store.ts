import type { Config } from '../../../src/config.ts'
import { connect } from '../../../src/store/connect.ts'
import type { Store } from '../../../src/store/store.ts'

/** Opens the store of these settings for a moment, to read or fill it between two runs of a verb. */
export async function withStore<T>(config: Config, work: (store: Store) => Promise<T>): Promise<T> {
  const store = await connect(config, () => {})
  try {
    return await work(store)
  } finally {
    await store.close()
  }
}
