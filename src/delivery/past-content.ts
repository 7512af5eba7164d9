import { createLibrary, type Library } from '../content/library.ts'
import type { Story } from '../content/story.ts'
import { changesAfter, type Revisions } from '../digests/news.ts'

/** When an answer was given, and the parts that it showed: those were there. */
type PastMoment = { at: number; shownParts: string[] }

/**
 * Gives the content as it was chosen from at a moment: what was entered later is left out, what was corrected since is
 * right. An answer that is redrawn from it shows what it showed, and nothing that came later. Corrections stay.
 */
export function createPastContent(): (books: Library, revisions: Revisions, when: PastMoment) => Library {
  let of: Library | undefined
  let known = new Map<string, Library>()

  return (books, revisions, { at, shownParts }) => {
    const seen = new Set(shownParts.flatMap(part => [part, `${part.slice(0, part.indexOf('/'))}/label`]))
    const hidden = changesAfter(revisions, at).filter(
      ({ part, firstSeenAt }) => firstSeenAt > at && !seen.has(part) && !part.includes('/correction:'),
    )
    if (hidden.length === 0) return books
    if (of !== books) known = new Map()
    of = books
    const names = new Set(hidden.map(({ part }) => part))
    const key = [...names].join(' ')
    const past = known.get(key) ?? libraryWithout(books, names)
    known.set(key, past)
    return past
  }
}

function libraryWithout(books: Library, hidden: Set<string>): Library {
  const stories = books.stories.flatMap((story): Story[] => {
    const shown = (part: string) => !hidden.has(`${story.slug}/${part}`)
    if (!shown('label')) return []
    const timeline = story.timeline.filter(({ id }) => shown(`event:${id}`))
    const sections = story.sections.filter(({ name }) => shown(`section:${name}`))
    const quotes = story.quotes.filter(({ id }) => shown(`quote:${id}`))
    const facts = story.facts.filter(({ id }) => shown(`fact:${id}`))
    const people = story.people.filter(({ name }) => shown(`who:${name}`))
    // What is right since may rest on a source that came later.
    const cited = new Set([
      ...[sections, timeline, facts, people].flat().flatMap(({ sources }) => sources),
      ...[...quotes, ...facts.flatMap(({ claim }) => claim ?? [])].map(({ source }) => source.number),
    ])
    const last = timeline.at(-1)?.date
    const later = timeline.length < story.timeline.length && last !== undefined && last < story.coversTo
    return [
      {
        ...story,
        sections,
        quotes,
        timeline,
        // It reached as far as what it knew.
        ...(later && { coversTo: last }),
        facts,
        people,
        sources: story.sources.filter(({ number }) => shown(`source:${number}`) || cited.has(number)),
      },
    ]
  })
  return createLibrary(stories, books.revision, books.digests, books.withdrawn)
}
