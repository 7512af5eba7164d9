import { type Reply, refusal } from '../../../chat/reply.ts'
import { phrases } from '../../../phrases/phrases.ts'
import { STORY } from '../../../store/drafts/drafts.ts'
import type { DeskRequest } from '../../context.ts'
import { type ChatDraft, openDraft, type Piece } from './chat-draft.ts'
import { confirmPieces, confirmSure } from './confirm.ts'
import { leavePieces, leaveRest, undoPieces } from './decide.ts'
import { editPiece } from './edit-piece.ts'
import { listDrafts, showDraft } from './overview.ts'
import { publishStory, undoStory } from './publish.ts'
import { publishedProblem } from './published.ts'
import { showPiece } from './show-piece.ts'

/** The word that stands for all pieces that are sure, and the one for all about which nothing was decided. */
const SURE = 'sure'
const REST = 'rest'

/**
 * `/desk draft [slug] [act] [piece …]`: the drafts, one of them, one of its pieces, or what to do with a piece: `confirm`,
 * `leave`, `speaker`, `event` and `undo`. A draft that is for no story yet becomes one with `publish`.
 */
export async function deskDraft(request: DeskRequest): Promise<Reply> {
  const [slug, typedAct, ...typedPieces] = request.args
  if (slug === undefined) return listDrafts(request)
  const draft = await openDraft(request, slug)
  if (!('pieces' in draft)) return draft
  if (typedAct === undefined) return showWarm(request, draft, () => showDraft(request, draft))
  const act = typedAct.toLowerCase()
  if (act === 'publish') return publishStory(request, draft)
  if (act === 'undo' && typedPieces[0]?.toLowerCase() === STORY) return undoStory(request, draft)
  if (isAct(act)) {
    const problem = publishedProblem(draft)
    if (problem) return problem
  }
  if (act === 'confirm' && typedPieces.some(typed => typed.toLowerCase() === SURE))
    return confirmSure(request, draft)
  if (act === 'leave' && typedPieces.some(typed => typed.toLowerCase() === REST))
    return leaveRest(request, draft)
  if (!isAct(act)) {
    const piece = typedPieces.length === 0 ? findPiece(draft, act) : undefined
    return piece
      ? showWarm(request, draft, () => showPiece(request, draft, piece))
      : refuseUnknownAct(draft, act)
  }
  const isEdit = act === 'speaker' || act === 'event'
  const [first, ...words] = typedPieces
  const edited = isEdit && words.length > 0 ? findPiece(draft, first!) : undefined
  // Words that stand in no quotation marks, as “--text The city sues.”, are no pieces: the answer shows how to write them.
  if (edited && isEdit) return editPiece({ ...request, flags: {} }, draft, { act, piece: edited })
  const pieces = typedPieces
    .flatMap(typed => typed.split(/[\s,;]+/).filter(Boolean))
    .map(typed => findPiece(draft, typed))
  if (pieces.length === 0) return refusal(phrases.draftPieces.whichPiece(draft.stored.slug, act))
  if (!pieces.every(piece => piece !== undefined))
    return refusal(phrases.draftPieces.unknownPiece(draft.stored.slug))
  const wanted = [...new Set(pieces)]
  switch (act) {
    case 'confirm':
      return confirmPieces(request, draft, wanted)
    case 'leave':
      return leavePieces(request, draft, wanted)
    case 'undo':
      return undoPieces(request, draft, wanted)
    case 'speaker':
    case 'event':
      return editPiece(request, draft, { act, piece: wanted[0]! })
  }
}

/** Gets ready to check the story while the editor reads: a confirmation mostly follows. */
function showWarm({ desk }: DeskRequest, { stored: { story } }: ChatDraft, show: () => Reply): Reply {
  if (story !== undefined) desk.warm(story)
  return show()
}

const ACTS = ['confirm', 'leave', 'undo', 'speaker', 'event'] as const

const isAct = (typed: string): typed is (typeof ACTS)[number] => (ACTS as readonly string[]).includes(typed)

const findPiece = ({ pieces }: ChatDraft, typed: string): Piece | undefined =>
  pieces.find(({ name }) => name === typed.toLowerCase())

/** What looks like a piece is one that the draft has not; anything else is no act. */
const refuseUnknownAct = ({ stored: { slug } }: ChatDraft, typed: string): Reply =>
  refusal(
    /^[qep]\d+$/.test(typed) ? phrases.draftPieces.unknownPiece(slug) : phrases.draftPieces.unknownAct(slug),
  )
