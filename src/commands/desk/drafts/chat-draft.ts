import { type Reply, refusal } from '../../../chat/reply.ts'
import { plainProse } from '../../../content/read/prose/plain-prose.ts'
import type { DraftEntry, DraftFolder } from '../../../import/draft/draft.ts'
import { phrases } from '../../../phrases/phrases.ts'
import { READING_MS, SAME, STORY, type StoredDraft } from '../../../store/drafts/drafts.ts'
import type { PieceState } from '../../../store/drafts/pieces.ts'
import type { DeskRequest } from '../../context.ts'
import { formatLine } from '../../line.ts'
import { type DraftBody, readBody, storedText } from './draft-body.ts'

/** What a piece of a draft can be, by the file that it would be an entry of. */
const KINDS = { 'quotes.yml': 'quote', 'timeline.yml': 'event', 'people.yml': 'person' } as const
const LETTERS = { 'quotes.yml': 'q', 'timeline.yml': 'e', 'people.yml': 'p' } as const

/** What an editor typed for a piece: the speaker or person with the role, or the day and the text of an event. */
export type PieceEdit = { name?: string; role?: string; date?: string; text?: string }

/**
 * A piece of a draft to decide about. `name` is how editors call it (`q1`), `values` the entry with what an editor changed,
 * `passages` its words, and `line` the line of the stored text in which they begin.
 */
export type Piece = {
  name: string
  kind: (typeof KINDS)[keyof typeof KINDS]
  entry: DraftEntry
  values: Record<string, unknown>
  passages: string[]
  line?: number
  named?: string
  edit?: PieceEdit
  state?: PieceState
}

/** A draft with its pieces, and what was decided about each. `published` is who made it a story, if somebody did. */
export type ChatDraft = {
  stored: StoredDraft
  body: DraftBody
  folder: DraftFolder
  pieces: Piece[]
  published?: PieceState
}

/** Opens a draft; a reply where there is none, or it is not ready. */
export async function openDraft({ desk, call }: DeskRequest, slug: string): Promise<ChatDraft | Reply> {
  const stored = await desk.store.drafts.find(slug.toLowerCase())
  if (!stored) return refusal(phrases.drafts.unknownDraft())
  if (stored.body === undefined) return notReady(stored, call.at)
  const states = await desk.store.drafts.pieces.ofDraft(stored.slug)
  return readDraft(stored, readBody(stored.body), states)
}

/** Makes a draft of what is stored of it. */
export async function readDraft(
  stored: StoredDraft,
  body: DraftBody,
  states: Map<string, PieceState> = new Map(),
): Promise<ChatDraft> {
  const { readDrafts } = await import('../../../import/draft/read-draft.ts')
  const [folder] = readDrafts(body.files.map(file => ({ ...file, origin: file.path })))
  if (!folder) throw new Error(`draft ${stored.slug}: its files are no draft`)
  const counts = { q: 0, e: 0, p: 0 }
  const text = storedText(body)
  const pieces = folder.entries.map((entry): Piece => {
    const letter = LETTERS[entry.file]
    const name = `${letter}${++counts[letter]}`
    const state = states.get(name)
    const edit = state?.edit === undefined ? undefined : (JSON.parse(state.edit) as PieceEdit)
    const passages = [entry.values.words ?? []].flat().map(String)
    return {
      ...{ name, kind: KINDS[entry.file], entry, edit, state, passages },
      values: editedValues(entry, edit),
      line: lineOf(passages[0], text),
      named: body.named.find(({ words }) => words === passages[0])?.named,
    }
  })
  const published = states.get(STORY)
  return { stored, body, folder, pieces, ...(published?.decision !== undefined && { published }) }
}

/** The line that asks for a draft, or for something about it. */
export const draftLine = (slug: string, ...args: string[]): string =>
  `/desk draft ${formatLine({ args: [slug, ...args], flags: {} })}`

/** The line that imports the page of a draft again. */
export const importLine = ({
  address,
  story,
  slug,
}: Pick<StoredDraft, 'address' | 'story'> & { slug?: string }): string => {
  const flags: Record<string, string> =
    story !== undefined ? { into: story } : slug !== undefined ? { as: slug } : {}
  return `/desk import ${formatLine({ args: [address], flags })}`
}

/** Whether nothing was decided about a piece, or not to its end. */
export const isOpen = ({ state }: Piece): boolean => state?.decision === undefined || !state.settled

/**
 * Whether a piece may be confirmed without a look of its own: only what the rules are sure of, or an editor typed. An event
 * in the outlet's words is to be rewritten first, or confirmed by itself.
 */
export const isSure = (piece: Piece): boolean =>
  piece.kind === 'event' ? isRewritten(piece) : piece.entry.sure || piece.edit?.name !== undefined

/** Whether an editor has said in other words what an event is. */
export const isRewritten = ({ entry, edit }: Pick<Piece, 'entry' | 'edit'>): boolean =>
  edit?.text !== undefined && !isOutletsText(entry, edit.text)

/** The text of an event as it was found, without the signs of Markdown. */
export const foundText = ({ values }: DraftEntry): string =>
  String(values.text ?? '').replace(/\\([^\p{L}\p{N}\s])/gu, '$1')

/** Whether a text is what the outlet wrote, with or without what says so. */
const isOutletsText = (entry: DraftEntry, text: string): boolean => foundText(entry).endsWith(text.trim())

/** Whether nobody is known to have said the words of a quotation. */
export const hasNoSpeaker = ({ kind, values }: Piece): boolean =>
  kind === 'quote' && [undefined, '', phrases.draftReport.speakerNotKnown].includes(values.speaker as string)

/** Says why a draft has nothing to show yet: its page is being read, could not be read, or whoever read it is gone. */
export function notReady(stored: StoredDraft, now: number): Reply {
  if (stored.state === 'failed') return failureReply(stored)
  const isBrokenOff = now - stored.changedAt > READING_MS
  return refusal(
    isBrokenOff
      ? phrases.drafts.brokeOff(importLine(stored))
      : phrases.drafts.stillReading(draftLine(stored.slug)),
  )
}

/** Says why the page of a draft was not read, and how to try again. */
export function failureReply(draft: Pick<StoredDraft, 'slug' | 'address' | 'story' | 'problem'>): Reply {
  const problem = JSON.parse(draft.problem ?? '{}') as { code?: string; detail?: string }
  if (problem.code === SAME && problem.detail !== undefined)
    return refusal(phrases.drafts.isSameAs(draftLine(problem.detail)))
  return refusal(phrases.drafts.failed(phrases.drafts.pageProblem(problem), importLine(draft)))
}

/** The values of an entry with what an editor typed. Other names of somebody else are left out. */
function editedValues(entry: DraftEntry, edit: PieceEdit = {}): Record<string, unknown> {
  const { file, values } = entry
  const { name, role, date, text } = edit
  if (file === 'timeline.yml')
    return {
      ...values,
      ...(date !== undefined && { date }),
      // What nobody rewrote goes on saying whose words it is.
      ...(text !== undefined && isRewritten({ entry, edit }) && { text: plainProse(text) }),
    }
  const field = file === 'quotes.yml' ? 'speaker' : 'name'
  const { aliases, ...rest } = values
  return {
    ...(name === undefined || name === values[field] ? values : rest),
    ...(name !== undefined && { [field]: name }),
    ...(role !== undefined && { role }),
  }
}

function lineOf(words: string | undefined, text: string): number | undefined {
  const start = words === undefined || words === '' ? -1 : text.indexOf(words)
  return start < 0 ? undefined : text.slice(0, start).split('\n').length
}
