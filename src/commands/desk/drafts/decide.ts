import type { Inline, Reply } from '../../../chat/reply.ts'
import { phrases } from '../../../phrases/phrases.ts'
import type { DeskRequest } from '../../context.ts'
import { TOO_LATE } from '../../refusals.ts'
import { editorName } from '../cards/editor-name.ts'
import { isTooLate, logAction, logThenDo } from '../run.ts'
import { applyInTime } from './apply-in-time.ts'
import type { ChatDraft, Piece } from './chat-draft.ts'
import { alreadyLine, newOutcome, openPieces, showOutcome } from './outcome.ts'
import { actKey, SOURCE } from './story-additions.ts'

/**
 * Makes a decision about a piece and logs it; what follows from a confirmation is to be done and settled then. `other` says
 * whose decision stands instead: the first one does.
 */
export async function decide(
  request: DeskRequest,
  { stored: { slug } }: ChatDraft,
  { name, entry }: Piece,
  { decision, settled }: { decision: 'confirmed' | 'left'; settled: boolean },
): Promise<{ mine: true } | { other: Inline[] }> {
  const { desk, call } = request
  const details = { draft: slug, piece: name, entry: `${entry.file} ${entry.id}` }
  const what = decision === 'confirmed' ? 'draft confirm' : 'draft leave'
  const byName = await editorName(request)
  const { isFirst, state } = await logThenDo(request, what, details, () =>
    desk.store.drafts.pieces.decide(slug, name, {
      ...{ decision, by: call.caller.id, byName },
      ...(settled && { settled: true as const }),
    }),
  )
  // The same decision that was not finished is finished now.
  if (isFirst || (state.decision === decision && !state.settled)) return { mine: true }
  await logAction(request, `${what} failed`, details)
  return { other: alreadyLine(slug, name, state) }
}

/** Leaves pieces out. */
export const leavePieces = (request: DeskRequest, draft: ChatDraft, pieces: Piece[]): Promise<Reply> =>
  decideOnly(request, draft, pieces, { decision: 'left', sentence: phrases.draftPieces.done.left })

/** Pieces of a new story are only kept as confirmed: its files are made once it is published. */
export const keepPieces = (request: DeskRequest, draft: ChatDraft, pieces: Piece[]): Promise<Reply> =>
  decideOnly(request, draft, pieces, {
    decision: 'confirmed',
    sentence: names => phrases.draftPieces.done.confirmed(names, undefined),
  })

async function decideOnly(
  request: DeskRequest,
  draft: ChatDraft,
  pieces: Piece[],
  { decision, sentence }: { decision: 'confirmed' | 'left'; sentence(names: string): Inline[] },
): Promise<Reply> {
  const outcome = newOutcome()
  for (const piece of openPieces(draft.stored.slug, pieces, outcome)) {
    if (isTooLate(request)) {
      outcome.left++
      continue
    }
    const mine = await decide(request, draft, piece, { decision, settled: true })
    if ('other' in mine) outcome.problems.push(mine.other)
    else outcome.done.push(piece.name)
  }
  if (outcome.left > 0 && outcome.done.length === 0) return TOO_LATE
  return showOutcome(request, draft, pieces, { outcome, sentence })
}

/** Takes decisions back: what was added goes out of the story again, unless it is in the files by now. */
export async function undoPieces(request: DeskRequest, draft: ChatDraft, pieces: Piece[]): Promise<Reply> {
  const { desk } = request
  const { slug, story } = draft.stored
  const outcome = newOutcome()
  let wasInStory = false
  const removable = story === undefined ? undefined : await removablePieces(request, draft, pieces)
  const refuse = (name: string, why: string) => outcome.problems.push(phrases.draftPieces.notDone(name, why))
  for (const { name, state, entry } of pieces) {
    if (state?.decision === undefined) {
      refuse(name, phrases.draftPieces.notDecided)
      continue
    }
    if (removable && state.decision === 'confirmed' && !removable.has(actKey(draft.stored, name))) {
      refuse(name, phrases.draftPieces.needed)
      continue
    }
    if (isTooLate(request)) {
      outcome.left++
      continue
    }
    const details = { draft: slug, piece: name, was: state.decision }
    const result = await logThenDo(request, 'draft undo', details, async () => {
      const key = actKey(draft.stored, name)
      const removed = state.decision === 'confirmed' ? await desk.store.documents.removeEntry(key) : 'unknown'
      if (removed !== 'landed') await desk.store.drafts.pieces.undo(slug, name)
      return removed
    })
    if (result === 'landed') {
      await logAction(request, 'draft undo failed', details)
      refuse(name, phrases.draftPieces.landed(entry.file))
      continue
    }
    wasInStory ||= result === 'removed'
    outcome.done.push(name)
  }
  if (outcome.left > 0 && outcome.done.length === 0) return TOO_LATE
  if (wasInStory) {
    if (removable?.has(actKey(draft.stored, SOURCE))) await removeSource(request, draft)
    await applyInTime(request)
  }
  const sentence = (names: string) => phrases.draftPieces.done.undone(names, wasInStory ? story : undefined)
  return showOutcome(request, draft, pieces, { outcome, sentence })
}

/**
 * The acts of some pieces, and of the page itself, on which nothing else in the story rests: taken back together, or each
 * by itself.
 */
async function removablePieces(
  request: DeskRequest,
  { stored }: ChatDraft,
  pieces: Piece[],
): Promise<Set<string>> {
  const { desk } = request
  await desk.refreshDocuments()
  const keys = [...pieces.map(({ name }) => name), SOURCE].map(name => actKey(stored, name))
  const together = async (some: string[]) => (await desk.problemsWithout(some)).length === 0
  if (await together(keys)) return new Set(keys)
  // Mostly it is only the page on which other pieces rest.
  const [source = '', ...others] = keys.toReversed()
  if (await together(others)) return new Set(others)
  const fitting: string[] = []
  for (const key of [...others.reverse(), source])
    if (!isTooLate(request) && (await together([...fitting, key]))) fitting.push(key)
  return new Set(fitting)
}

/** Takes the page out of the sources where nothing that was confirmed rests on it any more. */
async function removeSource({ desk }: DeskRequest, { stored }: ChatDraft): Promise<void> {
  const states = await desk.store.drafts.pieces.ofDraft(stored.slug)
  if (![...states.values()].some(({ decision }) => decision === 'confirmed'))
    await desk.store.documents.removeEntry(actKey(stored, SOURCE))
}
