import { byStory, type Document, lookWith } from '../../content/read/documents/document.ts'

/** What the desk added to stories, as it is laid over their files now. */
export type LiveDocuments = {
  all(): Document[]
  of(slug: string): Document[] | undefined
  slugs(): Iterable<string>
  /** Lays others over from now on. Returns the stories that differ by them. */
  set(documents: readonly Document[]): Set<string>
}

/** Begins with the documents that are known. */
export function createLiveDocuments(documents: readonly Document[]): LiveDocuments {
  let current = byStory(documents)
  return {
    all: () => [...current.values()].flat(),
    of: slug => current.get(slug),
    slugs: () => current.keys(),
    set(all) {
      const before = current
      current = byStory(all)
      const look = (stories: typeof current, slug: string) => lookWith('', stories.get(slug) ?? [])
      return new Set(
        [...before.keys(), ...current.keys()].filter(slug => look(before, slug) !== look(current, slug)),
      )
    },
  }
}
