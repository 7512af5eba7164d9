/**
 * A part of a story and the hash of its words, as the content has it now. An event has its words too, by which it is
 * known again when its place in the day changes, and the id that its entry has.
 */
export type PartHash = {
  part: string
  story: string
  hash: string
  event?: { words: string; written?: string }
}

/**
 * A story as the content has it now. `hash` gives that of all its parts, which are only listed if it is not the one that
 * was recorded last; without one, they are.
 */
export type StoryParts = { story: string; hash(): string; parts(): PartHash[] }
