import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createSqliteEngine } from '../../../src/store/sqlite.ts'
import { openStore, type Store } from '../../../src/store/store.ts'
import { temporaryFolder } from '../../support/start-process.ts'
import { waitUntil } from '../../support/wait-until.ts'
import { type FeedServer, startFeedServer } from '../../support/wire/feed-server.ts'
import { plainFeed, readPlainFeed } from '../../support/wire/plain-feed.ts'
import { feedAt, testPoller } from '../../support/wire/test-poller.ts'

const HOUR_MS = 3_600_000
let ahead = 0
const clock = () => Date.now() + ahead
let store: Store
let server: FeedServer
beforeEach(async () => {
  ahead = 0
  store = await openStore(createSqliteEngine(join(temporaryFolder(), 'nutgraf.db'), { clock }))
  server = await startFeedServer(clock)
})
afterEach(() => store.close())

const titles = async () => (await store.wire.items.list({ limit: 99 })).map(({ title }) => title).sort()

test('a feed is read once, then asked only whether it has changed; what is new, changed and gone is as it should be', async () => {
  server.serve('/wqad', plainFeed(['1', 'Old report'], ['2', 'Council meets']))
  const { poller } = testPoller({ store, server, feeds: [feedAt(server, '/wqad')] })
  expect(await poller.poll()).toBe(1)
  expect(await titles()).toEqual(['Council meets', 'Old report'])
  expect((await store.wire.items.list({ limit: 9 })).map(({ backlog }) => backlog)).toEqual([true, true])
  expect(await poller.poll()).toBe(0)
  ahead += HOUR_MS
  await poller.poll()
  server.serve('/wqad', plainFeed(['2', 'Council votes'], ['3', 'Bridge closes']))
  ahead += HOUR_MS
  await poller.poll()
  // What is no longer in its feed stays: feeds are short.
  expect(await titles()).toEqual(['Bridge closes', 'Council votes', 'Old report'])
  const news = (await store.wire.items.list({ limit: 9 })).filter(({ backlog }) => !backlog)
  expect(news.map(({ title, revision }) => [title, revision])).toEqual([['Bridge closes', 1]])
  const [first, ...later] = server.callsTo('/wqad')
  expect(first!.headers['if-none-match']).toBeUndefined()
  expect(later.map(({ headers }) => headers['if-none-match'] !== undefined)).toEqual([true, true])
  await poller.stop()
})

test('what a server wants is kept: ttl, max-age, Retry-After, and nothing at all once it is gone', async () => {
  server.serve('/ttl', `${plainFeed(['1', 'A'])}\nttl=180`)
  server.serve('/fresh', plainFeed(['1', 'B']), { 'cache-control': 'max-age=7200' })
  server.answer('/busy', res => res.writeHead(429, { 'retry-after': '14400' }).end())
  server.answer('/gone', res => res.writeHead(410).end())
  const paths = ['/ttl', '/fresh', '/busy', '/gone']
  const { poller, told } = testPoller({ store, server, feeds: paths.map(path => feedAt(server, path)) })
  const started = clock()
  for (let quarter = 0; quarter < 24; quarter++) {
    await poller.poll()
    ahead += HOUR_MS / 4
  }
  const hours = (path: string) => server.callsTo(path).map(({ at }) => Math.floor((at - started) / HOUR_MS))
  expect(paths.map(hours)).toEqual([[0, 3], [0, 2, 4], [0, 4], [0]])
  expect(told).toEqual(['gone: gone'])
  await poller.stop()
})

test('a shorter `every` counts at once, and a longer one from the next poll on', async () => {
  server.serve('/wqad', plainFeed(['1', 'A']))
  const every = (hours: number) => [feedAt(server, '/wqad', { everyMs: hours * HOUR_MS })]
  let feeds = every(12)
  const { poller } = testPoller({ store, server, feeds }, { feeds: () => feeds })
  await poller.poll()
  ahead += 2 * HOUR_MS
  expect(await poller.poll()).toBe(0)
  feeds = every(3)
  expect(await poller.poll()).toBe(0)
  ahead += HOUR_MS
  expect(await poller.poll()).toBe(1)
  feeds = every(12)
  ahead += 3 * HOUR_MS
  expect([await poller.poll(), server.calls.length]).toEqual([1, 3])
  ahead += 11 * HOUR_MS
  expect(await poller.poll()).toBe(0)
  await poller.stop()
})

test('a feed that fails backs off, the desk hears of it after six hours, and once it is over', async () => {
  server.serve('/wqad', '<html>Maintenance</html>')
  const { poller, told } = testPoller({ store, server, feeds: [feedAt(server, '/wqad')] })
  for (let hour = 0; hour < 14; hour++) {
    await poller.poll()
    ahead += HOUR_MS
  }
  expect(server.callsTo('/wqad').length).toBeLessThan(6)
  expect(told).toEqual(['wqad: html'])
  const [state] = (await store.wire.feeds.states(['wqad'])).values()
  expect(state).toMatchObject({ failure: { code: 'html' } })
  expect(state!.reachedAt).toBeUndefined()
  server.serve('/wqad', plainFeed(['1', 'Back']))
  ahead += 6 * HOUR_MS
  await poller.poll()
  expect(told.at(-1)).toBe('wqad: over')
  expect(await titles()).toEqual(['Back'])
  await poller.stop()
})

test('a feed that moved for good is asked at its new address from the fourth poll on', async () => {
  server.redirect('/old', 301, '/new')
  server.serve('/new', plainFeed(['1', 'A']))
  const { poller, told } = testPoller({ store, server, feeds: [feedAt(server, '/old')] })
  for (let hour = 0; hour < 5; hour++) {
    await poller.poll()
    ahead += HOUR_MS
  }
  expect([server.callsTo('/old').length, server.callsTo('/new').length]).toEqual([3, 5])
  expect(told.filter(line => line.includes('→'))).toEqual([`old → ${server.origin}/new`])
  expect(server.callsTo('/new').filter(({ headers }) => headers['if-none-match'] === undefined)).toHaveLength(
    1,
  )
  await poller.stop()
})

test('a process that stops lets a request end, and gives back a feed that was never reached', async () => {
  server.answer('/hangs', () => {})
  const { poller } = testPoller({ store, server, feeds: [feedAt(server, '/hangs')] }, { stopMs: 20 })
  poller.start()
  await waitUntil(() => server.calls.length > 0)
  await poller.stop()
  server.serve('/hangs', plainFeed(['1', 'There']))
  const next = testPoller({ store, server, feeds: [feedAt(server, '/hangs')] }, { owner: 'two' })
  await next.poller.poll()
  expect(await titles()).toEqual(['There'])
  await next.poller.stop()
})

test('items that came while the store was away come with the next poll', async () => {
  server.serve('/wqad', plainFeed(['1', 'A']))
  const feeds = [feedAt(server, '/wqad')]
  let isAway = true
  const away: Store = {
    ...store,
    wire: {
      ...store.wire,
      feeds: {
        ...store.wire.feeds,
        endWithItems: (...args) =>
          isAway ? Promise.reject(new Error('store: away')) : store.wire.feeds.endWithItems(...args),
      },
    },
  }
  const { poller, log } = testPoller({ store: away, server, feeds })
  await poller.poll()
  expect(log.errors).toHaveLength(1)
  expect(await titles()).toEqual([])
  isAway = false
  ahead += HOUR_MS
  await poller.poll()
  expect(await titles()).toEqual(['A'])
  await poller.stop()
})

test('a poll that was held up until others had polled stores nothing, also where its process polls again meanwhile', async () => {
  const gates: PromiseWithResolvers<void>[] = []
  const feeds = [feedAt(server, '/wqad')]
  const { poller: slow } = testPoller(
    { store, server, feeds },
    {
      read: async body => {
        gates.push(Promise.withResolvers<void>())
        await gates.at(-1)!.promise
        return readPlainFeed(body)
      },
    },
  )
  const { poller: other } = testPoller({ store, server, feeds }, { owner: 'another' })
  const publish = async (title: string) => {
    ahead += HOUR_MS
    server.serve('/wqad', plainFeed(['1', title]))
  }
  await publish('Council meets')
  const first = slow.poll()
  await waitUntil(() => gates.length === 1)
  await publish('Council votes')
  await other.poll()
  await publish('Council has voted')
  const second = slow.poll()
  await waitUntil(() => gates.length === 2)
  gates[0]!.resolve()
  await new Promise(resolve => setTimeout(resolve, 100))
  expect(await titles()).toEqual(['Council votes'])
  gates[1]!.resolve()
  await Promise.all([first, second])
  expect(await titles()).toEqual(['Council has voted'])
  await Promise.all([slow.stop(), other.stop()])
})
