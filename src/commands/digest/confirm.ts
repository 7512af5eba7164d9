import { setTimeout as sleep } from 'node:timers/promises'
import type { MessageRef } from '../../chat/platform.ts'
import { type Reply, refusal, text } from '../../chat/reply.ts'
import { phrases } from '../../phrases/phrases.ts'
import type { DigestAsk } from '../context.ts'
import { NO_MEMORY } from '../refusals.ts'
import { platformAt } from './run.ts'

/** After this long whoever asked has been told to try again, so nothing may happen any more. */
const TOO_LATE_MS = 2_300
const RETRACT_MS = [3_000, 15_000, 60_000]

const UNDONE = {
  blocks: [text(phrases.digest.notWrittenDown)],
  parts: [],
  audience: 'place' as const,
}
const RETRACTED = {
  ...UNDONE,
  blocks: [text(phrases.digest.cameTooLate)],
}

/**
 * Changes something that a place receives, and says so there. First the bot itself posts the confirmation; only when
 * that has worked is the change stored; and when storing fails, the confirmation is taken back. `anyway` is for what
 * may also be changed where the bot cannot post: then only its caller is told.
 */
export async function confirmed(
  ask: DigestAsk,
  change: { name: string; says: Reply; store(): Promise<Reply | undefined>; anyway?: string },
): Promise<Reply> {
  const { desk, call, head } = ask
  if (performance.now() - ask.began > TOO_LATE_MS) return refusal([phrases.asked.tooLate])
  const key = `${head} ${change.name} ${call.caller.id} ${call.at}`
  const posted = await desk.publish({ ...call, audience: 'place' }, change.says, { key })

  if ('problem' in posted) {
    if (change.anyway === undefined) {
      if (posted.unclear !== undefined) void retract(ask, posted.unclear)
      return unchanged(posted.problem)
    }
    await change.store()
    return { blocks: [text(change.anyway)], parts: [], audience: call.audience }
  }

  try {
    const now = await change.store()
    // What was true when it was posted may have moved on meanwhile.
    if (now) await edited(ask, posted.message, now)
  } catch (cause) {
    desk.log.error({ err: cause, place: call.place }, 'digest: a confirmed change could not be stored')
    await edited(ask, posted.message, UNDONE)
    return NO_MEMORY
  }
  return {
    blocks: [text(phrases.digest.done)],
    parts: [],
    audience: call.audience,
  }
}

/** Why it could not be posted, and that nothing was changed. */
function unchanged(problem: Reply): Reply {
  const [first, ...others] = problem.blocks
  const blocks =
    first?.kind === 'text'
      ? [text(...first.text, ` ${phrases.digest.nothingChanged}`), ...others]
      : problem.blocks
  return { ...problem, blocks, refusal: true }
}

async function edited({ desk, ...ask }: DigestAsk, message: MessageRef, reply: Reply): Promise<void> {
  try {
    await platformAt({ desk, ...ask })?.edit(message, reply)
  } catch (cause) {
    desk.log.error({ err: cause, place: message.place }, 'digest: a confirmation could not be corrected')
  }
}

/** A confirmation that perhaps was posted, of a change that was not made, must not stand there. */
async function retract(ask: DigestAsk, key: string): Promise<void> {
  const { desk, call } = ask
  for (const pause of desk.retractMs ?? RETRACT_MS) {
    await sleep(pause, undefined, { ref: false })
    try {
      const found = await platformAt(ask)?.find(call.place, key, { since: call.at })
      if (!found) continue
      await platformAt(ask)?.edit(found, RETRACTED)
      return
    } catch (cause) {
      desk.log.warn({ err: cause, place: call.place }, 'digest: a confirmation in doubt was not found yet')
    }
  }
}
