/** `Q.` and `A.`, as court reporters write them, or with a colon. */
const LETTER = String.raw`[QA](?:[.:]|\s?[-–—])`
/** `THE PRESIDENT:`, `MS. ORTIZ:`, `MAYOR JOHNSON (through an interpreter):`, in capitals. */
const CAPITALS = String.raw`\p{Lu}[\p{Lu}\d.,'’&/ -]{1,60}(?:\([^()]{1,40}\)\s?)?:`
/** `Jane Doe:`, `Dr. Jane Doe, Reuters:`: words that each begin with a capital. */
const NAME = String.raw`(?:\p{Lu}[\p{L}.'’-]{0,30},? ){0,5}\p{Lu}[\p{L}.'’-]{0,30}(?: ?\([^()]{1,40}\))?:`

const LABEL = new RegExp(String.raw`^(?:${LETTER}|${CAPITALS}|${NAME})(?=\s|$)`, 'u')
/** Words before a colon that are headings of a text, not whoever speaks. */
const HEADINGS =
  /^(?:note|notice|update|updated|correction|editor['’]s note|read more|related|more|watch|listen|see also|photo|video|source|sources|by|date|time|where|when|what|who|why|how|contact|contacts|media contact|subject|to|from|re|tel|phone|email|e-mail|fax|address|location|published|posted|exclusive|breaking|opinion|analysis|for immediate release|present|also present|case|case no\.?|docket|before|held|place)[.:]?$/i

/** The label that a line of a transcript begins with, such as `Q.` or `MAYOR JOHNSON:`; undefined if it has none. */
export function labelOf(line: string): string | undefined {
  const label = LABEL.exec(line.slice(0, 120))?.[0]
  return label === undefined ||
    HEADINGS.test(
      label
        .replace(/\s*\([^()]*\)/, '')
        .slice(0, -1)
        .trim(),
    )
    ? undefined
    : label
}

const MIN_LABELLED = 4
const MIN_SHARE = 0.3

/**
 * Whether the lines of a text begin with whoever speaks: at least four of them, a third of all, and some label comes back,
 * as people do in a conversation and the fields of a list do not.
 */
export function isTranscript(lines: string[]): boolean {
  const labels = lines.flatMap(line => labelOf(line) ?? [])
  return (
    labels.length >= MIN_LABELLED &&
    labels.length >= lines.length * MIN_SHARE &&
    new Set(labels).size < labels.length
  )
}
