import type { Inline } from '../../chat/reply.ts'
import type { Section } from '../../content/story.ts'
import { phrases } from '../../phrases/phrases.ts'

/** Descriptions are shown in pickers, too, where Discord takes 100 characters. */
const MAX_CHARACTERS = 80

/**
 * What an editors' own section holds, in one line: the words in bold that its paragraphs or items begin with
 * (`San Francisco, Los Angeles and 3 more`), else that it is a section of the story.
 */
export function aboutSection({ title, body }: Section): string {
  const heads = body.flatMap(({ block }) => {
    const runs = block.kind === 'list' ? block.items : block.kind === 'text' ? [block.text] : []
    return runs.flatMap(([first]) => boldStart(first))
  })
  for (let count = heads.length; count > 0; count--) {
    const about = phrases.story.sectionSummary(heads.slice(0, count), heads.length - count)
    if (heads.length > 1 && about.length <= MAX_CHARACTERS) return about
  }
  return phrases.story.sectionNamed(title)
}

const boldStart = (run: Inline | undefined): string[] =>
  typeof run === 'object' && 'bold' in run ? [run.bold.replace(/[:.]$/, '')] : []
