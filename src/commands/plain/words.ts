import { keepResults } from '../../chat/keep-results.ts'
import { fold } from '../../content/fold.ts'
import { hasWordsWithoutSpaces, segmentWords } from '../../content/segments.ts'
import { readIntents } from './intents.ts'

/** A word as it was typed, and as it is compared. */
export type Word = { typed: string; key: string }

const BEFORE = /^[\s"“”„«»‘’'`([{<¿¡*_~.,:;!?…-]+/u
const AFTER = /[\s"“”„«»‘’'`)\]}>*_~.,:;!?。！？、…-]+$/u
/** More characters than any word that means something here: what is longer is not looked at. */
const MAX_WORD = 60

/** Splits a line into its words, without the signs around them. A script without spaces is split as a dictionary does. */
export const plainWords = (line: string): Word[] => [...splitWords(line)]

/** One answer reads its line several times. */
const MAX_KEPT_LINES = 8

/** Letters, digits and spaces of ASCII: nothing in such a line is a sign, and only its case is folded. */
const BARE_LINE = /^[a-z0-9 ]*$/i

/** Whether a text is one word of such letters: most of what is typed. */
export const isBareWord = (text: string): boolean => /^[a-z0-9]+$/i.test(text)

const splitWords = keepResults(
  (line): readonly Word[] => (BARE_LINE.test(line) ? splitBareLine(line) : splitAnyLine(line)),
  MAX_KEPT_LINES,
)

function splitBareLine(line: string): Word[] {
  const words: Word[] = []
  for (const piece of line.split(' ')) {
    const typed = piece.slice(0, MAX_WORD)
    if (typed !== '') words.push({ typed, key: typed.toLowerCase() })
  }
  return words
}

const splitAnyLine = (line: string): readonly Word[] =>
  line
    .replace(/\btl;dr\b/gi, 'tldr')
    // A range that is open at its beginning: `..2017`.
    .replace(/(?<=^|[\s"“])\.\.(?=\s*\d)/g, ' until ')
    .replace(/\.\.|\s[-–—]+\s|(?<=\d)[–—](?=\d)/g, ' to ')
    .split(/[\s/@|;,—–…]+|--+/)
    .flatMap(piece => {
      const typed = trimSigns(piece)
      const key = keyOf(typed)
      const isKnown = !hasWordsWithoutSpaces(typed) || readIntents([key]).count > 0
      return isKnown ? [{ typed, key }] : segmentWords(typed).map(part => ({ typed: part, key: keyOf(part) }))
    })
    .filter(({ key }) => /[\p{L}\p{N}]/u.test(key))

/** A piece without the signs at its ends; of a long run of signs only some, since looking at it takes long. */
const trimSigns = (piece: string): string =>
  piece.length > MAX_WORD ? piece.slice(0, MAX_WORD) : piece.replace(BEFORE, '').replace(AFTER, '')

/** Whose `’s` is a verb: `what’s new` is not about a what. */
const WITH_VERB = /^(?:what|who|it|that|there|let|how|where|here|when|why)'s$/

/** A word as it is compared: folded, without a possessive ending. */
function keyOf(typed: string): string {
  const folded = fold(typed)
  return WITH_VERB.test(folded) ? folded : folded.replace(/'s$/, '')
}
