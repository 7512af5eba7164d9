import { startFeedServer } from './feed-server.ts'

/** What a server of feeds holds against those who ask it. */
export type Manners = {
  asked: number
  /** Requests without validators, after the first that was answered of a feed. */
  unconditional: number
  /** Requests that came earlier than one period after the one before, and by how much at most. */
  early: number
  earliestMs: number
  /** Feeds that were asked never. */
  missed: number
  /** Requests with cookies, a referrer, or no name. */
  rude: number
}

/** How much later a request may arrive than it was decided on: the next one may be quicker. */
const ON_THE_WAY_MS = 250

/**
 * Serves many feeds of twenty reports, each with another one after every `newEvery` answers, and counts manners. Each
 * feed is to be asked once in `periodMs`.
 */
export async function serveStrictly({
  feeds,
  periodMs,
  newEvery = 20,
}: {
  feeds: number
  periodMs: number
  newEvery?: number
}) {
  const server = await startFeedServer()
  const paths = Array.from({ length: feeds }, (_, index) => `/feed-${index}`)
  for (const [index, path] of paths.entries()) {
    let answers = index
    server.answer(path, (res, { headers }) => {
      const version = Math.floor(answers++ / newEvery)
      const etag = `"${version}"`
      if (headers['if-none-match'] === etag) return void res.writeHead(304, { etag }).end()
      res.writeHead(200, { 'content-type': 'application/rss+xml', etag }).end(write(index, version))
    })
  }
  return {
    server,
    feeds: paths.map(path => ({
      name: path.slice(1),
      outlet: path.slice(1),
      url: server.origin + path,
      everyMs: periodMs,
    })),
    manners(): Manners {
      const found: Manners = { asked: 0, unconditional: 0, early: 0, earliestMs: 0, missed: 0, rude: 0 }
      for (const path of paths) {
        const calls = server.callsTo(path)
        found.asked += calls.length
        if (calls.length === 0) found.missed++
        for (const [at, call] of calls.entries()) {
          const { cookie, referer, 'user-agent': name = '' } = call.headers
          if (cookie !== undefined || referer !== undefined || !name.startsWith('nutgraf/')) found.rude++
          const before = calls[at - 1]
          if (!before) continue
          if (call.headers['if-none-match'] === undefined) found.unconditional++
          const earlyMs = periodMs - (call.at - before.at)
          found.earliestMs = Math.max(found.earliestMs, earlyMs)
          if (earlyMs > ON_THE_WAY_MS) found.early++
        }
      }
      return found
    },
  }
}

function write(index: number, version: number): string {
  const items = Array.from({ length: 20 }, (_, at) => {
    const number = version + at
    const date = new Date(Date.UTC(2018, 3, 1) + number * 3_600_000).toUTCString()
    return `<item><guid isPermaLink="false">${index}-${number}</guid><link>https://feed-${index}.example/${number}</link>
      <title>Report number ${number} of the town with the number ${index}</title><pubDate>${date}</pubDate>
      <description>${`What happened in town ${index}, in matter ${number}. `.repeat(8)}</description></item>`
  })
  return `<rss version="2.0"><channel><title>Feed ${index}</title>${items.join('\n')}</channel></rss>`
}
