import type { Alongside, NewEntry, NewFile, RemoveOutcome } from '../../store/documents/documents.ts'
import type { DeskRequest } from '../context.ts'
import { isTooLate, logAction, logThenDo, tryApplyChanges } from './run.ts'

/**
 * What an editor adds to one story at once, completely or not at all: entries for its lists and whole files. `key` is the
 * unique id of the act, so that a second click adds nothing. `what` and `details` are for the editors' log.
 */
export type Addition = {
  key: string
  what: string
  details: Record<string, unknown>
  entries?: NewEntry[]
  files?: NewFile[]
  /** What changes in the same transaction. */
  alongside?: Alongside
}

/**
 * What became of it. `known`: this act was done before. `taken`: another act has added a file of that name. `late`: there
 * was no time left, and nothing was done. `broken`: the story would fail its check, so nothing was done.
 */
export type AdditionResult =
  | { outcome: 'added' | 'known' | 'taken' | 'refused' | 'late' }
  | { outcome: 'broken'; problems: string[] }

/**
 * Adds to a story: checks it as it would be, logs the act, stores it, and puts it in use. The story's files stay as they
 * are; what is stored is laid over them until somebody pulls it.
 */
export function addToStory(request: DeskRequest, addition: Addition): Promise<AdditionResult> {
  // One after the other: the second of two clicks finds what the first one did, and each check sees what stands then.
  const result = queue.then(() => add(request, addition))
  queue = result.catch(() => {})
  return result
}

let queue: Promise<unknown> = Promise.resolve()

async function add(request: DeskRequest, addition: Addition): Promise<AdditionResult> {
  const { desk } = request
  const { key, what, details } = addition
  if (await desk.store.documents.isKnown(key)) return { outcome: 'known' }
  const checked = await checkAddition(request, addition)
  if ('outcome' in checked) return checked
  if (isTooLate(request)) return { outcome: 'late' }
  const { result } = await logThenDo(request, what, details, () =>
    addChecked(request, addition, checked.seen),
  )
  if (result.outcome === 'added') await tryApplyChanges(request)
  // What was logged above did not happen: somebody else did it first.
  else await logAction(request, `${what} failed`, { key })
  return result
}

/** Checks a story with an addition; gives the version of the documents with which it passes. */
export async function checkAddition(
  { desk }: DeskRequest,
  { entries, files }: Pick<Addition, 'entries' | 'files'>,
): Promise<{ seen: number } | { outcome: 'broken'; problems: string[] }> {
  const seen = await desk.refreshDocuments()
  const problems = await problemsOf({ desk }, { entries, files })
  return problems.length > 0 ? { outcome: 'broken', problems } : { seen }
}

/** The problems that a story would have with an addition, as people read them: files by their names in the content folder. */
export async function problemsOf(
  { desk }: Pick<DeskRequest, 'desk'>,
  added: Pick<Addition, 'entries' | 'files'>,
): Promise<string[]> {
  const folder = `${desk.contentDir.replace(/[/\\]+$/, '')}/`
  return (await desk.problemsWith(added)).map(problem => problem.replaceAll(folder, ''))
}

/**
 * Stores an addition that was checked with a version of the documents. Where another process has changed them since, it
 * is checked again: two additions that each fit may not fit together. Gives the version after it.
 */
export async function addChecked(
  request: DeskRequest,
  { key, entries = [], files = [], alongside }: Omit<Addition, 'what' | 'details'>,
  seen: number,
): Promise<{ result: AdditionResult; seen: number }> {
  const { desk, call } = request
  const act = { key, who: call.caller.id, at: call.at, entries, files }
  const outcome = await desk.store.documents.add({ ...act, seen }, alongside)
  if (outcome === 'added') return { result: { outcome }, seen: seen + entries.length + files.length }
  if (outcome !== 'stale') return { result: { outcome }, seen }
  const checked = await checkAddition(request, { entries, files })
  if ('outcome' in checked) return { result: checked, seen }
  if (isTooLate(request)) return { result: { outcome: 'late' }, seen }
  return addChecked(request, { key, entries, files, alongside }, checked.seen)
}

/**
 * Takes back what an act added, unless it was pulled into the files: there it is taken out by hand. `needed`: something
 * else rests on it, and the story would fail its check without it.
 */
export async function takeBackAddition(
  request: DeskRequest,
  addition: Pick<Addition, 'key' | 'what' | 'details' | 'alongside'>,
): Promise<Exclude<RemoveOutcome, 'stale'> | 'late' | 'needed'> {
  const { desk } = request
  const { key, what, details, alongside } = addition
  const seen = await desk.refreshDocuments()
  if ((await desk.problemsWithout([key])).length > 0) return 'needed'
  if (isTooLate(request)) return 'late'
  const outcome = await logThenDo(request, what, details, () =>
    desk.store.documents.removeEntry(key, alongside, seen),
  )
  if (outcome === 'removed') await tryApplyChanges(request)
  else await logAction(request, `${what} failed`, { key })
  // Another process added something meanwhile, which may rest on this.
  return outcome === 'stale' ? takeBackAddition(request, addition) : outcome
}
