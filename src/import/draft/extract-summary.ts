import { tokens } from '../../content/fold.ts'
import { quotationsOf } from '../../content/in-quotation-marks.ts'
import { isCaption, type Sentence, sentencesOf } from './sentences.ts'

/** More sentences than these are no summary, and longer ones do not fit a phone. */
const MAX_SENTENCES = 3
const MAX_CHARACTERS = 420
const MIN_WORDS = 6

/**
 * The sentences of a text that say most of it, word for word and in its order: those that stand early, and share words
 * with the headline and with other sentences. None with a quotation in it, which is somebody's and not the outlet's.
 */
export function extractSummary(text: string, headline = ''): Sentence[] {
  const quotations = quotationsOf(text)
  const all = sentencesOf(text)
  const candidates = all
    .map(sentence => ({ sentence, words: contentWords(sentence.text) }))
    .filter(
      ({ sentence, words }) =>
        words.size >= MIN_WORDS &&
        !isCaption(sentence, all) &&
        sentence.text !== headline.trim() &&
        /[.!?]$/.test(sentence.text) &&
        !quotations.some(({ start, end }) => start < sentence.end && end > sentence.start),
    )
  const frequency = new Map<string, number>()
  for (const { words } of candidates)
    for (const word of words) frequency.set(word, (frequency.get(word) ?? 0) + 1)
  const wanted = contentWords(headline)
  const scored = candidates.map(({ sentence, words }) => {
    const shared = [...words].filter(word => frequency.get(word)! > 1).length / words.size
    const inHeadline = [...wanted].filter(word => words.has(word)).length / Math.max(1, wanted.size)
    return { sentence, length: words.size, score: 2 / (1 + sentence.paragraph / 2) + inHeadline + shared }
  })
  const chosen: Sentence[] = []
  let length = 0
  for (const { sentence } of scored.toSorted((a, b) => b.score - a.score)) {
    if (chosen.length === MAX_SENTENCES) break
    if (length + sentence.text.length > MAX_CHARACTERS) continue
    chosen.push(sentence)
    length += sentence.text.length
  }
  return chosen.sort((a, b) => a.start - b.start)
}

/** Small words are in every sentence, and say nothing about what it shares with another one. */
const SMALL_WORDS = new Set(
  'a an and are as at be been but by can could did do for from had has have he her his i if in into is it its may more no not of on or our said say says she so some than that the their them then there they this to up was we were what when which who will with would you'.split(
    ' ',
  ),
)

const contentWords = (text: string): Set<string> =>
  new Set(tokens(text).filter(word => !SMALL_WORDS.has(word)))
