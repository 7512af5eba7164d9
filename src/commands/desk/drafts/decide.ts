import { type Inline, type Reply, refusal } from '../../../chat/reply.ts'
import { phrases } from '../../../phrases/phrases.ts'
import type { RemoveOutcome } from '../../../store/documents/documents.ts'
import type { DeskRequest } from '../../context.ts'
import { TOO_LATE } from '../../refusals.ts'
import { editorName } from '../cards/editor-name.ts'
import { isTooLate, logAction, logThenDo } from '../run.ts'
import { applyInTime } from './apply-in-time.ts'
import { type ChatDraft, isOpen, type Piece } from './chat-draft.ts'
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

/** Leaves all out about which nothing was decided: with that, a draft is done. */
export function leaveRest(request: DeskRequest, draft: ChatDraft): Reply | Promise<Reply> {
  const open = draft.pieces.filter(isOpen)
  return open.length === 0
    ? refusal(phrases.draftPieces.noneOpen(draft.stored.slug))
    : leavePieces(request, draft, open)
}

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
  for (const piece of pieces) {
    const { name, state, entry } = piece
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
      const removed = state.decision === 'confirmed' ? await takeOut(request, draft, piece) : 'unknown'
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

/** Takes out of the story what a piece added. What landed in its files and was taken out there is only forgotten. */
async function takeOut(
  { desk, library }: DeskRequest,
  { stored }: ChatDraft,
  { name, entry, values }: Piece,
): Promise<RemoveOutcome> {
  const key = actKey(stored, name)
  const outcome = await desk.store.documents.removeEntry(key)
  if (outcome !== 'landed' || stored.story === undefined) return outcome
  const { ids } = desk.used(stored.story)
  const people = library.story(stored.story)?.people ?? []
  const isThere =
    entry.values.id === undefined
      ? people.some(person => person.name === values.name)
      : [...ids].some(id => id === entry.values.id || id.startsWith(`${entry.values.id}-s`))
  return !isThere && (await desk.store.documents.forget(key)) ? 'unknown' : outcome
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
