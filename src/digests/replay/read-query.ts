import { type Digest, isAtOnce } from '../../content/digest.ts'
import type { Library } from '../../content/library.ts'
import { closestNames, nameIndex } from '../../content/names/closest-names.ts'
import type { Story } from '../../content/story.ts'
import { addDays, isZone, localDate, parseDayRange, readableDate } from '../../dates/dates.ts'
import { phrases } from '../../phrases/phrases.ts'
import type { CommandLines } from '../command-lines.ts'
import { nextSlot } from '../slots.ts'
import { entryDaysOf, firstDayOfStory } from './entry-days.ts'
import { entryMoment, type Replay, rhythmOfReplay } from './replay.ts'

/** What somebody asks to be replayed, as it was typed. Without stories, those of the digest; without dates, all of them. */
export type ReplayQuery = { stories: string[]; digest?: string; from?: string; to?: string }

type ReadingContext = { library: Library; zone: string; commandLines: CommandLines }

/** More is no reading, and a mistyped year would compose the briefs of a millennium. */
const MAX_DAYS = 3_660

/** Reads what is asked to be replayed: a replay, or a sentence about each thing that is wrong, with what may be meant. */
export function readReplay(
  query: ReplayQuery,
  { library, zone, commandLines }: ReadingContext,
): { replay: Replay } | { problems: string[] } {
  const { problems, digest, stories } = findSubjects(query, library)
  if (problems.length > 0 || !digest) return { problems }
  const localZone = digest.zone !== undefined && isZone(digest.zone) ? digest.zone : zone
  const span = readSpan(query, stories, { digest, zone: localZone })
  if ('problems' in span) return span
  return { replay: { digest, stories, zone: localZone, ...span, commandLines } }
}

function findSubjects(
  { stories: names, digest: digestName }: ReplayQuery,
  library: Library,
): { problems: string[]; digest?: Digest; stories: Story[] } {
  const says = phrases.replay
  const problems: string[] = []
  const stories = names.flatMap(name => {
    const story = library.story(name)
    const withdrawal = story ? undefined : library.withdrawal(name)
    if (withdrawal) problems.push(says.withdrawn(name, readableDate(withdrawal.on), withdrawal.reason))
    else if (!story) problems.push(says.noStory(name, closestNames(name, library.storyNames())))
    return story ?? []
  })
  const { digests } = library
  const digest = digestName === undefined ? digestFor(stories, library) : library.digest(digestName)
  if (digests.length === 0) problems.push(says.noDigests)
  else if (!digest) {
    const all = digests.map(({ name }) => name)
    const closest = closestNames(digestName ?? '', nameIndex(all))
    problems.push(says.noDigest(digestName ?? '', closest.length > 0 ? closest : all.slice(0, MAX_NAMED)))
  }
  const own = digest && stories.length === 0 ? library.storiesOf(digest) : stories
  if (digest && own.length === 0 && problems.length === 0) problems.push(says.noStories(digest.name))
  return { problems, digest, stories: [...new Set(own)] }
}

const MAX_NAMED = 5

/** The first digest that has all of some stories, or the first one: a place may choose other stories for it. */
const digestFor = (stories: Story[], library: Library): Digest | undefined =>
  library.digests.find(digest => {
    if (isAtOnce(digest)) return false
    const own = new Set(library.storiesOf(digest))
    return stories.every(story => own.has(story))
  }) ?? library.digests[0]

/** Reads the dates. Without them, a replay begins with the first event of its stories, and the last brief tells the last entry. */
function readSpan(
  { from: typedFrom, to: typedTo }: ReplayQuery,
  stories: Story[],
  digest: Pick<Replay, 'digest' | 'zone'>,
): { from: string; to: string } | { problems: string[] } {
  const says = phrases.replay
  const from = typedFrom === undefined ? undefined : parseDayRange(typedFrom)?.from
  const to = typedTo === undefined ? undefined : parseDayRange(typedTo)?.to
  const problems = [
    ...(typedFrom !== undefined && from === undefined ? [says.noDate('from', typedFrom)] : []),
    ...(typedTo !== undefined && to === undefined ? [says.noDate('to', typedTo)] : []),
  ]
  if (problems.length > 0) return { problems }
  const days = stories.flatMap(story => [...entryDaysOf(story).values(), story.coversTo]).sort()
  const end = to ?? dayOfBriefAfter(days.at(-1)!, digest)
  const begin = stories.map(firstDayOfStory).sort()[0]!
  const span = { from: from ?? latest(begin, addDays(end, -MAX_DAYS)), to: end }
  if (span.from > span.to)
    return { problems: [says.endsFirst(readableDate(span.from), readableDate(span.to))] }
  if (addDays(span.from, MAX_DAYS) < span.to) return { problems: [says.tooLong] }
  return span
}

const latest = (a: string, b: string) => (a > b ? a : b)

function dayOfBriefAfter(day: string, replay: Pick<Replay, 'digest' | 'zone'>): string {
  const { at } = nextSlot(rhythmOfReplay(replay), entryMoment(day, replay.zone))
  return localDate(at, replay.zone)
}
