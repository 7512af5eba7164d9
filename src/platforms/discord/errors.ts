import { DeliveryError } from '../../chat/platform.ts'
import { phrases } from '../../phrases/phrases.ts'

const discordPhrases = phrases.discord

/**
 * Refusals that never change by waiting, with what people can do. A refusal that is not listed is permanent as well.
 */
const REFUSALS: Record<number, string> = {
  10003: discordPhrases.cannotPost,
  10004: discordPhrases.botNotOnServer,
  10008: phrases.everyPlatform.messageDeleted,
  50001: discordPhrases.cannotPost,
  50013: discordPhrases.cannotPost,
  50005: phrases.everyPlatform.messageNotEditable,
  50006: discordPhrases.rejected,
  50035: discordPhrases.rejected,
  50007: discordPhrases.cannotWriteToThem,
  50008: discordPhrases.takesNoMessages,
  50024: discordPhrases.takesNoMessages,
  50074: discordPhrases.takesNoMessages,
  50083: discordPhrases.threadArchived,
  160002: discordPhrases.cannotReply,
  160005: discordPhrases.threadLocked,
  30003: discordPhrases.threadFull,
  200000: discordPhrases.blockedByFilter,
  200001: discordPhrases.blockedByFilter,
  40001: discordPhrases.notConnected,
  50014: discordPhrases.notConnected,
}

/** Refusals after which nothing can be posted in the place any more: it is gone or archived, or the bot was removed. */
const DEAD_PLACES = [10003, 10004, 50001, 50083]

/** Refusals of a reply that may be about the message that it replies to alone. */
const REPLY_REFUSALS = [10008, 50024, 50074, 160002]

/** Refusals that pass, and how long to wait: slow mode, too many edits of an old message, Discord's own overload. */
const TEMPORARY_REFUSALS: Record<number, number> = {
  20016: 60_000,
  20028: 60_000,
  30046: 3_600_000,
  40062: 60_000,
  130000: 60_000,
}

/** Failures of the network before a single byte of the request went out. */
const BEFORE_SENDING = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
])

/**
 * Classifies a failed request: whether Discord certainly did not do it, when to try again, and what to tell people. It
 * reads the fields of errors, not their classes, so that it needs no SDK.
 */
export function deliveryError(cause: unknown, request: string, subject: string): DeliveryError {
  const error = (cause ?? {}) as RestError
  const failure = (
    what: string,
    {
      sure,
      retryInMs,
      human,
      deadPlace,
    }: { sure: boolean; retryInMs?: number; human?: string; deadPlace?: boolean },
  ) =>
    new DeliveryError(`discord: ${request}: ${what} (${subject})`, {
      outcome: sure ? 'unsent' : 'unknown',
      retryInMs,
      human,
      deadPlace,
      cause,
    })
  if (isRateLimit(error))
    return failure('rate limited', {
      sure: true,
      retryInMs: Math.max(error.retryAfter ?? 0, error.timeToReset ?? 0, 1_000),
    })
  if (typeof error.status === 'number') {
    if (error.status >= 500) return failure(`HTTP ${error.status}`, { sure: false, retryInMs: 10_000 })
    const code = Number(error.code ?? 0)
    const what = firstLine(error.message) || `HTTP ${error.status}`
    const waitMs = TEMPORARY_REFUSALS[code]
    if (waitMs !== undefined) return failure(what, { sure: true, retryInMs: waitMs })
    const human =
      REFUSALS[code] ??
      (error.status === 401
        ? discordPhrases.notConnected
        : error.status === 403
          ? discordPhrases.cannotPost
          : undefined)
    return failure(what, { sure: true, human, deadPlace: DEAD_PLACES.includes(code) })
  }
  const code = error.code ?? error.cause?.code
  if (typeof code === 'string') return failure(code, { sure: BEFORE_SENDING.has(code), retryInMs: 5_000 })
  const what =
    error.name === 'AbortError' ? 'no answer in time' : firstLine(error.message) || 'an unreadable answer'
  return failure(what, { sure: /expected token to be set/i.test(what), retryInMs: 5_000 })
}

/**
 * Whether a reply was refused because of the message that it replies to, and may be posted without it: a reply needs the
 * permission Read Message History, for example. Of a refusal that we do not know, trying is the way to find out.
 */
export function isReplyRefused({ outcome, retryInMs, cause }: DeliveryError): boolean {
  const { status = 0, code, message = '' } = (cause ?? {}) as RestError
  if (outcome !== 'unsent' || retryInMs !== undefined || status < 400 || status === 401) return false
  const known = Number(code ?? 0)
  return REPLY_REFUSALS.includes(known) || !(known in REFUSALS) || /message_reference/.test(message)
}

/** Whether Discord only asks us to wait. */
export const isRateLimit = (cause: unknown) =>
  typeof (cause as RestError | undefined)?.retryAfter === 'number'

/** Reads Discord's code of a refusal; 0 where it has none. */
export const discordErrorCode = (cause: unknown): number =>
  Number((cause as RestError | undefined)?.code ?? 0)

const firstLine = (message = '') => message.split('\n')[0]!.trim()

type RestError = {
  name?: string
  message?: string
  code?: unknown
  status?: number
  retryAfter?: number
  timeToReset?: number
  cause?: { code?: unknown }
}
