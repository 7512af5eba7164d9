import { allEvents, partOfEvent } from '../content/events/expected.ts'
import type { LoadedContent } from '../content/read/story-folder.ts'
import type { Problem, Source, Story } from '../content/story.ts'
import { locationOf } from './story-rules.ts'

/** Reports events and facts that are called certain although only one source, or copies of one, say so. */
export function confidenceProblems(story: Story, loaded: LoadedContent): Problem[] {
  const entries = [
    ...allEvents(story).map(event => ({ ...event, part: partOfEvent(event) })),
    ...story.facts.map(fact => ({ ...fact, part: `fact:${fact.id}` })),
  ]
  return entries
    .filter(
      ({ confidence, sources }) =>
        confidence === 'high' && areRead(story, sources) && !areIndependent(story, sources),
    )
    .map(({ part, sources }) => ({
      ...locationOf(loaded, `${story.slug}/${part}`),
      message: `confidence: high needs two or more independent sources; ${found(sources)}: cite another source, or write medium`,
    }))
}

function found(numbers: number[]): string {
  const [only, ...more] = new Set(numbers)
  if (only === undefined) return 'none is cited'
  return more.length === 0
    ? `only source ${only} is cited`
    : `sources ${[only, ...more].join(', ')} are copies of one`
}

/** Whether all sources could be read. One that could not is reported already. */
const areRead = ({ sources }: Story, numbers: number[]) =>
  numbers.every(number => sources.some(source => source.number === number))

/** Whether two of the sources are different documents, as far as their entries show it. */
function areIndependent({ sources }: Story, numbers: number[]): boolean {
  const cited = sources.filter(({ number }) => numbers.includes(number))
  return cited.some((first, at) => cited.slice(at + 1).some(second => !areCopies(first, second)))
}

/** Whether two sources show the same document: one address, or a mirror of what the other one is or mirrors. */
function areCopies(first: Source, second: Source): boolean {
  if (first.url !== undefined && first.url === second.url) return true
  if (first.kind !== 'mirror' && second.kind !== 'mirror') return false
  return originOf(first) === originOf(second) && first.date === second.date
}

/** Who wrote a document: the outlet of `City (via Gazette)` is the city. */
const originOf = ({ outlet }: Source) => outlet.replace(/\s*\(via .*\)$/i, '').toLowerCase()
