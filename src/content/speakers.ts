import { fold, tokens } from './fold.ts'
import { keepable } from './kept-values.ts'
import { memoize, memoizeParts } from './memoize.ts'
import type { Quote, Story } from './story.ts'

/** A quote, and the story it belongs to. */
export type StoryQuote = { story: Story; quote: Quote }

/** A name that is quoted in a story, with all its aliases, the role at the first quote, and the number of quotes. */
type NamedSpeaker = { name: string; aliases: string[]; role: string; quoteCount: number }

/**
 * A person who is quoted in a story: the name as printed, and their quotes there in the editors' order, which are read
 * when they are asked for.
 */
export type Speaker = NamedSpeaker & { story: Story; quotes: StoryQuote[] }

/** The speakers of a story by name, with all their aliases, in the order of their first quotes. */
export const namedSpeakersOf = keepable('speakers', ({ quotes }): NamedSpeaker[] => {
  const byKey = new Map<string, NamedSpeaker>()
  for (const { speaker: name, aliases, role } of quotes) {
    const key = exactKey(name)
    const known = byKey.get(key) ?? { name, aliases: [], role, quoteCount: 0 }
    byKey.set(key, known)
    known.quoteCount++
    known.aliases = [...new Set([...known.aliases, ...aliases])]
  }
  return [...byKey.values()]
})

/**
 * The speakers of a story. The same name in two stories is two speakers: nobody can tell from a name whether it is the
 * same person, and the words of a suspect must never be found among those of a mayor.
 */
export const speakersOf = memoize((story: Story): Speaker[] =>
  namedSpeakersOf(story).map(named => new SpeakerOfStory(named, story)),
)

/** The getter is that of a prototype: with one of its own, each of ten thousand speakers would be half a kilobyte. */
class SpeakerOfStory {
  declare name: string
  declare aliases: string[]
  declare role: string
  declare quoteCount: number
  story: Story

  constructor(named: NamedSpeaker, story: Story) {
    Object.assign(this, named)
    this.story = story
  }

  get quotes() {
    return quotesBySpeaker(this.story).get(exactKey(this.name)) ?? []
  }
}

const quotesBySpeaker = memoizeParts((story: Story) =>
  Map.groupBy(storyQuotesOf(story), ({ quote }) => exactKey(quote.speaker)),
)

/** The quotes of a story, in the editors' order. */
export const storyQuotesOf = memoizeParts((story: Story): StoryQuote[] =>
  story.quotes.map(quote => ({ story, quote })),
)

/**
 * Of some speakers, those that a name means: by the name as it is written, else with the story behind it, else without
 * accents, else by an alias; else those with all words of it in their name.
 */
export function findByName(speakers: Speaker[], query: string): Speaker[] {
  const exact = exactKey(query)
  const key = nameKey(query)
  let best = WAYS
  let found: Speaker[] = []
  // In one go: some names are those of hundreds.
  for (const speaker of speakers) {
    const way = wayToName(keysOf(speaker), exact, key)
    if (way > best || way === WAYS) continue
    if (way < best) found = []
    best = way
    found.push(speaker)
  }
  if (found.length > 0) return found
  return preferExactWords(speakersWithAllWords(speakers, query, 'nameWords'), query, namesOnly)
}

const WAYS = 5

/** In which of the ways a name means somebody, the closest first; `WAYS` if in none. */
function wayToName(keys: Keys, exact: string, key: string): number {
  if (keys.exact === exact) return 0
  if (keys.withStory === exact) return 1
  if (keys.name === key) return 2
  if (keys.exactAliases.includes(exact)) return 3
  return keys.aliases.includes(key) ? 4 : WAYS
}

/** Of some speakers, those with all words of a query in their name or in any alias. */
export const findSimilar = (speakers: Speaker[], query: string): Speaker[] =>
  preferExactWords(speakersWithAllWords(speakers, query, 'allWords'), query, allNames)

/** A name that tells a speaker from namesakes in other stories, as one value to type: `John Smith (bridge)`. */
export const nameWithStory = ({ name, story }: Pick<Speaker, 'name' | 'story'>): string =>
  `${name} (${story.slug})`

/** The words of names with their marks: made once a speaker, since with many namesakes that is much to make. */
const wordsIn = (names: string[]) => new Set(names.flatMap(name => exactKey(name).split(' ')))
const namesOnly = memoize(({ name }: Speaker) => wordsIn([name]))
const allNames = memoize(({ name, aliases }: Speaker) => wordsIn([name, ...aliases]))

/** Of speakers whose names differ only in marks, those whose marks were typed; all of them if none were. */
function preferExactWords(
  speakers: Speaker[],
  query: string,
  wordsOf: (speaker: Speaker) => Set<string>,
): Speaker[] {
  const typed = exactKey(query).split(' ')
  const isTypedPlain = typed.join(' ') === tokens(query).join(' ')
  if (isTypedPlain || speakers.length < 2) return speakers
  const exact = speakers.filter(speaker => {
    const words = wordsOf(speaker)
    return typed.every(word => words.has(word))
  })
  return exact.length > 0 ? exact : speakers
}

function speakersWithAllWords(
  speakers: Speaker[],
  query: string,
  field: 'nameWords' | 'allWords',
): Speaker[] {
  const wanted = tokens(query)
  if (wanted.length === 0) return []
  return speakers.filter(speaker => wanted.every(word => keysOf(speaker)[field].has(word)))
}

/** The names of a speaker in the forms in which they are compared. */
type Keys = ReturnType<typeof keysOf>
const keysOf = memoize((speaker: Speaker) => {
  const { name, aliases } = speaker
  return {
    exact: exactKey(name),
    withStory: exactKey(nameWithStory(speaker)),
    name: nameKey(name),
    exactAliases: aliases.map(exactKey),
    aliases: aliases.map(nameKey),
    nameWords: new Set(tokens(name)),
    allWords: new Set([name, ...aliases].flatMap(tokens)),
  }
})

/** A name in the form in which names are found. One without any letter or digit is compared as it is. */
const nameKey = (name: string) => tokens(name).join(' ') || fold(name)

/** A name with all its marks, by which two people are told apart. Only capitals and punctuation do not count. */
export const exactKey = (name: string) => {
  const letters = name.normalize('NFC').toLowerCase()
  return letters.match(/[\p{L}\p{N}\p{M}]+/gu)?.join(' ') ?? fold(name)
}
