import { fold, tokens } from './fold.ts'
import type { Quote, Story } from './story.ts'

/** A quote, and the story it belongs to. */
export type StoryQuote = { story: Story; quote: Quote }

/** A person who is quoted in a story: the name as printed, and their quotes there in the editors' order. */
export type Speaker = { name: string; story: Story; quotes: StoryQuote[] }

/**
 * All speakers, and two ways to find some: `findByName` by a whole name, an alias, or words of the name; `findSimilar`
 * by words of the name or of any alias.
 */
type Speakers = {
  all: Speaker[]
  findByName(query: string): Speaker[]
  findSimilar(query: string): Speaker[]
}

/**
 * Groups quotes by speaker. The same name in two stories is two speakers: nobody can tell from a name whether it is the
 * same person, and the words of a suspect must never be found among those of a mayor.
 */
export function speakersOf(quotes: StoryQuote[]): Speakers {
  const all = new Map<string, Speaker>()
  const byNameAndStory = new Map<string, Set<Speaker>>()
  const byExactName = new Map<string, Set<Speaker>>()
  const byName = new Map<string, Set<Speaker>>()
  const byExactAlias = new Map<string, Set<Speaker>>()
  const byAlias = new Map<string, Set<Speaker>>()
  const byNameWord = new Map<string, Set<Speaker>>()
  const byAnyWord = new Map<string, Set<Speaker>>()
  for (const storyQuote of quotes) {
    const { story } = storyQuote
    const { speaker: name, aliases } = storyQuote.quote
    const key = `${story.slug} ${exactKey(name)}`
    const speaker = all.get(key) ?? { name, story, quotes: [] }
    all.set(key, speaker)
    speaker.quotes.push(storyQuote)
    getOrCreateGroup(byNameAndStory, exactKey(nameWithStory(speaker))).add(speaker)
    getOrCreateGroup(byExactName, exactKey(name)).add(speaker)
    getOrCreateGroup(byName, nameKey(name)).add(speaker)
    for (const alias of aliases) {
      getOrCreateGroup(byExactAlias, exactKey(alias)).add(speaker)
      getOrCreateGroup(byAlias, nameKey(alias)).add(speaker)
    }
    for (const word of tokens(name)) getOrCreateGroup(byNameWord, word).add(speaker)
    for (const word of [name, ...aliases].flatMap(tokens)) getOrCreateGroup(byAnyWord, word).add(speaker)
  }
  const findByName = (query: string): Speaker[] => {
    const found =
      byExactName.get(exactKey(query)) ??
      byNameAndStory.get(exactKey(query)) ??
      byName.get(nameKey(query)) ??
      byExactAlias.get(exactKey(query)) ??
      byAlias.get(nameKey(query))
    return found
      ? [...found]
      : preferExactWords(speakersInAllGroups(byNameWord, query), query, ({ name }) => [name])
  }
  return {
    all: [...all.values()],
    findByName,
    findSimilar: query =>
      preferExactWords(speakersInAllGroups(byAnyWord, query), query, ({ name, quotes: spoken }) => [
        name,
        ...spoken.flatMap(({ quote }) => quote.aliases),
      ]),
  }
}

/** A name that tells a speaker from namesakes in other stories, as one value to type: `John Smith (bridge)`. */
export const nameWithStory = ({ name, story }: Pick<Speaker, 'name' | 'story'>): string =>
  `${name} (${story.slug})`

/** Of speakers whose names differ only in marks, those whose marks were typed; all of them if none were. */
function preferExactWords(
  speakers: Speaker[],
  query: string,
  namesOf: (speaker: Speaker) => string[],
): Speaker[] {
  const typed = exactKey(query).split(' ')
  const isTypedPlain = typed.join(' ') === tokens(query).join(' ')
  if (isTypedPlain || speakers.length < 2) return speakers
  const exact = speakers.filter(speaker => {
    const words = new Set(namesOf(speaker).flatMap(name => exactKey(name).split(' ')))
    return typed.every(word => words.has(word))
  })
  return exact.length > 0 ? exact : speakers
}

/** The speakers that are in the groups of all words of a query. */
function speakersInAllGroups(groups: Map<string, Set<Speaker>>, query: string): Speaker[] {
  const sets = tokens(query).map(word => groups.get(word) ?? new Set<Speaker>())
  const [smallest, ...others] = sets.sort((a, b) => a.size - b.size)
  return [...(smallest ?? [])].filter(speaker => others.every(set => set.has(speaker)))
}

/** A name in the form in which names are found. One without any letter or digit is compared as it is. */
const nameKey = (name: string) => tokens(name).join(' ') || fold(name)

/** A name with all its marks, by which two people are told apart. Only capitals and punctuation do not count. */
const exactKey = (name: string) => {
  const letters = name.normalize('NFC').toLowerCase()
  return letters.match(/[\p{L}\p{N}\p{M}]+/gu)?.join(' ') ?? fold(name)
}

function getOrCreateGroup(groups: Map<string, Set<Speaker>>, key: string): Set<Speaker> {
  const group = groups.get(key) ?? new Set<Speaker>()
  groups.set(key, group)
  return group
}
