import { keepable } from '../kept-values.ts'
import type { Source, Story } from '../story.ts'

/**
 * A line of a stored source that belongs to its story, not to the website around it, or the lines of a wrapped paragraph.
 * `line` is the number of the first one, `start` its offset.
 */
export type SourceLine = { story: Story; source: Source; line: number; start: number; text: string }

/** The lines of a story's sources, and after those of a paragraph that is wrapped, the paragraph as one. */
export function sourceLinesOf(story: Story): SourceLine[] {
  return story.sources.flatMap(source => {
    const lines: SourceLine[] = []
    let start = 0
    let paragraph: SourceLine[] = []
    const endParagraph = () => {
      const [first, ...others] = paragraph
      if (first && others.length > 0)
        lines.push({ ...first, text: paragraph.map(line => line.text).join('\n') })
      paragraph = []
    }
    for (const [index, text] of (source.text ?? '').split('\n').entries()) {
      const line = { story, source, line: index + 1, start, text }
      start += text.length + 1
      if (!text.trim() || source.skip.includes(line.line)) endParagraph()
      else {
        lines.push(line)
        paragraph.push(line)
      }
    }
    endParagraph()
    return lines
  })
}

/** The number of a story's sources with a stored text. */
export const storedSourceCountOf = keepable(
  'storedSources',
  story => new Set(sourceLinesOf(story).map(({ source }) => source)).size,
)
