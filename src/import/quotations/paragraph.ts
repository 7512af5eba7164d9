import type { Mention } from './names/mention.ts'
import { findMentions } from './names/names.ts'
import { findRuns, type Run, restOfQuotation } from './runs.ts'
import { type Token, tokenise } from './tokens.ts'

/** Cuts a text into its paragraphs, one a line, with their quoted runs, tokens and names. */
export function readParagraphs(text: string): Paragraph[] {
  const cut: Paragraph[] = []
  const lowerWords = new Set<string>()
  for (const { 0: line, index } of text.matchAll(/[^\n\r]+/g)) {
    if (line.trim() === '') continue
    const from = index + (line.length - line.trimStart().length)
    const to = index + line.trimEnd().length
    const runs = findRuns(text, from, to)
    const rest = restOfQuotation(text, from, runs, cut.at(-1)?.runs.at(-1))
    if (rest) runs.unshift(rest)
    const tokens = tokenise(text, from, to, runs)
    for (const { kind, capital, lower } of tokens) if (kind === 'word' && !capital) lowerWords.add(lower)
    cut.push({ index: cut.length, from, to, runs, tokens, mentions: [], mentionAt: [] })
  }
  for (const paragraph of cut) {
    paragraph.mentions = findMentions(paragraph.tokens, lowerWords)
    paragraph.mentionAt = new Array(paragraph.tokens.length)
    for (const mention of paragraph.mentions)
      for (let at = mention.first; at <= mention.last; at++) paragraph.mentionAt[at] = mention
  }
  return cut
}

/** A paragraph, cut up: `mentionAt` has for each token the name that it belongs to. */
export type Paragraph = {
  index: number
  from: number
  to: number
  tokens: Token[]
  runs: Run[]
  mentions: Mention[]
  mentionAt: (Mention | undefined)[]
}
