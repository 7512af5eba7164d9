/** The answer to a refused request. */
export type Refusal = { status: 400 | 403 | 413 | 415; sentence: string }

/** The connection of a request: the port on our side, and the address of the other. */
type Peer = { localPort?: number; remoteAddress?: string }

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]'])
const LOOPBACK_ADDRESS = /^(?:::ffff:)?127\.|^::1$/

/**
 * Headers that a proxy on this machine adds to requests from others, which it often forwards with a Host of its own.
 */
const PROXY_HEADERS = ['forwarded', 'x-forwarded-for', 'x-real-ip']

/** The most bytes of a body. A filled form or a typed line is far smaller. */
const MAX_BYTES = 64 * 1024

/**
 * Refuses every request that is not from this server's own page on this machine. Another machine is recognised by its
 * address, a name that was rebound to loopback by Host, and another site's page by Origin or Sec-Fetch-Site.
 */
export function guard(request: Request, peer: Peer = {}): Refusal | undefined {
  const { localPort: port, remoteAddress } = peer
  const isForwarded = PROXY_HEADERS.some(name => request.headers.has(name))
  const isRemote = isForwarded || (remoteAddress !== undefined && !LOOPBACK_ADDRESS.test(remoteAddress))
  const host = request.headers.get('host') ?? ''
  const [, name = '', hostPort] = /^(\[[^\]]*\]|[^:]*)(?::(\d+))?$/.exec(host.toLowerCase()) ?? []
  const isOurPort = port === undefined || Number(hostPort ?? 80) === port
  if (isRemote || !LOOPBACK.has(name) || !isOurPort) {
    const address = `http://localhost${port === undefined ? '' : `:${port}`}`
    return { status: 403, sentence: `The preview is only available on this machine. Open ${address}` }
  }
  const { pathname } = new URL(request.url)
  const isGuarded = !['GET', 'HEAD'].includes(request.method) || pathname.startsWith('/preview/')
  const origin = request.headers.get('origin')
  const site = request.headers.get('sec-fetch-site')
  const isForeign =
    (origin !== null && origin !== `http://${host}`) ||
    (site !== null && !['same-origin', 'none'].includes(site))
  if (isGuarded && isForeign)
    return { status: 403, sentence: 'The preview only answers its own page, not other sites.' }
  return undefined
}

/**
 * Reads a JSON body, up to the limit. A form on another site cannot send this content type without being allowed to.
 */
export async function readBody(request: Request): Promise<{ json: unknown } | Refusal> {
  if (!/^application\/json\b/.test(request.headers.get('content-type') ?? ''))
    return { status: 415, sentence: 'The preview only reads JSON (content-type: application/json).' }
  const tooLong: Refusal = {
    status: 413,
    sentence: `The preview accepts at most ${MAX_BYTES / 1024} KiB per request.`,
  }
  if (Number(request.headers.get('content-length') ?? 0) > MAX_BYTES) return tooLong
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength
    if (size > MAX_BYTES) return tooLong
    chunks.push(chunk)
  }
  try {
    return { json: JSON.parse(Buffer.concat(chunks).toString('utf8')) }
  } catch {
    return { status: 400, sentence: 'That is not JSON.' }
  }
}
