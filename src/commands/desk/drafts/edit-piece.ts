import { note, type Reply, refusal } from '../../../chat/reply.ts'
import { localDate } from '../../../dates/dates.ts'
import { firstDayOf, ROUGH_DATE } from '../../../dates/rough-dates.ts'
import { phrases } from '../../../phrases/phrases.ts'
import type { DeskRequest } from '../../context.ts'
import { formatLine } from '../../line.ts'
import { TOO_LATE } from '../../refusals.ts'
import { textProblem } from '../confirmation.ts'
import { isTooLate, logAction, logThenDo } from '../run.ts'
import {
  type ChatDraft,
  draftLine,
  foundText,
  hasNoSpeaker,
  isOpen,
  openDraft,
  type Piece,
  type PieceEdit,
} from './chat-draft.ts'
import { confirmPieces } from './confirm.ts'
import { showPiece } from './show-piece.ts'

/** The most characters of what an editor may type for a piece. */
export const MAX_TYPED = { name: 100, role: 200, date: 10, text: 500 }

type Field = keyof typeof MAX_TYPED

/** The flags by which each act changes a piece. */
const FIELDS: Record<'speaker' | 'event', Field[]> = { speaker: ['name', 'role'], event: ['date', 'text'] }

/**
 * `/desk draft <slug> speaker <piece> --name … --role …`, or `event <piece> --date … --text …`: changes a piece as long as
 * nothing was decided about it; with `--confirm`, confirms it so. Without flags, says what to type.
 */
export async function editPiece(
  request: DeskRequest,
  draft: ChatDraft,
  { act, piece }: { act: 'speaker' | 'event'; piece: Piece },
): Promise<Reply> {
  const { desk, call, flags } = request
  const { slug } = draft.stored
  if ((piece.kind === 'event') !== (act === 'event'))
    return refusal([act === 'event' ? phrases.draftPieces.notAnEvent : phrases.draftPieces.notAPerson])
  const typed = readTyped(flags, FIELDS[act])
  if ('refused' in typed) return typed.refused
  const { edit } = typed
  if (Object.keys(edit).length === 0) return showHow(request, draft, { act, piece })
  if (!isOpen(piece)) return refusal([phrases.draftPieces.alreadyChanged])
  if (isAhead(edit.date, piece, request)) return refusal([phrases.draftPieces.dateAhead])
  if (isTooLate(request)) return TOO_LATE
  const whole: PieceEdit = { ...piece.edit, ...edit }
  const details = { draft: slug, piece: piece.name, ...edit }
  const saved = await logThenDo(request, `draft ${act}`, details, () =>
    desk.store.drafts.pieces.edit(slug, piece.name, { edit: JSON.stringify(whole), by: call.caller.id }),
  )
  if (!saved) {
    await logAction(request, `draft ${act} failed`, details)
    return refusal([phrases.draftPieces.alreadyChanged])
  }
  const changed = await openDraft(request, slug)
  if (!('pieces' in changed)) return changed
  const now = changed.pieces.find(({ name }) => name === piece.name)!
  const confirmed = flags.confirm === undefined ? undefined : await confirmPieces(request, changed, [now])
  // Where there was no time to confirm it, the words are kept all the same.
  if (confirmed !== undefined && confirmed !== TOO_LATE) return confirmed
  const sentence =
    confirmed === undefined ? phrases.draftPieces.done.changed : phrases.draftPieces.done.changedOnly
  return showPiece({ ...request, flags: {} }, changed, now, { lines: [sentence(piece.name)] })
}

function readTyped(flags: DeskRequest['flags'], fields: Field[]): { edit: PieceEdit } | { refused: Reply } {
  const edit: PieceEdit = {}
  for (const field of fields) {
    const value = flags[field]
    if (typeof value !== 'string') continue
    const words = value.replace(/\s+/g, ' ').trim()
    const problem = textProblem(words, MAX_TYPED[field], `--${field}`)
    if (problem) return { refused: problem }
    if (field === 'date' && !ROUGH_DATE.test(words))
      return { refused: refusal([phrases.draftPieces.badDate]) }
    if (words !== '') edit[field] = words
  }
  return { edit }
}

/** Whether a typed day is still to come, of what the page does not tell as such. */
const isAhead = (
  date: string | undefined,
  { entry }: Piece,
  { call, context }: Pick<DeskRequest, 'call' | 'context'>,
): boolean =>
  date !== undefined && entry.values.expected !== true && firstDayOf(date) > localDate(call.at, context.zone)

/** Shows the piece, with the line to type where no form opens. */
function showHow(
  request: DeskRequest,
  draft: ChatDraft,
  { act, piece }: { act: 'speaker' | 'event'; piece: Piece },
): Reply {
  const shown = showPiece({ ...request, flags: {} }, draft, piece)
  const known = Object.fromEntries(FIELDS[act].map(field => [field, knownValue(piece, field)]))
  const line = `${draftLine(draft.stored.slug, act, piece.name)} ${formatLine({ args: [], flags: known })}`
  return { ...shown, blocks: [...shown.blocks, note(...phrases.draftPieces.typeThis(line))] }
}

/** What is known of a field of a piece: what an editor typed, or what was found. */
export function knownValue(piece: Piece, field: Field): string {
  const { kind, entry, edit, values } = piece
  if (field === 'text') return (edit?.text ?? foundText(entry)).slice(0, MAX_TYPED.text)
  if (field === 'name' && hasNoSpeaker(piece)) return ''
  if (field === 'role' && values.role === phrases.draftReport.roleNotGiven) return ''
  const value = values[field === 'name' && kind === 'quote' ? 'speaker' : field]
  return value === undefined || value === null ? '' : String(value).slice(0, MAX_TYPED[field])
}
