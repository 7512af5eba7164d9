/** An answer of a platform. `json` is an empty object if the body was no JSON object. */
export type HttpResponse = { status: number; headers: Headers; json: Record<string, unknown> }

/** Makes requests, each for a few seconds at most, and notes how far the servers' clocks are from ours. */
export type HttpClient = {
  /** Rejects with a `NoAnswer` if nothing came back. */
  request(url: string, init?: RequestInit): Promise<HttpResponse>
  /** The milliseconds by which our clock is ahead of each host that answered. */
  clockOffsets(): Map<string, number>
}

/** The failure of a request that nothing came back from; `code` says why, such as `ECONNREFUSED`. */
export class NoAnswer extends Error {
  override name = 'NoAnswer'
  readonly code: string

  constructor(code: string, cause: unknown) {
    super(`no answer: ${code}`, { cause })
    this.code = code
  }
}

/** Half the limit of an area, so that two requests fit into it. */
const TIMEOUT_MS = 4_000

/** Creates a client; `clock` gives our time. */
export function createHttpClient({ clock = Date.now, timeoutMs = TIMEOUT_MS } = {}): HttpClient {
  const offsets = new Map<string, number>()
  return {
    clockOffsets: () => offsets,
    async request(url, init) {
      const startedAt = clock()
      let response: Response
      let text: string
      try {
        const signals = [AbortSignal.timeout(timeoutMs), init?.signal].filter(signal => signal != null)
        response = await fetch(url, { redirect: 'error', ...init, signal: AbortSignal.any(signals) })
        text = await response.text()
      } catch (cause) {
        throw new NoAnswer(errorCodeOf(cause), cause)
      }
      const serverTime = Date.parse(response.headers.get('date') ?? '')
      // The header has whole seconds, and was written at some moment while we waited: both are taken as halfway.
      if (!Number.isNaN(serverTime))
        offsets.set(new URL(url).host, (startedAt + clock()) / 2 - serverTime - 500)
      return { status: response.status, headers: response.headers, json: parseJsonObject(text) }
    },
  }
}

function errorCodeOf(cause: unknown): string {
  const { name, cause: inner } = cause as { name?: string; cause?: { code?: unknown } }
  if (name === 'TimeoutError' || name === 'AbortError') return 'no answer in time'
  return typeof inner?.code === 'string' ? inner.code : 'no connection'
}

function parseJsonObject(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}
