import { DeliveryError } from '../platform.ts'

const PERMISSIONS =
  'Give nutgraf the permissions View Channel, Send Messages and Embed Links, then try again.'
const NO_POST = `I can’t post in this channel. ${PERMISSIONS}`
const GONE = 'That message can’t be changed any more.'
const DELETED = 'The message was deleted.'
const FULL = 'This thread or channel takes no more messages.'
const DRAWN = 'Discord did not take this answer. It has been logged.'
const TOKEN = 'nutgraf is no longer connected to Discord. Whoever runs it has to renew its token.'

/** What Discord refuses for good, and what people can do about it. A refusal that is not listed is for good as well. */
const REFUSALS: Record<number, string> = {
  10003: NO_POST,
  10004: 'nutgraf is not on this server any more. Invite it again.',
  10008: DELETED,
  50001: NO_POST,
  50013: NO_POST,
  50005: GONE,
  50006: DRAWN,
  50035: DRAWN,
  50007: 'I can’t write to that person: their settings do not allow it.',
  50008: 'This kind of channel takes no messages.',
  50024: 'This kind of channel takes no messages.',
  50083: 'This thread is archived, so I can’t post here.',
  160005: 'This thread is locked, so I can’t post here.',
  30003: FULL,
  200000: 'A filter of this server keeps this answer out.',
  200001: 'A filter of this server keeps this answer out.',
  40001: TOKEN,
  50014: TOKEN,
}

/** Refusals that pass: for how long to wait. Slow mode, too many edits of an old message, Discord's own overload. */
const PASSING: Record<number, number> = {
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
    const passing = PASSING[code]
    if (passing !== undefined) return made(what, { sure: true, retryInMs: passing })
    const human =
      REFUSALS[code] ?? (error.status === 401 ? TOKEN : error.status === 403 ? NO_POST : undefined)
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
export const codeOf = (cause: unknown): number => Number((cause as RestError | undefined)?.code ?? 0)

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
