import type { Inline } from '../../chat/reply.ts'
import type { Section } from '../../content/story.ts'
import { phrases } from '../../phrases/phrases.ts'

/** Safely below the 100 characters that Discord allows for a description in a picker. */
const MAX_CHARACTERS = 80

/**
 * Describes a section of the editors' own in one line: the bold words that its paragraphs or items begin with
 * (`San Francisco, Los Angeles and 3 more`), otherwise that it is a section of the story.
 */
export function aboutSection({ title, body }: Section): string {
  const headings = body.flatMap(({ block }) => {
    const paragraphs = block.kind === 'list' ? block.items : block.kind === 'text' ? [block.text] : []
    return paragraphs.flatMap(([first]) => boldStart(first))
  })
  for (let count = headings.length; count > 0; count--) {
    const about = phrases.story.sectionSummary(headings.slice(0, count), headings.length - count)
    if (headings.length > 1 && about.length <= MAX_CHARACTERS) return about
  }
  return phrases.story.sectionNamed(title)
}

const boldStart = (run: Inline | undefined): string[] =>
  typeof run === 'object' && 'bold' in run ? [run.bold.replace(/[:.]$/, '')] : []
