import { fold, tokens } from './fold.ts'
import type { Quote, Story } from './story.ts'

/** A quote and the story that it stands in. */
export type Said = { story: Story; quote: Quote }

/** Somebody who is quoted: the name as printed, and every quote in the editors' order. */
export type Speaker = { name: string; said: Said[] }

/**
 * Every speaker, and those whom a query names: by the whole name or another whole name, or by words of the name;
 * `alike` takes any words of any name.
 */
type Speakers = { all: Speaker[]; named(query: string): Speaker[]; alike(query: string): Speaker[] }

/** Groups quotes by speaker. */
export function speakersOf(said: Said[]): Speakers {
  const byName = new Map<string, Speaker>()
  const byOtherName = new Map<string, Set<Speaker>>()
  const byWord = new Map<string, Set<Speaker>>()
  const byAnyWord = new Map<string, Set<Speaker>>()
  for (const item of said) {
    const key = keyOf(item.quote.speaker)
    const speaker = byName.get(key) ?? { name: item.quote.speaker, said: [] }
    byName.set(key, speaker)
    speaker.said.push(item)
    for (const word of tokens(item.quote.speaker)) grouped(byWord, word).add(speaker)
    for (const name of item.quote.aliases) grouped(byOtherName, keyOf(name)).add(speaker)
    for (const word of [item.quote.speaker, ...item.quote.aliases].flatMap(tokens))
      grouped(byAnyWord, word).add(speaker)
  }
  const named = (query: string): Speaker[] => {
    const key = keyOf(query)
    const exact = byName.get(key)
    if (exact) return [exact]
    const other = byOtherName.get(key)
    return other ? [...other] : holding(byWord, query)
  }
  return { all: [...byName.values()], named, alike: query => holding(byAnyWord, query) }
}

/** Those who stand in the groups of all words of a query. */
function holding(groups: Map<string, Set<Speaker>>, query: string): Speaker[] {
  const sets = tokens(query).map(word => groups.get(word) ?? new Set<Speaker>())
  const [fewest, ...rest] = sets.sort((a, b) => a.size - b.size)
  return [...(fewest ?? [])].filter(speaker => rest.every(set => set.has(speaker)))
}

/** A name as it is compared; one without any letter or digit stands for itself. */
const keyOf = (name: string) => tokens(name).join(' ') || fold(name)

function grouped(groups: Map<string, Set<Speaker>>, key: string): Set<Speaker> {
  const group = groups.get(key) ?? new Set<Speaker>()
  groups.set(key, group)
  return group
}
