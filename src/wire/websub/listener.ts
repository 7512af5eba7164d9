import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Log } from '../../chat/platform.ts'
import type { Store } from '../../store/store.ts'
import type { FeedState, WebSub } from '../../store/wire/feeds.ts'
import { isSameText } from '../senders/verify.ts'
import { leaseEnd, pushSignature } from './subscription.ts'

/** What being woken needs: the state of the feeds, and the store’s clock. */
type WakeOptions = {
  store: Pick<Store, 'clock'> & {
    wire: { feeds: Pick<Store['wire']['feeds'], 'states' | 'changeWebSub' | 'makeDue'> }
  }
  log: Log
}

type Answer = { status: number; body?: string }

/** Whatever a hub says, no feed is asked more often than this. */
const SHORTEST_PAUSE_MS = 60_000
/** What is pushed is not kept, and no feed has more. */
const MAX_PUSHED = 5_000_000
const TIMEOUT_MS = 10_000
const MAX_AT_ONCE = 32
const NOT_FOUND: Answer = { status: 404, body: 'There is no such subscription.\n' }

/**
 * Answers hubs at `/websub/<feed>/<token>`. A hub that asks whether we want to be woken gets its challenge back; what it
 * pushes is never read: if it is signed, its feed is due, and is asked as always.
 */
export function createWakeListener({
  store,
  log,
}: WakeOptions): (req: IncomingMessage, res: ServerResponse) => void {
  let running = 0

  async function answer(req: IncomingMessage): Promise<Answer> {
    const { pathname, searchParams } = new URL(req.url ?? '/', 'http://localhost')
    const [, , name = '', token = '', ...more] = pathname.split('/')
    const state = more.length === 0 ? (await store.wire.feeds.states([name])).get(name) : undefined
    const webSub = state?.webSub
    if (!state || !webSub || !isSameText(webSub.token, token)) return NOT_FOUND
    if (req.method === 'GET') return confirm(state, webSub, searchParams)
    return req.method === 'POST' ? wake(req, state, webSub) : NOT_FOUND
  }

  async function confirm({ name }: FeedState, webSub: WebSub, said: URLSearchParams): Promise<Answer> {
    const challenge = said.get('hub.challenge') ?? ''
    const isAsked = said.get('hub.mode') === 'subscribe' && said.get('hub.topic') === webSub.topic
    if (!isAsked || !/^[\x21-\x7e]{1,500}$/.test(challenge)) return NOT_FOUND
    const until = leaseEnd(said.get('hub.lease_seconds'), await store.clock())
    const { token } = webSub
    const noted = await store.wire.feeds.changeWebSub(name, ({ webSub: now }) =>
      // It may have another hub by now.
      now?.token === token ? { ...now, until } : undefined,
    )
    if (!noted) return NOT_FOUND
    log.debug({ feed: name }, 'wire: its hub wakes us')
    return { status: 200, body: challenge }
  }

  async function wake(req: IncomingMessage, state: FeedState, { secret }: WebSub): Promise<Answer> {
    const signature = pushSignature(first(req.headers['x-hub-signature']), secret)
    const isWhole = await readAway(req, piece => signature?.hmac.update(piece))
    if (!isWhole) return { status: 413 }
    const isSigned = signature !== undefined && isSameText(signature.hmac.digest('hex'), signature.given)
    // A feed that fails is left alone for as long as it said, whoever knocks.
    if (isSigned && state.failures === 0)
      await store.wire.feeds.makeDue(state.name, (state.askedAt ?? 0) + SHORTEST_PAUSE_MS)
    // Also where it is not signed: a hub must not learn which it was.
    return { status: 202 }
  }

  return (req, res) => {
    if (running >= MAX_AT_ONCE)
      return void res.writeHead(503, { 'retry-after': '30', connection: 'close' }).end()
    running++
    answer(req)
      .catch((cause: unknown): Answer => {
        log.error({ err: cause }, 'wire: a hub could not be answered')
        return { status: 503 }
      })
      .then(({ status, body }) => {
        if (res.headersSent || res.destroyed) return
        res.writeHead(status, {
          'content-type': 'text/plain; charset=utf-8',
          'x-content-type-options': 'nosniff',
        })
        res.end(body)
      })
      .finally(() => running--)
  }
}

const first = (header: string | string[] | undefined) => (Array.isArray(header) ? header[0] : header)

/** Reads a body without keeping it; false if it is too long, or does not end. */
async function readAway(req: IncomingMessage, take: (piece: Buffer) => void): Promise<boolean> {
  const done = Promise.withResolvers<boolean>()
  const timer = setTimeout(() => done.resolve(false), TIMEOUT_MS)
  let length = 0
  req.on('data', (piece: Buffer) => {
    length += piece.length
    if (length > MAX_PUSHED) {
      req.pause()
      return done.resolve(false)
    }
    take(piece)
  })
  req.on('end', () => done.resolve(true))
  req.on('close', () => done.resolve(false))
  try {
    return await done.promise
  } finally {
    clearTimeout(timer)
  }
}
