import type { Library } from '../content/library.ts'
import { partHash } from '../content/parts.ts'
import type { ShownPart } from '../store/delivery.ts'
import type { Store } from '../store/store.ts'

/**
 * Looks up the recorded revisions of the parts that a reply shows; `library` is the content it was drawn from. A part
 * that is not recorded yet, or that another process has recorded with other words, counts as revision 0, older than
 * all: then no correction can miss it.
 */
export async function shownRevisions(
  store: Pick<Store, 'revisions'>,
  parts: string[],
  library: Library,
): Promise<ShownPart[]> {
  const recorded = await store.revisions.latestByPart(parts)
  return parts.map(part => {
    const story = library.story(part.slice(0, part.indexOf('/')))
    const latest = recorded.get(part)
    const hash = story && partHash(story, part)
    return { part, revision: latest && latest.hash === hash ? latest.revision : 0 }
  })
}
