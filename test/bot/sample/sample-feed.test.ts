import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { startSampleFeed } from '../../../src/bot/sample/sample-feed.ts'
import { sampleReports } from '../../../src/bot/sample/script.ts'
import { openLiveContent } from '../../../src/check/live-content.ts'
import { readConfig } from '../../../src/config.ts'
import { createSqliteEngine } from '../../../src/store/sqlite.ts'
import { openStore } from '../../../src/store/store.ts'
import { keysOf } from '../../../src/wire/identify/keys.ts'
import { createContentFolder } from '../../support/content/content-folder.ts'
import { storyFiles } from '../../support/content/story-files.ts'
import { temporaryFolder } from '../../support/start-process.ts'
import { bring } from '../../support/wire/bring.ts'

const START = Date.parse('2026-05-05T12:00:00Z')
const titlesAt = (seconds: number) => sampleReports(START, START + seconds * 1_000).map(({ title }) => title)

test('reports come one after another, and a headline changes while its report stays the same one', () => {
  expect(titlesAt(0)).toEqual(['The sample feed begins'])
  expect(titlesAt(20)).toHaveLength(2)
  expect(titlesAt(40)[0]).toContain('until June')
  expect(titlesAt(70)[0]).toContain('until July')
  expect(titlesAt(100)[0]).toContain('Drivers')
  expect(titlesAt(126).join()).not.toContain('Drivers')
  const idAt = (seconds: number) => sampleReports(START, START + seconds * 1_000)[0]!.id
  expect(idAt(70)).toBe(idAt(40))
  // Another start tells other reports, but for the one that it begins with.
  const ids = (start: number) => sampleReports(start, start + 100_000).map(({ id }) => id)
  expect(ids(START).filter(id => ids(START + 1).includes(id))).toEqual(['welcome'])
})

test('the feed and its digest are in the content while it runs, and the channel of the preview gets it', async () => {
  const store = await openStore(createSqliteEngine(join(temporaryFolder(), 'db')))
  const stories = await openLiveContent(await createContentFolder(storyFiles('bridge')), {})
  const read = readConfig({ FEED_HOSTS: 'own.example' })
  if ('problems' in read) throw new Error(read.problems.join())
  const sample = await startSampleFeed(read.config, { store, stories })
  const library = sample.stories.library()
  expect(sample.stories.library()).toBe(library)
  const [feed] = library.feeds
  const { host } = new URL(feed!.url)
  expect(sample.settings.feedHosts).toEqual(['own.example', host])
  const response = await fetch(feed!.url)
  expect(response.headers.get('content-type')).toContain('application/rss+xml')
  expect(await response.text()).toContain('<title>The sample feed begins</title>')
  expect(library.digest('sample')).toMatchObject({ time: 'at once', wire: ['sample'] })
  expect(await store.subscriptions.listAtOnce()).toMatchObject([{ place: 'preview:local', digest: 'sample' }])
  await sample.stop()
  expect(await store.subscriptions.list()).toEqual([])
  await expect(fetch(feed!.url)).rejects.toThrow()
  await stories.close()
  await store.close()
})

test('its last report is taken back, by the outlet as a system that calls us', async () => {
  const store = await openStore(createSqliteEngine(join(temporaryFolder(), 'db')))
  const stories = await openLiveContent(await createContentFolder(storyFiles('bridge')), {})
  const read = readConfig({})
  if ('problems' in read) throw new Error(read.problems.join())
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] })
  const sample = await startSampleFeed(read.config, { store, stories })
  const { url } = sample.stories.library().feeds[0]!
  vi.setSystemTime(Date.now() + 100_000)
  const body = await (await fetch(url)).text()
  const [, guid, title, link] = /<guid[^>]*>(drivers[^<]*)<\/guid><title>([^<]*)<\/title><link>([^<]*)</.exec(
    body,
  )!
  const parsed = { guid: guid!, title: title!, url: link!, text: '' }
  await bring(store, 'aaa', parsed.title, {
    ...{ via: 'feed:sample', outlet: 'Sample Gazette', url: parsed.url, keys: keysOf(parsed) },
  })
  vi.advanceTimersByTime(130_000)
  vi.useRealTimers()
  await vi.waitFor(async () =>
    expect([...(await store.wire.items.byId(['aaa'])).values()]).toMatchObject([{ state: 'withdrawn' }]),
  )
  await sample.stop()
  await stories.close()
  await store.close()
})
