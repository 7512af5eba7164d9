import { setTimeout as sleep } from 'node:timers/promises'
import type { MessageRef } from '../../chat/platform.ts'
import { type Reply, refusal, text } from '../../chat/reply.ts'
import { phrases } from '../../phrases/phrases.ts'
import type { DigestRequest } from '../context.ts'
import { STORE_UNAVAILABLE } from '../refusals.ts'
import { platformOfCall } from './run.ts'

/**
 * By then the caller has been told to try again, so nothing may be changed any more: platforms wait 3 s for an answer.
 */
const TOO_LATE_MS = 2_300
const RETRACT_DELAYS_MS = [3_000, 15_000, 60_000]

const NOT_STORED = {
  blocks: [text(phrases.digest.saveFailed)],
  parts: [],
  audience: 'place' as const,
}
const RETRACTED = {
  ...NOT_STORED,
  blocks: [text(phrases.digest.savedTooLate)],
}

/**
 * Changes something that a place receives, and announces it there. The bot first posts the confirmation, stores the
 * change only once that has worked, and edits the confirmation if storing fails. `textIfNotPosted` is for changes that
 * are also allowed where the bot cannot post: then only the caller is told. `store` resolves with a new confirmation if
 * the posted one is no longer right.
 */
export async function announceThenStore(
  request: DigestRequest,
  change: {
    name: string
    confirmation: Reply
    store(): Promise<Reply | undefined>
    textIfNotPosted?: string
  },
): Promise<Reply> {
  const { digests, call, commandLine } = request
  if (performance.now() - request.began > TOO_LATE_MS) return refusal([phrases.everyPlatform.changeTooLate])
  const key = `${commandLine} ${change.name} ${call.caller.id} ${call.at}`
  const posted = await digests.publish({ ...call, audience: 'place' }, change.confirmation, { key })

  if ('problem' in posted) {
    if (change.textIfNotPosted === undefined) {
      if (posted.unclear !== undefined) void retract(request, posted.unclear)
      return notPostedReply(posted.problem)
    }
    await change.store()
    return { blocks: [text(change.textIfNotPosted)], parts: [], audience: call.audience }
  }

  try {
    const newConfirmation = await change.store()
    if (newConfirmation) await editMessage(request, posted.message, newConfirmation)
  } catch (cause) {
    digests.log.error({ err: cause, place: call.place }, 'digest: a confirmed change could not be stored')
    await editMessage(request, posted.message, NOT_STORED)
    return STORE_UNAVAILABLE
  }
  return {
    blocks: [text(phrases.digest.done)],
    parts: [],
    audience: call.audience,
  }
}

/** Says why the confirmation could not be posted, and that nothing was changed. */
function notPostedReply(problem: Reply): Reply {
  const [first, ...others] = problem.blocks
  const blocks =
    first?.kind === 'text'
      ? [text(...first.text, ` ${phrases.digest.nothingChanged}`), ...others]
      : problem.blocks
  return { ...problem, blocks, refusal: true }
}

async function editMessage(
  { digests, ...request }: DigestRequest,
  message: MessageRef,
  reply: Reply,
): Promise<void> {
  try {
    await platformOfCall({ digests, ...request })?.edit(message, reply)
  } catch (cause) {
    digests.log.error({ err: cause, place: message.place }, 'digest: a confirmation could not be corrected')
  }
}

/** Takes back a confirmation that may have been posted, of a change that was not made: looks for it and edits it. */
async function retract(request: DigestRequest, key: string): Promise<void> {
  const { digests, call } = request
  const platform = platformOfCall(request)
  for (const delayMs of digests.retractDelaysMs ?? RETRACT_DELAYS_MS) {
    await sleep(delayMs, undefined, { ref: false })
    try {
      const message = await platform?.findPost(call.place, key, { since: call.at })
      if (!message) continue
      await platform?.edit(message, RETRACTED)
      return
    } catch (cause) {
      digests.log.warn(
        { err: cause, place: call.place },
        'digest: could not yet take back a confirmation that may have been posted',
      )
    }
  }
}
