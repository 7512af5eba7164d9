import type { Call } from '../chat/platform.ts'
import { type Reply, refusal } from '../chat/reply.ts'
import { isBreaking, UNPRINTABLE } from '../chat/safe-text.ts'
import { closestNames, type NameIndex, nameIndex } from '../content/names/closest-names.ts'
import { phrases } from '../phrases/phrases.ts'
import { buttonsFor } from './buttons.ts'

/** The longest typed text that helps when repeated in a sentence. */
const MAX_ECHOED = 60

/**
 * Returns what was typed if it may be repeated in the answer. Undefined where others read the answer too (nobody may
 * make the bot say their words), where it is too long to help, and where it would break the sentence.
 */
export function safeEcho(call: Call, typed: string): string | undefined {
  const words = typed.trim()
  const isPrintable = words.length > 0 && words.length <= MAX_ECHOED && !UNPRINTABLE.test(words)
  return call.audience === 'caller' && isPrintable ? words : undefined
}

/** The longest line offered in full, since three of them, which may repeat all that was typed, must fit on a phone. */
const MAX_OFFERED = 120

/** How a line is offered in an answer: in full, or if it is too long, by the word that tells it from the others. */
export const shortOffer = (line: string, word: string): string =>
  line.length <= MAX_OFFERED && !isBreaking(line) ? line : word

/**
 * Refuses an unknown word, offers at most three similar known ones, and says how to see all. Where none is similar, `name`
 * is the part of what was typed that may be one.
 */
export function refuseUnknown(
  call: Call,
  typed: string,
  offer: { known: (NameIndex | string[])[]; lineOf(name: string): string; help: string; name?: string },
): Reply {
  const lists = offer.known.map(list => (Array.isArray(list) ? nameIndex(list) : list))
  const asTyped = closestNames(typed, ...lists)
  const similar =
    asTyped.length === 0 && offer.name !== undefined ? closestNames(offer.name, ...lists) : asTyped
  return {
    ...refusal(
      phrases.help.unknownWord(
        safeEcho(call, typed),
        similar.map(name => shortOffer(offer.lineOf(name), name)),
        offer.help,
      ),
    ),
    notFound: true,
    unread: true,
    buttons: buttonsFor(similar, offer.lineOf),
  }
}

/** The refusal when the store fails before anything was changed. */
export const STORE_UNAVAILABLE = refusal([phrases.everyPlatform.storeUnavailable])

/** The refusal when a change took so long that its caller was already told to try again. */
export const TOO_LATE = refusal([phrases.everyPlatform.changeTooLate])
