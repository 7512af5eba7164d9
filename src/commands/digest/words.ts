import { fold } from '../../content/fold.ts'
import type { Library } from '../../content/library.ts'
import { readRhythm, type TypedRhythm } from '../../digests/rhythm.ts'
import { filterOf } from './filter-words.ts'

/**
 * The words typed about a digest, in any order: names of digests, slugs of stories (`ownStories` for the digest's own),
 * what to do on quiet days, a `filter` as it was typed, and when to post. `storyOrZoneWords` name both a story and a time
 * zone.
 */
export type DigestWords = TypedRhythm & {
  names: string[]
  stories: string[]
  ownStories: boolean
  quiet: ('skip' | 'note')[]
  filter?: string
  storyOrZoneWords: string[]
}

const SEPARATORS = /[\s,;()]+/
/** `story:chicago` means the story where a city has the same name. */
const STORY_PREFIX = /^stor(?:y|ies):(.+)$/
const FILLER_WORDS = new Set(['story', 'stories', 'only', 'with', 'quiet'])

/** Splits arguments into words. A filter stays whole. */
export const splitWords = (args: string[]): string[] =>
  args.flatMap(arg => (filterOf(arg) === undefined ? arg.split(SEPARATORS).filter(Boolean) : [arg]))

/** Reads the arguments of `on`, `set` and the like. `moreNames` are digests that are no longer offered but still on. */
export function parseDigestWords(args: string[], library: Library, moreNames: string[] = []): DigestWords {
  const names = new Set<string>()
  const stories = new Set<string>()
  const quiet = new Set<'skip' | 'note'>()
  const storiesOrZones: { typed: string; slug: string }[] = []
  const rhythmWords: string[] = []
  let ownStories = false
  let filter: string | undefined
  for (const typed of splitWords(args)) {
    const typedFilter = filterOf(typed)
    if (typedFilter !== undefined) {
      filter = filter === undefined ? typedFilter : `${filter} ${typedFilter}`
      continue
    }
    const key = fold(typed)
    const name = library.digest(key)?.name ?? moreNames.find(moreName => moreName === key)
    const explicit = library.story(STORY_PREFIX.exec(key)?.[1] ?? '')
    const story = library.story(key)
    if (name !== undefined && !(names.has(name) && story)) names.add(name)
    else if (explicit) stories.add(explicit.slug)
    else if (story && readRhythm([typed]).unknown.length === 0)
      storiesOrZones.push({ typed, slug: story.slug })
    else if (story) stories.add(story.slug)
    else if (key === 'skip' || key === 'note') quiet.add(key)
    else if (key === 'all') ownStories = true
    else if (!FILLER_WORDS.has(key)) rhythmWords.push(typed)
  }
  const rhythm = readRhythm(rhythmWords)
  // Another word that names a time zone settles it: then these are stories.
  const ambiguous = rhythm.zone === undefined ? storiesOrZones : []
  if (ambiguous.length === 0) for (const { slug } of storiesOrZones) stories.add(slug)
  return {
    ...rhythm,
    names: [...names],
    stories: [...stories],
    ownStories,
    quiet: [...quiet],
    ...(filter !== undefined && { filter }),
    storyOrZoneWords: ambiguous.map(({ typed }) => typed),
  }
}
