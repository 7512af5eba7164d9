import type { IncomingHttpHeaders } from 'node:http'
import type { FeedFailure } from '../../store/wire/feeds.ts'
import { ACCEPTED_ENCODINGS, decodeBody } from './decode-body.ts'
import { failureOfError } from './failures.ts'
import { createGuardedClient, type LookUp, type RawAnswer } from './guarded-request.ts'
import { createAddressGuard } from './own-hosts.ts'

/** What to ask for: an address, and the validators of the body that is known, verbatim. */
export type FeedRequest = { url: string; etag?: string; lastModified?: string; signal?: AbortSignal }

/**
 * What a feed answered. `movedTo` is the address at the end of redirects that were all permanent. `headers` are those of
 * the last answer, from which validators and waits are read; there are none where nobody answered.
 */
export type Fetched =
  | { kind: 'body'; bytes: Uint8Array; url: string; movedTo?: string; headers: IncomingHttpHeaders }
  | { kind: 'same'; url: string; movedTo?: string; headers: IncomingHttpHeaders }
  | { kind: 'failed'; failure: FeedFailure; headers: IncomingHttpHeaders }

/** Asks for feeds. */
export type FeedFetcher = { fetch(request: FeedRequest): Promise<Fetched>; close(): Promise<void> }

/**
 * Who we say that we are, and which hosts of the own network may be asked. `maxBytes` and `accept` are others for pages; the
 * rest is different in tests alone.
 */
export type FetcherOptions = {
  userAgent: string
  ownHosts?: string[]
  dnsLookUp?: LookUp
  timeoutMs?: number
  maxBytes?: number
  accept?: string
}

/** For the whole way of a request: a body that drips in ends like one that never comes. */
const TIMEOUT_MS = 30_000
/** After it was unpacked. */
const MAX_BYTES = 5_000_000
const MAX_REDIRECTS = 5
const PERMANENT = new Set([301, 308])
const REDIRECTS = new Set([301, 302, 303, 307, 308])
const ACCEPT =
  'application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml, application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, */*;q=0.1'

/** Creates what asks for feeds: with nothing about us but our name, and of the public internet alone. */
export function createFeedFetcher({
  userAgent,
  ownHosts = [],
  dnsLookUp,
  timeoutMs = TIMEOUT_MS,
  maxBytes = MAX_BYTES,
  accept = ACCEPT,
}: FetcherOptions): FeedFetcher {
  const guard = createAddressGuard(ownHosts)
  const client = createGuardedClient({ dnsLookUp, isOwnName: guard.isOwnName })

  async function fetch({ url, etag, lastModified, signal }: FeedRequest): Promise<Fetched> {
    const timeout = AbortSignal.timeout(timeoutMs)
    const headers = {
      'user-agent': userAgent,
      accept,
      'accept-encoding': ACCEPTED_ENCODINGS,
      ...(etag !== undefined && { 'if-none-match': etag }),
      ...(lastModified !== undefined && { 'if-modified-since': lastModified }),
    }
    const request = { headers, maxBytes, signal: signal ? AbortSignal.any([signal, timeout]) : timeout }
    const start = URL.parse(url)
    let at = start
    let allPermanent = true
    for (let hop = 0; hop <= MAX_REDIRECTS; hop++) {
      if (!start || !at) return failed('redirects')
      const problem = guard.problem(at, start)
      if (problem !== undefined) return failed('private', problem)
      const answer = await client.request({ ...request, url: at })
      if (!REDIRECTS.has(answer.status)) {
        const movedTo = hop > 0 && allPermanent ? at.href : undefined
        return await readAnswer(answer, { url: at.href, movedTo, maxBytes })
      }
      allPermanent &&= PERMANENT.has(answer.status)
      const next: URL | null = URL.parse(locationOf(answer.headers), at)
      // Whoever reads along on the way could move the feed for good.
      if (at.protocol === 'https:' && next?.protocol === 'http:') allPermanent = false
      if (next) next.hash = ''
      at = answer.headers.location === undefined ? null : next
    }
    return failed('redirects')
  }

  return {
    fetch: request =>
      fetch(request).catch(cause => {
        if (request.signal?.aborted) throw request.signal.reason
        return { kind: 'failed', failure: failureOfError(cause), headers: {} }
      }),
    close: client.close,
  }
}

/** Where an answer points. Some servers write letters of other alphabets as bytes of UTF-8, which headers cannot have. */
function locationOf({ location = '' }: IncomingHttpHeaders): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(location, 'latin1'))
  } catch {
    return location
  }
}

const failed = (code: FeedFailure['code'], detail?: string, headers: IncomingHttpHeaders = {}): Fetched => ({
  kind: 'failed',
  failure: { code, ...(detail !== undefined && { detail }) },
  headers,
})

type AnswerAt = { url: string; movedTo?: string; maxBytes: number }

async function readAnswer(
  { status, headers, body }: RawAnswer,
  { url, movedTo, maxBytes }: AnswerAt,
): Promise<Fetched> {
  if (headers['cf-mitigated'] === 'challenge') return failed('challenge', String(status), headers)
  if (status === 304) return { kind: 'same', url, movedTo, headers }
  if (status === 410) return failed('gone', undefined, headers)
  if (status === 429) return failed('tooManyRequests', undefined, headers)
  if (status !== 200) return failed('status', String(status), headers)
  const bytes = await decodeBody(body, String(headers['content-encoding'] ?? ''), maxBytes)
  return { kind: 'body', bytes, url, movedTo, headers }
}
