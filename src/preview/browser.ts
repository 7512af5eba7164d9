import type { IncomingMessage } from 'node:http'
import type { Command } from '../commands/command.ts'
import { headOf } from '../commands/line.ts'
import { plain } from '../plain.ts'
import {
  type Call,
  DeliveryError,
  type Draw,
  type Handlers,
  type Log,
  type Platform,
  type PlatformState,
} from '../platform.ts'
import type { Reply } from '../reply.ts'
import { drawn } from './drawn.ts'
import { bodyOf, guard, type Refusal } from './guard.ts'
import { examples, fitting, offers } from './lines.ts'
import { type Message, messages } from './messages.ts'
import { pageFile } from './pagefiles.ts'
import { type Stream, stream } from './stream.ts'
import { PLACE, YOU } from './you.ts'

/** The preview as the web server mounts it. */
export type Preview = Platform & {
  app: { fetch(request: Request, env?: { incoming?: IncomingMessage }): Promise<Response> }
}

const MOST_OFFERED = 200
const MOST_TYPED = 4_000

const HEADERS = {
  'content-security-policy':
    "default-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
}

/** The preview: a page on which every answer stands as Slack and as Discord would draw it. It needs no token. */
export function preview(options: {
  draws: Draw[]
  log: Log
  commands: () => Command[]
  /** Hears of each new post and each edit, by its key. */
  posted?: (key: string, reply: Reply) => void
}): Preview {
  const { draws, log, commands, posted } = options
  const channel = messages()
  let events: Stream = stream()
  let handlers: Handlers | undefined
  let state: PlatformState = { state: 'connecting' }
  let asked = 0

  const event = async (message: Message) => {
    const { reply, at, edited } = message
    return { id: message.ref.id, at, edited, ...(await answerOf(reply, draws, { at, edited, only: false })) }
  }

  const ask = async (request: Request, { answer, publish }: Handlers): Promise<Response> => {
    const body = await bodyOf(request)
    if (!('json' in body)) return refused(body)
    const typed = (body.json as { line?: unknown } | null)?.line
    if (typeof typed !== 'string' || typed.trim() === '')
      return refused({ status: 400, sentence: 'Type a command, for example /nutgraf help.' })
    if (typed.length > MOST_TYPED)
      return refused({ status: 413, sentence: `A line has at most ${MOST_TYPED} characters.` })
    const at = Date.now()
    const call: Call = { ...headOf(typed), place: PLACE, caller: YOU, audience: 'caller', at }
    const reply = await answer(call)
    if (reply.audience === 'place' && !reply.refusal) {
      const result = await publish(call, reply, { key: `preview:${at}:${++asked}` })
      if ('message' in result)
        return Response.json({
          posted: result.message.id,
          ...(await answerOf(reply, draws, { at, only: false, asked: typed })),
        })
      return Response.json(await answerOf(result.problem, draws, { at, only: true, asked: typed }))
    }
    return Response.json(await answerOf(reply, draws, { at, only: true, asked: typed }))
  }

  const lines = (url: URL, { suggest }: Handlers): Response => {
    const typed = url.searchParams.get('typed')
    const all = offers(commands(), suggest, typed ?? '')
    const fit = typed === null ? all : fitting(all, typed)
    return Response.json({ lines: fit.slice(0, MOST_OFFERED), examples: examples(commands(), suggest) })
  }

  const answerRequest = async (request: Request, env?: { incoming?: IncomingMessage }): Promise<Response> => {
    const refusal = guard(request, env?.incoming?.socket)
    if (refusal) return refused(refusal)
    const url = new URL(request.url)
    const route = `${request.method === 'HEAD' ? 'GET' : request.method} ${url.pathname}`
    const file = route.startsWith('GET ') ? pageFile(url.pathname) : undefined
    if (file) return file
    const known = ['POST /preview/ask', 'GET /preview/commands', 'GET /preview/events'].includes(route)
    if (!known) return new Response('Nothing is served here. The preview is at /\n', { status: 404 })
    if (!handlers) return new Response('The preview is still starting.\n', { status: 503 })
    if (route === 'POST /preview/ask') return ask(request, handlers)
    if (route === 'GET /preview/commands') return lines(url, handlers)
    return events.open(await Promise.all(channel.all().map(event)))
  }

  return {
    name: 'preview',
    app: {
      fetch: async (request, env) => {
        const response = await answerRequest(request, env)
        for (const [name, value] of Object.entries(HEADERS)) response.headers.set(name, value)
        return response
      },
    },
    start: async given => {
      handlers = given
      state = { state: 'connected', account: 'you', detail: 'on this machine only' }
    },
    state: () => state,
    post: async (place, reply, how) => {
      if (place !== PLACE) throw new DeliveryError(`preview: no place ${place}`, { outcome: 'unsent' })
      how.signal?.throwIfAborted()
      const { message, fresh } = channel.add(place, reply, how)
      if (fresh) tell(message)
      return message.ref
    },
    edit: async (ref, reply) => tell(channel.replace(ref, reply)),
    find: async (place, key, range) => channel.find(place, key, range),
    access: async () => ({ post: true, correct: true, look: true }),
    stop: async () => {
      handlers = undefined
      state = { state: 'stopped' }
      events.close()
      events = stream()
    },
  }

  /** The page hears of a post once it is drawn; that it was posted does not hang on any page. */
  function tell(message: Message): void {
    posted?.(message.key, message.reply)
    event(message).then(events.send, (cause: unknown) =>
      log.error({ err: cause }, 'preview: a post could not be drawn'),
    )
  }
}

/** A reply as the page shows it: plain text as a screen reader gives it, and each platform's JSON with its picture. */
async function answerOf(
  reply: Reply,
  draws: Draw[],
  frame: { at: number; only: boolean; asked?: string; edited?: boolean },
) {
  return {
    text: plain(reply),
    refusal: reply.refusal === true,
    draws: await Promise.all(draws.map(draw => drawn(draw, reply, frame))),
  }
}

const refused = ({ status, sentence }: Refusal) => Response.json({ problem: sentence }, { status })
