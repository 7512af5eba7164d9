import { fold } from '../../content/fold.ts'
import type { Library } from '../../content/library.ts'
import { readRhythm, type TypedRhythm } from '../../digests/rhythm.ts'

/**
 * What somebody typed about a digest, in any order: names of digests, slugs of stories (`own`: the digest's own), what
 * to do on quiet days, and when. `either` are words that name both a story and a time zone.
 */
export type DigestWords = TypedRhythm & {
  names: string[]
  stories: string[]
  ownStories: boolean
  quiet: ('skip' | 'note')[]
  storyOrZoneWords: string[]
}

const SEPARATORS = /[\s,;()]+/
/** `story:chicago` is the story, where a city has the same name. */
const STORY_PREFIX = /^stor(?:y|ies):(.+)$/
const FILLER_WORDS = new Set(['story', 'stories', 'only', 'with', 'quiet'])

/** The words of some arguments, as they are read. */
export const splitWords = (args: string[]): string[] =>
  args.flatMap(arg => arg.split(SEPARATORS).filter(Boolean))

/** Reads the arguments of `on`, `set` and the like. `known` are names of digests besides those that there are. */
export function parseDigestWords(args: string[], library: Library, known: string[] = []): DigestWords {
  const names = new Set<string>()
  const stories = new Set<string>()
  const quiet = new Set<'skip' | 'note'>()
  const either: { typed: string; slug: string }[] = []
  const rest: string[] = []
  let ownStories = false
  for (const typed of splitWords(args)) {
    const key = fold(typed)
    const name = library.digest(key)?.name ?? known.find(one => one === key)
    const explicit = library.story(STORY_PREFIX.exec(key)?.[1] ?? '')
    const story = library.story(key)
    if (name !== undefined && !(names.has(name) && story)) names.add(name)
    else if (explicit) stories.add(explicit.slug)
    else if (story && readRhythm([typed]).unknown.length === 0) either.push({ typed, slug: story.slug })
    else if (story) stories.add(story.slug)
    else if (key === 'skip' || key === 'note') quiet.add(key)
    else if (key === 'all') ownStories = true
    else if (!FILLER_WORDS.has(key)) rest.push(typed)
  }
  const rhythm = readRhythm(rest)
  // A zone that is named besides leaves only the story.
  const open = rhythm.zone === undefined ? either : []
  if (open.length === 0) for (const { slug } of either) stories.add(slug)
  return {
    ...rhythm,
    names: [...names],
    stories: [...stories],
    ownStories,
    quiet: [...quiet],
    storyOrZoneWords: open.map(({ typed }) => typed),
  }
}
