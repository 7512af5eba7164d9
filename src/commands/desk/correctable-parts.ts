import { partContentsOf, writtenPart } from '../../content/parts.ts'
import type { Story } from '../../content/story.ts'

/** The kinds of parts that can be corrected, and the file where each is written. */
const PART_FILES: Record<string, string> = {
  quote: 'quotes.yml',
  event: 'timeline.yml',
  expected: 'timeline.yml',
  fact: 'facts.yml',
  section: 'story.md',
  label: 'story.md',
}

/** The file where a part (`event:2020-04-30-1`) is written; undefined if it cannot be corrected. */
export const partFile = (part: string): string | undefined => {
  const kind = part.split(':')[0]!
  return Object.hasOwn(PART_FILES, kind) ? PART_FILES[kind] : undefined
}

/** The parts of a story that can be corrected, as its files call them, without the story's slug. */
export const correctableParts = (story: Story): string[] => [...correctablePartIds(story).keys()]

/** The parts of a story that can be corrected, as its files call them, with the id by which messages know each. */
export const correctablePartIds = (story: Story): Map<string, string> =>
  new Map(
    [...partContentsOf(story).keys()]
      .map((id): [string, string] => [writtenPart(story, id).slice(story.slug.length + 1), id])
      .filter(([part]) => partFile(part) !== undefined),
  )
