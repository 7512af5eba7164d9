import { withoutAccents } from '../../content/fold.ts'
import { hasWordsWithoutSpaces } from '../../content/segments.ts'

/** How two texts differ at most: in true punctuation, capitals and spaces; in accents too; in words or figures. */
export type Sameness = 'words' | 'letters' | 'different'

/** Compares two readable texts by what they say. */
export function samenessOf(ours: string, theirs: string): Sameness {
  const [ourWords, theirWords] = [strictWords(ours), strictWords(theirs)]
  if (ourWords === theirWords) return 'words'
  return withoutAccents(ourWords) === withoutAccents(theirWords) ? 'letters' : 'different'
}

const DASH = /[-‐‑–—﹣－−]/u
const NUMBER_MARK = /[.,:/'’·٫٬．：／]/u
/** Punctuation to Unicode, but words to a reader. Brackets that are equal in meaning are written as one. */
const SPOKEN: Record<string, string> = {
  '%': '%',
  '％': '%',
  '٪': '%',
  '‰': '‰',
  '‱': '‱',
  '&': '&',
  '＆': '&',
  '@': '@',
  '#': '#',
  '＃': '#',
  '§': '§',
  '′': '′',
  '″': '″',
  '−': '−',
}
/** Symbols to Unicode, but quotation marks and apostrophes to those who type them. */
const PUNCTUATION_SYMBOL = /[`´]/u

/**
 * The words and figures of a readable text in a row. Left out is what is punctuation wherever it may be: marks, brackets,
 * dashes between words. A sign of a number or inside one is kept, like a currency, a percent sign, or any symbol.
 */
function strictWords(text: string): string {
  const characters = [...text.toLowerCase()]
  const words: string[] = []
  let word = ''
  const endWord = () => {
    if (word !== '') words.push(word)
    word = ''
  }
  const add = (symbol: string) => {
    endWord()
    words.push(symbol)
  }
  for (const [index, character] of characters.entries()) {
    const before = characters[index - 1] ?? ''
    const after = characters[index + 1] ?? ''
    if (/[\p{L}\p{N}\p{Pc}]/u.test(character)) {
      if (hasWordsWithoutSpaces(character) || hasWordsWithoutSpaces(before)) endWord()
      word += character
    } else if (/[\p{M}\u200c\u200d]/u.test(character)) word += character
    else if (SPOKEN[character] !== undefined) add(SPOKEN[character])
    else if (DASH.test(character)) {
      if (isSignOrRange(characters, index)) add('−')
      else endWord()
    } else if (
      NUMBER_MARK.test(character) &&
      isDigit(after) &&
      (isDigit(before) || isPointOf(character, before))
    )
      word += character === '’' ? "'" : character
    else if (character === '*' && isLetterOrStar(before) && isLetterOrStar(after)) word += character
    else if (/\p{S}/u.test(character) && !PUNCTUATION_SYMBOL.test(character)) add(character)
    else endWord()
  }
  endWord()
  return words.join(' ')
}

const isDigit = (character: string) => /\p{N}/u.test(character)
const isLetterOrStar = (character: string) => /[\p{L}*]/u.test(character)

/** Whether a full stop or comma begins a number: .5. */
const isPointOf = (mark: string, before: string) => /[.,]/.test(mark) && !/[\p{L}\p{N}\p{M}.,]/u.test(before)

/** Whether a dash is the sign of a number, as in −15, or between two numbers, as in 1–5 or 1 – 5. */
function isSignOrRange(characters: string[], index: number): boolean {
  const before = characters[index - 1] ?? ''
  const after = (characters[index + 1] ?? '') + (characters[index + 2] ?? '')
  const isSign = characters[index] !== '—' && !/[\p{L}\p{M}]/u.test(before)
  if (isSign && /^[.,]?[\p{N}\p{Sc}]/u.test(after)) return true
  const left = before === ' ' ? (characters[index - 2] ?? '') : before
  const right = after.startsWith(' ') ? after.slice(1) : after
  return /[\p{N}%]/u.test(left) && /^[\p{N}\p{Sc}]/u.test(right)
}
