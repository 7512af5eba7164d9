import type { Story } from '../../../content/story.ts'
import { addDays } from '../../../dates/dates.ts'
import { lastDayOf } from '../../../dates/rough-dates.ts'
import type { NewEntry, NewFile } from '../../../store/documents/documents.ts'
import { type ChatDraft, isRewritten, type Piece } from './chat-draft.ts'

/** An event that is older than this when it is entered has been overlooked. */
const LATE_DAYS = 7

/** What a confirmed piece adds to its story, as an act of its own; `key` is its id, by which it is undone. */
export type PieceAct = { key: string; entries: NewEntry[]; files?: NewFile[] }

/** The id of the act that adds a piece of a draft, or its source. */
export const actKey = ({ slug, createdAt }: ChatDraft['stored'], piece: string): string =>
  `draft ${slug} ${createdAt} ${piece}`

/** The name of the act that adds the page itself as a source. */
export const SOURCE = 'source'

/** Under which number the page is a source of the story, and what the story knew of it before by its address alone. */
type SourcePlace = { number: number; known?: Record<string, unknown> }

/**
 * The acts that add pieces to a story: first the page itself as a source with its stored text, then each piece. `ids` are
 * those that the story has given already.
 */
export async function additionsFor(
  draft: ChatDraft,
  story: Story,
  pieces: Piece[],
  { number, known, today, ids }: SourcePlace & { today: string; ids: ReadonlySet<string> },
): Promise<{ source: PieceAct; acts: Map<string, PieceAct> }> {
  const { additionsOf } = await import('../../../import/draft/additions.ts')
  const { stored, folder } = draft
  const changed = pieces.map(({ entry, values }) => ({ ...entry, values }))
  const listed = additionsOf(folder, changed)
  const [first] = listed.filter(({ file }) => file === 'sources.yml')
  const text = folder.files.find(({ path }) => /\/sources\/[^/]+$/.test(path))
  if (!first || !text) throw new Error(`draft ${stored.slug}: there is no source in it`)
  const name = `${number}-${stored.slug}.txt`
  const folderPath = `stories/${story.slug}`
  const source: PieceAct = {
    key: actKey(stored, SOURCE),
    entries: [
      {
        path: `${folderPath}/sources.desk.yml`,
        entry: { ...first.entry, ...keptOf(known, first.entry), number, text: name },
      },
    ],
    files: [{ path: `${folderPath}/sources/${name}`, text: text.text }],
  }
  const acts = pieces.map((piece): [string, PieceAct] => {
    const { entry, values } = piece
    const shown = piece.kind === 'event' ? datedValues(piece, today) : values
    const path = `${folderPath}/${entry.file.replace(/\.yml$/, '.desk.yml')}`
    return [
      piece.name,
      {
        key: actKey(stored, piece.name),
        entries: [{ path, entry: withSource(entry.file, shown, { number, ids }) }],
      },
    ]
  })
  return { source, acts: new Map(acts) }
}

/**
 * What a source goes on saying that takes over one without a text: whose it is, its headline and address. What kind it is,
 * the page tells better, and so it does its day where that was only when we first saw it.
 */
function keptOf(
  known: Record<string, unknown> | undefined,
  found: Record<string, unknown>,
): Record<string, unknown> {
  if (known === undefined) return {}
  const { outlet, title, url, seen, date, dateNote } = known
  const isSurer = found.date !== undefined && dateNote !== undefined
  return { outlet, title, url, seen, ...(isSurer ? {} : { date, dateNote }) }
}

/**
 * The values of an event on the day when it is entered: one that is long over says when it was added, so that no brief calls
 * it new. What was still to come for the outlet and an editor has rewritten has happened since.
 */
export function datedValues(piece: Piece, today: string): Record<string, unknown> {
  const { expected, ...values } = piece.values
  const last = lastDayOf(String(values.date))
  const isToCome = expected === true && !(isRewritten(piece) && last <= today)
  if (isToCome) return piece.values
  return { ...values, ...(last < addDays(today, -LATE_DAYS) && { added: today }) }
}

/** An entry that cites the source by the number that it has in the story, under an id that is free there. */
function withSource(
  file: string,
  values: Record<string, unknown>,
  { number, ids }: { number: number; ids: ReadonlySet<string> },
): Record<string, unknown> {
  const id = values.id === undefined ? {} : { id: freeId(ids, String(values.id), number) }
  return file === 'quotes.yml'
    ? { ...values, ...id, source: number }
    : { ...values, ...id, sources: [number] }
}

function freeId(ids: ReadonlySet<string>, id: string, number: number): string {
  const names = [id, `${id}-s${number}`]
  for (let count = 2; ids.has(names.at(-1)!); count++) names.push(`${id}-s${number}-${count}`)
  return names.find(name => !ids.has(name))!
}
