import { createFeedFetcher } from '../../wire/fetch/fetch-feed.ts'
import type { LookUp } from '../../wire/fetch/guarded-request.ts'
import type { Article } from '../article.ts'
import { PageError } from './page-failure.ts'
import { MAX_PAGE_BYTES, readPage } from './read-page.ts'

/** Who we say that we are, and which hosts of the own network may be asked. The others are different in tests alone. */
export type FetchPageOptions = {
  userAgent: string
  ownHosts?: string[]
  now?: number
  signal?: AbortSignal
  dnsLookUp?: LookUp
  timeoutMs?: number
}

const ACCEPT = 'text/html, application/xhtml+xml;q=0.9, text/plain;q=0.8, */*;q=0.1'
/** What a server may call a page. Without a name for it, the bytes tell. */
const PAGE_TYPE = /^\s*(?:text\/html|application\/xhtml\+xml|text\/plain|application\/octet-stream|$)/i

/**
 * Fetches a page of the public internet and reads it as an article: each address on the way is checked, and the whole of it
 * bounded in time and size. Rejects with a `PageError` whatever goes wrong, or with the reason of `signal`.
 */
export async function fetchPage(
  url: string,
  { userAgent, ownHosts, now, signal, dnsLookUp, timeoutMs }: FetchPageOptions,
): Promise<Article> {
  if (!URL.canParse(url)) throw new PageError('private', 'scheme')
  const fetcher = createFeedFetcher({
    userAgent,
    ownHosts,
    dnsLookUp,
    timeoutMs,
    maxBytes: MAX_PAGE_BYTES,
    accept: ACCEPT,
  })
  try {
    const answer = await fetcher.fetch({ url, signal })
    // Without validators in the question, no server should answer that nothing has changed.
    if (answer.kind === 'same') throw new PageError('status', '304')
    if (answer.kind === 'failed') throw new PageError(answer.failure.code, answer.failure.detail)
    const contentType = answer.headers['content-type'] ?? ''
    if (!PAGE_TYPE.test(contentType)) throw new PageError('notAPage', plainType(contentType))
    return await readPage(answer.bytes, { url: answer.url, contentType, now })
  } finally {
    await fetcher.close()
  }
}

/** A content type for a sentence: the server may send anything. */
const plainType = (contentType: string): string =>
  /^[\w.+-]{1,40}\/[\w.+-]{1,60}/.exec(contentType)?.[0] ?? 'of no known type'
