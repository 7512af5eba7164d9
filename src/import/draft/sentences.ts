import { quotationsOf } from '../../content/in-quotation-marks.ts'
import { hasVerb } from '../../dates/tense.ts'

/** A sentence of a text: where it stands, without the spaces around it, and in which paragraph. */
export type Sentence = { start: number; end: number; text: string; paragraph: number; line: number }

/** Names whoever made a picture: what stands before it is its caption. */
const CREDIT = /^(?:image|photo|photograph|picture|credit|file photo)s?(?: credits?)?\s*(?::|by\b|©)/i

/** Whether a sentence looks like the caption of a picture: by itself or before a credit, and without a verb. */
export function isCaption({ start, text, paragraph }: Sentence, all: readonly Sentence[]): boolean {
  if (CREDIT.test(text)) return true
  if (hasVerb(text)) return false
  const others = all.filter(other => other.paragraph === paragraph && other.start !== start)
  return others.length === 0 || others.some(other => CREDIT.test(other.text))
}

/** What ends with a full stop and ends no sentence, before a capital letter. */
const ABBREVIATION =
  /(?:^|[\s("“‘'[])(?:\p{Lu}|(?:\p{Lu}\.)+\p{Lu}|Mr|Mrs|Ms|Mx|Dr|Prof|Rev|Fr|Sr|Jr|St|Ste|Mt|Ft|Gov|Lt|Col|Gen|Maj|Capt|Cmdr|Sgt|Cpl|Pvt|Adm|Sen|Sens|Rep|Reps|Pres|Supt|Dept|Asst|Atty|Insp|Det|Hon|Messrs|No|Nos|Vol|Art|Sec|Fig|vs|v|Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec|Ave|Blvd|Rd|Bros|approx|ca|cf|al)\.$/u

let segmenter: Intl.Segmenter | undefined

/** Splits a text into sentences. None ends inside a quotation, or behind an abbreviation; each line is by itself. */
export function sentencesOf(text: string): Sentence[] {
  segmenter ??= new Intl.Segmenter('en', { granularity: 'sentence' })
  const quotations = quotationsOf(text)
  const sentences: Sentence[] = []
  let next = 0
  let lineStart = 0
  let paragraph = -1
  for (const [index, line] of text.split('\n').entries()) {
    const lineEnd = lineStart + line.length
    if (line.trim() !== '') {
      paragraph++
      let start = lineStart
      for (const { index: at, segment } of segmenter.segment(line)) {
        const end = lineStart + at + segment.length
        while (quotations[next] && quotations[next]!.end < end) next++
        // A mark that closes a quotation stands behind its end.
        const isInside = quotations[next] !== undefined && quotations[next]!.start < end
        const isOver = end === lineEnd || !(isInside || ABBREVIATION.test(text.slice(start, end).trimEnd()))
        if (!isOver) continue
        const written = text.slice(start, end)
        const from = start + written.length - written.trimStart().length
        const trimmed = written.trim()
        if (trimmed !== '')
          sentences.push({
            start: from,
            end: from + trimmed.length,
            text: trimmed,
            paragraph,
            line: index + 1,
          })
        start = end
      }
    }
    lineStart = lineEnd + 1
  }
  return sentences
}
