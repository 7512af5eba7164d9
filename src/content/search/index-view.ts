import { memoize } from '../memoize.ts'
import type { Story } from '../story.ts'
import { blockOf, firstOfBlock, numberOf, type TextIndex, type WordEntry } from './text-index.ts'

/**
 * Some stories of an index, in their order. `ranks` gives the place of each block in this order, or -1 for the blocks of
 * stories that are not among them.
 */
export type IndexView = { index: TextIndex; stories: Story[]; blocks: number[]; ranks: Int32Array }

/** What is looked for: passages of a kind, in all stories or in one. */
export type Scope = { kind: number; story?: Story }

/** Makes a view of stories that are in an index. */
export function viewOf(index: TextIndex, stories: Story[], blocks: number[]): IndexView {
  const ranks = new Int32Array(index.blocks.length).fill(-1)
  for (const [rank, block] of blocks.entries()) ranks[block] = rank
  return { index, stories, blocks, ranks }
}

/** The stories of a view that have a word of every group, in order, with the numbers of their words, by group. */
export function storiesWithAll(
  view: IndexView,
  groups: WordEntry[][],
  { story }: Scope,
): { block: number; words: number[][] }[] {
  if (groups.length === 0 || groups.some(group => group.length === 0)) return []
  if (story) return withAllIn(view, groups, story)
  const { ranks } = view
  const lists = groups.map((entries, group) => ({ group, list: entriesInOrder(entries) }))
  lists.sort((a, b) => a.list.length - b.list.length)
  const [{ list: first, group: rarest }, ...others] = lists as [GroupList, ...GroupList[]]
  const found: { block: number; words: number[][] }[] = []
  const positions = others.map(() => 0)
  for (let at = 0; at < first.length; ) {
    const block = blockOf(first[at]!)
    const start = at
    while (at < first.length && blockOf(first[at]!) === block) at++
    // A block that was added after the view was made is of newer content.
    const rank = ranks[block] ?? -1
    if (rank < 0) continue
    const words: number[][] = Array(groups.length)
    words[rarest] = first.slice(start, at)
    let count = 1
    for (const [number, { group, list }] of others.entries()) {
      let position = firstOfBlock(list, block, positions[number]!)
      const own: number[] = []
      while (position < list.length && blockOf(list[position]!) === block) own.push(list[position++]!)
      positions[number] = position
      if (own.length === 0) break
      words[group] = own
      count++
    }
    if (count === groups.length) found.push({ block, words })
  }
  // Stories that were changed stand at the end of the index.
  return found.sort((a, b) => ranks[a.block]! - ranks[b.block]!)
}

/** The stories of a view that have every one of some words, in order, with the numbers of the words in each. */
export function storiesWithWords(
  view: IndexView,
  words: WordEntry[],
  { story }: Scope,
): { block: number; row: number[] }[] {
  if (story) {
    const own = withAllIn(
      view,
      words.map(word => [word]),
      story,
    )
    return own.map(({ block, words }) => ({ block, row: words.map(([word]) => numberOf(word!)) }))
  }
  const { ranks } = view
  const fewest = words.reduce((a, b) => (b.stories.length < a.stories.length ? b : a))
  const positions = words.map(() => 0)
  const found: { block: number; row: number[] }[] = []
  for (const entry of fewest.stories) {
    const block = blockOf(entry)
    if (!(ranks[block]! >= 0)) continue
    const row: number[] = []
    for (let word = 0; word < words.length; word++) {
      const { stories } = words[word]!
      const at = firstOfBlock(stories, block, positions[word])
      positions[word] = at
      const number = numberIfIn(stories[at], block)
      if (number === undefined) break
      row.push(number)
    }
    if (row.length === words.length) found.push({ block, row })
  }
  return found.sort((a, b) => ranks[a.block]! - ranks[b.block]!)
}

const numberIfIn = (entry: number | undefined, block: number): number | undefined =>
  entry !== undefined && blockOf(entry) === block ? numberOf(entry) : undefined

type GroupList = { group: number; list: number[] }

/** One story, if it has a word of every group: looked up, however many stories have the words too. */
function withAllIn(
  view: IndexView,
  groups: WordEntry[][],
  story: Story,
): { block: number; words: number[][] }[] {
  const block = blocksOf(view).get(story)
  if (block === undefined) return []
  const words = groups.map(group =>
    group.flatMap(({ stories }) => {
      const own: number[] = []
      for (let at = firstOfBlock(stories, block); at < stories.length && blockOf(stories[at]!) === block; )
        own.push(stories[at++]!)
      return own
    }),
  )
  return words.every(own => own.length > 0) ? [{ block, words }] : []
}

/** The blocks of a view by their stories. */
const blocksOf = memoize(
  (view: IndexView) => new Map(view.stories.map((story, rank) => [story, view.blocks[rank]!])),
)

/** The stories of several words, by block. */
function entriesInOrder(entries: WordEntry[]): number[] {
  if (entries.length === 1) return entries[0]!.stories
  return Array.from(Float64Array.from(entries.flatMap(({ stories }) => stories)).sort())
}
