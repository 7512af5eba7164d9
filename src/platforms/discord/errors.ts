import type { DeliveryError } from '../../chat/platform.ts'
import { failureOf, isBeforeSending } from '../failed-request.ts'
import { REFUSALS, REFUSALS_BY_STATUS, REPLY_REFUSALS, type Refusal } from './refusals.ts'

/**
 * Classifies a failed request: whether Discord certainly did not do it, when to try again, and what to tell people. It
 * reads the fields of errors, not their classes, so that it needs no SDK.
 */
export function deliveryError(cause: unknown, request: string, subject: string): DeliveryError {
  const error = (cause ?? {}) as RestError
  const failure = failureOf(`discord: ${request}`, { subject, cause })
  const refusal = refusalOf(error)
  const human = isChange(request) ? (refusal?.edit ?? refusal?.human) : refusal?.human
  if (isRateLimit(error)) {
    const retryInMs = Math.max(error.retryAfter ?? 0, error.timeToReset ?? 0, 1_000)
    return failure('rate limited', { sure: true, retryInMs, human })
  }
  if (typeof error.status === 'number') {
    if (error.status >= 500) return failure(`HTTP ${error.status}`, { sure: false, retryInMs: 10_000 })
    const what = firstLine(error.message) || `HTTP ${error.status}`
    return failure(what, {
      sure: true,
      retryInMs: refusal?.waitMs,
      human,
      deadPlace: refusal?.isDead,
      curable: refusal?.isCurable,
    })
  }
  const code = error.code ?? error.cause?.code
  if (typeof code === 'string') return failure(code, { sure: isBeforeSending(code), retryInMs: 5_000 })
  const what =
    error.name === 'AbortError' ? 'no answer in time' : firstLine(error.message) || 'an unreadable answer'
  return failure(what, { sure: /expected token to be set/i.test(what), retryInMs: 5_000 })
}

const refusalOf = ({ code, status = 0 }: RestError): Refusal | undefined =>
  REFUSALS[Number(code ?? 0)] ?? REFUSALS_BY_STATUS[status]

/** Whether a request changes a message that is there, or its thread. */
const isChange = (request: string) => request.startsWith('PATCH ')

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
