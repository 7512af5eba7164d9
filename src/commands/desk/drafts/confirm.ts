import { type Inline, type Reply, refusal } from '../../../chat/reply.ts'
import type { Story } from '../../../content/story.ts'
import { localDate } from '../../../dates/dates.ts'
import { phrases } from '../../../phrases/phrases.ts'
import type { DeskRequest } from '../../context.ts'
import { TOO_LATE } from '../../refusals.ts'
import { addChecked, problemsOf } from '../add-to-story.ts'
import { isTooLate, logAction } from '../run.ts'
import { applyInTime } from './apply-in-time.ts'
import { type ChatDraft, hasNoSpeaker, isOpen, isSure, type Piece } from './chat-draft.ts'
import { decide, keepPieces } from './decide.ts'
import { storedText } from './draft-body.ts'
import { newOutcome, type Outcome, openPieces, showOutcome } from './outcome.ts'
import { shortened } from './piece-words.ts'
import { sourceWithoutText } from './source-without-text.ts'
import { actKey, additionsFor, type PieceAct, SOURCE } from './story-additions.ts'

const MAX_PROBLEMS = 3
const MAX_PROBLEM = 160

/** Confirms pieces: adds each to the story, once. The first decision of any editor stands. */
export async function confirmPieces(request: DeskRequest, draft: ChatDraft, pieces: Piece[]): Promise<Reply> {
  const { library } = request
  const { slug, story: name } = draft.stored
  const outcome = newOutcome()
  const wanted = openPieces(slug, pieces, outcome).filter(piece => {
    if (!hasNoSpeaker(piece)) return true
    outcome.problems.push(phrases.draftPieces.notDone(piece.name, phrases.draftPieces.noSpeaker))
    return false
  })
  const sentence = (names: string) => phrases.draftPieces.done.confirmed(names, name)
  if (wanted.length === 0) return showOutcome(request, draft, pieces, { outcome, sentence })
  if (name === undefined) return keepPieces(request, draft, wanted)
  const story = library.story(name)
  if (!story) return refusal(phrases.draftPieces.storyGone(name))
  const plan = await planAdditions(request, draft, story)
  if (!plan) return refusal(phrases.drafts.unknownDraft())
  // Read before the check: what another process adds meanwhile is noticed when the pieces are stored.
  const seen = await request.desk.refreshDocuments()
  const fitting = await fittingPieces(request, plan, wanted, outcome)
  if (fitting === undefined) return TOO_LATE
  if (fitting.length > 0) await addPieces(request, { draft, plan, seen }, fitting, outcome)
  if (outcome.left > 0 && outcome.done.length === 0) return TOO_LATE
  return showOutcome(request, draft, pieces, { outcome, sentence })
}

/** Confirms all pieces that are sure and open; never one that is not sure. */
export function confirmSure(request: DeskRequest, draft: ChatDraft): Reply | Promise<Reply> {
  const sure = draft.pieces.filter(piece => isOpen(piece) && isSure(piece))
  return sure.length === 0 ? refusal(phrases.draftPieces.noneSure()) : confirmPieces(request, draft, sure)
}

/**
 * How pieces are added: as which acts, and whether the page is a source of the story already, be it as one that another
 * page or a person added.
 */
type Plan = {
  actsOf(pieces: Piece[]): Promise<{ source: PieceAct; acts: Map<string, PieceAct> }>
  isSourceThere: boolean
  isSourceOthers: boolean
  /** The pieces that are stored already: whoever added them was interrupted. */
  stored(piece: Piece): boolean
}

/** Plans by which number the page is a source of the story. A text that the story has already is not added twice. */
async function planAdditions(
  request: DeskRequest,
  draft: ChatDraft,
  story: Story,
): Promise<Plan | undefined> {
  const { desk, call, context } = request
  const text = storedText(draft.body)
  const known = story.sources.find(source => source.text === text)
  const { drafts, documents } = desk.store
  const used = desk.used(story.slug)
  const all = await documents.all()
  const keys = new Set(all.map(({ key }) => key))
  const ownKey = actKey(draft.stored, SOURCE)
  const own = all.find(({ key, entry }) => key === ownKey && entry !== undefined)?.entry
  // Somebody has taken the page out of the files, where it had landed: it is added again.
  const isTakenOut = known === undefined && own === undefined && (await documents.forget(ownKey))
  const isOwn = !isTakenOut && (await documents.isKnown(ownKey))
  const bare = isOwn || known ? undefined : await sourceWithoutText(all, story, draft)
  // A number that somebody has given in the folder since it was reserved is given up.
  const above = isOwn ? 0 : used.source
  const number =
    known?.number ??
    numberOf(own ?? bare) ??
    (await drafts.reserveSource(draft.stored.slug, story.slug, above))
  if (number === undefined) return undefined
  const where = { number, known: own ?? bare, ids: used.ids, today: localDate(call.at, context.zone) }
  const actsOf = (pieces: Piece[]) => additionsFor(draft, story, pieces, where)
  // Another process added it, or this one was interrupted: what is checked has to have it too.
  if (isOwn && known === undefined) await applyInTime(request)
  return {
    actsOf,
    isSourceThere: isOwn || known !== undefined,
    isSourceOthers: !isOwn && known !== undefined,
    stored: ({ name }) => keys.has(actKey(draft.stored, name)),
  }
}

const numberOf = (entry: Record<string, unknown> | undefined) =>
  typeof entry?.number === 'number' ? entry.number : undefined

/**
 * Which pieces may be added: the story is checked with all of them first and, only where that fails, with each alone.
 * Undefined where there was no time.
 */
async function fittingPieces(
  request: DeskRequest,
  { actsOf, isSourceThere, stored }: Plan,
  wanted: Piece[],
  { problems }: Outcome,
): Promise<Piece[] | undefined> {
  const [there, pieces] = [wanted.filter(stored), wanted.filter(piece => !stored(piece))]
  if (pieces.length === 0) return there
  const problemsWith = async (some: Piece[]) => {
    const { source, acts } = await actsOf(some)
    const all = [...(isSourceThere ? [] : [source]), ...acts.values()]
    return problemsOf(request, {
      entries: all.flatMap(({ entries }) => entries),
      files: all.flatMap(({ files = [] }) => files),
    })
  }
  const together = await problemsWith(pieces)
  if (isTooLate(request)) return undefined
  if (together.length === 0) return wanted
  const fitting: Piece[] = [...there]
  for (const piece of pieces) {
    if (isTooLate(request)) return fitting.length > 0 ? fitting : undefined
    const own = pieces.length === 1 ? together : await problemsWith([piece])
    if (own.length === 0) fitting.push(piece)
    else problems.push(...failedCheck(piece, own))
  }
  return fitting
}

const failedCheck = ({ name }: Piece, problems: string[]): Inline[][] => [
  phrases.draftPieces.checkFails(name),
  ...problems.slice(0, MAX_PROBLEMS).map((problem): Inline[] => [shortened(problem, MAX_PROBLEM)]),
  ...(problems.length > MAX_PROBLEMS
    ? [[phrases.correction.moreProblems(problems.length - MAX_PROBLEMS)]]
    : []),
]

/** Adds pieces one by one, the page first: what is interrupted between two steps is finished when it is confirmed again. */
async function addPieces(
  request: DeskRequest,
  { draft, plan, seen: checkedWith }: { draft: ChatDraft; plan: Plan; seen: number },
  pieces: Piece[],
  outcome: Outcome,
): Promise<void> {
  const { source, acts } = await plan.actsOf(pieces)
  const { drafts } = request.desk.store
  const { slug } = draft.stored
  let seen = checkedWith
  const add = async (act: PieceAct) => {
    const added = await addChecked(request, act, seen)
    seen = added.seen
    return added.result
  }
  const sourceAdded = plan.isSourceOthers ? undefined : await add(source)
  if (sourceAdded?.outcome === 'late') {
    outcome.left = pieces.length
    return
  }
  if (sourceAdded?.outcome === 'broken') {
    outcome.problems.push(...failedCheck(pieces[0]!, sourceAdded.problems))
    return
  }
  if (sourceAdded?.outcome === 'taken') {
    for (const { name } of pieces)
      outcome.problems.push(phrases.draftPieces.notDone(name, phrases.draftPieces.takenName))
    return
  }
  for (const piece of pieces) {
    if (isTooLate(request)) {
      outcome.left++
      continue
    }
    const mine = await decide(request, draft, piece, { decision: 'confirmed', settled: false })
    if ('other' in mine) {
      outcome.problems.push(mine.other)
      continue
    }
    const result = await add(acts.get(piece.name)!)
    if (result.outcome === 'broken' || result.outcome === 'late') {
      await drafts.pieces.undo(slug, piece.name)
      await logAction(request, 'draft confirm failed', { draft: slug, piece: piece.name })
      if (result.outcome === 'broken') outcome.problems.push(...failedCheck(piece, result.problems))
      else outcome.left++
      continue
    }
    await drafts.pieces.settle(slug, piece.name)
    outcome.done.push(piece.name)
  }
  if (outcome.done.length === 0) return
  // Somebody who undid the last piece meanwhile may have taken the page out with it.
  if (!plan.isSourceOthers) await add(source)
  await applyInTime(request)
}
