import type { Quote, Story } from '../content/story.ts'

/** Writes the lines that people can type in a place. A digest shows them, or puts them behind buttons, and runs none. */
export type CommandLines = {
  /** `/lawsuit timeline --since 2018-04-19` */
  forStory(story: Story, verb: string, since?: string): string
  /** The line that shows just this quotation. */
  forQuote(story: Story, quote: Quote): string
  /** The lines that show the changes of all stories, and the list of stories. */
  changes(since: string): string
  stories(): string
  /** The line that shows the settings of a digest, to change or stop it. */
  settings(digest: string): string
  /** The line that shows what others report. */
  wire(): string
}
