import type { Library } from '../content/library.ts'
import { partHash } from '../content/parts.ts'
import type { ShownPart } from '../store/delivery.ts'
import type { Store } from '../store/store.ts'
import { type Item, itemOfPart } from '../store/wire/items.ts'

/** Items on the wire as they were read for a reply, by their ids. */
export type DrawnItems = Pick<ReadonlyMap<string, Item>, 'get'>

/**
 * Looks up the recorded revisions of the parts that a reply shows; `library` is the content it was drawn from. A part
 * that is not recorded yet, or that another process has recorded with other words, counts as revision 0, older than
 * all: then no correction can miss it. An item has the revision in which it was drawn.
 */
export async function shownRevisions(
  store: Pick<Store, 'revisions'>,
  parts: string[],
  library: Library,
  items?: DrawnItems,
): Promise<ShownPart[]> {
  const recorded = await store.revisions.latestByPart(parts.filter(part => itemOfPart(part) === undefined))
  return parts.map(part => {
    const id = itemOfPart(part)
    if (id !== undefined) return { part, revision: items?.get(id)?.revision ?? 0 }
    const story = library.story(part.slice(0, part.indexOf('/')))
    const latest = recorded.get(part)
    const hash = story && partHash(story, part)
    return { part, revision: latest && latest.hash === hash ? latest.revision : 0 }
  })
}
