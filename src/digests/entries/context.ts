import type { Inline } from '../../chat/reply.ts'
import type { Story } from '../../content/story.ts'
import { readableDay } from '../../dates/dates.ts'
import type { CommandLines } from '../command-lines.ts'
import type { EntryRef } from '../selection.ts'

/** How an entry is drawn: its story, the date of the edition, and the lines to show. */
export type EntryContext = { story: Story; date: string; commandLines: CommandLines }

/**
 * The words of an entry. `headline` is what the first line of a brief says, with `subject` before it; `rest` is what is
 * shown below that line beyond it; `text` is all of it, for an entry among others. `day` and `about` follow the word
 * that says how it is new, and so do those of `below` where the first line has said some of that already. `mark` replaces
 * that word.
 */
export type EntryWords = {
  mark?: string
  subject?: string
  day?: string
  about?: string
  below?: { mark?: string; day?: string; about?: string }
  headline: Inline[]
  rest: Inline[]
  text: Inline[]
  outlets: Inline[]
}

/** The day of a revision, behind REVISED. */
export const revisionDay = ({ kind, date }: EntryRef, context: EntryContext): { day?: string } =>
  kind === 'REVISED' && date !== undefined ? { day: readableDay(date, context.date) } : {}
