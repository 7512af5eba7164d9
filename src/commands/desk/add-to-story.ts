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
  const { desk, call } = request
  const { key, what, details, entries, files, alongside } = addition
  if (await desk.store.documents.isKnown(key)) return { outcome: 'known' }
  const problems = await desk.problemsWith({ entries, files })
  if (problems.length > 0) return { outcome: 'broken', problems }
  if (isTooLate(request)) return { outcome: 'late' }
  const outcome = await logThenDo(request, what, details, () =>
    desk.store.documents.add({ key, who: call.caller.id, at: call.at, entries, files }, alongside),
  )
  if (outcome === 'added') await tryApplyChanges(request)
  // What was logged above did not happen: somebody else did it first.
  else await logAction(request, `${what} failed`, { key })
  return { outcome }
}

/** Takes back what an act added, unless it was pulled into the files: there it is taken out by hand. */
export async function takeBackAddition(
  request: DeskRequest,
  { key, what, details, alongside }: Pick<Addition, 'key' | 'what' | 'details' | 'alongside'>,
): Promise<RemoveOutcome | 'late'> {
  if (isTooLate(request)) return 'late'
  const outcome = await logThenDo(request, what, details, () =>
    request.desk.store.documents.removeEntry(key, alongside),
  )
  if (outcome === 'removed') await tryApplyChanges(request)
  else await logAction(request, `${what} failed`, { key })
  return outcome
}
