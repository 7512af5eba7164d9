import type { Library } from '../../../src/content/library.ts'
import { createContentSnapshots } from '../../../src/delivery/content-snapshot.ts'
import type { Store } from '../../../src/store/store.ts'

/** Takes snapshots of content that counts as the current one up to a moment, recorded or not. */
export const fixedSnapshots = (
  store: Store,
  content: Library | (() => Library),
  newsTo: number | (() => Promise<number>),
) =>
  createContentSnapshots({
    store,
    library: () => (typeof content === 'function' ? content() : content),
    contentLease: {
      confirm: async revision => {
        const at = typeof newsTo === 'function' ? await newsTo() : newsTo
        return { revision, at, recordedTo: at }
      },
      renew: async () => {},
    },
  })
