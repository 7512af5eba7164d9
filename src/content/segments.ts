/**
 * The letters of scripts that put no spaces between words: Chinese, Japanese, Thai, Lao, Khmer, Burmese. Ranges of code
 * units, so that a text without any is passed over quickly.
 */
const LETTERS_WITHOUT_SPACES =
  '\u0e01-\u0e3a\u0e40-\u0e4e\u0e80-\u0edf\u1000-\u109f\u1780-\u17d3\u3005-\u3007\u3041-\u30ff\u3400-\u9fff\uf900-\ufaff\uff66-\uff9f\ud840-\ud88f'
const WITHOUT_SPACES = new RegExp(`[${LETTERS_WITHOUT_SPACES}]`)

/** Whether a text has words that no spaces separate. */
export const hasWordsWithoutSpaces = (text: string): boolean => WITHOUT_SPACES.test(text)

let segmenter: Intl.Segmenter | undefined

/**
 * Splits a run of letters into words, as a dictionary sees them. Only for scripts without spaces: in others, spaces and
 * punctuation tell the words, and faster.
 */
export function segmentWords(run: string): string[] {
  // A segmenter takes longer to begin than to read.
  if (run.length === 1) return [run]
  segmenter ??= new Intl.Segmenter(undefined, { granularity: 'word' })
  return Array.from(segmenter.segment(run), ({ segment }) => segment)
}

/**
 * Splits a text without spaces into pieces that each begin with a word; punctuation goes with the word before it, or
 * before the first word.
 */
export function splitIntoWords(run: string): string[] {
  const pieces: string[] = []
  let hasWord = false
  for (const segment of segmentWords(run)) {
    const isWord = /[\p{L}\p{N}]/u.test(segment)
    if (pieces.length === 0 || (isWord && hasWord)) pieces.push(segment)
    else pieces[pieces.length - 1] += segment
    hasWord ||= isWord
  }
  return pieces
}
