import type { UnseenSign } from '../../phrases/en/quote-check.ts'

/**
 * A text as a reader sees it: without signs that cannot be seen, with plain single spaces, and each letter and its accent
 * as one sign. `at` gives the place of each of its characters in the written text.
 */
export type ReadableText = { written: string; text: string; at(index: number): number }

/** What is not written as it is read: other spaces than a single one, unseen signs, letters apart from their marks. */
const CHANGED = new RegExp(
  [
    '(?! (?![\\s\\p{Cc}\\u200b]))[\\s\\p{Cc}\\u200b]+',
    '[\\u00ad\\u200e\\u200f\\u061c\\u180e\\u2060-\\u2064\\ufeff\\u202a-\\u202e\\u2066-\\u206f]+',
    '[\\u200c\\u200d]',
    '[\\u1100-\\u115f][\\u1160-\\u11a7]?[\\u11a8-\\u11ff]?',
    '(?:(?![\\s\\p{Cc}])\\P{M})?\\p{M}+',
  ].join('|'),
  'gu',
)
/** Letters that a joiner beside them does not change. */
const UNCHANGED_BY_JOINERS = /^$|[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{N}\p{P}\p{Z}]/u

/** A stretch of the readable text: where it begins, there and as written. A changed one is one character as written. */
type Stretch = { text: number; written: number; changed: boolean }

/** Makes a text readable. */
export function readableText(written: string): ReadableText {
  let text = ''
  const stretches: Stretch[] = []
  const add = (shown: string, from: number, changed: boolean) => {
    if (shown !== '') stretches.push({ text: text.length, written: from, changed })
    text += shown
  }
  // Some letters have two codes, such as the Å of physics; both are one unit long.
  const addPlain = (from: number, to: number) => {
    const plain = written.slice(from, to)
    const composed = plain.normalize('NFC')
    add(composed.length === plain.length ? composed : plain, from, false)
  }
  let from = 0
  for (const { 0: found, index } of written.matchAll(CHANGED)) {
    addPlain(from, index)
    from = index + found.length
    add(readableSign(found, text), index, true)
  }
  addPlain(from, written.length)
  return { written, text, at: index => placeOf(stretches, index, text.length, written.length) }
}

function readableSign(found: string, before: string): string {
  if (/^[\s\p{Cc}\u200b\ufeff]+$/u.test(found)) {
    return before.endsWith(' ') || !/[^\S\ufeff]/.test(found) ? '' : ' '
  }
  if (found === '\u200c' || found === '\u200d')
    return UNCHANGED_BY_JOINERS.test(before.slice(-1)) ? '' : found
  if (/^[\u00ad\u061c\u180e\u200e-\u206f]+$/.test(found)) return ''
  return found.replace(/[\ufe0e\ufe0f]/g, '').normalize('NFC')
}

function placeOf(stretches: Stretch[], index: number, length: number, end: number): number {
  if (index >= length) return end
  let low = 0
  let high = stretches.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (stretches[middle]!.text <= index) low = middle
    else high = middle - 1
  }
  const { text, written, changed } = stretches[low]!
  return changed ? written : written + index - text
}

const SIGNS: [UnseenSign, RegExp][] = [
  ['softHyphen', /\u00ad/g],
  ['noBreakSpace', /[\u00a0\u202f\u2007]/g],
  ['otherSpace', /[\u1680\u2000-\u2006\u2008-\u200a\u205f\u3000]/g],
  ['zeroWidthSpace', /[\u200b\ufeff]/g],
  ['joiner', /[\u200d\u2060-\u2064]/g],
  ['nonJoiner', /\u200c/g],
  ['direction', /[\u200e\u200f\u061c\u202a-\u202e\u2066-\u206f]/g],
]

/** The signs in a text that cannot be seen and that another text does not have as often, accents apart from letters too. */
export function unseenSignsOnlyIn(text: string, other: string): UnseenSign[] {
  const count = (pattern: RegExp, of: string) => of.match(pattern)?.length ?? 0
  const found = SIGNS.filter(([, pattern]) => count(pattern, text) > count(pattern, other)).map(
    ([name]) => name,
  )
  const hasApart = (of: string) => of.normalize('NFC').length < of.length
  return hasApart(text) && !hasApart(other) ? [...found, 'accentsApart'] : found
}
