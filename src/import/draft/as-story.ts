import type { ContentFile } from '../../content/read/story-folder.ts'
import { draftLineIn } from '../../content/read/story-folder.ts'
import { firstDayOf } from '../../dates/rough-dates.ts'
import { type DraftFolder, TICKED_FILES } from './draft.ts'
import { withoutMarks } from './marks.ts'

/** What additions are called while they are checked by themselves. */
const ADDITIONS = 'additions'

/**
 * The files of a draft as those of a story, line by line the same, so that everything that is checked of a story is
 * checked of it. Additions have no story.md, and get one that says nothing.
 */
export function asStory(draft: DraftFolder): ContentFile[] {
  const { name, into, files } = draft
  const slug = into === undefined ? name : ADDITIONS
  const own = files.flatMap((file): ContentFile[] => {
    const inside = file.path.replace(/^(?:drafts|stories)\/[^/]+\//, '')
    if (inside === 'draft.yml') return []
    return [{ ...file, path: `stories/${slug}/${inside}`, text: plainText(inside, file.text) }]
  })
  return into === undefined ? own : [...own, emptyStory(draft)]
}

function plainText(inside: string, text: string): string {
  if ((TICKED_FILES as readonly string[]).includes(inside)) return withoutMarks(text)
  const line = inside === 'story.md' ? draftLineIn(text) : undefined
  return line ? `${text.slice(0, line.start)}#${text.slice(line.end)}` : text
}

/** A story.md that is right whatever the additions are: it covers what has happened in them, and cites their source. */
function emptyStory({ name, entries, files }: DraftFolder): ContentFile {
  const days = entries.flatMap(({ file, values: { date, expected } }) =>
    file === 'timeline.yml' && expected !== true && /^\d{4}/.test(String(date))
      ? [firstDayOf(String(date))]
      : [],
  )
  const coversTo = days.sort().at(-1) ?? '1000-01-01'
  const sources = files.find(({ path }) => path.endsWith('/sources.yml'))?.text ?? ''
  const number = /^- number:\s*(\d+)/m.exec(sources)?.[1] ?? '1'
  const origin = files.find(({ path }) => path.endsWith('/draft.yml'))?.origin ?? `drafts/${name}`
  return {
    path: `stories/${ADDITIONS}/story.md`,
    origin,
    text: `---\ntitle: ${ADDITIONS}\ndek: ${ADDITIONS}\nstate: archived\ncoversTo: ${coversTo}\n---\n\n## Summary\n\n${ADDITIONS} [${number}]\n`,
  }
}
