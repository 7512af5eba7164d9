import { type Inline, list, type Reply, refusal, text } from '../../../chat/reply.ts'
import { phrases } from '../../../phrases/phrases.ts'
import type { PieceState } from '../../../store/drafts/pieces.ts'
import type { DeskRequest } from '../../context.ts'
import { type ChatDraft, draftLine, isOpen, openDraft, type Piece } from './chat-draft.ts'
import { draftTitle } from './overview.ts'
import { nextOpen, pieceButton, showPiece } from './show-piece.ts'

/** What became of the pieces that were to be decided: done, why not, and for how many there was no time. */
export type Outcome = { done: string[]; problems: Inline[][]; left: number }

/** An outcome of nothing yet. */
export const newOutcome = (): Outcome => ({ done: [], problems: [], left: 0 })

/** The pieces about which nothing was decided; of the others, it is told who did. */
export const openPieces = (slug: string, pieces: Piece[], { problems }: Outcome): Piece[] =>
  pieces.filter(piece => {
    if (isOpen(piece)) return true
    problems.push(alreadyLine(slug, piece.name, piece.state!))
    return false
  })

/** Says whose decision about a piece stands, and how to take it back. */
export const alreadyLine = (slug: string, name: string, { decision, byName }: PieceState): Inline[] => [
  { bold: name },
  ': ',
  ...phrases.draftPieces.already(
    decision!,
    byName ?? phrases.draftPieces.somebody,
    draftLine(slug, 'undo', name),
  ),
]

/** How many lines are shown about what was not done; the others are only counted. */
const MAX_PROBLEMS = 4
/** So many names of pieces are said one by one. */
const MAX_NAMES = 8

/** Says what was done, and shows what is next: another piece to decide about, or how the draft stands. */
export async function showOutcome(
  request: DeskRequest,
  { stored: { slug } }: ChatDraft,
  pieces: Piece[],
  { outcome, sentence }: { outcome: Outcome; sentence(names: string): Inline[] },
): Promise<Reply> {
  const { done, problems, left } = outcome
  const more = problems.length - MAX_PROBLEMS
  const names = done.length > MAX_NAMES ? phrases.draftPieces.pieceCount(done.length) : done.join(', ')
  const lines: Inline[][] = [
    ...(done.length > 0 ? [sentence(names)] : []),
    ...problems.slice(0, MAX_PROBLEMS),
    ...(more > 0 ? [phrases.draftPieces.moreProblems(more)] : []),
    ...(left > 0 ? [phrases.draftPieces.rest(left)] : []),
  ]
  const [first = phrases.draftPieces.noneSure(), ...others] = lines
  if (done.length === 0) return refusal(first, ...(others.length > 0 ? [list(others)] : []))
  const draft = await openDraft(request, slug)
  if (!('pieces' in draft)) return draft
  const one = pieces.length === 1 ? draft.pieces.find(({ name }) => name === pieces[0]!.name) : undefined
  const next = one && isOpen(one) ? one : nextOpen(draft, one)
  const isDecided = one?.state?.decision !== undefined
  if (one && next && problems.length === 0)
    return showPiece({ ...request, flags: {} }, draft, next, { lines, ...(isDecided && { undo: one.name }) })
  return {
    blocks: [...lines.map(line => text(...line)), text(draftTitle(draft))],
    buttons: [
      ...(one && isDecided ? [pieceButton(phrases.draftPieces.undo(one.name), slug, 'undo', one.name)] : []),
      ...(next ? [pieceButton(phrases.draftPieces.next, slug, next.name)] : []),
      pieceButton(phrases.drafts.allPieces, slug),
    ],
    parts: [],
    audience: 'caller',
    guide: true,
  }
}
