import { safeText } from '../../chat/safe-text.ts'
import { MAX_WRITTEN_TITLE, plainText, shortTitle } from '../read/plain-text.ts'

/** One line of what a sender writes: word for word, without what would break the message around it. */
export const plainLine = (text: string, isHtml: boolean): string =>
  isHtml ? plainText(text) : safeText(text).replace(/\s+/g, ' ').trim()

/** The title of a report as one plain line. */
export const plainTitle = (text: string, isHtml: boolean): string =>
  shortTitle(plainLine(text.slice(0, MAX_WRITTEN_TITLE), isHtml))
