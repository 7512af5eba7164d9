import type { IncomingMessage } from 'node:http'
import {
  DeliveryError,
  type Handlers,
  type Log,
  type Paint,
  type Platform,
  type PlatformRenderer,
  type PlatformState,
} from '../../chat/platform.ts'
import type { Reply } from '../../chat/reply.ts'
import type { Command } from '../../commands/command.ts'
import { createAnswers } from './answers.ts'
import { guard } from './guard.ts'
import { PREVIEW_PLACE } from './local-user.ts'
import { createMessages, type Message } from './messages.ts'
import { pageFile } from './page-files.ts'
import { createPictures } from './pictures.ts'
import { handleRoute, refusalResponse, routes } from './routes.ts'
import { createStream, type Stream } from './stream.ts'

/** The preview as the web server mounts it. */
export type Preview = Platform & {
  app: { fetch(request: Request, env?: { incoming?: IncomingMessage }): Promise<Response> }
}

const HEADERS = {
  'content-security-policy':
    "default-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
}

/**
 * The preview: a page on which every answer stands as Slack and as Discord would draw it. It needs no token. Without
 * `paint` the words of a picture stand in its place.
 */
export function createPreview(options: {
  draws: PlatformRenderer[]
  log: Log
  commands: () => Command[]
  paint?: Paint
  /** Hears of each new post and each edit, by its key. */
  onPost?: (key: string, reply: Reply) => void
}): Preview {
  const { draws, log, commands, paint, onPost } = options
  const channel = createMessages()
  const painted = createPictures(paint, log)
  const answering = createAnswers(draws, painted)
  const known = routes({ answers: answering, commands, messageAt: channel.byId, log })
  let events: Stream = createStream()
  let handlers: Handlers | undefined
  let state: PlatformState = { state: 'connecting' }
  let last: Promise<unknown> = Promise.resolve()
  /** Where a browser reaches the page; known with its first request. */
  let address: string | undefined

  const event = async (message: Message) => {
    const { reply, at, edited } = message
    return {
      id: message.ref.id,
      at,
      edited,
      ...(await answering.drawForPage(reply, { at, edited, callerOnly: false })),
    }
  }

  /** One after the other: pages must hear of every post, and of the newest edit last, however long a picture takes. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const mine = last.then(work)
    last = mine.catch(() => {})
    return mine
  }

  const answerRequest = async (request: Request, env?: { incoming?: IncomingMessage }): Promise<Response> => {
    const refusal = guard(request, env?.incoming?.socket)
    if (refusal) return refusalResponse(refusal)
    address = `http://${request.headers.get('host')}`
    const { pathname } = new URL(request.url)
    const name = `${request.method === 'HEAD' ? 'GET' : request.method} ${pathname}`
    const file = name.startsWith('GET ')
      ? (pageFile(pathname) ?? (await painted.responseFor(pathname)))
      : undefined
    if (file) return file
    const route = Object.hasOwn(known, name) ? known[name] : undefined
    if (!route && name !== 'GET /preview/events')
      return new Response('Nothing is served here. The preview is at /\n', { status: 404 })
    if (!handlers) return new Response('The preview is still starting.\n', { status: 503 })
    if (route) return handleRoute(route, request, handlers)
    return inTurn(async () => events.open(await Promise.all(channel.all().map(event))))
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
      if (place !== PREVIEW_PLACE)
        throw new DeliveryError(`preview: no place ${place}`, { outcome: 'unsent' })
      how.signal?.throwIfAborted()
      const { message, fresh } = channel.add(place, reply, how)
      if (fresh) tell(message)
      return message.ref
    },
    edit: async (ref, reply) => tell(channel.replace(ref, reply)),
    findPost: async (place, key, range) => channel.find(place, key, range),
    checkAccess: async () => ({ post: true, correct: true, look: true }),
    link: ({ id }) => address && `${address}/#message-${id}`,
    stop: async () => {
      handlers = undefined
      state = { state: 'stopped' }
      events.close()
      events = createStream()
    },
  }

  /** The page hears of a post once it is drawn; that it was posted does not hang on any page. */
  function tell(message: Message): void {
    onPost?.(message.key, message.reply)
    inTurn(async () => events.send(await event(message))).catch((cause: unknown) =>
      log.error({ err: cause }, 'preview: a post could not be drawn'),
    )
  }
}
