import { hash } from 'node:crypto'
import { ttlCache } from '../../chat/ttl-cache.ts'
import type { Library } from '../../content/library.ts'
import { StoreError } from '../../store/engine.ts'
import type { WebAnswer, WebQuestion } from '../../web/answer.ts'
import { writeAtom } from './atom.ts'
import { createChangeTimes } from './change-times.ts'
import { addressOf, type ComposeOptions, composeFeed } from './compose.ts'
import { FEED_TYPES, type OutFeed } from './feed.ts'
import { writeJsonFeed } from './json.ts'
import { writePage } from './page.ts'
import { writeRss } from './rss.ts'
import { type FeedRequest, readFeedPath } from './subject.ts'

/** What serving feeds needs: what is visible now, and what they are composed from. */
export type FeedsOutOptions = ComposeOptions & { library(): Library; clock?(): number }

/** Everybody may ask, as often as they like: a feed is composed at most once in this time while nothing changes. */
const KEEP_MS = 15_000
/** Feeds that were asked for lately; each may be a few hundred kilobytes. */
const MAX_KEPT = 40
/** Readers and whatever stands between keep a feed for so long: a withdrawal takes this longer to reach them. */
const MAX_AGE_SECONDS = 300
const RETRY_SECONDS = 30

const WRITERS: Record<FeedRequest['format'], (feed: OutFeed) => string> = {
  atom: writeAtom,
  rss: writeRss,
  json: writeJsonFeed,
  page: writePage,
}

/** Answers requests below /feeds/: what a brief would tell about a story or of a digest, for feed readers. */
export type FeedsOut = (question: WebQuestion) => Promise<WebAnswer>

/** Creates what answers for the feeds. All processes give the same answer, since dates and ids lie in the store. */
export function createFeedsOut({ library, clock, ...options }: FeedsOutOptions): FeedsOut {
  const kept = ttlCache<OutFeed | undefined>({ maxEntries: MAX_KEPT, ttlMs: KEEP_MS, clock })
  const changedAt = createChangeTimes(clock)

  return async ({ path, ...known }) => {
    const content = library()
    const request = readFeedPath(path, content)
    if (!request) return notFound()
    const { subject, format } = request
    const address = `${subject.path}${format === 'page' ? '' : `.${format}`}`
    // Under one address only: readers take two for two feeds.
    if (address !== path) return moved(addressOf(options.publicUrl, address))
    try {
      const feed = await kept.getOrCreate(`${content.revision} ${subject.key}`, () =>
        composeFeed(subject, content, options),
      )
      if (!feed) return later()
      const written = write(feed, format)
      return found(written, { type: FEED_TYPES[format], changedAt: changedAt(path, written), known })
    } catch (cause) {
      if (cause instanceof StoreError && cause.isAway) return later()
      throw cause
    }
  }
}

/** A feed as it was written in a format, and the tag of exactly that. */
type WrittenFeed = { body: string; etag: string }

/** What was written goes with the feed that it was written from. */
const written = new WeakMap<OutFeed, Partial<Record<FeedRequest['format'], WrittenFeed>>>()

function write(feed: OutFeed, format: FeedRequest['format']): WrittenFeed {
  const formats = written.get(feed) ?? {}
  const known = formats[format]
  if (known) return known
  const body = WRITERS[format](feed)
  const made = { body, etag: `"${hash('sha256', body, 'base64url').slice(0, 22)}"` }
  written.set(feed, { ...formats, [format]: made })
  return made
}

/** How a feed is sent: its type, since when it is as it is, and what the reader has of it. */
type Sending = { type: string; changedAt: number; known: Omit<WebQuestion, 'path'> }

function found({ body, etag }: WrittenFeed, { type, changedAt, known }: Sending): WebAnswer {
  const headers = {
    etag,
    'last-modified': new Date(changedAt).toUTCString(),
    'cache-control': `public, max-age=${MAX_AGE_SECONDS}`,
    'content-type': type,
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'",
  }
  return isKnown(etag, changedAt, known) ? { status: 304, headers } : { status: 200, headers, body }
}

/** Whether a reader has this already. What stands between may have marked the tag as weak; a date counts without one. */
function isKnown(etag: string, changedAt: number, { ifNoneMatch, ifModifiedSince = '' }: Sending['known']) {
  if (ifNoneMatch === undefined) return Date.parse(ifModifiedSince) >= changedAt
  return ifNoneMatch.split(',').some(tag => [etag, '*'].includes(tag.trim().replace(/^W\//, '')))
}

const notFound = (): WebAnswer => ({
  status: 404,
  headers: { 'content-type': 'text/plain; charset=utf-8' },
  body: 'There is no such feed.\n',
})

const moved = (location: string): WebAnswer => ({ status: 301, headers: { location } })

const later = (): WebAnswer => ({
  status: 503,
  headers: { 'content-type': 'text/plain; charset=utf-8', 'retry-after': String(RETRY_SECONDS) },
  body: 'This feed is not ready just now. Please ask again in a minute.\n',
})
