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
import { type Replays, replayRoutes } from './replay-routes.ts'
import { handleRoute, refusalResponse, routes } from './routes.ts'
import { createStream, type Stream } from './stream.ts'

/** The preview: a platform, and the request handler that the web server mounts. */
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
 * Creates the preview: a page that shows every answer as Slack and as Discord would draw it. It needs no token. Without
 * `paint`, pictures are shown as text.
 */
export function createPreview(options: {
  draws: PlatformRenderer[]
  log: Log
  commands: () => Command[]
  paint?: Paint
  /** Replays of digests, if the page has any. */
  replays?: Replays
  /** Called for each new post and each edit, with its key. */
  onPost?: (key: string, reply: Reply) => void
}): Preview {
  const { draws, log, commands, paint, replays, onPost } = options
  const channel = createMessages()
  const pictures = createPictures(paint, log)
  const answers = createAnswers(draws, pictures)
  const pageRoutes = {
    ...routes({ answers, commands, messageAt: channel.byId, log }),
    ...(replays && replayRoutes(replays, answers)),
  }
  let events: Stream = createStream()
  let handlers: Handlers | undefined
  let state: PlatformState = { state: 'connecting' }
  let queue: Promise<unknown> = Promise.resolve()
  /** The address of the page, known from its first request. */
  let address: string | undefined

  const eventOf = async (message: Message) => {
    const { reply, at, edited } = message
    return {
      id: message.ref.id,
      at,
      edited,
      ...(await answers.drawForPage(reply, { at, edited, callerOnly: false })),
    }
  }

  /**
   * Runs work one after the other: pages must get every post, and the newest edit last, however long a picture takes.
   */
  const enqueue = <T>(work: () => Promise<T>): Promise<T> => {
    const result = queue.then(work)
    queue = result.catch(() => {})
    return result
  }

  /** Sends a post to the open pages once it is drawn. Posting does not wait for it, nor fail with it. */
  const announce = (message: Message): void => {
    onPost?.(message.key, message.reply)
    enqueue(async () => events.send(await eventOf(message))).catch((cause: unknown) =>
      log.error({ err: cause }, 'preview: a post could not be drawn'),
    )
  }

  const answerRequest = async (request: Request, env?: { incoming?: IncomingMessage }): Promise<Response> => {
    const refusal = guard(request, env?.incoming?.socket)
    if (refusal) return refusalResponse(refusal)
    address = `http://${request.headers.get('host')}`
    const { pathname } = new URL(request.url)
    const name = `${request.method === 'HEAD' ? 'GET' : request.method} ${pathname}`
    const file = name.startsWith('GET ')
      ? (pageFile(pathname) ?? (await pictures.responseFor(pathname)))
      : undefined
    if (file) return file
    const route = Object.hasOwn(pageRoutes, name) ? pageRoutes[name] : undefined
    if (!route && name !== 'GET /preview/events')
      return new Response('Nothing is served here. The preview is at /\n', { status: 404 })
    if (!handlers) return new Response('The preview is still starting.\n', { status: 503 })
    if (route) return handleRoute(route, request, handlers)
    return enqueue(async () => events.open(await Promise.all(channel.all().map(eventOf))))
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
    start: async startHandlers => {
      handlers = startHandlers
      state = { state: 'connected', account: 'you', detail: 'on this machine only' }
    },
    state: () => state,
    post: async (place, reply, options) => {
      if (place !== PREVIEW_PLACE)
        throw new DeliveryError(`preview: no place ${place}`, { outcome: 'unsent' })
      options.signal?.throwIfAborted()
      const { message, fresh } = channel.add(place, reply, options)
      if (fresh) announce(message)
      return message.ref
    },
    edit: async (ref, reply) => announce(channel.replace(ref, reply)),
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
}
