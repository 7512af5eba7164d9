import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Log } from '../chat/platform.ts'

/** What the server is made of. `preview` answers every path that is not the server's own. */
export type WebOptions = {
  host: string
  port: number
  health: () => { ok: boolean; [fact: string]: unknown }
  ready: () => boolean
  /** Served at /metrics; without it there is no such path. */
  metrics?: () => Promise<{ type: string; body: string }>
  slack?: (req: IncomingMessage, res: ServerResponse) => unknown
  preview?: (request: Request, env: { incoming: IncomingMessage }) => Response | Promise<Response>
  log: Log
}

/** The one server: health, readiness, metrics, Slack's HTTP endpoint and the preview, on one port. */
export type WebServer = { start(): Promise<{ port: number }>; stop(): Promise<void> }

/** How long a request that is under way may take to finish once the server stops. */
const GRACE_MS = 2_000
const IDLE_CHECK_MS = 50
const ERROR_TEXT = 'Something went wrong on our side, and it has been logged.\n'

/** Makes the server; nothing listens before `start`. */
export function createWebServer(options: WebOptions): WebServer {
  const { slack, preview, log } = options
  const page = preview && createPageListener(preview, log)
  const server = createServer((req, res) => {
    // Slack waits three seconds at most, and this is the hot path: nothing stands before it.
    if (slack && req.method === 'POST' && urlPath(req.url) === '/slack/events') return void slack(req, res)
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
        const impatience = setTimeout(() => server.closeAllConnections(), GRACE_MS)
        // A connection that falls idle after this moment would else be kept until its keep-alive is over.
        const sweep = setInterval(() => server.closeIdleConnections(), IDLE_CHECK_MS)
        server.close(() => {
          clearTimeout(impatience)
          clearInterval(sweep)
          resolve()
        })
        server.closeIdleConnections()
      }),
  }
}

type Listener = (req: IncomingMessage, res: ServerResponse) => Promise<void>

async function handleRequest(
  { health, ready, metrics }: WebOptions,
  page: Listener | undefined,
  req: IncomingMessage,
  res: ServerResponse,
): Promise<void> {
  const path = req.method === 'GET' || req.method === 'HEAD' ? urlPath(req.url) : undefined
  if (path === '/health') {
    const state = health()
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
  return page ? page(req, res) : respond(res, 404, 'Nothing is served here. Try /health.\n')
}

/** Hands requests to the preview as the Fetch API knows them; what does that is loaded with the first of them. */
function createPageListener(preview: NonNullable<WebOptions['preview']>, log: Log): Listener {
  let listener: Promise<Listener> | undefined
  const made = async (): Promise<Listener> => {
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
    listener ??= made()
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
    EADDRINUSE: `Port ${port} is taken. Set PORT to another, or stop what listens there.`,
    EACCES: `Port ${port} may not be used without more rights. Set PORT to 1024 or higher.`,
    EADDRNOTAVAIL: `${host} is no address of this machine. Set HOST to another.`,
    ENOTFOUND: `${host} is no address of this machine. Set HOST to another.`,
  }
  return new Error(sentences[cause.code ?? ''] ?? `web: cannot listen on ${host}:${port}: ${cause.message}`, {
    cause,
  })
}
