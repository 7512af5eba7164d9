import { type Digest, storiesOf } from './digest.ts'
import type { Feed } from './feed.ts'
import { fold, tokens } from './fold.ts'
import { memoizeParts } from './memoize.ts'
import { type NameIndex, nameIndex } from './names/closest-names.ts'
import { allSpeakerNames, mayNameSpeaker, namesToType } from './names/speaker-names.ts'
import { closestPassages, passagesMatching, passagesWithPhrase } from './search/find-passages.ts'
import { type Passages, viewStories } from './search/growing-index.ts'
import type { IndexView, Scope } from './search/index-view.ts'
import { type SearchResults, searchIn } from './search/search.ts'
import { type SourceLine, storedSourceCountOf } from './search/source-lines.ts'
import { KIND, wordsOfName } from './search/story-index.ts'
import { numberAmongKind, passageText, placeAt } from './search/text-index.ts'
import { type WordsTogether, wordsTogether } from './search/words-together.ts'
import {
  findByName,
  findSimilar,
  type Speaker,
  type StoryQuote,
  speakersOf,
  storyQuotesOf,
} from './speakers.ts'
import type { Person, Story, Withdrawal } from './story.ts'

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
  /** Where items on the wire come from. */
  feeds: Feed[]
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
  /** The people with all words of a query in their names, yielded as they are found. */
  people(query: string, story?: Story): IteratorObject<{ story: Story; person: Person }>
  quotesContaining(words: string, story?: Story): QuoteMatches
  closestQuotes(words: string): StoryQuote[]
  /** Lines of stored sources that contain a phrase, yielded as they are found. */
  sourceLinesContaining(words: string, story?: Story): Iterable<SourceLine>
  closestSourceLines(words: string): SourceLine[]
  /** The number of sources with a stored text. */
  storedSourceCount(): number
  search(words: string, story?: Story): SearchResults
  /** Of some words, those that stand together in a passage, beginning with those of `must`. */
  wordsTogether(words: string, story?: Story, must?: string): WordsTogether
}

const FEW_STORIES = 3
const MAX_REMEMBERED = 1_000
/** Three close quotes or lines fit under the answer to a quote check. */
const MAX_CLOSEST = 3

/**
 * Puts stories, digests and feeds into memory. `revision` names exactly this content. `passages` may hold the index of earlier
 * content: stories that are in it are not indexed again.
 */
export function createLibrary(
  stories: Story[],
  revision: string,
  digests: Digest[] = [],
  withdrawn: Withdrawal[] = [],
  passages?: Passages,
  feeds: Feed[] = [],
): Library {
  const storiesByName = once(() => bySlugAndCommand(stories))
  const withdrawalsByName = bySlugAndCommand(withdrawn)
  const storyNames = once(() => nameIndex(storiesByName().keys()))
  const allSpeakers = once(() => stories.flatMap(speakersOf))
  const view = once(() => viewStories(stories, passages))
  const storedSources = once(() => stories.reduce((count, story) => count + storedSourceCountOf(story), 0))
  const story = (name: string) => storiesByName().get(fold(name))

  /** The speakers that a query may mean: of few stories all, since comparing them is no more work than looking up. */
  const candidates = (query: string): Speaker[] => {
    if (stories.length <= FEW_STORIES) return allSpeakers()
    const ofName = mayNameSpeaker(stories, query) ? namedSpeakers(view(), query) : []
    return [...new Set([...ofName, ...speakersOfNamedStory(query, story)])]
  }

  // One answer asks for the same name several times, and with many namesakes that is much to compare.
  const named = rememberSome((query: string) => findByName(candidates(query), query))
  const similar = rememberSome((query: string) => findSimilar(candidates(query), query))
  const namedPeople = rememberSome((query: string) => namedIn(view(), query, { kind: KIND.person }))

  return {
    stories,
    revision,
    digests,
    feeds,
    digest: name => digests.find(digest => digest.name === fold(name)),
    storiesOf: (digest, chosen) => storiesOf(stories, digest, chosen),
    story,
    withdrawn,
    withdrawal: name => withdrawalsByName.get(fold(name)),
    storyNames,
    speakers: (query, inStory) => (inStory ? findByName(speakersOf(inStory), query) : named(query)),
    similarSpeakers: (query, inStory) => (inStory ? findSimilar(speakersOf(inStory), query) : similar(query)),
    allSpeakers: inStory => (inStory ? speakersOf(inStory) : allSpeakers()),
    speakerNames: inStory => (inStory ? speakerNamesOf(inStory) : allSpeakerNames(stories)),
    *people(query, inStory) {
      const found = inStory
        ? namedIn(view(), query, { kind: KIND.person, story: inStory })
        : namedPeople(query)
      for (const { story, number } of found) yield { story, person: story.people[number]! }
    },
    quotesContaining: (words, inStory) => {
      const found = [...passagesWithPhrase(view(), words, { kind: KIND.quote, story: inStory })]
      return {
        count: found.length,
        nth: index => {
          const place = found[index]
          return place && quoteAt(view(), place)
        },
      }
    },
    closestQuotes: words =>
      closestPassages(view(), words, MAX_CLOSEST, KIND.quote).map(place => quoteAt(view(), place)),
    *sourceLinesContaining(words, inStory) {
      for (const place of passagesWithPhrase(view(), words, { kind: KIND.line, story: inStory }))
        yield sourceLineAt(view(), place)
    },
    closestSourceLines: words =>
      closestPassages(view(), words, MAX_CLOSEST, KIND.line).map(place => sourceLineAt(view(), place)),
    storedSourceCount: storedSources,
    search: (words, inStory) => searchIn(view(), words, inStory),
    wordsTogether: (words, inStory, must) => wordsTogether(view(), words, inStory, must),
  }
}

/** Makes a function that remembers the results of some queries. */
function rememberSome<T>(find: (query: string) => T): (query: string) => T {
  const found = new Map<string, T>()
  return query => {
    const known = found.get(query) ?? find(query)
    if (found.size >= MAX_REMEMBERED) found.clear()
    found.set(query, known)
    return known
  }
}

/** Entries by slug and by command, where they have one. */
const bySlugAndCommand = <Entry extends { slug: string; command?: string }>(entries: Entry[]) => {
  const byName = new Map<string, Entry>()
  for (const entry of entries) byName.set(entry.slug, entry).set(entry.command ?? entry.slug, entry)
  return byName
}

type PassageAt = [block: number, passage: number]

const storyAt = ({ stories, ranks }: IndexView, block: number): Story => stories[ranks[block]!]!

function quoteAt(view: IndexView, [block, passage]: PassageAt): StoryQuote {
  return storyQuotesOf(storyAt(view, block))[numberAmongKind(view.index, block, passage, KIND.quote)]!
}

function sourceLineAt(view: IndexView, [block, passage]: PassageAt): SourceLine {
  const story = storyAt(view, block)
  const [number, line, start] = placeAt(view.index, block, passage).line!
  const source = story.sources.find(candidate => candidate.number === number)!
  return { story, source, line, start, text: passageText(view.index, block, passage) }
}

/** The passages of a kind whose names have all words of a query, as the stories and the numbers of those named. */
function namedIn(view: IndexView, query: string, scope: Scope): { story: Story; number: number }[] {
  const groups = wordsOfName(query).map(word => [word])
  return passagesMatching(view, groups, scope).flatMap(({ block, passages }) =>
    passages().map(passage => ({
      story: storyAt(view, block),
      number: numberAmongKind(view.index, block, passage, scope.kind),
    })),
  )
}

const namedSpeakers = (view: IndexView, query: string): Speaker[] =>
  namedIn(view, query, { kind: KIND.speaker }).map(({ story, number }) => speakersOf(story)[number]!)

/** A slug has at most 32 characters, and rarely more words than this. */
const MAX_SLUG_WORDS = 6

/** The speakers of a story that is named at the end of a query: `John Smith (bridge)`. */
function speakersOfNamedStory(query: string, story: (name: string) => Story | undefined): Speaker[] {
  const words = tokens(query)
  for (let count = Math.min(MAX_SLUG_WORDS, words.length - 1); count > 0; count--) {
    const named = story(words.slice(-count).join('-'))
    if (named) return speakersOf(named)
  }
  return []
}

const speakerNamesOf = memoizeParts((story: Story): NameIndex => nameIndex(namesToType(story)))

/** Makes a function that computes its result at the first call, and returns the same one afterwards. */
function once<T>(compute: () => T): () => T {
  let result: { value: T } | undefined
  return () => {
    result ??= { value: compute() }
    return result.value
  }
}
