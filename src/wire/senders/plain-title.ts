import { safeText } from '../../chat/safe-text.ts'
import { plainText } from '../read/plain-text.ts'

/** The longest headline that is shown whole. What is longer is a text without a headline. */
const MAX_TITLE = 1_000

/** One line of what a sender writes: word for word, without what would break the message around it. */
export const plainLine = (text: string, isHtml: boolean): string =>
  isHtml ? plainText(text) : safeText(text).replace(/\s+/g, ' ').trim()

/** The title of a report as one plain line. A text of a thousand characters and more ends with … at a word. */
export function plainTitle(text: string, isHtml: boolean): string {
  const title = plainLine(text.slice(0, MAX_TITLE * 10), isHtml)
  if (title.length <= MAX_TITLE) return title
  const start = title.slice(0, MAX_TITLE).toWellFormed()
  const end = start.lastIndexOf(' ')
  return `${start.slice(0, end > 0 ? end : MAX_TITLE)}…`
}
