import type { Span } from './story.ts'

const MAX_SHOWN_CHARACTERS = 40
/** Fewer signs than these in common are chance, and tell nobody where to look. */
const MIN_SAME_CHARACTERS = 12

/** Where words stand in a text, or where they stop being the same. */
type Verification = { spans: Span[] } | { missing: string; line?: number }

/**
 * Finds quoted words in a stored text, byte for byte; several passages must stand in their order.
 * When they do not stand there, it says after which words the text differs, and on which line that is.
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

/** Whether a span stands inside quotation marks in its paragraph, so that somebody said it and not the outlet. */
export function isInQuotationMarks(text: string, span: { start: number; end: number }): boolean {
  const paragraph = text.slice(text.lastIndexOf('\n', span.start - 1) + 1, span.start)
  let open = false
  for (const sign of paragraph) {
    if (sign === '"') open = !open
    else if (sign === '“') open = true
    else if (sign === '”') open = false
  }
  return open
}

function explainMissing(passage: string, text: string): { missing: string; line?: number } {
  const begins =
    passage.length > MAX_SHOWN_CHARACTERS ? `${passage.slice(0, MAX_SHOWN_CHARACTERS)}…` : passage
  const elsewhere = text.indexOf(passage)
  if (elsewhere >= 0) {
    const line = lineNumberAt(text, elsewhere)
    return { missing: `“${begins}” stands before the passage that is listed above it`, line }
  }
  let same = 0
  for (let most = passage.length; same < most; ) {
    const half = Math.ceil((same + most) / 2)
    if (text.includes(passage.slice(0, half))) same = half
    else most = half - 1
  }
  if (same < Math.min(MIN_SAME_CHARACTERS, passage.length))
    return { missing: `“${begins}” is not in the stored text` }
  const known = passage.slice(0, same)
  const line = lineNumberAt(text, text.indexOf(known) + same)
  return {
    missing: `the words differ from line ${line} of the stored text after “${known.slice(-MAX_SHOWN_CHARACTERS)}”`,
    line,
  }
}
