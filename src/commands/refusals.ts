import type { Call } from '../chat/platform.ts'
import { type Reply, refusal } from '../chat/reply.ts'
import { isBreaking, UNPRINTABLE } from '../chat/safe-text.ts'
import { closestNames, type NameIndex, nameIndex } from '../content/closest-names.ts'
import { phrases } from '../phrases/phrases.ts'
import { buttonsFor } from './buttons.ts'

const MAX_ECHOED = 60

/**
 * What was typed, to be repeated to whoever typed it; undefined where others read the answer too (nobody may make the
 * bot say their words), where it is too long to help, and where it would break the sentence.
 */
export function safeEcho(call: Call, typed: string): string | undefined {
  const words = typed.trim()
  const fit = words.length > 0 && words.length <= MAX_ECHOED && !UNPRINTABLE.test(words)
  return call.audience === 'caller' && fit ? words : undefined
}

/** A phone has no room for more than these lines of so many letters each, which may repeat whatever else was typed. */
const MAX_OFFERED = 120

/** A line as it is offered in an answer; one that is too long by the word that tells it from others. */
export const shortOffer = (line: string, word: string): string =>
  line.length <= MAX_OFFERED && !isBreaking(line) ? line : word

/** Says that a word is not known, offers at most three that are, and how to see all. */
export function refuseUnknown(
  call: Call,
  typed: string,
  offer: { known: (NameIndex | string[])[]; lineOf(name: string): string; help: string },
): Reply {
  const lists = offer.known.map(list => (Array.isArray(list) ? nameIndex(list) : list))
  const near = closestNames(typed, ...lists)
  return {
    ...refusal(
      phrases.help.unknownWord(
        safeEcho(call, typed),
        near.map(name => shortOffer(offer.lineOf(name), name)),
        offer.help,
      ),
    ),
    notFound: true,
    buttons: buttonsFor(near, offer.lineOf),
  }
}

/** What is said when the store fails before anything was changed. */
export const STORE_UNAVAILABLE = refusal([phrases.everyPlatform.storeUnavailable])

/** What is said then. */
export const TOO_LATE = refusal([phrases.everyPlatform.changeTooLate])
