import { fold, tokens } from './fold.ts'
import type { Quote, Story } from './story.ts'

/** A quote, and the story it belongs to. */
export type StoryQuote = { story: Story; quote: Quote }

/** A person who is quoted: the name as printed, and their quotes in the editors' order. */
export type Speaker = { name: string; quotes: StoryQuote[] }

/**
 * All speakers, and two ways to find some: `findByName` by a whole name, an alias, or words of the name; `findSimilar`
 * by words of the name or of any alias.
 */
type Speakers = {
  all: Speaker[]
  findByName(query: string): Speaker[]
  findSimilar(query: string): Speaker[]
}

/** Groups quotes by speaker. */
export function speakersOf(quotes: StoryQuote[]): Speakers {
  const byName = new Map<string, Speaker>()
  const byAlias = new Map<string, Set<Speaker>>()
  const byNameWord = new Map<string, Set<Speaker>>()
  const byAnyWord = new Map<string, Set<Speaker>>()
  for (const storyQuote of quotes) {
    const { speaker: name, aliases } = storyQuote.quote
    const key = nameKey(name)
    const speaker = byName.get(key) ?? { name, quotes: [] }
    byName.set(key, speaker)
    speaker.quotes.push(storyQuote)
    for (const word of tokens(name)) getOrCreateGroup(byNameWord, word).add(speaker)
    for (const alias of aliases) getOrCreateGroup(byAlias, nameKey(alias)).add(speaker)
    for (const word of [name, ...aliases].flatMap(tokens)) getOrCreateGroup(byAnyWord, word).add(speaker)
  }
  const findByName = (query: string): Speaker[] => {
    const key = nameKey(query)
    const exact = byName.get(key)
    if (exact) return [exact]
    const withAlias = byAlias.get(key)
    return withAlias ? [...withAlias] : speakersInAllGroups(byNameWord, query)
  }
  return {
    all: [...byName.values()],
    findByName,
    findSimilar: query => speakersInAllGroups(byAnyWord, query),
  }
}

/** The speakers that are in the groups of all words of a query. */
function speakersInAllGroups(groups: Map<string, Set<Speaker>>, query: string): Speaker[] {
  const sets = tokens(query).map(word => groups.get(word) ?? new Set<Speaker>())
  const [smallest, ...others] = sets.sort((a, b) => a.size - b.size)
  return [...(smallest ?? [])].filter(speaker => others.every(set => set.has(speaker)))
}

/** A name in the form in which names are compared. One without any letter or digit is compared as it is. */
const nameKey = (name: string) => tokens(name).join(' ') || fold(name)

function getOrCreateGroup(groups: Map<string, Set<Speaker>>, key: string): Set<Speaker> {
  const group = groups.get(key) ?? new Set<Speaker>()
  groups.set(key, group)
  return group
}
