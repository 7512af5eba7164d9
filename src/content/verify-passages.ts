import type { Span } from './story.ts'

/** Enough of a passage to recognise it, on one line of a terminal. */
const MAX_SHOWN_CHARACTERS = 40
/** Fewer characters in common are chance, and do not help to find the place. */
const MIN_SAME_CHARACTERS = 12

/** The places of quoted words in a text, or why they are not found. */
type Verification = { spans: Span[] } | { missing: string; line?: number }

/**
 * Finds quoted passages in a stored text, byte for byte and in their order. If one is missing, says after which words
 * the text differs, and on which line.
 */
export function verifyPassages(passages: string[], text: string): Verification {
  const spans: Span[] = []
  let from = 0
  for (const passage of passages) {
    const start = text.indexOf(passage, from)
    if (start < 0) return explainMissing(passage, text)
    from = start + passage.length
    spans.push({ start, end: from, line: lineNumberAt(text, start) })
  }
  return { spans }
}

/** The line of an offset, counted from 1. */
function lineNumberAt(text: string, offset: number): number {
  let line = 1
  for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) line++
  return line
}

/** Whether a span is inside quotation marks in its paragraph, so that it is somebody's words and not the outlet's. */
export function isInQuotationMarks(text: string, span: { start: number; end: number }): boolean {
  const paragraph = text.slice(text.lastIndexOf('\n', span.start - 1) + 1, span.start)
  let open = false
  for (const character of paragraph) {
    if (character === '"') open = !open
    else if (character === '“') open = true
    else if (character === '”') open = false
  }
  return open
}

function explainMissing(passage: string, text: string): { missing: string; line?: number } {
  const shown = passage.length > MAX_SHOWN_CHARACTERS ? `${passage.slice(0, MAX_SHOWN_CHARACTERS)}…` : passage
  const elsewhere = text.indexOf(passage)
  if (elsewhere >= 0) {
    return {
      missing: `in the stored text, “${shown}” is before the passage listed above it`,
      line: lineNumberAt(text, elsewhere),
    }
  }
  const same = commonLength(passage, text)
  if (same < Math.min(MIN_SAME_CHARACTERS, passage.length))
    return { missing: `“${shown}” is not in the stored text` }
  const known = passage.slice(0, same)
  const line = lineNumberAt(text, text.indexOf(known) + same)
  return {
    missing: `the words differ from line ${line} of the stored text after “${known.slice(-MAX_SHOWN_CHARACTERS)}”`,
    line,
  }
}

/** The length of the longest beginning of a passage that is in a text, found by halving. */
function commonLength(passage: string, text: string): number {
  let same = 0
  for (let most = passage.length; same < most; ) {
    const half = Math.ceil((same + most) / 2)
    if (text.includes(passage.slice(0, half))) same = half
    else most = half - 1
  }
  return same
}
