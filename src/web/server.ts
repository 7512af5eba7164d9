import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Log } from '../chat/platform.ts'
import type { WebAnswer, WebQuestion } from './answer.ts'

type Health = { ok: boolean; [fact: string]: unknown }

/** What the server serves, and where. `preview` answers every path that is not the server's own. */
export type WebOptions = {
  host: string
  port: number
  health: () => Health | Promise<Health>
  ready: () => boolean
  /** Served at /metrics; without it, that path does not exist. */
  metrics?: () => Promise<{ type: string; body: string }>
  slack?: (req: IncomingMessage, res: ServerResponse) => unknown
  /** Answers everything below /hooks/; without it, nothing is there. */
  hooks?: (req: IncomingMessage, res: ServerResponse) => unknown
  /** Answers hubs below /websub/, which tell that a feed has changed. */
  websub?: (req: IncomingMessage, res: ServerResponse) => unknown
  /** Answers everything below /feeds/; without it, that path does not exist. */
  feeds?: (question: WebQuestion) => Promise<WebAnswer>
  preview?: (request: Request, env: { incoming: IncomingMessage }) => Response | Promise<Response>
  log: Log
}

/** The HTTP server: health, readiness, metrics, Slack's endpoint and the preview, all on one port. */
export type WebServer = { start(): Promise<{ port: number }>; stop(): Promise<void> }

/** How long a running request may take to finish once the server stops. */
const GRACE_MS = 2_000
const IDLE_CHECK_MS = 50
const ERROR_TEXT = 'Something went wrong on our side, and it has been logged.\n'

/** Creates the server; it listens from `start` on. */
export function createWebServer(options: WebOptions): WebServer {
  const { slack, hooks, websub, preview, log } = options
  const page = preview && createPageListener(preview, log)
  const server = createServer((req, res) => {
    // Slack waits at most three seconds, and this is the hot path, so it is checked first.
    if (slack && req.method === 'POST' && urlPath(req.url) === '/slack/events') return void slack(req, res)
    if (hooks && req.url?.startsWith('/hooks/')) return void hooks(req, res)
    if (websub && req.url?.startsWith('/websub/')) return void websub(req, res)
    handleRequest(options, page, req, res).catch((cause: unknown) => {
      log.error({ err: cause, path: urlPath(req.url) }, 'web: a request failed')
      if (res.headersSent) return void res.destroy()
      respond(res, 500, ERROR_TEXT)
    })
  })

  return {
    start: () =>
      new Promise((resolve, reject) => {
        server.once('error', cause => reject(startError(cause, options)))
        server.listen(options.port, options.host, () => {
          server.removeAllListeners('error')
          server.on('error', cause => log.error({ err: cause }, 'web: the server failed'))
          resolve({ port: (server.address() as AddressInfo).port })
        })
      }),
    stop: () =>
      new Promise(resolve => {
        if (!server.listening) return resolve()
        const forceTimer = setTimeout(() => server.closeAllConnections(), GRACE_MS)
        // Otherwise a connection that becomes idle after this moment would be kept until its keep-alive ends.
        const idleTimer = setInterval(() => server.closeIdleConnections(), IDLE_CHECK_MS)
        server.close(() => {
          clearTimeout(forceTimer)
          clearInterval(idleTimer)
          resolve()
        })
        server.closeIdleConnections()
      }),
  }
}

type Listener = (req: IncomingMessage, res: ServerResponse) => Promise<void>

async function handleRequest(
  { health, ready, metrics, feeds }: WebOptions,
  page: Listener | undefined,
  req: IncomingMessage,
  res: ServerResponse,
): Promise<void> {
  const path = req.method === 'GET' || req.method === 'HEAD' ? urlPath(req.url) : undefined
  if (path === '/health') {
    const state = await health()
    return respond(res, state.ok ? 200 : 503, state)
  }
  if (path === '/ready') {
    const connected = ready()
    return respond(res, connected ? 200 : 503, { ready: connected })
  }
  if (path === '/metrics' && metrics) {
    const { type, body } = await metrics()
    res.writeHead(200, { 'content-type': type })
    return void res.end(body)
  }
  if (path?.startsWith('/feeds/') && feeds) {
    const { status, headers, body } = await feeds({
      path,
      ifNoneMatch: req.headers['if-none-match'],
      ifModifiedSince: req.headers['if-modified-since'],
    })
    res.writeHead(status, headers)
    return void res.end(body)
  }
  return page ? page(req, res) : respond(res, 404, 'Nothing is served here. Try /health.\n')
}

/** Passes requests to the preview as Fetch API requests; the adapter is loaded with the first request. */
function createPageListener(preview: NonNullable<WebOptions['preview']>, log: Log): Listener {
  let listener: Promise<Listener> | undefined
  const createListener = async (): Promise<Listener> => {
    const { getRequestListener } = await import('@hono/node-server')
    const answer = async (request: Request, env: unknown) => {
      try {
        return await preview(request, env as { incoming: IncomingMessage })
      } catch (cause) {
        log.error({ err: cause, path: urlPath(request.url) }, 'web: the preview failed')
        return new Response(ERROR_TEXT, { status: 500 })
      }
    }
    return getRequestListener(answer, { overrideGlobalObjects: false })
  }
  return async (req, res) => {
    listener ??= createListener()
    await (await listener)(req, res)
  }
}

function respond(res: ServerResponse, status: number, body: string | object): void {
  const type = typeof body === 'string' ? 'text/plain' : 'application/json'
  res.writeHead(status, { 'content-type': `${type}; charset=utf-8` })
  res.end(typeof body === 'string' ? body : JSON.stringify(body))
}

const urlPath = (url = '/') => url.split('?', 1)[0]

function startError(cause: NodeJS.ErrnoException, { host, port }: WebOptions): Error {
  const sentences: Record<string, string> = {
    EADDRINUSE: `Port ${port} is in use. Set PORT to another port, or stop the program that uses it.`,
    EACCES: `Port ${port} needs more privileges. Set PORT to 1024 or higher.`,
    EADDRNOTAVAIL: `${host} is not an address of this machine. Set HOST to one that is.`,
    ENOTFOUND: `${host} is not an address of this machine. Set HOST to one that is.`,
  }
  return new Error(sentences[cause.code ?? ''] ?? `web: cannot listen on ${host}:${port}: ${cause.message}`, {
    cause,
  })
}
