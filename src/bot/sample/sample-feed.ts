import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Place } from '../../chat/platform.ts'
import type { LiveContent } from '../../check/live-content.ts'
import type { Config } from '../../config.ts'
import { AT_ONCE, DIGEST_DAYS } from '../../content/digest.ts'
import type { Feed } from '../../content/feed.ts'
import type { Library } from '../../content/library.ts'
import { NO_SLOT } from '../../digests/slots.ts'
import type { Store } from '../../store/store.ts'
import { SAMPLE_DIGEST, SAMPLE_NAME, sampleFeedAt, takeBackSample } from './outlet.ts'
import { sampleReports, sampleRss, sampleWithdrawals } from './script.ts'

/** A feed of our own on loopback, whose reports come to the channel of the preview page, to see the wire work. */
export type SampleFeed = {
  /** The settings with which its address may be asked. */
  settings: Config
  /** The content with the feed and its digest. */
  stories: LiveContent
  stop(): Promise<void>
}

const PLACE: Place = 'preview:local'

type SampleStore = Pick<Store, 'subscriptions' | 'clock' | 'notify'> & { wire: Pick<Store['wire'], 'accept'> }

/** Starts the sample feed, and switches its digest on in the channel of the preview. */
export async function startSampleFeed(
  config: Config,
  { store, stories }: { store: SampleStore; stories: LiveContent },
): Promise<SampleFeed> {
  const startedAt = await store.clock()
  const server = createServer((request, response) => {
    const base = `http://${request.headers.host}`
    if (request.url !== '/feed')
      return response.end('This is a report of the sample feed. A real one leads to its outlet.')
    response.setHeader('content-type', 'application/rss+xml; charset=utf-8')
    response.end(sampleRss(base, sampleReports(startedAt, Date.now())))
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  const feed = sampleFeedAt(`http://${host}/feed`)
  await store.subscriptions.save([
    {
      ...{ place: PLACE, digest: SAMPLE_NAME, time: AT_ONCE, zone: config.zone, days: DIGEST_DAYS.join(',') },
      ...{ stories: '', quiet: 'skip', state: 'on', setBy: SAMPLE_NAME, setAt: startedAt },
      ...{ nextSlot: NO_SLOT.at, nextDate: NO_SLOT.date },
    },
  ])
  const takeBack = async (id: string, at: number) => {
    await takeBackSample(store, { id, at, base: `http://${host}` })
    await store.notify()
  }
  const timers = sampleWithdrawals(startedAt).map(({ id, at }) =>
    setTimeout(() => void takeBack(id, at).catch(() => {}), at - Date.now()).unref(),
  )
  return {
    settings: { ...config, feedHosts: [...config.feedHosts, host] },
    stories: { ...stories, library: withSample(stories.library, feed) },
    stop: async () => {
      for (const timer of timers) clearTimeout(timer)
      await store.subscriptions.remove(PLACE, SAMPLE_NAME)
      server.closeAllConnections()
      await new Promise<void>(resolve => server.close(() => resolve()))
    },
  }
}

/** The content with the feed and its digest: the same object as long as the content is the same one. */
function withSample(library: () => Library, feed: Feed): () => Library {
  const made = new WeakMap<Library, Library>()
  return () => {
    const own = library()
    const known = made.get(own) ?? {
      ...own,
      feeds: [...own.feeds, feed],
      digests: [...own.digests, SAMPLE_DIGEST],
      digest: (name: string) => (name === SAMPLE_NAME ? SAMPLE_DIGEST : own.digest(name)),
    }
    made.set(own, known)
    return known
  }
}
