import { DeliveryError } from '../chat/platform.ts'

/** Failures of the network before a single byte of the request went out. */
const BEFORE_SENDING = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
])

/** Whether a failure of the network, such as `ECONNREFUSED`, came before anything of the request was sent. */
export const isBeforeSending = (code: string) => BEFORE_SENDING.has(code)

/** How a request failed; `sure` where the platform certainly did not do it. The rest is as in a `DeliveryError`. */
type Failure = {
  sure: boolean
  retryInMs?: number
  human?: string
  deadPlace?: boolean
  curable?: boolean
}

/**
 * Returns a function that makes the error of one failed request. Its message names the request (`slack: chat.update`),
 * what happened, and the subject that the request was about.
 */
export const failureOf =
  (request: string, { subject, cause }: { subject: string; cause: unknown }) =>
  (what: string, { sure, ...details }: Failure): DeliveryError =>
    new DeliveryError(`${request}: ${what} (${subject})`, {
      outcome: sure ? 'unsent' : 'unknown',
      ...details,
      cause,
    })
