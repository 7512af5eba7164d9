import { DeliveryError, type Place } from '../../chat/platform.ts'
import type { Webhook } from '../../web/webhook-settings.ts'
import { isBeforeSending } from '../failed-request.ts'
import { type Refusal, refusalOf, type WebhookAnswer } from './refusals.ts'

/** One request to the address of a webhook: below it (`/messages/1`), and with these parameters. */
type WebhookRequest = {
  method: 'GET' | 'POST' | 'PATCH'
  path?: `/${string}`
  query?: Record<string, string>
  body?: unknown
  signal?: AbortSignal
}

/** How long a request may take where its caller sets no limit. */
const TIMEOUT_MS = 10_000
/** Longer answers are no answers of a webhook. */
const MAX_ANSWER = 200_000
const TRY_AGAIN_MS = 5_000
const FAULT_RETRY_MS = 10_000
/** How long to wait where a service asks us to wait and does not say for how long. */
const LIMITED_MS = 30_000

/**
 * Makes one request and gives the answer, if the service did what was asked. It rejects with a `DeliveryError` that says
 * whether it surely did not. Neither the address nor what a library says of a failure is in that error: an address is a
 * secret, and some errors contain it.
 */
export async function requestWebhook(webhook: Webhook, request: WebhookRequest): Promise<WebhookAnswer> {
  const { method, body, signal } = request
  const place: Place = `webhook:${webhook.name}`
  const fail = (what: string, details: { sure: boolean; retryInMs?: number } & Refusal): DeliveryError => {
    const { sure, ...rest } = details
    return new DeliveryError(`webhook: ${method} at ${webhook.kind}: ${what} (${place})`, {
      outcome: sure ? 'unsent' : 'unknown',
      ...rest,
    })
  }
  if (signal?.aborted) throw fail('aborted before it was sent', { sure: true, retryInMs: 0 })
  const deadline = AbortSignal.timeout(TIMEOUT_MS)
  let answer: WebhookAnswer
  let headers: Headers
  try {
    const response = await fetch(addressOf(webhook, request), {
      method,
      // A redirect would take our words, and the right to post, to wherever it leads.
      redirect: 'manual',
      headers: body === undefined ? {} : { 'content-type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body),
      signal: signal ? AbortSignal.any([signal, deadline]) : deadline,
    })
    headers = response.headers
    answer = { status: response.status, body: (await response.text()).slice(0, MAX_ANSWER) }
  } catch (cause) {
    const code = codeOf(cause)
    throw fail(code ?? 'no answer in time', {
      sure: code !== undefined && isBeforeSending(code),
      retryInMs: TRY_AGAIN_MS,
    })
  }
  const { status } = answer
  if (status >= 200 && status < 300) return answer
  if (status === 429)
    throw fail('rate limited', { sure: true, retryInMs: waitOf(headers, answer.body) ?? LIMITED_MS })
  if (status >= 500 || status === 408)
    throw fail(`HTTP ${status}`, { sure: false, retryInMs: FAULT_RETRY_MS })
  const { code, ...refusal } = refusalOf(webhook, answer)
  throw fail(code === undefined ? `HTTP ${status}` : `HTTP ${status} ${code}`, { sure: true, ...refusal })
}

/** Asks a webhook of Discord whether it is known there. Nothing is posted. Rejects with a `DeliveryError` if it is not. */
export async function tryWebhook(webhook: Webhook): Promise<void> {
  await requestWebhook(webhook, { method: 'GET' })
}

function addressOf({ address }: Webhook, { path = '' as '/', query = {} }: WebhookRequest): URL {
  const url = new URL(address)
  url.pathname += path
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
  return url
}

/** The code of a failure of the network, such as `ECONNREFUSED`. */
function codeOf(cause: unknown): string | undefined {
  const { code, cause: inner } = (cause ?? {}) as { code?: unknown; cause?: { code?: unknown } }
  const found = inner?.code ?? code
  return typeof found === 'string' && /^[A-Z_]+$/.test(found) ? found : undefined
}

/** How long a service asks us to wait: Discord says it in its answer, all others in a header, in seconds or as a date. */
function waitOf(headers: Headers, body: string): number | undefined {
  const { retry_after } = readJson(body)
  if (typeof retry_after === 'number' && retry_after >= 0) return Math.ceil(retry_after * 1000)
  const header = headers.get('retry-after')
  if (header === null) return undefined
  const ms = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - Date.now()
  return Number.isFinite(ms) ? Math.max(1_000, ms) : undefined
}

/** Reads an answer as JSON; an empty object where it is none. */
export function readJson(body: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(body)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}
