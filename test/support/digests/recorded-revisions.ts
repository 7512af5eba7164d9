import { partsOfAll } from '../../../src/content/parts.ts'
import type { Story } from '../../../src/content/story.ts'
import type { Revisions } from '../../../src/digests/news.ts'
import type { Revision } from '../../../src/store/revisions/revisions.ts'

/** The revisions of all parts after the store recorded this content at a moment; `before` are the revisions until then. */
export function recordedRevisions(
  library: { stories: Story[] },
  at: number,
  before: Revisions = new Map(),
): Revisions {
  const revisions = new Map<string, Revision>(before)
  for (const part of partsOfAll(library)) {
    const known = revisions.get(part.part)
    if (known?.hash === part.hash) continue
    const revision = (known?.revision ?? 0) + 1
    revisions.set(part.part, { ...part, revision, seenAt: at, firstSeenAt: known?.firstSeenAt ?? at })
  }
  return revisions
}

/** Parses a moment, such as `2026-05-05T12:00:00Z`. */
export const moment = (written: string) => Date.parse(written)
