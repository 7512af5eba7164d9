import { createLibrary, type Library } from '../content/library.ts'
import type { Story } from '../content/story.ts'
import { changesAfter, type Revisions } from '../digests/news.ts'

/** When an answer was given, and the parts that it showed: those existed then. */
type PastMoment = { at: number; shownParts: string[] }

/**
 * Creates a function that gives the content as it was at a moment: without what was entered later, but with what was
 * corrected since. An answer that is redrawn from it shows what it showed then, and nothing newer. Corrections stay.
 */
export function createPastContent(): (library: Library, revisions: Revisions, when: PastMoment) => Library {
  let cachedFrom: Library | undefined
  let cache = new Map<string, Library>()

  return (library, revisions, { at, shownParts }) => {
    const shown = new Set(shownParts.flatMap(part => [part, `${part.slice(0, part.indexOf('/'))}/label`]))
    const newer = changesAfter(revisions, at).filter(
      ({ part, firstSeenAt }) => firstSeenAt > at && !shown.has(part) && !part.includes('/correction:'),
    )
    if (newer.length === 0) return library
    if (cachedFrom !== library) cache = new Map()
    cachedFrom = library
    const hidden = new Set(newer.map(({ part }) => part))
    const key = [...hidden].join(' ')
    const past = cache.get(key) ?? libraryWithout(library, hidden)
    cache.set(key, past)
    return past
  }
}

function libraryWithout(library: Library, hidden: Set<string>): Library {
  const stories = library.stories.flatMap((story): Story[] => {
    const isShown = (part: string) => !hidden.has(`${story.slug}/${part}`)
    if (!isShown('label')) return []
    const timeline = story.timeline.filter(({ id }) => isShown(`event:${id}`))
    const sections = story.sections.filter(({ name }) => isShown(`section:${name}`))
    const quotes = story.quotes.filter(({ id }) => isShown(`quote:${id}`))
    const facts = story.facts.filter(({ id }) => isShown(`fact:${id}`))
    const people = story.people.filter(({ name }) => isShown(`who:${name}`))
    // What was corrected since may rest on a newer source.
    const cited = new Set([
      ...[sections, timeline, facts, people].flat().flatMap(({ sources }) => sources),
      ...[...quotes, ...facts.flatMap(({ claim }) => claim ?? [])].map(({ source }) => source.number),
    ])
    const lastDate = timeline.at(-1)?.date
    const coveredLess =
      timeline.length < story.timeline.length && lastDate !== undefined && lastDate < story.coversTo
    return [
      {
        ...story,
        sections,
        quotes,
        timeline,
        // The story covered dates up to the last event that it had.
        coversTo: coveredLess ? lastDate : story.coversTo,
        facts,
        people,
        sources: story.sources.filter(({ number }) => isShown(`source:${number}`) || cited.has(number)),
      },
    ]
  })
  return createLibrary(stories, library.revision, library.digests, library.withdrawn)
}
