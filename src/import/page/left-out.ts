import { isNotice } from './notices.ts'
import { countWords } from './words.ts'

/** Of a longer page, the beginning is compared. */
const MAX_LINES = 3_000
/** A shorter line is a button or the name of a section. */
const MIN_WORDS = 6

/**
 * The lines of a page that stand between the first and the last paragraph of its article and are not in it, and all
 * notices: nothing is left out without being told. Buttons and the like are not listed.
 */
export function leftOut(onPage: string[], { lines, kept }: { lines: string[]; kept: string[] }): string[] {
  const isKept = new Set(kept)
  const all = onPage.slice(0, MAX_LINES)
  const first = all.findIndex(line => isKept.has(line))
  const last = all.findLastIndex(line => isKept.has(line))
  const text = kept.join(' ')
  const between = all
    .slice(Math.max(first, 0), last + 1)
    .filter(
      line =>
        !isKept.has(line) && (isNotice(line) || countWords(line) >= MIN_WORDS) && !text.includes(bare(line)),
    )
  const notices = lines.filter(line => isNotice(line) && !isKept.has(line))
  return [...new Set([...notices.filter(line => !between.includes(line)), ...between])]
}

/** A line without marks at its ends: a quotation that is shown large stands in the text as well. */
const bare = (line: string): string => line.replace(/^["“‘'«»\s]+|["”’'«»,.\s]+$/g, '')
