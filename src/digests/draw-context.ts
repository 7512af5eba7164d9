import type { Story, Withdrawal } from '../content/story.ts'
import type { Item } from '../store/wire/items.ts'
import type { CommandLines } from './command-lines.ts'
import type { drawEntry } from './entries/draw.ts'
import type { Revisions } from './news.ts'

/**
 * What an edition is drawn from: the stories as they are now, their revisions, and the lines that people can type.
 * `drawEntry` draws the entries where they are not to be drawn anew; `item` gives the items on the wire as they are now.
 */
export type DrawContext = {
  story(slug: string): Story | undefined
  withdrawal?(slug: string): Withdrawal | undefined
  revisions: Revisions
  commandLines: CommandLines
  drawEntry?: typeof drawEntry
  item?(id: string): Item | undefined
}
