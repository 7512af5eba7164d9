import type { Prose } from './context.ts'

/** Citations as they are written: `[3]`, `[3, 7]`, with any spaces. */
const CITATION = /(?:(?<!\s)\s+)?\[[ \t]*(\d{1,6}(?:\s*,\s*\d{1,6})*)[ \t]*\]/g

/** Brackets of any script that hold a number and otherwise nothing but signs and the words of a citation. */
const LIKE_A_CITATION =
  /[[［【〔](?:[^\p{L}\p{M}[\]［］【】〔〕]|(?:source|sources|src|no|nos|nr|ref|see|and|und|et|bis|to)(?!\p{L}))*\p{N}(?:[^\p{L}\p{M}\p{N}[\]［］【】〔〕]|(?:source|sources|src|no|nos|nr|ref|and|und|et|bis|to)(?!\p{L}))*[\]］】〕]/iu
const BRACKET = /[[\]［【〔]/
/** A citation that lost one of its brackets, such as `[1` at the end or `1]`. */
const HALF_A_CITATION = /\[\s*\d[\d,;\s–-]*(?=$|[.\n])|(?<![[\p{L}\p{N},;\s–-])\s\d[\d,;\s–-]*\](?!\()/u

/** An opening bracket that was written to be read, `\\[`, until all citations are found. No text holds this character. */
const LITERAL_BRACKET = '\ufdd0'
const OPENING_BRACKET = /\\\[|&(?:#91|#x5b|lbrack|lsqb);|\[/gi

/** Marks the brackets of a text that do not begin a citation, as the editor typed them with a backslash. */
export function markLiteralBrackets(value: string, typed: string): string {
  if (!value.includes('[')) return value
  const brackets = typed.match(OPENING_BRACKET) ?? []
  let at = 0
  return value.replace(/\[/g, () => ((brackets[at++] ?? '[').length > 1 ? LITERAL_BRACKET : '['))
}

/** Puts brackets back that `markLiteralBrackets` marked. */
export const withLiteralBrackets = (text: string): string => text.replaceAll(LITERAL_BRACKET, '[')

/** Takes the citations out of a text and notes their numbers. */
export function extractCitations(prose: Prose, value: string): string {
  const shown = value.includes('[')
    ? value.replace(CITATION, (_, numbers: string) => {
        for (const number of numbers.split(',').map(Number))
          if (!prose.cited.includes(number)) prose.cited.push(number)
        return ''
      })
    : value
  return shown.includes('\n')
    ? shown.replace(/\s+/g, blanks => (blanks.includes('\n') ? ' ' : blanks))
    : shown
}

/** Finds `[^1]` or `[^note]`, which other programs take for footnotes. */
function findFootnote(shown: string): string[] | undefined {
  for (const { 0: word } of shown.matchAll(/[^\]\s]+\]?/g))
    if (word.endsWith(']') && word.includes('[^')) return [word.slice(word.indexOf('[^'))]
  return undefined
}

/** Finds something in a text, once its citations are out, that was meant as a citation and would be shown as typed. */
export function findMistypedCitation(prose: Prose, shown: string): string | undefined {
  if (!BRACKET.test(shown)) return undefined
  const [found] = findFootnote(shown) ?? LIKE_A_CITATION.exec(shown) ?? HALF_A_CITATION.exec(shown) ?? []
  if (found === undefined) return undefined
  prose.doubtful.push(...(found.match(/\d{1,6}/g) ?? []).map(Number))
  return `“${found.trim()}” is no citation that nutgraf knows: write [1] or [1, 2], or put no brackets round a number`
}
