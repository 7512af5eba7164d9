import { plainProse } from '../../../content/read/prose/plain-prose.ts'
import { firstDayOf, sortKeyOf } from '../../../dates/rough-dates.ts'
import type { DraftFile } from '../../../import/draft/draft.ts'
import type { ChatDraft, Piece } from './chat-draft.ts'
import { datedValues } from './story-additions.ts'

/** What an editor types for a new story. */
export type StoryWords = { title: string; status: string; summary: string }

const LISTS = { quote: 'quotes.yml', event: 'timeline.yml', person: 'people.yml' } as const

/**
 * The files of a new story: what an editor typed, the page as its source, and the pieces that were confirmed. `problems`
 * are sentences of the page that stand in what was typed.
 */
export async function newStoryFiles(
  { stored: { slug }, folder, pieces }: ChatDraft,
  words: StoryWords,
  today: string,
): Promise<{ files: DraftFile[]; problems: string[] }> {
  const { additionsOf } = await import('../../../import/draft/additions.ts')
  const { entryText, valueText } = await import('../../../import/draft/entry-text.ts')
  const { leftToDo } = await import('../../../import/draft/left-to-do.ts')
  const confirmed = pieces.filter(({ state }) => state?.decision === 'confirmed')
  const [source] = additionsOf(folder, [])
  const page = folder.files.find(({ path }) => path.endsWith('/story.md'))
  if (!source || !page) throw new Error(`draft ${slug}: there is no story in it`)
  const number = Number(source.entry.number)
  const front = {
    title: words.title,
    dek: frontValue(page.text, 'dek') ?? words.title,
    state: 'developing',
    coversTo: lastDay(confirmed, frontValue(page.text, 'coversTo') ?? today, today),
    published: frontValue(page.text, 'published'),
  }
  const fields = Object.entries(front).flatMap(([field, value]) =>
    value === undefined ? [] : [`${field}: ${valueText(value, field)}\n`],
  )
  const section = (title: string, typed: string) => `## ${title}\n\n${plainProse(typed)} [${number}]\n`
  const body = `${section('Summary', words.summary)}\n${section('Status', words.status)}`
  const storyPage = `---\n${fields.join('')}tags: []\n---\n\n${body}`
  const sources = folder.files.filter(({ path }) => /\/sources\/[^/]+$/.test(path))
  const drafted = { ...folder, entries: [], files: [{ ...page, text: storyPage }, ...sources] }
  const lists = Object.entries(LISTS).flatMap(([kind, file]): DraftFile[] => {
    const own = confirmed.filter(piece => piece.kind === kind).map(piece => valuesOf(piece, today))
    if (own.length === 0) return []
    const sorted = kind === 'event' ? own.toSorted(byDate) : own
    return [{ path: `stories/${slug}/${file}`, text: sorted.map(values => entryText(values)).join('\n') }]
  })
  return {
    files: [
      { path: `stories/${slug}/story.md`, text: storyPage },
      { path: `stories/${slug}/sources.yml`, text: entryText(source.entry) },
      ...sources.map(({ path, text }) => ({ path: path.replace(/^drafts\/[^/]+/, `stories/${slug}`), text })),
      ...lists,
    ],
    problems: leftToDo(drafted).map(({ message }) => message),
  }
}

const valuesOf = (piece: Piece, today: string) =>
  piece.kind === 'event' ? datedValues(piece, today) : piece.values

/** A field of the front matter as it was composed. */
function frontValue(text: string, field: string): string | undefined {
  const value = new RegExp(`^${field}: (.+)$`, 'm').exec(text)?.[1]
  return value?.startsWith('"') ? (JSON.parse(value) as string) : value
}

/** The last day that the story covers: that of the page, or of a later event that was confirmed. */
function lastDay(pieces: Piece[], coversTo: string, today: string): string {
  const days = pieces
    .filter(({ kind, values }) => kind === 'event' && values.expected !== true)
    .map(({ values }) => firstDayOf(String(values.date)))
  return [coversTo, ...days.filter(day => day <= today)].sort().at(-1)!
}

const keyOf = (values: Record<string, unknown>) => {
  const expected = values.expected === true ? (true as const) : undefined
  return `${expected ? 1 : 0} ${sortKeyOf({ date: String(values.date), expected })}`
}

const byDate = (a: Record<string, unknown>, b: Record<string, unknown>) => (keyOf(a) < keyOf(b) ? -1 : 1)
