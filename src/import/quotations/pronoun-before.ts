import { sentenceStart } from './grammar.ts'
import type { Paragraph } from './paragraph.ts'
import type { Reading } from './reading.ts'
import type { Token } from './tokens.ts'

/** How many sentences that are nothing but a quotation are passed over. */
const MAX_SKIPPED = 3

/**
 * Where the sentence before a pronoun begins with the same one: “She said she would elect Clinton. ‘…,’ she said.” Whoever
 * that was is meant again, not who is named behind it.
 */
export function samePronounBefore(
  { paragraphs, places }: Reading,
  paragraph: Paragraph,
  at: number,
  gender: 'm' | 'f',
): { paragraph: Paragraph; at: number } | undefined {
  const own = sentenceStart(paragraph.tokens, at)
  if (places[paragraph.index]?.some(({ token }) => token >= own && token < at)) return undefined
  let where = paragraph
  let high = own
  for (let skipped = 0; skipped < MAX_SKIPPED; skipped++) {
    if (high === 0) {
      const before = where === paragraph ? paragraphs[paragraph.index - 1] : undefined
      if (!before) return undefined
      where = before
      high = before.tokens.length
      if (high === 0) return undefined
    }
    const low = sentenceStart(where.tokens, high - 1)
    const first = firstWord(where.tokens, low, high)
    if (first === undefined) {
      high = low
      continue
    }
    const { sentence } = where.tokens[first]!
    // “He should get a boost, Sanders said. ‘…,’ he said.”
    if (places[where.index]?.some(place => place.isSpeaker && place.sentence === sentence)) return undefined
    const pronoun = gender === 'm' ? 'he' : 'she'
    if (where.tokens[first]!.lower === pronoun) return { paragraph: where, at: first }
    const put = putIn(where.tokens, low, high, pronoun)
    return put === undefined ? undefined : { paragraph: where, at: put }
  }
  return undefined
}

/** The first word of a sentence that is no small one before its subject. */
function firstWord(tokens: Token[], low: number, high: number): number | undefined {
  for (let index = low; index < high; index++) {
    const { kind, lower } = tokens[index]!
    if (
      kind === 'word' &&
      !/^(?:but|and|so|then|still|yet|also|later|did|does|would|will|was|is|has|had|could|can|should)$/.test(
        lower,
      )
    )
      return index
  }
  return undefined
}

/** Where a sentence says between commas who speaks: “What hurt, she said, was the silence.” */
function putIn(tokens: Token[], low: number, high: number, pronoun: string): number | undefined {
  for (let index = low + 1; index + 2 < high; index++)
    if (
      tokens[index]!.lower === pronoun &&
      tokens[index - 1]!.text === ',' &&
      tokens[index + 2]!.text === ',' &&
      /^(?:said|says|added|explained|recalled|noted)$/.test(tokens[index + 1]!.lower)
    )
      return index
  return undefined
}
