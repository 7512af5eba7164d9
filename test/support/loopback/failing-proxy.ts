import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/**
 * What becomes of one request. `cut` ends the connection and `broken` gives a 502, before or after the platform did
 * its work; `killed` ends whoever asked, before the platform hears of it, before its answer is given, or right after.
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

/** A request as it stands at a door. */
export type ProxiedRequest = { method: string; path: string; body: string }

/** A post, on either platform. */
export const isPost = ({ method, path }: ProxiedRequest) =>
  method === 'POST' && /\/(?:chat\.postMessage|channels\/\d+\/messages)$/.test(path)

/** The message that a request edits, by its id; undefined where it is no edit. */
export function editedMessageId({ method, path, body }: ProxiedRequest): string | undefined {
  if (/\/chat\.update$/.test(path)) return new URLSearchParams(body).get('ts') ?? undefined
  return method === 'PATCH' ? /\/messages\/(\d+)$/.exec(path)?.[1] : undefined
}

/** Whether a request only looks at what stands in a channel. */
export const isHistoryRead = ({ method, path }: ProxiedRequest) =>
  /\/conversations\.(?:history|replies)$/.test(path) || (method === 'GET' && /\/messages$/.test(path))

/** Where a process knocks: `apiUrl` instead of the platform's own. `quiet` resolves once no request is under way. */
export type FailingProxy = { apiUrl: string; whenIdle(): Promise<void>; close(): Promise<void> }

/** Opens a door in front of a loopback platform, for one process whose requests can fail, or kill it. */
export async function startFailingProxy(
  target: string,
  { fate, kill }: { fate(knock: ProxiedRequest): ProxyOutcome; kill(): void },
): Promise<FailingProxy> {
  const { origin, pathname } = new URL(target)
  const under = new Set<Promise<void>>()
  const server = createServer((req, res) => {
    const one = serve(req, res)
      .catch(() => void res.destroy())
      .finally(() => under.delete(one))
    under.add(one)
  })

  async function serve(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const { method = 'GET', url = '/' } = req
    const pieces: Buffer[] = []
    for await (const piece of req) pieces.push(piece)
    const raw = Buffer.concat(pieces)
    const body = raw.toString('utf8')
    const given = fate({ method, path: url.replace(/\?.*/s, ''), body })
    if (given === 'killed before') {
      kill()
      return void res.destroy()
    }
    if (given === 'cut before') return void res.destroy()
    if (given === 'broken before') return void res.writeHead(502).end('no gateway')
    if (given === 'refused')
      return void res
        .writeHead(200, { 'content-type': 'application/json' })
        .end('{"ok":false,"error":"missing_scope"}')
    if (given === 'limited')
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
    if (given === 'killed after') {
      kill()
      return void res.destroy()
    }
    if (given === 'cut after') return void res.destroy()
    if (given === 'broken after') return void res.writeHead(502).end('no gateway')
    for (const name of ['content-type', 'x-oauth-scopes', 'retry-after']) {
      const value = answer.headers.get(name)
      if (value !== null) res.setHeader(name, value)
    }
    // Whoever asked may be dead by now, and then nothing would ever say that the answer was given.
    if (res.destroyed) return
    res.writeHead(answer.status)
    await new Promise<void>(resolve => res.once('close', resolve).end(text, () => resolve()))
    if (given === 'killed answered') kill()
  }

  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    apiUrl: `http://127.0.0.1:${port}${pathname}`,
    whenIdle: async () => {
      while (under.size > 0) await Promise.all(under)
    },
    async close() {
      server.closeAllConnections()
      await new Promise(resolve => server.close(resolve))
    },
  }
}
