import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Log } from '../../chat/platform.ts'
import type { Sender } from './open-senders.ts'
import { readRequestBody } from './read-body.ts'
import { type ReceivedCall, receiveCall } from './receive.ts'

/** What the listener needs: the senders, the store's way to keep a call for good, and a clock. */
export type HookOptions = {
  senderOf(name: string): Sender | undefined
  /** Resolves once the call and its items outlive any crash. */
  accept: (sender: Sender, call: ReceivedCall) => Promise<void>
  log: Log
  now?: () => number
}

type Answer = { status: number; body?: object; headers?: Record<string, string> }

/** More calls at a time than any sender makes; each may hold a body in memory. */
const MAX_AT_ONCE = 64
const BUSY: Answer = { status: 503, headers: { 'retry-after': '30' } }

/**
 * Answers `POST /hooks/<sender>`, for those who do not sign `/hooks/<sender>/<secret>`. 202 means that the call is kept for
 * good. A caller that is not the sender gets 401 and no reason; the sender itself gets the field and the reason. Never 410
 * or 3xx: some systems would forget the address.
 */
export function createHookListener(
  options: HookOptions,
): (req: IncomingMessage, res: ServerResponse) => void {
  let running = 0

  async function answer(req: IncomingMessage): Promise<Answer> {
    const path = req.url ?? '/'
    const [, , name = '', token, ...more] = path.split('?', 1)[0]!.split('/')
    const sender = options.senderOf(name)
    if (!sender || more.length > 0) return refusal(404, 'address', 'no such sender is set up')
    if (req.method !== 'POST')
      return { ...refusal(405, 'method', 'must be POST'), headers: { allow: 'POST' } }
    const body = await readRequestBody(req)
    if ('status' in body) return refusal(body.status, body.field, body.reason)
    const call = { method: 'POST', path, headers: headersOf(req), body: body.bytes }
    const received = receiveCall(sender, call, { token, now: (options.now ?? Date.now)() })
    const outcome = await settle(sender, received)
    if (outcome.status !== 202)
      options.log.warn({ sender: name, status: outcome.status, ...outcome.body }, 'hooks: a call was refused')
    return outcome
  }

  async function settle(sender: Sender, received: ReturnType<typeof receiveCall>): Promise<Answer> {
    if (received === 'unproven') return { status: 401 }
    if (received === 'ignored') return { status: 202, body: { items: 0 } }
    if ('problem' in received) {
      const { status, field, reason } = received.problem
      return refusal(status, field, reason)
    }
    await options.accept(sender, received.accept)
    return { status: 202, body: { items: received.accept.items.length } }
  }

  return (req, res) => {
    if (running >= MAX_AT_ONCE) return send(res, BUSY)
    running += 1
    answer(req)
      .catch((cause: unknown) => {
        options.log.error({ err: cause }, 'hooks: a call could not be kept')
        return BUSY
      })
      .then(outcome => send(res, outcome))
      .finally(() => {
        running -= 1
      })
  }
}

const refusal = (status: number, field: string, reason: string): Answer => ({
  status,
  body: { error: { field, reason } },
})

function send(res: ServerResponse, { status, body, headers }: Answer): void {
  if (res.headersSent || res.destroyed) return
  // The rest of a body that was refused is not read.
  const close = status === 413 || status === 408 || status === 503
  res.writeHead(status, {
    ...headers,
    ...(body && { 'content-type': 'application/json' }),
    ...(close && { connection: 'close' }),
  })
  res.end(body && `${JSON.stringify(body)}\n`)
}

const headersOf = ({ headers }: IncomingMessage): Record<string, string | undefined> =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]),
  )
