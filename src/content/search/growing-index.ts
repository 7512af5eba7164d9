import { setImmediate } from 'node:timers/promises'
import type { Story } from '../story.ts'
import { type IndexView, viewOf } from './index-view.ts'
import { type StoryIndex, storyIndexOf } from './story-index.ts'
import { addBlock, createTextIndex, type TextIndex } from './text-index.ts'

/** An index to which stories are added as they change, with the block of each. */
export type Passages = { index: TextIndex; blocks: Map<StoryIndex, number> }

/** Long enough to get something done, and short enough that nobody notices. */
const SLICE_MS = 8
/** An index in which so many blocks are of no current story is made anew. */
const MAX_OUTDATED = 200

export const createPassages = (): Passages => ({ index: createTextIndex(), blocks: new Map() })

/** Finds stories in an index, after those that it does not have yet were added. */
export function viewStories(stories: Story[], passages: Passages = createPassages()): IndexView {
  return viewOf(
    passages.index,
    stories,
    stories.map(story => blockOfStory(passages, story)),
  )
}

function blockOfStory({ index, blocks }: Passages, story: Story): number {
  const storyIndex = storyIndexOf(story)
  const known = blocks.get(storyIndex)
  if (known !== undefined) return known
  const block = addBlock(index, storyIndex)
  blocks.set(storyIndex, block)
  return block
}

/**
 * Adds stories in slices, so that whoever waits for an answer meanwhile gets it. Gives the index to go on with: a new one
 * if too much of the old one is outdated.
 */
export async function addInSlices(passages: Passages, stories: Story[]): Promise<Passages> {
  const outdated = passages.blocks.size - stories.length
  const next = outdated > Math.max(MAX_OUTDATED, stories.length / 4) ? createPassages() : passages
  let began = performance.now()
  for (const story of stories) {
    blockOfStory(next, story)
    if (performance.now() - began < SLICE_MS) continue
    await setImmediate()
    began = performance.now()
  }
  return next
}
