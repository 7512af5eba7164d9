import { createHash } from 'node:crypto'
import { type NameIndex, nameIndex } from './closest-names.ts'
import { type Digest, storiesOf } from './digest.ts'
import { fold } from './fold.ts'
import type { ContentFile } from './read/story-folder.ts'
import { createSearch, type SearchResults } from './search/search.ts'
import { type WordIndex, wordIndex } from './search/word-index.ts'
import { type Speaker, type StoryQuote, speakersOf } from './speakers.ts'
import type { Source, Story, Withdrawal } from './story.ts'

/** A line of a stored source that belongs to the story. */
export type SourceLine = { story: Story; source: Source; line: number; start: number; text: string }

/** Quotes that hold some words in a row, in the editors' order; counted, and made only when asked for. */
export type QuoteMatches = { count: number; nth(index: number): StoryQuote | undefined }

/** All stories in memory, with what finds things in them. Indexes are made when they are first needed. */
export type Library = {
  stories: Story[]
  revision: string
  digests: Digest[]
  digest(name: string): Digest | undefined
  /** The stories of a digest as it is defined, or those that a place chose instead. */
  storiesOf(digest: Digest, chosen?: string[]): Story[]
  /** The story with this slug or command. */
  story(name: string): Story | undefined
  /** Stories that were taken down: nothing else here knows of them. */
  withdrawn: Withdrawal[]
  /** The withdrawal of the story that had this slug or command. */
  withdrawal(name: string): Withdrawal | undefined
  /** The slugs and commands of all stories, for what was mistyped. */
  storyNames(): NameIndex
  /** The speakers that a query names; `alike` those that any words of their names fit. */
  speakers(query: string, story?: Story): Speaker[]
  similarSpeakers(query: string, story?: Story): Speaker[]
  allSpeakers(story?: Story): Speaker[]
  /** The names of speakers and the words of them, for what was mistyped. */
  speakerNames(story?: Story): NameIndex
  quotesContaining(words: string, story?: Story): QuoteMatches
  closestQuotes(words: string): StoryQuote[]
  /** Lines of stored sources that hold some words in a row, one after the other as they are found. */
  sourceLinesContaining(words: string, story?: Story): Iterable<SourceLine>
  closestSourceLines(words: string): SourceLine[]
  /** How many sources have a stored text. */
  storedSourceCount(): number
  search(words: string, story?: Story): SearchResults
}

const MAX_CLOSEST = 3

/** Puts stories and digests into memory. `revision` tells one content from another. */
export function createLibrary(
  stories: Story[],
  revision: string,
  digests: Digest[] = [],
  withdrawn: Withdrawal[] = [],
): Library {
  const byName = new Map(
    stories.flatMap(story => [story.slug, story.command ?? story.slug].map(name => [name, story])),
  )
  const withdrawals = new Map(
    withdrawn.flatMap(one => [one.slug, one.command ?? one.slug].map(name => [name, one])),
  )
  const said = stories.flatMap(story => story.quotes.map(quote => ({ story, quote })))
  const storyNames = once(() => nameIndex(byName.keys()))
  const speakers = once(() => speakersOf(said))
  const speakerNames = once(() => indexSpeakerNames(speakers().all))
  const quoteWords = once(() => wordIndex(said.map(({ quote }) => quote.words)))
  const lines = once(() => stories.flatMap(sourceLinesOf))
  const lineWords = once((): WordIndex => wordIndex(lines().map(line => line.text)))
  const stored = once(
    () => lines().reduce((sources, line) => sources.add(line.source), new Set<Source>()).size,
  )
  const search = once(() => createSearch(stories))
  const speakersIn = (story?: Story) =>
    story ? speakersOf(story.quotes.map(quote => ({ story, quote }))) : speakers()

  return {
    stories,
    revision,
    digests,
    digest: name => digests.find(digest => digest.name === fold(name)),
    storiesOf: (digest, chosen) => storiesOf(stories, digest, chosen),
    story: name => byName.get(fold(name)),
    withdrawn,
    withdrawal: name => withdrawals.get(fold(name)),
    storyNames,
    speakers: (query, story) => speakersIn(story).findByName(query),
    similarSpeakers: (query, story) => speakersIn(story).findSimilar(query),
    allSpeakers: story => speakersIn(story).all,
    speakerNames: story => (story ? indexSpeakerNames(speakersIn(story).all) : speakerNames()),
    quotesContaining: (words, story) => {
      const found: number[] = []
      for (const index of quoteWords().textsWithPhrase(words)) {
        if (!story || said[index]!.story === story) found.push(index)
      }
      return { count: found.length, nth: index => said[found[index] ?? -1] }
    },
    closestQuotes: words =>
      quoteWords()
        .closestTexts(words, MAX_CLOSEST)
        .map(index => said[index]!),
    *sourceLinesContaining(words, story) {
      for (const index of lineWords().textsWithPhrase(words)) {
        const line = lines()[index]!
        if (!story || line.story === story) yield line
      }
    },
    closestSourceLines: words =>
      lineWords()
        .closestTexts(words, MAX_CLOSEST)
        .map(index => lines()[index]!),
    storedSourceCount: stored,
    search: (words, story) => search()(words, story),
  }
}

/** A short name for exactly these files, the same on every machine. */
export function revisionOfFiles(files: ContentFile[]): string {
  const hash = createHash('sha256')
  for (const file of files) hash.update(file.path).update('\0').update(file.text).update('\0')
  return hash.digest('hex').slice(0, 12)
}

const indexSpeakerNames = (speakers: Speaker[]) =>
  nameIndex(speakers.flatMap(({ name }) => [name, ...name.split(' ')]))

function sourceLinesOf(story: Story): SourceLine[] {
  return story.sources.flatMap(source => {
    let start = 0
    return (source.text ?? '').split('\n').flatMap((text, index) => {
      const line = { story, source, line: index + 1, start, text }
      start += text.length + 1
      return text.trim() && !source.skip.includes(line.line) ? [line] : []
    })
  })
}

function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}
