import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { Hono } from 'hono'
import type { Log } from '../platform.ts'

/** What the server is made of. `preview` answers every path that is not the server's own. */
export type WebOptions = {
  host: string
  port: number
  health: () => { ok: boolean; [fact: string]: unknown }
  ready: () => boolean
  slack?: (req: IncomingMessage, res: ServerResponse) => unknown
  preview?: (request: Request, env: { incoming: IncomingMessage }) => Response | Promise<Response>
  log: Log
}

/** The one server: health, readiness, Slack's HTTP endpoint and the preview, on one port. */
export type WebServer = { start(): Promise<{ port: number }>; stop(): Promise<void> }

/** How long a request that is under way may take to finish once the server stops. */
const GRACE_MS = 2_000
const SWEEP_MS = 50

/** Makes the server; nothing listens before `start`. */
export function webServer(options: WebOptions): WebServer {
  const { slack, log } = options
  const listener = getRequestListener(routes(options).fetch, { overrideGlobalObjects: false })
  const server = createServer((req, res) => {
    // Slack waits three seconds at most, and this is the hot path: no router stands before it.
    if (slack && req.method === 'POST' && pathOf(req.url) === '/slack/events') return void slack(req, res)
    void listener(req, res)
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
        const sweep = setInterval(() => server.closeIdleConnections(), SWEEP_MS)
        server.close(() => {
          clearTimeout(impatience)
          clearInterval(sweep)
          resolve()
        })
        server.closeIdleConnections()
      }),
  }
}

function routes({ health, ready, preview, log }: WebOptions) {
  const app = new Hono<{ Bindings: { incoming: IncomingMessage } }>()
  app.get('/health', c => {
    const state = health()
    return c.json(state, state.ok ? 200 : 503)
  })
  app.get('/ready', c => {
    const connected = ready()
    return c.json({ ready: connected }, connected ? 200 : 503)
  })
  if (preview) app.all('*', c => preview(c.req.raw, c.env))
  app.notFound(c => c.text('Nothing is served here. Try /health.\n', 404))
  app.onError((cause, c) => {
    log.error({ err: cause, path: c.req.path }, 'web: a request failed')
    return c.text('Something went wrong on our side, and it has been logged.\n', 500)
  })
  return app
}

const pathOf = (url = '/') => url.split('?', 1)[0]

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
