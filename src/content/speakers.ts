import { fold, tokens } from './fold.ts'
import type { Quote, Story } from './story.ts'

/** A quote and the story that it stands in. */
export type StoryQuote = { story: Story; quote: Quote }

/** Somebody who is quoted: the name as printed, and every quote in the editors' order. */
export type Speaker = { name: string; quotes: StoryQuote[] }

/**
 * Every speaker, and those whom a query names: by the whole name or another whole name, or by words of the name;
 * `alike` takes any words of any name.
 */
type Speakers = {
  all: Speaker[]
  findByName(query: string): Speaker[]
  findSimilar(query: string): Speaker[]
}

/** Groups quotes by speaker. */
export function speakersOf(said: StoryQuote[]): Speakers {
  const byName = new Map<string, Speaker>()
  const byOtherName = new Map<string, Set<Speaker>>()
  const byWord = new Map<string, Set<Speaker>>()
  const byAnyWord = new Map<string, Set<Speaker>>()
  for (const item of said) {
    const key = nameKey(item.quote.speaker)
    const speaker = byName.get(key) ?? { name: item.quote.speaker, quotes: [] }
    byName.set(key, speaker)
    speaker.quotes.push(item)
    for (const word of tokens(item.quote.speaker)) getOrCreateGroup(byWord, word).add(speaker)
    for (const name of item.quote.aliases) getOrCreateGroup(byOtherName, nameKey(name)).add(speaker)
    for (const word of [item.quote.speaker, ...item.quote.aliases].flatMap(tokens))
      getOrCreateGroup(byAnyWord, word).add(speaker)
  }
  const findByName = (query: string): Speaker[] => {
    const key = nameKey(query)
    const exact = byName.get(key)
    if (exact) return [exact]
    const other = byOtherName.get(key)
    return other ? [...other] : speakersInAllGroups(byWord, query)
  }
  return {
    all: [...byName.values()],
    findByName,
    findSimilar: query => speakersInAllGroups(byAnyWord, query),
  }
}

/** Those who stand in the groups of all words of a query. */
function speakersInAllGroups(groups: Map<string, Set<Speaker>>, query: string): Speaker[] {
  const sets = tokens(query).map(word => groups.get(word) ?? new Set<Speaker>())
  const [fewest, ...rest] = sets.sort((a, b) => a.size - b.size)
  return [...(fewest ?? [])].filter(speaker => rest.every(set => set.has(speaker)))
}

/** A name as it is compared; one without any letter or digit stands for itself. */
const nameKey = (name: string) => tokens(name).join(' ') || fold(name)

function getOrCreateGroup(groups: Map<string, Set<Speaker>>, key: string): Set<Speaker> {
  const group = groups.get(key) ?? new Set<Speaker>()
  groups.set(key, group)
  return group
}
