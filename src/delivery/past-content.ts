import { partOfEvent } from '../content/events/expected.ts'
import { createLibrary, type Library } from '../content/library.ts'
import type { Story } from '../content/story.ts'
import { firstDayOf } from '../dates/rough-dates.ts'
import type { Store } from '../store/store.ts'

/** When an answer was given, and the parts that it showed: those existed then. */
type PastMoment = { at: number; shownParts: string[] }

/** For so many moments the content is kept. Messages that are corrected together are often from the same days. */
const MAX_KEPT = 8

/**
 * Creates a function that gives the content as it was at a moment: without what was entered later, but with what was
 * corrected since. An answer that is redrawn from it shows what it showed then, and nothing newer. Corrections stay.
 */
export function createPastContent(store: {
  revisions: Pick<Store['revisions'], 'storiesChangedAfter' | 'partsAddedAfter'>
}): (library: Library, when: PastMoment) => Promise<Library> {
  let cachedFrom: Library | undefined
  let cache = new Map<string, Library>()

  return async (library, { at, shownParts }) => {
    const shown = new Set(shownParts.flatMap(part => [part, `${storyOf(part)}/label`]))
    const existing = new Set(library.stories.map(({ slug }) => slug))
    const changed = (await store.revisions.storiesChangedAfter(at))
      .map(({ story }) => story)
      .filter(slug => existing.has(slug))
    const added = await store.revisions.partsAddedAfter({
      after: at,
      stories: changed,
      wholly: new Set(shownParts.map(storyOf)),
    })
    const newer = added.filter(part => !shown.has(part) && !part.includes('/correction:'))
    if (newer.length === 0) return library
    if (cachedFrom !== library) cache = new Map()
    cachedFrom = library
    const key = newer.sort().join(' ')
    const past = cache.get(key) ?? libraryWithout(library, new Set(newer))
    cache.delete(key)
    cache.set(key, past)
    if (cache.size > MAX_KEPT) cache.delete(cache.keys().next().value!)
    return past
  }
}

const storyOf = (part: string) => part.slice(0, part.indexOf('/'))

function libraryWithout(library: Library, hidden: Set<string>): Library {
  const touched = new Set([...hidden].map(storyOf))
  const stories = library.stories.flatMap((story): Story[] => {
    if (!touched.has(story.slug)) return [story]
    const isShown = (part: string) => !hidden.has(`${story.slug}/${part}`)
    if (!isShown('label')) return []
    const timeline = story.timeline.filter(event => isShown(partOfEvent(event)))
    const coming = story.coming.filter(event => isShown(partOfEvent(event)))
    const sections = story.sections.filter(({ name }) => isShown(`section:${name}`))
    const quotes = story.quotes.filter(({ id }) => isShown(`quote:${id}`))
    const facts = story.facts.filter(({ id }) => isShown(`fact:${id}`))
    const people = story.people.filter(({ name }) => isShown(`who:${name}`))
    // What was corrected since may rest on a newer source.
    const cited = new Set([
      ...(story.why?.sources ?? []),
      ...[sections, timeline, coming, facts, people].flat().flatMap(({ sources }) => sources),
      ...[...quotes, ...facts.flatMap(({ claim }) => claim ?? [])].map(({ source }) => source.number),
    ])
    const last = timeline.at(-1)
    const lastDate = last && firstDayOf(last.date)
    const coveredLess =
      timeline.length < story.timeline.length && lastDate !== undefined && lastDate < story.coversTo
    return [
      {
        ...story,
        sections,
        quotes,
        timeline,
        coming,
        // The story covered dates up to the last event that it had.
        coversTo: coveredLess ? lastDate : story.coversTo,
        facts,
        people,
        sources: story.sources.filter(({ number }) => isShown(`source:${number}`) || cited.has(number)),
      },
    ]
  })
  return createLibrary(
    stories,
    library.revision,
    library.digests,
    library.withdrawn,
    undefined,
    library.feeds,
  )
}
