import { DeliveryError } from '../chat/platform.ts'
import type { Library } from '../content/library.ts'
import { partsOfAll } from '../content/parts.ts'
import type { Revisions } from '../digests/news.ts'
import type { Store } from '../store/store.ts'
import type { ContentLease } from './content-lease.ts'

/**
 * Content and all that an edition needs to know of it, taken together: the recorded revisions of its parts, and the
 * moment up to which they are news. It never changes, whatever is saved while an edition is on its way.
 */
export type ContentSnapshot = { library: Library; revisions: Revisions; newsTo: number }

/** What snapshots are taken from. */
type ContentSnapshotsOptions = {
  store: Pick<Store, 'revisions'>
  library(): Library
  contentLease: Pick<ContentLease, 'confirm' | 'renew'>
}

/**
 * `takeCurrent` takes a snapshot of the content that is surely the current one; it rejects if this process does not have
 * that. `revisionsOf` gives the revisions of content that may be older, to redraw what is posted.
 */
export type ContentSnapshots = {
  takeCurrent(): Promise<ContentSnapshot>
  revisionsOf(content: Library): Promise<Revisions>
}

/** How often a snapshot is begun anew because the content changed meanwhile. Somebody may save all the time. */
const MAX_TRIES = 5

/** The recorded revisions, read for some content: the newest of all, and the newest that this content shows. */
type ReadRevisions = {
  content: Library
  revisions: Revisions
  recordedTo: number
  shownTo: number
  isComplete: boolean
}

/** Creates what takes snapshots. Revisions are read once for each content, and again when something was recorded. */
export function createContentSnapshots({
  store,
  library,
  contentLease,
}: ContentSnapshotsOptions): ContentSnapshots {
  let cached: ReadRevisions | undefined

  async function readRevisions(content: Library): Promise<ReadRevisions> {
    const rows = await store.revisions.allLatest()
    const revisions = new Map(rows.map(revision => [revision.part, revision]))
    let shownTo = 0
    let isComplete = true
    for (const { part, hash } of partsOfAll(content)) {
      const recorded = revisions.get(part)
      if (recorded?.hash === hash) {
        shownTo = Math.max(shownTo, recorded.seenAt)
        continue
      }
      isComplete = false
      // What is recorded with other words is not what we show: ours counts as older, so that a correction finds it.
      if (recorded) revisions.set(part, { ...recorded, revision: 0 })
    }
    const recordedTo = rows.reduce((newest, { seenAt }) => Math.max(newest, seenAt), 0)
    cached = { content, revisions, recordedTo, shownTo, isComplete }
    return cached
  }

  async function takeCurrent(): Promise<ContentSnapshot> {
    for (let tries = 0; tries < MAX_TRIES; tries++) {
      const content = library()
      const confirmation = await contentLease.confirm(content.revision).catch(cause => {
        if (library().revision === content.revision) throw cause
      })
      if (!confirmation) continue
      const isRead = cached?.content === content && cached.recordedTo >= confirmation.recordedTo
      // Read after the confirmation: all that it covers is among them.
      const { revisions, shownTo } = isRead ? cached! : await readRevisions(content)
      if (shownTo <= confirmation.at) return { library: content, revisions, newsTo: confirmation.at }
      // Other content was current in between, and now this is again: the confirmation is older than what it shows.
      await contentLease.renew()
    }
    throw new DeliveryError('content: it changes all the time', { outcome: 'unsent', retryInMs: 1_000 })
  }

  return {
    takeCurrent,
    revisionsOf: async content =>
      (cached?.content === content && cached.isComplete ? cached : await readRevisions(content)).revisions,
  }
}
