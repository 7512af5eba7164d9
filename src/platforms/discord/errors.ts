import { DeliveryError } from '../../chat/platform.ts'
import { phrases } from '../../phrases/phrases.ts'

const discordPhrases = phrases.discord

/** What Discord refuses for good, and what people can do about it. A refusal that is not listed is for good as well. */
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
  50083: discordPhrases.threadArchived,
  160005: discordPhrases.threadLocked,
  30003: discordPhrases.threadFull,
  200000: discordPhrases.blockedByFilter,
  200001: discordPhrases.blockedByFilter,
  40001: discordPhrases.notConnected,
  50014: discordPhrases.notConnected,
}

/** Refusals that pass: for how long to wait. Slow mode, too many edits of an old message, Discord's own overload. */
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
 * What became of a request that failed: whether Discord certainly did not take it, when to try again, and what to tell
 * people. Errors are told apart by what they carry, so that no SDK is needed here.
 */
export function deliveryError(cause: unknown, request: string, subject: string): DeliveryError {
  const error = (cause ?? {}) as RestError
  const made = (what: string, details: { sure: boolean; retryInMs?: number; human?: string }) =>
    new DeliveryError(`discord: ${request}: ${what} (${subject})`, {
      outcome: details.sure ? 'unsent' : 'unknown',
      ...(details.retryInMs !== undefined && { retryInMs: details.retryInMs }),
      ...(details.human !== undefined && { human: details.human }),
      cause,
    })
  if (isRateLimit(error))
    return made('rate limited', {
      sure: true,
      retryInMs: Math.max(error.retryAfter ?? 0, error.timeToReset ?? 0, 1_000),
    })
  if (typeof error.status === 'number') {
    if (error.status >= 500) return made(`HTTP ${error.status}`, { sure: false, retryInMs: 10_000 })
    const code = Number(error.code ?? 0)
    const what = firstLine(error.message) || `HTTP ${error.status}`
    const passing = TEMPORARY_REFUSALS[code]
    if (passing !== undefined) return made(what, { sure: true, retryInMs: passing })
    const human =
      REFUSALS[code] ??
      (error.status === 401
        ? discordPhrases.notConnected
        : error.status === 403
          ? discordPhrases.cannotPost
          : undefined)
    return made(what, { sure: true, ...(human !== undefined && { human }) })
  }
  const code = error.code ?? error.cause?.code
  if (typeof code === 'string') return made(code, { sure: BEFORE_SENDING.has(code), retryInMs: 5_000 })
  const what =
    error.name === 'AbortError'
      ? 'no answer in time'
      : firstLine(error.message) || 'no answer that can be read'
  return made(what, { sure: /expected token to be set/i.test(what), retryInMs: 5_000 })
}

/** Whether Discord only asks to wait. */
export const isRateLimit = (cause: unknown) =>
  typeof (cause as RestError | undefined)?.retryAfter === 'number'

/** The code of a refusal, as Discord numbers them. */
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
