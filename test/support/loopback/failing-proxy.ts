import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'

/**
 * The fate of one request. `cut` ends the connection and `broken` answers 502, before or after the platform handled the
 * request. `killed` kills the process that made it: before the platform gets it, before the answer is passed on, or
 * right after.
 */
export type ProxyOutcome =
  | 'passes'
  | 'limited'
  | 'refused'
  | 'cut before'
  | 'cut after'
  | 'broken before'
  | 'broken after'
  | 'killed before'
  | 'killed after'
  | 'killed answered'

/** A request as the proxy sees it. */
export type ProxiedRequest = { method: string; path: string; body: string }

/** Whether a request is a post, on either platform. */
export const isPost = ({ method, path }: ProxiedRequest) =>
  method === 'POST' && /\/(?:chat\.postMessage|channels\/\d+\/messages)$/.test(path)

/** Reads the id of the message that a request edits; undefined where it is no edit. */
export function editedMessageId({ method, path, body }: ProxiedRequest): string | undefined {
  if (/\/chat\.update$/.test(path)) return new URLSearchParams(body).get('ts') ?? undefined
  return method === 'PATCH' ? /\/messages\/(\d+)$/.exec(path)?.[1] : undefined
}

/** Whether a request only reads the messages of a channel. */
export const isHistoryRead = ({ method, path }: ProxiedRequest) =>
  /\/conversations\.(?:history|replies)$/.test(path) || (method === 'GET' && /\/messages$/.test(path))

/**
 * A proxy that a process uses instead of the platform's own `apiUrl`. `whenIdle` resolves once no request is under way.
 */
export type FailingProxy = { apiUrl: string; whenIdle(): Promise<void>; close(): Promise<void> }

/** Starts a proxy before a loopback platform, for one process whose requests can fail, or kill it. */
export async function startFailingProxy(
  target: string,
  { fate, kill }: { fate(request: ProxiedRequest): ProxyOutcome; kill(): void },
): Promise<FailingProxy> {
  const { origin, pathname } = new URL(target)
  const underway = new Set<Promise<void>>()
  const server = createServer((req, res) => {
    const serving = serve(req, res)
      .catch(() => void res.destroy())
      .finally(() => underway.delete(serving))
    underway.add(serving)
  })

  async function serve(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const { method = 'GET', url = '/' } = req
    const raw = await buffer(req)
    const body = raw.toString('utf8')
    const outcome = fate({ method, path: url.replace(/\?.*/s, ''), body })
    if (outcome === 'killed before') {
      kill()
      return void res.destroy()
    }
    if (outcome === 'cut before') return void res.destroy()
    if (outcome === 'broken before') return void res.writeHead(502).end('no gateway')
    if (outcome === 'refused')
      return void res
        .writeHead(200, { 'content-type': 'application/json' })
        .end('{"ok":false,"error":"missing_scope"}')
    if (outcome === 'limited')
      return void res
        .writeHead(429, {
          'content-type': 'application/json',
          'retry-after': '1',
          'x-ratelimit-scope': 'user',
        })
        .end('{"message":"slower","retry_after":0.2,"global":false}')

    const { 'content-type': type, authorization } = req.headers
    const answer = await fetch(`${origin}${url}`, {
      method,
      headers: { ...(type && { 'content-type': type }), ...(authorization && { authorization }) },
      ...(method !== 'GET' && { body: raw }),
    })
    const text = await answer.text()
    if (outcome === 'killed after') {
      kill()
      return void res.destroy()
    }
    if (outcome === 'cut after') return void res.destroy()
    if (outcome === 'broken after') return void res.writeHead(502).end('no gateway')
    for (const name of ['content-type', 'x-oauth-scopes', 'retry-after']) {
      const value = answer.headers.get(name)
      if (value !== null) res.setHeader(name, value)
    }
    // The process may be dead by now, and then we would wait for ever for the end of the answer.
    if (res.destroyed) return
    res.writeHead(answer.status)
    await new Promise<void>(resolve => res.once('close', resolve).end(text, () => resolve()))
    if (outcome === 'killed answered') kill()
  }

  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    apiUrl: `http://127.0.0.1:${port}${pathname}`,
    whenIdle: async () => {
      while (underway.size > 0) await Promise.all(underway)
    },
    async close() {
      server.closeAllConnections()
      await new Promise(resolve => server.close(resolve))
    },
  }
}
