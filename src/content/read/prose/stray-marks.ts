/** Characters that Markdown takes as they are after a backslash, and references such as `&amp;`. */
const ESCAPED = /\\[!-/:-@[-`{-~]|&(?:#\d{1,7}|#x[\da-f]{1,6}|\w{2,32});/giu
const MARK = /[*_]|~~|\]\(/
const WORD_CHARACTER = /[\p{L}\p{N}]/u
/** Scripts without spaces between words: there, an underscore between two letters was meant as a mark. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]/u

const SHOWN_AROUND = 12

/**
 * Says which mark of a text Markdown did not take, so that readers would see it; undefined if there is none. `typed` is
 * what the editor wrote, `before` and `after` are the characters around it.
 */
export function findStrayMark(typed: string, before = ' ', after = ' '): string | undefined {
  if (!MARK.test(typed)) return undefined
  const text = typed.replace(ESCAPED, escaped => '.'.repeat(escaped.length))
  const at = (index: number) => (index < 0 ? before : index >= text.length ? after : text[index]!)
  for (const { 0: run, index } of text.matchAll(/\*+/g)) {
    const isAlone = run.length === 1 && /\s/.test(at(index - 1)) && /\s/.test(at(index + 1))
    if (!isAlone) return emphasisProblem('asterisk', String.raw`\*`, typed, index)
  }
  const words = text.replace(/\S+/g, withoutAddress)
  for (const { 0: run, index } of words.matchAll(/_+/g)) {
    const sides = [index === 0 ? before : words[index - 1]!, words[index + run.length] ?? after]
    const count = sides.filter(side => WORD_CHARACTER.test(side)).length
    if (count === 1 || (count === 2 && sides.some(side => UNSPACED.test(side))))
      return emphasisProblem('underscore', String.raw`\_`, typed, index)
  }
  const struck = text.indexOf('~~')
  if (struck >= 0)
    return `struck-out text is not shown as such (“${around(typed, struck)}”): take the text or the tildes out`
  const link = text.indexOf('](')
  if (link >= 0)
    return `“${around(typed, link)}” is no link: write [words](https://example.org) without spaces in the address`
  return undefined
}

/** A word in which the signs of an address are full stops: an underscore in it is no mark. */
function withoutAddress(word: string): string {
  const hasName = word.slice(0, -1).includes('@')
  const start = hasName ? 0 : word.search(/(?:https?:\/\/|www\.)\S/)
  return start < 0 ? word : word.slice(0, start) + '.'.repeat(word.length - start)
}

const emphasisProblem = (sign: string, escaped: string, typed: string, index: number) =>
  `readers would see the ${sign} in “${around(typed, index)}”: bold and italic marks touch the words inside them and have a space or punctuation outside; for the sign itself write ${escaped}`

const around = (text: string, index: number) =>
  text
    .slice(Math.max(0, index - SHOWN_AROUND), index + SHOWN_AROUND)
    .replace(/\s+/g, ' ')
    .trim()

const TABLE_LINE = /^[ \t>]*(?:\||:?-{2,}:?[ \t]*\|[ \t|:-]*$)/m

/** Whether a paragraph was meant as a table. */
export const isTable = (typed: string): boolean => typed.includes('|') && TABLE_LINE.test(typed)
