import type { DeliveryError } from '../../../chat/platform.ts'
import { phrases } from '../../../phrases/phrases.ts'
import { failureOf, isBeforeSending } from '../../failed-request.ts'
import { REFUSALS } from './table.ts'

/** Slack's codes for a message that is gone: of one to reply to, its documentation names either. */
const MISSING_MESSAGES = new Set(['message_not_found', 'thread_not_found'])

const UNREADABLE = 'an unreadable answer'

/**
 * Classifies a failed call of the Web API: whether Slack certainly did not do it, when to try again, and what to tell
 * people. It reads the documented codes of errors, so that it needs no SDK.
 */
export function deliveryError(cause: unknown, method: string, subject: string): DeliveryError {
  const error = (cause ?? {}) as WebError
  const failure = failureOf(`slack: ${method}`, { subject, cause })
  switch (error.code) {
    case 'slack_webapi_platform_error': {
      const code = error.data?.error ?? ''
      // For an answer that is not JSON, such as a proxy's page, web-api throws an error whose code is that page.
      if (!/^\w+$/.test(code)) return failure(UNREADABLE, { sure: false, retryInMs: 10_000 })
      const { unsure, retryInMs, deadPlace, final } = REFUSALS[code] ?? {}
      if (retryInMs !== undefined) return failure(code, { sure: !unsure, retryInMs })
      const human = sentenceFor(code, method, subject)
      return failure(code, { sure: true, human, deadPlace, curable: method === 'chat.update' && !final })
    }
    case 'slack_webapi_rate_limited_error':
      return failure('ratelimited', { sure: true, retryInMs: (error.retryAfter ?? 30) * 1000 })
    case 'slack_webapi_http_error': {
      const status = error.statusCode ?? 0
      const sure = status >= 400 && status < 500
      return failure(`HTTP ${status}`, { sure, retryInMs: sure ? 60_000 : 10_000 })
    }
    case 'slack_webapi_request_error': {
      const { original } = error
      const code = original?.cause?.code ?? original?.code
      const what = typeof code === 'string' ? code : (original?.name ?? 'no answer')
      return failure(what, { sure: isBeforeSending(what), retryInMs: 5_000 })
    }
    default: {
      // web-api throws a bare Error for a 429 that does not say how long to wait.
      const limited = /retry header/i.test(error.message ?? '')
      return failure(limited ? 'ratelimited' : UNREADABLE, {
        sure: limited,
        retryInMs: 30_000,
      })
    }
  }
}

/** Says why Slack refused for good, and what to do. */
function sentenceFor(code: string, method: string, subject: string): string {
  // Of a post, only the message that it replies to can be missing.
  if (method === 'chat.postMessage' && MISSING_MESSAGES.has(code)) return phrases.everyPlatform.messageDeleted
  const { post, edit } = REFUSALS[code] ?? {}
  // Nobody can be invited to a conversation between two people.
  if (post === phrases.slack.invite && /\/D[A-Z0-9]*$/.test(subject)) return phrases.slack.cannotWriteThere
  return (method === 'chat.update' ? edit : post) ?? phrases.slack.refused(code)
}

/**
 * Whether a reply was refused because of its thread, and may be posted as a message of its own: the channel has no
 * threads, for example. Of a refusal that we do not know, trying is the way to find out.
 */
export function isThreadRefused(error: DeliveryError): boolean {
  const code = slackErrorCode(error)
  return code !== undefined && (REFUSALS[code]?.ofThread || !Object.hasOwn(REFUSALS, code)) && isFinal(error)
}

/** Whether a message that a request needs is gone. */
export const isMessageMissing = (error: DeliveryError): boolean =>
  MISSING_MESSAGES.has(slackErrorCode(error) ?? '')

const isFinal = ({ outcome, retryInMs }: DeliveryError) => outcome === 'unsent' && retryInMs === undefined

const slackErrorCode = ({ cause }: DeliveryError): string | undefined =>
  (cause as WebError | undefined)?.data?.error

type WebError = {
  code?: unknown
  message?: string
  data?: { error?: string }
  retryAfter?: number
  statusCode?: number
  original?: { name?: string; code?: unknown; cause?: { code?: unknown } }
}
