import { plainInlines } from '../../chat/plain-text.ts'
import type { Block, Inline } from '../../chat/reply.ts'
import { hadWords } from '../../content/part-words.ts'
import type { Section } from '../../content/story.ts'
import { splitFirstSentence } from './first-sentence.ts'

/** A sentence of a section, and the numbers of its sources. */
type SectionSentence = { text: Inline[]; sources: number[] }

/** The sentences of a section, in their order: of its texts, the items of its lists, and its notes. */
export function sentencesOf(section: Section): SectionSentence[] {
  return section.body.flatMap(({ block, sources }) => {
    const cited = sources.length > 0 ? sources : section.sources
    return textsOf(block)
      .flatMap(splitSentences)
      .map(text => ({ text, sources: cited }))
  })
}

/**
 * The place of the first sentence of a section that its former words did not have, among all its sentences; undefined if
 * it had them all, since then something was only left out or moved.
 */
export function firstNewSentence(section: Section, formerWords: string): number | undefined {
  const at = sentencesOf(section).findIndex(({ text }) => !hadWords(formerWords, plainInlines(text)))
  return at < 0 ? undefined : at
}

function textsOf(block: Block): Inline[][] {
  if (block.kind === 'text' || block.kind === 'note') return [block.text]
  return block.kind === 'list' ? block.items : []
}

function splitSentences(text: Inline[]): Inline[][] {
  const sentences: Inline[][] = []
  for (let left = text; plainInlines(left).trim() !== ''; ) {
    const { first, rest } = splitFirstSentence(left)
    sentences.push(first)
    left = rest
  }
  return sentences
}
