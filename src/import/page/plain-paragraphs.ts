import { labelOf } from './labels.ts'
import { oneLine } from './one-line.ts'

/** No mail and no court wraps its lines later than this: longer ones are whole paragraphs. */
const MAX_WRAPPED = 120

/**
 * The paragraphs of a plain text. Lines that were broken only because they were full are joined again; where someone begins
 * to speak, or a line ends early, there begins a new paragraph. A blank line always ends one.
 */
export function plainParagraphs(text: string): string[] {
  const lines = text.split(/\r\n?|[\n\f\u0085\u2028\u2029]/).map(line => line.trimEnd())
  const width = wrappedWidth(lines)
  const paragraphs: string[] = []
  let previous = ''
  for (const line of lines) {
    const words = oneLine(line)
    if (words !== '') {
      if (previous !== '' && continues(previous, line, width))
        paragraphs.push(joined(paragraphs.pop()!, words))
      else paragraphs.push(words)
    }
    previous = words === '' ? '' : line
  }
  return paragraphs
}

/** In a text of whole paragraphs, nearly every line ends a sentence; of lines that were broken when full, one in five. */
const MIN_OPEN_ENDS = 0.4
const SENTENCE_END = /[.!?:…]["”’')\]]*$/

/** The width at which the lines of a text were broken; undefined if each is a whole paragraph. */
function wrappedWidth(lines: string[]): number | undefined {
  const isFollowed = (line: string, next = '') =>
    line !== '' && next !== '' && labelOf(next.trimStart()) === undefined
  const followed = lines.filter((line, index) => isFollowed(line, lines[index + 1]))
  const open = followed.filter(line => !SENTENCE_END.test(line))
  const width = lines.reduce((widest, line) => Math.max(widest, line.length), 0)
  return width <= MAX_WRAPPED && open.length > followed.length * MIN_OPEN_ENDS ? width : undefined
}

/** Whether a line goes on with the paragraph of the one before it. */
function continues(previous: string, line: string, width: number | undefined): boolean {
  if (labelOf(line.trimStart()) !== undefined) return false
  // A first line that is indented begins a paragraph.
  if (indentOf(line) > indentOf(previous) + 1) return false
  const [firstWord = ''] = line.trimStart().split(/\s/, 1)
  if (width !== undefined && previous.length + 1 + firstWord.length > width) return true
  // In the middle of a sentence, where lines are broken by hand.
  return /[\p{Ll},;–—-]$/u.test(previous) && /^\p{Ll}/u.test(firstWord)
}

const indentOf = (line: string) => line.length - line.trimStart().length

/** A hyphen at the end of a line stays: whether the word has one is not known. */
const joined = (before: string, after: string): string =>
  /\p{L}-$/u.test(before) && /^\p{L}/u.test(after) ? before + after : `${before} ${after}`
