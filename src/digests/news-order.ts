/** How something is new. COMING is an event that is still to come. */
export type NewsKind = 'CORRECTED' | 'NEW' | 'COMING' | 'ADDED' | 'REVISED'

/**
 * One new thing: a part, the slug of its story, and the day it is about, or the day of its revision if it is REVISED.
 * `major` marks a turning point, `quoted` an event at which words were said that are new too; `sentence` is the place of the
 * first sentence of a revised section that it did not have before.
 */
export type NewsItem = {
  kind: NewsKind
  part: string
  story: string
  date?: string
  major?: true
  quoted?: true
  sentence?: number
}

/**
 * Puts news of several stories in order, the most important first. Of equal ones the newest day comes first, and those of
 * one day stay in the order of their files.
 */
export const sortNews = (items: NewsItem[]): NewsItem[] =>
  items.sort(
    (a, b) =>
      rankOf(a) - rankOf(b) ||
      // What is to come: the nearest first. Else the newest first, and last what has no day.
      (a.kind === 'COMING' ? compare(a.date ?? '', b.date ?? '') : compare(b.date ?? '', a.date ?? '')) ||
      // An event stands before what was said at it, as far as both are of the same rank.
      Number(isQuote(a.part)) - Number(isQuote(b.part)),
  )

/** Whether a part is the status of its story. */
export const isStatus = (part: string): boolean => part.endsWith('/section:status')

/** Whether a part is words that somebody said. */
export const isQuote = (part: string): boolean => part.includes('/quote:')

/**
 * The rank of a news item: corrections, turning points, a changed status, words that were said, and the rest. What was
 * entered late comes after all that is new, so that no old event is the first line of a brief on a day with news.
 */
function rankOf({ kind, part, major, quoted }: NewsItem): number {
  if (kind === 'CORRECTED') return 0
  if (kind === 'NEW' && major) return 1
  if (isStatus(part)) return 2
  if (kind === 'COMING') return 5
  if (kind === 'REVISED') return 9
  const first = kind === 'NEW' ? 2 : 6
  if (major) return first
  return quoted || isQuote(part) ? first + 1 : first + 2
}

const compare = (a: string, b: string) => (a === b ? 0 : a < b ? -1 : 1)
