import { type Call, platformOf } from '../../chat/platform.ts'
import { type Reply, refusal } from '../../chat/reply.ts'
import { phrases } from '../../phrases/phrases.ts'
import type { Delivery } from '../../store/delivery.ts'
import { StoreError } from '../../store/engine.ts'
import type { CommandContext, DeskRequest } from '../context.ts'
import { STORE_UNAVAILABLE } from '../refusals.ts'

/** After this long whoever asked has been told to try again, so nothing may happen any more. */
const TOO_LATE_MS = 2_200

/** Whether it is too late to change anything. */
export const isTooLate = ({ began }: DeskRequest): boolean => performance.now() - began > TOO_LATE_MS

/** Runs an editor's verb. Without a bot that runs it says so; and when memory fails, too. */
export async function runInDeskContext(
  context: CommandContext,
  call: Call,
  asked: Pick<DeskRequest, 'commandLine' | 'args' | 'flags'>,
  run: (ask: DeskRequest) => Reply | Promise<Reply>,
): Promise<Reply> {
  const { desk } = context
  if (!desk) return refusal([phrases.desk.needsBot])
  try {
    const began = performance.now()
    return await run({ context, library: context.library(), desk, call, ...asked, began })
  } catch (cause) {
    if (!(cause instanceof StoreError)) throw cause
    desk.log.error({ err: cause, place: call.place }, 'desk: the store failed')
    return STORE_UNAVAILABLE
  }
}

/** Writes down what an editor does; the log of the process has its hash too, so that a log written anew is found. */
export async function logAction(
  { desk, call }: DeskRequest,
  what: string,
  details: Record<string, unknown>,
): Promise<void> {
  const { number, hash } = await desk.store.editorLog.append({
    who: call.caller.id,
    place: call.place,
    what,
    details,
  })
  desk.log.info({ number, hash, who: call.caller.id, what }, 'desk: an editor acted')
}

/** Something to change, in three steps: written down that it is done, done, and where that failed, written down too. */
export async function logThenDo<T>(
  ask: DeskRequest,
  what: string,
  details: Record<string, unknown>,
  work: () => Promise<T>,
): Promise<T> {
  await logAction(ask, what, details)
  try {
    return await work()
  } catch (cause) {
    await logAction(ask, `${what} failed`, details).catch(again =>
      ask.desk.log.error({ err: again }, 'desk: a failure could not be written down'),
    )
    throw cause
  }
}

/** Makes what was written down take effect. What fails here is in effect a little later all the same. */
export async function tryApplyChanges({ desk }: DeskRequest): Promise<void> {
  try {
    await desk.applyChanges()
  } catch (cause) {
    desk.log.error({ err: cause }, 'desk: a change is not in effect yet')
  }
}

/** How many messages stand on each platform; those of which nobody knows whether they do are told apart. */
export function countMessages(all: Delivery[]) {
  const standing = all.filter(({ state }) => state !== 'doubt')
  const groups = [...Map.groupBy(standing, ({ place }) => platformOf(place))]
  return {
    on: groups.map(([name, some]): [string, number] => [name, some.length]),
    doubt: all.length - standing.length,
  }
}
