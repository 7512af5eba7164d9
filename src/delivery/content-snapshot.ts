import { DeliveryError } from '../chat/platform.ts'
import type { Library } from '../content/library.ts'
import { partHash } from '../content/parts.ts'
import type { Store } from '../store/store.ts'
import type { ContentLease } from './content-lease.ts'

/**
 * Content that is surely the current one, all of it recorded, and the moment up to which its revisions are news. It
 * never changes, whatever is saved while an edition is on its way: what is recorded later is later than that moment.
 */
export type ContentSnapshot = { library: Library; newsTo: number }

/** What snapshots are taken from. */
type ContentSnapshotsOptions = {
  store: { revisions: Pick<Store['revisions'], 'recordedAfter'> }
  library(): Library
  contentLease: Pick<ContentLease, 'confirm' | 'renew'>
}

/** Takes a snapshot of the content that is surely the current one; it rejects if this process does not have that. */
export type ContentSnapshots = { takeCurrent(): Promise<ContentSnapshot> }

/** How often a snapshot is begun anew because the content changed meanwhile. Somebody may save all the time. */
const MAX_TRIES = 5

/** Creates what takes snapshots. */
export function createContentSnapshots({
  store,
  library,
  contentLease,
}: ContentSnapshotsOptions): ContentSnapshots {
  /** Whether some content shows a part in a revision that was recorded after a moment. Usually there is none at all. */
  async function showsLater(content: Library, at: number): Promise<boolean> {
    const later = await store.revisions.recordedAfter(at)
    return later.some(({ part, story: slug, hash }) => {
      const story = content.story(slug)
      return story?.slug === slug && partHash(story, part) === hash
    })
  }

  async function takeCurrent(): Promise<ContentSnapshot> {
    for (let tries = 0; tries < MAX_TRIES; tries++) {
      const content = library()
      const confirmation = await contentLease.confirm(content.revision).catch(cause => {
        if (library().revision === content.revision) throw cause
      })
      if (!confirmation) continue
      // Read after the confirmation: all that it covers is recorded.
      if (!(await showsLater(content, confirmation.at))) return { library: content, newsTo: confirmation.at }
      // Other content was current in between, and now this is again: the confirmation is older than what it shows.
      await contentLease.renew()
    }
    throw new DeliveryError('content: it changes all the time', { outcome: 'unsent', retryInMs: 1_000 })
  }

  return { takeCurrent }
}
