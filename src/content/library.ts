import { createHash } from 'node:crypto'
import { type NameIndex, nameIndex } from './closest-names.ts'
import { type Digest, storiesOf } from './digest.ts'
import { fold } from './fold.ts'
import type { ContentFile } from './read/story-folder.ts'
import { createSearch, type SearchResults } from './search/search.ts'
import { type WordIndex, wordIndex } from './search/word-index.ts'
import { type Speaker, type StoryQuote, speakersOf } from './speakers.ts'
import type { Source, Story, Withdrawal } from './story.ts'

/**
 * A line of a stored source that belongs to its story, not to the website around it, or the lines of a wrapped paragraph.
 * `line` is the number of the first one, `start` its offset.
 */
export type SourceLine = { story: Story; source: Source; line: number; start: number; text: string }

/**
 * Quotes that contain a phrase, in the editors' order. They are counted at once, and each is made when it is asked for.
 */
export type QuoteMatches = { count: number; nth(index: number): StoryQuote | undefined }

/** All visible content in memory, and the ways to find things in it. Indexes are built when they are first needed. */
export type Library = {
  stories: Story[]
  revision: string
  digests: Digest[]
  digest(name: string): Digest | undefined
  /** The stories of a digest as it is defined, or the ones that a channel chose instead. */
  storiesOf(digest: Digest, chosen?: string[]): Story[]
  /** The story with this slug or command. */
  story(name: string): Story | undefined
  /** Stories that were taken down. Nothing else here includes them. */
  withdrawn: Withdrawal[]
  /** The withdrawal of the story with this slug or command. */
  withdrawal(name: string): Withdrawal | undefined
  /** The slugs and commands of all stories, to find the closest to a mistyped one. */
  storyNames(): NameIndex
  /** The speakers with this name or alias, or with these words in their name. */
  speakers(query: string, story?: Story): Speaker[]
  /** The speakers with these words in their name or in any alias. */
  similarSpeakers(query: string, story?: Story): Speaker[]
  allSpeakers(story?: Story): Speaker[]
  /** The names of speakers and the single words of them, to find the closest to a mistyped one. */
  speakerNames(story?: Story): NameIndex
  quotesContaining(words: string, story?: Story): QuoteMatches
  closestQuotes(words: string): StoryQuote[]
  /** Lines of stored sources that contain a phrase, yielded as they are found. */
  sourceLinesContaining(words: string, story?: Story): Iterable<SourceLine>
  closestSourceLines(words: string): SourceLine[]
  /** The number of sources with a stored text. */
  storedSourceCount(): number
  search(words: string, story?: Story): SearchResults
}

/** Three close quotes or lines fit under the answer to a quote check. */
const MAX_CLOSEST = 3
/** Long enough that two contents never share a revision, short enough to read out. */
const REVISION_LENGTH = 12

/** Puts stories and digests into memory. `revision` names exactly this content. */
export function createLibrary(
  stories: Story[],
  revision: string,
  digests: Digest[] = [],
  withdrawn: Withdrawal[] = [],
): Library {
  const storiesByName = bySlugAndCommand(stories)
  const withdrawalsByName = bySlugAndCommand(withdrawn)
  const quotes = stories.flatMap(quotesOf)
  const storyNames = once(() => nameIndex(storiesByName.keys()))
  const speakers = once(() => speakersOf(quotes))
  const speakerNames = once(() => indexSpeakerNames(speakers().all))
  const quoteWords = once(() => wordIndex(quotes.map(({ quote }) => quote.words)))
  const lines = once(() => stories.flatMap(sourceLinesOf))
  const lineWords = once((): WordIndex => wordIndex(lines().map(line => line.text)))
  const storedSourceCount = once(() => new Set(lines().map(line => line.source)).size)
  const search = once(() => createSearch(stories))
  const speakersIn = (story?: Story) => (story ? speakersOf(quotesOf(story)) : speakers())

  return {
    stories,
    revision,
    digests,
    digest: name => digests.find(digest => digest.name === fold(name)),
    storiesOf: (digest, chosen) => storiesOf(stories, digest, chosen),
    story: name => storiesByName.get(fold(name)),
    withdrawn,
    withdrawal: name => withdrawalsByName.get(fold(name)),
    storyNames,
    speakers: (query, story) => speakersIn(story).findByName(query),
    similarSpeakers: (query, story) => speakersIn(story).findSimilar(query),
    allSpeakers: story => speakersIn(story).all,
    speakerNames: story => (story ? indexSpeakerNames(speakersIn(story).all) : speakerNames()),
    quotesContaining: (words, story) => {
      const matches: number[] = []
      for (const index of quoteWords().textsWithPhrase(words)) {
        if (!story || quotes[index]!.story === story) matches.push(index)
      }
      return { count: matches.length, nth: index => quotes[matches[index] ?? -1] }
    },
    closestQuotes: words =>
      quoteWords()
        .closestTexts(words, MAX_CLOSEST)
        .map(index => quotes[index]!),
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
    storedSourceCount,
    search: (words, story) => search()(words, story),
  }
}

/** A short name for exactly these files, the same on every machine. */
export function revisionOfFiles(files: ContentFile[]): string {
  const hash = createHash('sha256')
  for (const file of files) hash.update(file.path).update('\0').update(file.text).update('\0')
  return hash.digest('hex').slice(0, REVISION_LENGTH)
}

/** Entries by slug and by command, where they have one. */
const bySlugAndCommand = <Entry extends { slug: string; command?: string }>(entries: Entry[]) =>
  new Map(entries.flatMap(entry => [entry.slug, entry.command ?? entry.slug].map(name => [name, entry])))

const quotesOf = (story: Story): StoryQuote[] => story.quotes.map(quote => ({ story, quote }))

const indexSpeakerNames = (speakers: Speaker[]) =>
  nameIndex(speakers.flatMap(({ name }) => [name, ...name.split(' ')]))

/** The lines of a story's sources, and after those of a paragraph that is wrapped, the paragraph as one. */
function sourceLinesOf(story: Story): SourceLine[] {
  return story.sources.flatMap(source => {
    const lines: SourceLine[] = []
    let start = 0
    let paragraph: SourceLine[] = []
    const endParagraph = () => {
      const [first, ...others] = paragraph
      if (first && others.length > 0)
        lines.push({ ...first, text: paragraph.map(line => line.text).join('\n') })
      paragraph = []
    }
    for (const [index, text] of (source.text ?? '').split('\n').entries()) {
      const line = { story, source, line: index + 1, start, text }
      start += text.length + 1
      if (!text.trim() || source.skip.includes(line.line)) endParagraph()
      else {
        lines.push(line)
        paragraph.push(line)
      }
    }
    endParagraph()
    return lines
  })
}

/** Makes a function that computes its result at the first call, and returns the same one afterwards. */
function once<T>(compute: () => T): () => T {
  let result: { value: T } | undefined
  return () => {
    result ??= { value: compute() }
    return result.value
  }
}
