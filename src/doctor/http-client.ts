/** An answer of a platform. `json` is empty where it was none. */
export type HttpResponse = { status: number; headers: Headers; json: Record<string, unknown> }

/** Asks addresses, each for a few seconds at most, and notes how far their clocks are from ours. */
export type HttpClient = {
  /** Rejects with a `NoAnswer` where nothing came back. */
  request(url: string, init?: RequestInit): Promise<HttpResponse>
  /** Milliseconds by which our clock is ahead of whoever answered, by host. */
  clockOffsets(): Map<string, number>
}

/** Nothing came back; `code` says why, in a word of the system. */
export class NoAnswer extends Error {
  override name = 'NoAnswer'
  readonly code: string

  constructor(code: string, cause: unknown) {
    super(`no answer: ${code}`, { cause })
    this.code = code
  }
}

const TIMEOUT_MS = 4_000

/** Makes an asker; `clock` tells our time. */
export function createHttpClient({ clock = Date.now, timeoutMs = TIMEOUT_MS } = {}): HttpClient {
  const ahead = new Map<string, number>()
  return {
    clockOffsets: () => ahead,
    async request(url, init) {
      const began = clock()
      let response: Response
      let text: string
      try {
        const signals = [AbortSignal.timeout(timeoutMs), init?.signal].filter(one => one != null)
        response = await fetch(url, { redirect: 'error', ...init, signal: AbortSignal.any(signals) })
        text = await response.text()
      } catch (cause) {
        throw new NoAnswer(errorCodeOf(cause), cause)
      }
      const theirs = Date.parse(response.headers.get('date') ?? '')
      // It tells whole seconds, and was written at some moment while we waited.
      if (!Number.isNaN(theirs)) ahead.set(new URL(url).host, (began + clock()) / 2 - theirs - 500)
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
