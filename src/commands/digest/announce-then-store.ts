import { setTimeout as sleep } from 'node:timers/promises'
import type { MessageRef } from '../../chat/platform.ts'
import { type Reply, refusal, text } from '../../chat/reply.ts'
import { phrases } from '../../phrases/phrases.ts'
import type { DigestRequest } from '../context.ts'
import { STORE_UNAVAILABLE } from '../refusals.ts'
import { platformOfCall } from './run.ts'

/** After this long whoever asked has been told to try again, so nothing may happen any more. */
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
 * Changes something that a place receives, and says so there. First the bot itself posts the confirmation; only when
 * that has worked is the change stored; and when storing fails, the confirmation is taken back. `anyway` is for what
 * may also be changed where the bot cannot post: then only its caller is told.
 */
export async function announceThenStore(
  ask: DigestRequest,
  change: { name: string; says: Reply; store(): Promise<Reply | undefined>; anyway?: string },
): Promise<Reply> {
  const { digests, call, commandLine } = ask
  if (performance.now() - ask.began > TOO_LATE_MS) return refusal([phrases.everyPlatform.changeTooLate])
  const key = `${commandLine} ${change.name} ${call.caller.id} ${call.at}`
  const posted = await digests.publish({ ...call, audience: 'place' }, change.says, { key })

  if ('problem' in posted) {
    if (change.anyway === undefined) {
      if (posted.unclear !== undefined) void retract(ask, posted.unclear)
      return notPostedReply(posted.problem)
    }
    await change.store()
    return { blocks: [text(change.anyway)], parts: [], audience: call.audience }
  }

  try {
    const now = await change.store()
    // What was true when it was posted may have moved on meanwhile.
    if (now) await editMessage(ask, posted.message, now)
  } catch (cause) {
    digests.log.error({ err: cause, place: call.place }, 'digest: a confirmed change could not be stored')
    await editMessage(ask, posted.message, NOT_STORED)
    return STORE_UNAVAILABLE
  }
  return {
    blocks: [text(phrases.digest.done)],
    parts: [],
    audience: call.audience,
  }
}

/** Why it could not be posted, and that nothing was changed. */
function notPostedReply(problem: Reply): Reply {
  const [first, ...others] = problem.blocks
  const blocks =
    first?.kind === 'text'
      ? [text(...first.text, ` ${phrases.digest.nothingChanged}`), ...others]
      : problem.blocks
  return { ...problem, blocks, refusal: true }
}

async function editMessage(
  { digests, ...ask }: DigestRequest,
  message: MessageRef,
  reply: Reply,
): Promise<void> {
  try {
    await platformOfCall({ digests, ...ask })?.edit(message, reply)
  } catch (cause) {
    digests.log.error({ err: cause, place: message.place }, 'digest: a confirmation could not be corrected')
  }
}

/** A confirmation that perhaps was posted, of a change that was not made, must not stand there. */
async function retract(ask: DigestRequest, key: string): Promise<void> {
  const { digests, call } = ask
  for (const pause of digests.retractDelaysMs ?? RETRACT_DELAYS_MS) {
    await sleep(pause, undefined, { ref: false })
    try {
      const found = await platformOfCall(ask)?.findPost(call.place, key, { since: call.at })
      if (!found) continue
      await platformOfCall(ask)?.edit(found, RETRACTED)
      return
    } catch (cause) {
      digests.log.warn({ err: cause, place: call.place }, 'digest: a confirmation in doubt was not found yet')
    }
  }
}
