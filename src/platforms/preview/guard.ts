/** What a refused request is told. */
export type Refusal = { status: 400 | 403 | 413 | 415; sentence: string }

/** The connection that a request came over: the port on our side, the address on the other. */
type Peer = { localPort?: number; remoteAddress?: string }

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]'])
const LOOPBACK_ADDRESS = /^(?:::ffff:)?127\.|^::1$/

/** What a proxy on this machine writes into the requests that it passes on from others, often with a Host of its own. */
const PROXY_HEADERS = ['forwarded', 'x-forwarded-for', 'x-real-ip']

/** The most that a request may carry. */
const MAX_BYTES = 64 * 1024

/**
 * Refuses whatever does not come from a page of this very server. Another machine fails at its address, a name that
 * points to loopback by rebinding at Host, a page elsewhere that posts here at Origin or Sec-Fetch-Site.
 */
export function guard(request: Request, peer: Peer = {}): Refusal | undefined {
  const { localPort: port, remoteAddress } = peer
  const passedOn = PROXY_HEADERS.some(name => request.headers.has(name))
  const away = passedOn || (remoteAddress !== undefined && !LOOPBACK_ADDRESS.test(remoteAddress))
  const host = request.headers.get('host') ?? ''
  const [, name = '', given] = /^(\[[^\]]*\]|[^:]*)(?::(\d+))?$/.exec(host.toLowerCase()) ?? []
  const right = port === undefined || Number(given ?? 80) === port
  if (away || !LOOPBACK.has(name) || !right) {
    const address = `http://localhost${port === undefined ? '' : `:${port}`}`
    return { status: 403, sentence: `The preview answers only on this machine. Open ${address}` }
  }
  const { pathname } = new URL(request.url)
  const guarded = !['GET', 'HEAD'].includes(request.method) || pathname.startsWith('/preview/')
  const origin = request.headers.get('origin')
  const site = request.headers.get('sec-fetch-site')
  const foreign =
    (origin !== null && origin !== `http://${host}`) ||
    (site !== null && !['same-origin', 'none'].includes(site))
  if (guarded && foreign)
    return { status: 403, sentence: 'The preview answers only its own page, not another site’s.' }
  return undefined
}

/** The JSON of a body, no longer than the preview takes. A form of another site cannot send this content type unasked. */
export async function readBody(request: Request): Promise<{ json: unknown } | Refusal> {
  if (!/^application\/json\b/.test(request.headers.get('content-type') ?? ''))
    return { status: 415, sentence: 'The preview reads JSON: content-type application/json.' }
  const tooLong: Refusal = {
    status: 413,
    sentence: `The preview takes at most ${MAX_BYTES / 1024} KiB at once.`,
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
