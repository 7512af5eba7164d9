import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEachTest } from '../after-each.ts'

const running = new Set<() => Promise<void>>()
afterEachTest(async () => {
  await Promise.all([...running].map(stop => stop()))
  running.clear()
})

/** A request that arrived: the clock's time, its path, and its headers. */
export type FeedCall = { at: number; path: string; headers: IncomingHttpHeaders }

/** Answers a request; without one, a path is a 404. */
type Answer = (res: ServerResponse, call: FeedCall) => void

/**
 * Starts a loopback server of feeds on 127.0.0.1. `serve` gives a path a body with an ETag, and answers as a strict server
 * does: whoever sends that gets a 304. `bytes` counts all that any client has sent, also without a whole request.
 */
export async function startFeedServer(clock: () => number = Date.now) {
  const calls: FeedCall[] = []
  const answers = new Map<string, Answer>()
  let bytes = 0
  const server = createServer((req, res) => {
    const call = { at: clock(), path: req.url ?? '/', headers: req.headers }
    calls.push(call)
    const answer = answers.get(call.path)
    if (answer) answer(res, call)
    else res.writeHead(404).end()
  })
  server.on('connection', socket => {
    socket.on('data', data => {
      bytes += data.length
    })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const origin = `http://127.0.0.1:${port}`
  const stop = () => {
    server.closeAllConnections()
    return new Promise<void>(resolve => server.close(() => resolve()))
  }
  running.add(stop)

  return {
    origin,
    port,
    calls,
    stop,
    bytes: () => bytes,
    answer: (path: string, answer: Answer) => answers.set(path, answer),
    /** Addresses are sent as bytes of UTF-8, which some servers do. */
    redirect: (path: string, status: number, to: string) =>
      answers.set(path, res => res.writeHead(status, { location: Buffer.from(to).toString('latin1') }).end()),
    serve(path: string, body: string, headers: Record<string, string> = {}): void {
      const etag = `W/"${Buffer.from(body).toString('base64url').slice(-20)}-${body.length}"`
      answers.set(path, (res, call) => {
        if (call.headers['if-none-match'] === etag) return void res.writeHead(304, { etag, ...headers }).end()
        res.writeHead(200, { 'content-type': 'application/rss+xml', etag, ...headers }).end(body)
      })
    },
    callsTo: (path: string) => calls.filter(call => call.path === path),
  }
}

/** A running server of feeds. */
export type FeedServer = Awaited<ReturnType<typeof startFeedServer>>
