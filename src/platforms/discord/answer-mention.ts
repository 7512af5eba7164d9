import type { Call, Handlers } from '../../chat/platform.ts'
import { type Reply, refusal } from '../../chat/reply.ts'
import { phrases } from '../../phrases/phrases.ts'
import type { Responder } from '../responder.ts'
import type { HeardMessage } from './mention.ts'

/**
 * A reply that we do not understand, such as “thanks”, is met with one sentence, and then with none for an hour in that
 * channel: the person may not have written to us at all.
 */
const TOLD_FOR_MS = 60 * 60_000
const MAX_PLACES = 1_000

/** Creates what answers mentions, replies and direct messages in the place where they were written. */
export function createMentionAnswer(responder: Pick<Responder<unknown>, 'respondInChannel'>) {
  const toldAt = new Map<string, number>()

  function shouldTell({ place, at }: Call): boolean {
    const last = toldAt.get(place)
    if (last !== undefined && at - last < TOLD_FOR_MS) return false
    toldAt.delete(place)
    toldAt.set(place, at)
    if (toldAt.size > MAX_PLACES) toldAt.delete(toldAt.keys().next().value as string)
    return true
  }

  return async (handlers: Handlers, { how, ...incoming }: HeardMessage): Promise<void> => {
    if (how === 'line') return responder.respondInChannel(handlers, incoming)
    if (how === 'unreadable')
      return responder.respondInChannel({ ...handlers, answer: () => ROLE_REPLY }, incoming)
    const answered = await handlers.answer(incoming.call)
    if (answered.refusal && !shouldTell(incoming.call)) return
    const reply: Reply = answered.refusal ? HOW_TO_ASK_REPLY : answered
    await responder.respondInChannel({ ...handlers, answer: () => reply }, incoming)
  }
}

const ROLE_REPLY = refusal([phrases.discord.mentionMeNotMyRole])
const HOW_TO_ASK_REPLY = refusal(phrases.discord.howToAskInReply())
