import { type Call, platformOf } from '../../chat/platform.ts'
import { type Reply, refusal } from '../../chat/reply.ts'
import { phrases } from '../../phrases/phrases.ts'
import type { Delivery } from '../../store/delivery.ts'
import type { LoggedAction } from '../../store/editor-log.ts'
import { StoreError } from '../../store/engine.ts'
import type { CommandContext, DeskRequest } from '../context.ts'
import { STORE_UNAVAILABLE } from '../refusals.ts'

/**
 * By then the editor has been told to try again, so nothing may be changed any more: platforms wait 3 s for an answer.
 */
const TOO_LATE_MS = 2_200

/** Whether it is too late to change anything. */
export const isTooLate = ({ began }: DeskRequest): boolean => performance.now() - began > TOO_LATE_MS

/** Runs an editor's verb; refuses it without a running bot and when the store fails. */
export async function runInDeskContext<T = Reply>(
  context: CommandContext,
  call: Call,
  line: Pick<DeskRequest, 'commandLine' | 'args' | 'flags'>,
  run: (request: DeskRequest) => T | Promise<T>,
): Promise<T | Reply> {
  const { desk } = context
  if (!desk) return refusal([phrases.desk.needsBot])
  try {
    const began = performance.now()
    return await run({ context, library: context.library(), desk, call, ...line, began })
  } catch (cause) {
    if (!(cause instanceof StoreError)) throw cause
    desk.log.error({ err: cause, place: call.place }, 'desk: the store failed')
    return STORE_UNAVAILABLE
  }
}

/**
 * Records an action in the editors' log. The hash of the entry also goes to the process log, so that a rewritten
 * editors' log is detected.
 */
export async function logAction(
  { desk, call }: DeskRequest,
  what: string,
  details: Record<string, unknown>,
): Promise<void> {
  const entry = await desk.store.editorLog.append({
    who: call.caller.id,
    place: call.place,
    what,
    details,
  })
  logEntry({ desk }, entry)
}

/** Notes the hash of an entry of the editors' log in the process log. */
export const logEntry = (
  { desk }: Pick<DeskRequest, 'desk'>,
  { number, hash, who, what }: Pick<LoggedAction, 'number' | 'hash' | 'who' | 'what'>,
): void => desk.log.info({ number, hash, who, what }, 'desk: logged an action of an editor')

/** Records a change in the editors' log, makes it and, if that fails, records the failure too. */
export async function logThenDo<T>(
  request: DeskRequest,
  what: string,
  details: Record<string, unknown>,
  work: () => Promise<T>,
): Promise<T> {
  await logAction(request, what, details)
  try {
    return await work()
  } catch (cause) {
    await logAction(request, `${what} failed`, details).catch(logCause =>
      request.desk.log.error({ err: logCause }, 'desk: could not log that an action failed'),
    )
    throw cause
  }
}

/** Makes stored changes take effect now. If that fails, they take effect a little later all the same. */
export async function tryApplyChanges({ desk }: DeskRequest): Promise<void> {
  try {
    await desk.applyChanges()
  } catch (cause) {
    desk.log.error({ err: cause }, 'desk: a change is not in effect yet')
  }
}

/** Counts messages by platform; those in doubt, which may not have been posted, are counted separately. */
export function countMessages(messages: Delivery[]) {
  const posted = messages.filter(({ state }) => state !== 'doubt')
  const groups = [...Map.groupBy(posted, ({ place }) => platformOf(place))]
  return {
    on: groups.map(([platform, group]): [string, number] => [platform, group.length]),
    doubt: messages.length - posted.length,
  }
}
