import { partsOfAll } from '../../../src/content/parts.ts'
import type { Story } from '../../../src/content/story.ts'
import type { Revisions } from '../../../src/digests/news.ts'
import type { Revision } from '../../../src/store/revisions.ts'

/** The revisions of all parts once some content was written down at a moment, as the store keeps them. */
export function recordedRevisions(
  books: { stories: Story[] },
  at: number,
  before: Revisions = new Map(),
): Revisions {
  const revisions = new Map<string, Revision>(before)
  for (const one of partsOfAll(books)) {
    const known = revisions.get(one.part)
    if (known?.hash === one.hash) continue
    const revision = (known?.revision ?? 0) + 1
    revisions.set(one.part, { ...one, revision, seenAt: at, firstSeenAt: known?.firstSeenAt ?? at })
  }
  return revisions
}

/** A moment, as it is written. */
export const moment = (written: string) => Date.parse(written)
