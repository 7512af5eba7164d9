import { type Inline, list, note, type Reply, refusal, text } from '../../../chat/reply.ts'
import { localDate } from '../../../dates/dates.ts'
import { phrases } from '../../../phrases/phrases.ts'
import { STORY } from '../../../store/drafts/drafts.ts'
import type { DeskRequest } from '../../context.ts'
import { formatLine } from '../../line.ts'
import { TOO_LATE } from '../../refusals.ts'
import { addChecked, checkAddition, takeBackAddition } from '../add-to-story.ts'
import { editorName } from '../cards/editor-name.ts'
import { textProblem } from '../confirmation.ts'
import { isTooLate, logAction, logThenDo } from '../run.ts'
import { applyInTime } from './apply-in-time.ts'
import { type ChatDraft, draftLine } from './chat-draft.ts'
import { newStoryFiles, type StoryWords } from './new-story.ts'
import { alreadyLine } from './outcome.ts'
import { undoStoryButton } from './published.ts'
import { actKey } from './story-additions.ts'

/** The most characters of what an editor types for a new story. */
export const MAX_STORY_WORDS = { title: 120, status: 200, summary: 500 }

const FIELDS = ['title', 'status', 'summary'] as const
const MAX_PROBLEMS = 4

/**
 * `/desk draft <slug> publish --title … --status … --summary …`: shows what a new story would be; with `--confirm`, makes
 * it. Nothing is made without all three, or while the check finds a problem.
 */
export async function publishStory(request: DeskRequest, draft: ChatDraft): Promise<Reply> {
  const { desk, library, call, context, flags } = request
  const { slug, story } = draft.stored
  if (story !== undefined) return refusal(phrases.draftStory.notNew(story))
  const { published } = draft
  if (published?.settled) return refusal(alreadyLine(slug, STORY, published))
  if (library.story(slug) && !published) return refusal(phrases.drafts.storyExists(slug))
  const confirmed = draft.pieces.filter(({ state }) => state?.decision === 'confirmed')
  const typed = readWords(request, draft)
  if ('refused' in typed) return typed.refused
  const { words } = typed
  const { files, problems } = await newStoryFiles(draft, words, localDate(call.at, context.zone))
  const checked = problems.length > 0 ? { problems } : await checkAddition(request, { files })
  if ('problems' in checked) return notReady(checked.problems)
  const counts = { quotes: 0, events: 0, people: 0 }
  for (const { kind } of confirmed)
    counts[kind === 'quote' ? 'quotes' : kind === 'event' ? 'events' : 'people']++
  if (flags.confirm === undefined) return preview(slug, words, counts)
  if (isTooLate(request)) return TOO_LATE
  const details = { draft: slug, title: words.title, ...counts }
  const byName = await editorName(request)
  const { isFirst, state } = await logThenDo(request, 'draft publish', details, () =>
    desk.store.drafts.pieces.decide(slug, STORY, { decision: 'confirmed', by: call.caller.id, byName }),
  )
  if (!isFirst && state.settled) {
    await logAction(request, 'draft publish failed', details)
    return refusal(alreadyLine(slug, STORY, state))
  }
  const key = actKey(draft.stored, STORY)
  const { result } = await addChecked(request, { key, files }, checked.seen)
  if (result.outcome !== 'added' && result.outcome !== 'known') {
    await desk.store.drafts.pieces.undo(slug, STORY)
    await logAction(request, 'draft publish failed', details)
    if (result.outcome === 'late') return TOO_LATE
    return result.outcome === 'broken' ? notReady(result.problems) : refusal(phrases.drafts.storyExists(slug))
  }
  await desk.store.drafts.pieces.settle(slug, STORY)
  await applyInTime(request)
  return {
    blocks: [
      text(...phrases.draftStory.published(slug, words.title)),
      note(...phrases.draftStory.publishedHint()),
    ],
    buttons: [undoStoryButton(slug)],
    parts: [],
    audience: 'caller',
    guide: true,
  }
}

const notReady = (problems: string[]): Reply =>
  refusal(
    phrases.draftStory.storyNotReady(),
    list(problems.slice(0, MAX_PROBLEMS).map((problem): Inline[] => [problem])),
    ...(problems.length > MAX_PROBLEMS
      ? [note(phrases.correction.moreProblems(problems.length - MAX_PROBLEMS))]
      : []),
  )

/** Takes a story back that was made of a draft, unless it is in the files by now. */
export async function undoStory(request: DeskRequest, draft: ChatDraft): Promise<Reply> {
  const { slug, story } = draft.stored
  if (story !== undefined) return refusal(phrases.draftStory.notNew(story))
  const { pieces } = request.desk.store.drafts
  if (draft.published === undefined)
    return refusal(phrases.draftPieces.notDone(STORY, phrases.draftPieces.notDecided))
  const key = actKey(draft.stored, STORY)
  const removed = await takeBackAddition(request, { key, what: 'draft unpublish', details: { draft: slug } })
  if (removed === 'late') return TOO_LATE
  if (removed === 'needed') return refusal(phrases.draftPieces.notDone(STORY, phrases.draftPieces.needed))
  if (removed === 'landed')
    return refusal(phrases.draftPieces.notDone(STORY, phrases.draftPieces.landed(`stories/${slug}`)))
  await pieces.undo(slug, STORY)
  return {
    blocks: [text(...phrases.draftStory.unpublished(slug))],
    buttons: [{ label: phrases.drafts.showDraft, line: draftLine(slug) }],
    parts: [],
    audience: 'caller',
    guide: true,
  }
}

function readWords(
  { flags }: DeskRequest,
  { stored: { slug }, body }: ChatDraft,
): { words: StoryWords } | { refused: Reply } {
  const words = { title: '', status: '', summary: '' }
  for (const field of FIELDS) {
    const value = flags[field]
    words[field] = typeof value === 'string' ? value.replace(/\s+/g, ' ').trim() : ''
    const problem = textProblem(words[field], MAX_STORY_WORDS[field], `--${field}`)
    if (problem) return { refused: problem }
  }
  if (FIELDS.every(field => words[field] !== '')) return { words }
  const example = { title: body.title ?? '', status: '…', summary: '…' }
  const line = `${draftLine(slug, 'publish')} ${formatLine({ args: [], flags: example })}`
  return { refused: refusal(phrases.draftStory.storyNeedsWords(line)) }
}

function preview(
  slug: string,
  words: StoryWords,
  counts: { quotes: number; events: number; people: number },
): Reply {
  const line = `${draftLine(slug, 'publish')} ${formatLine({ args: [], flags: { ...words, confirm: true } })}`
  return {
    blocks: [
      text(...phrases.draftStory.storyPreview(slug, words.title, counts)),
      text({ italic: words.summary }),
      text({ italic: words.status }),
      note(phrases.draftStory.storyLimits),
    ],
    buttons: [{ label: phrases.draftPieces.confirm, line }],
    parts: [],
    audience: 'caller',
    guide: true,
  }
}
