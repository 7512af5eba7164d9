import type { Config } from '../config.ts'
import type { Feed } from '../content/feed.ts'
import { phrases } from '../phrases/phrases.ts'
import { createFeedFetcher, type FeedFetcher } from '../wire/fetch/fetch-feed.ts'
import { readFeed, stopReading } from '../wire/read/read-feed.ts'
import { type Finding, findingsFor } from './finding.ts'

const { error, warning, note, ok } = findingsFor('feeds')

/** How many feeds are tried in one run, how many at once, and for how long each. */
const MAX_FEEDS = 60
const CONCURRENCY = 8
const TIMEOUT_MS = 6_000

/** Tries each feed as the bot asks for it: whether it answers, and whether what comes can be read. */
export async function diagnoseFeeds(
  feeds: Feed[],
  { feedHosts }: Pick<Config, 'feedHosts'>,
  timeoutMs = TIMEOUT_MS,
): Promise<Finding[]> {
  if (feeds.length === 0) return []
  const fetcher = createFeedFetcher({ userAgent: 'nutgraf doctor', ownHosts: feedHosts, timeoutMs })
  const waiting = feeds.slice(0, MAX_FEEDS)
  const findings: Finding[] = []
  const work = async () => {
    for (let feed = waiting.shift(); feed; feed = waiting.shift())
      findings.push(...(await tryFeed(feed, fetcher)))
  }
  try {
    await Promise.all(Array.from({ length: CONCURRENCY }, work))
  } finally {
    await fetcher.close()
    await stopReading()
  }
  const tried = Math.min(feeds.length, MAX_FEEDS)
  const untried =
    feeds.length > tried ? [note('feeds-many', `${feeds.length - tried} more feeds were not tried.`)] : []
  const names = tried === 1 ? 'The feed can be read.' : `All ${tried} feeds can be read.`
  return findings.length > 0
    ? [...findings.sort((a, b) => (a.says < b.says ? -1 : 1)), ...untried]
    : [ok('feeds', names), ...untried]
}

async function tryFeed({ name, url, zone }: Feed, fetcher: FeedFetcher): Promise<Finding[]> {
  const fetched = await fetcher.fetch({ url })
  if (fetched.kind === 'failed') {
    const { failure } = fetched
    const says = `The feed “${name}” is not reached: ${phrases.feedTrouble.reason(failure)}.`
    if (failure.code === 'private')
      return [error('feed-private', says, 'If it lies in your own network, add its host to FEED_HOSTS.')]
    if (failure.code === 'gone')
      return [
        error('feed-unreachable', says, `Give ${name} another address in content/feeds.yml, or take it out.`),
      ]
    return [
      warning('feed-unreachable', says, `Open ${url} in a browser. If it works there, run doctor again.`),
    ]
  }
  if (fetched.kind === 'same') return []
  const { bytes, url: at, headers } = fetched
  const read = await readFeed({
    ...{ bytes, url: at, contentType: headers['content-type'] },
    ...(zone !== undefined && { zone }),
  })
  if ('unreadable' in read)
    return [
      error(
        'feed-unread',
        `The feed “${name}” cannot be read: ${phrases.feedTrouble.reason({ code: read.unreadable })}.`,
        `Open ${url} in a browser: it must show a feed (RSS, Atom or JSON Feed). Correct its address in content/feeds.yml.`,
      ),
    ]
  if (fetched.movedTo === undefined) return []
  return [
    note(
      'feed-moved',
      `The feed “${name}” has moved for good: write ${fetched.movedTo} in content/feeds.yml.`,
    ),
  ]
}
