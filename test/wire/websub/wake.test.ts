import { createHmac } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createSqliteEngine } from '../../../src/store/sqlite.ts'
import { openStore, type Store } from '../../../src/store/store.ts'
import { createWebServer, type WebServer } from '../../../src/web/server.ts'
import { stopReading } from '../../../src/wire/read/read-feed.ts'
import { createWakeListener } from '../../../src/wire/websub/listener.ts'
import { createSubscriber, type Subscriber } from '../../../src/wire/websub/subscriber.ts'
import { recordingLog } from '../../support/recording-log.ts'
import { waitUntil } from '../../support/wait-until.ts'
import { type FeedServer, startFeedServer } from '../../support/wire/feed-server.ts'
import { readingPoller } from '../../support/wire/reading-poller.ts'

const HOUR = 3_600_000
let ahead = 0
const clock = () => Date.now() + ahead
let store: Store
let server: FeedServer
let web: WebServer
let subscriber: Subscriber
let origin = ''
let stopHub: () => void
/** What the hub was sent, and what we answered when it asked whether it was us. */
let forms: URLSearchParams[]
let confirmed: string[]

beforeEach(async () => {
  ahead = 0
  forms = []
  confirmed = []
  store = await openStore(createSqliteEngine(':memory:', { clock }))
  server = await startFeedServer(clock)
  web = createWebServer({
    ...{ host: '127.0.0.1', port: 0, log: recordingLog() },
    ...{ health: () => ({ ok: true }), ready: () => true },
    websub: createWakeListener({ store, log: recordingLog() }),
  })
  origin = `http://127.0.0.1:${(await web.start()).port}`
  const hub = createServer(async (req, res) => {
    const form = new URLSearchParams(await text(req))
    forms.push(form)
    res.writeHead(202).end()
    confirmed.push(await (await fetch(challengeOf(form))).text())
  })
  await new Promise<void>(resolve => hub.listen(0, '127.0.0.1', resolve))
  stopHub = () => hub.close()
  const hubPort = (hub.address() as AddressInfo).port
  subscriber = createSubscriber({
    ...{ store, publicUrl: `${origin}/`, userAgent: 'nutgraf/test', log: recordingLog() },
    ownHosts: [`127.0.0.1:${server.port}`, `127.0.0.1:${hubPort}`],
  })
  serve('Bridge shut', `http://127.0.0.1:${hubPort}/`)
})
afterEach(async () => {
  stopHub()
  await Promise.all([web.stop(), subscriber.close(), stopReading()])
  await store.close()
})

const serve = (title: string, hub?: string) =>
  server.serve(
    '/wqad',
    `<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>WQAD</title>
    ${hub ? `<atom:link rel="hub" href="${hub}"/><atom:link rel="self" href="https://wqad.example/feed"/>` : ''}
    <item><guid>1</guid><title>${title}</title><link>https://wqad.example/1</link></item></channel></rss>`,
  )

const FEED_WITHOUT_HUB = '<rss version="2.0"><channel><title>WQAD</title></channel></rss>'

function challengeOf(form: URLSearchParams, more: Record<string, string> = {}): URL {
  const url = new URL(form.get('hub.callback')!)
  const said = {
    ...{ 'hub.mode': 'subscribe', 'hub.topic': form.get('hub.topic')! },
    ...{ 'hub.challenge': 'a-challenge', 'hub.lease_seconds': '864000', ...more },
  }
  for (const [name, value] of Object.entries(said)) url.searchParams.set(name, value)
  return url
}

const poller = () => {
  const feeds = [{ name: 'wqad', outlet: 'WQAD', url: `${server.origin}/wqad`, everyMs: HOUR }]
  return readingPoller(store, { feeds: () => feeds, server, onReached: subscriber.afterPoll })
}
const stateOf = async () => [...(await store.wire.feeds.states(['wqad'])).values()][0]!

async function subscribed() {
  const polling = poller()
  await polling.poll()
  await waitUntil(() => confirmed.length > 0)
  const [form] = forms
  return { polling, callback: form!.get('hub.callback')!, secret: form!.get('hub.secret')! }
}
const push = async (url: string, body: string, headers: Record<string, string> = {}) =>
  (await fetch(url, { method: 'POST', body, headers })).status
const signed = (body: string, secret: string, algorithm = 'sha256') => ({
  'x-hub-signature': `${algorithm}=${createHmac(algorithm, secret).update(body).digest('hex')}`,
})

test('a feed’s hub is asked once, and what it pushes makes the feed due; its words are never taken', async () => {
  const { polling, callback, secret } = await subscribed()
  expect(confirmed).toEqual(['a-challenge'])
  expect(callback).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/websub\/wqad\/[0-9a-f]{48}$/)
  expect(forms[0]!.get('hub.topic')).toBe('https://wqad.example/feed')
  expect((await stateOf()).webSub?.until).toBeGreaterThan(clock() + 9 * 24 * HOUR)
  ahead += HOUR / 2
  expect(await polling.poll()).toBe(0)
  const body = '<rss><channel><item><title>INVENTED</title></item></channel></rss>'
  expect(await push(callback, body, signed(body, secret))).toBe(202)
  expect(await polling.poll()).toBe(1)
  const titles = (await store.wire.items.list({ limit: 9 })).map(({ title }) => title)
  expect(titles).toEqual(['Bridge shut'])
  // Whoever knocks all the time is heard once a minute.
  expect(await push(callback, body, signed(body, secret, 'sha1'))).toBe(202)
  expect(await polling.poll()).toBe(0)
  ahead += 61_000
  expect(await polling.poll()).toBe(1)
  expect(forms).toHaveLength(1)
  await polling.stop()
})

test('a confirmation that comes while the feed is being asked is not lost: the hub is not asked again', async () => {
  const { polling, callback, secret } = await subscribed()
  // The hub asks once more, as it does before it renews, while the feed takes its time to answer.
  for (const says of ['same', 'new']) {
    ahead += 2 * HOUR
    const asked = Promise.withResolvers<void>()
    const mayAnswer = Promise.withResolvers<void>()
    server.answer('/wqad', async res => {
      asked.resolve()
      await mayAnswer.promise
      res.writeHead(says === 'same' ? 304 : 200).end(says === 'same' ? '' : FEED_WITHOUT_HUB)
    })
    const polled = polling.poll()
    await asked.promise
    const before = (await stateOf()).webSub!.until!
    expect(await (await fetch(challengeOf(forms[0]!))).text()).toBe('a-challenge')
    const confirmedTo = (await stateOf()).webSub!.until!
    expect(confirmedTo).toBeGreaterThan(before)
    // A push in the same moment: what it is about may be newer than the answer.
    expect(await push(callback, 'body', signed('body', secret))).toBe(202)
    mayAnswer.resolve()
    await polled
    const { webSub, nextPollAt } = await stateOf()
    expect(webSub?.until).toBe(confirmedTo)
    expect(nextPollAt - clock()).toBeLessThanOrEqual(60_000)
  }
  expect(forms).toHaveLength(1)
  await polling.stop()
})

test('a hub that confirmed after the poll was read is not asked again', async () => {
  const { polling } = await subscribed()
  const asStored = await stateOf()
  const { until: _, ...webSub } = asStored.webSub!
  // What the poll had read, before the hub confirmed.
  await subscriber.afterPoll({ ...asStored, webSub: { ...webSub, askedAt: 0 } }, clock())
  expect(forms).toHaveLength(1)
  expect((await stateOf()).webSub).toEqual(asStored.webSub)
  await polling.stop()
})

describe('what changes nothing', () => {
  test('a push that is not signed by the hub', async () => {
    const { polling, callback, secret } = await subscribed()
    ahead += HOUR / 2
    for (const headers of [
      {},
      { 'x-hub-signature': '' },
      { 'x-hub-signature': 'md5=d41d8cd98f00b204e9800998ecf8427e' },
      signed('other', secret),
      signed('body', 'another secret'),
      { 'x-hub-signature': `sha256=${'0'.repeat(64)}` },
    ])
      expect(await push(callback, 'body', headers)).toBe(202)
    expect(await polling.poll()).toBe(0)
    await polling.stop()
  })

  test('whoever does not know the address, or asks for another topic', async () => {
    const { polling, callback, secret } = await subscribed()
    const elsewhere = [
      callback.replace(/.$/, letter => (letter === '0' ? '1' : '0')),
      callback.replace('/wqad/', '/other/'),
      `${callback}/more`,
      `${origin}/websub/`,
      `${origin}/websub/wqad/`,
    ]
    for (const url of elsewhere) expect(await push(url, 'body', signed('body', secret))).toBe(404)
    const wrong: Record<string, string>[] = [
      { 'hub.topic': 'https://other.example/' },
      { 'hub.mode': 'unsubscribe' },
      { 'hub.mode': 'denied' },
      { 'hub.challenge': '' },
      { 'hub.challenge': 'two words' },
    ]
    for (const said of wrong) expect((await fetch(challengeOf(forms[0]!, said))).status).toBe(404)
    await polling.stop()
  })

  test('a feed that fails is not asked before its time', async () => {
    const { polling, callback, secret } = await subscribed()
    server.answer('/wqad', res => res.writeHead(503, { 'retry-after': '36000' }).end())
    ahead += 2 * HOUR
    await polling.poll()
    ahead += HOUR
    expect(await push(callback, 'body', signed('body', secret))).toBe(202)
    expect(await polling.poll()).toBe(0)
    await polling.stop()
  })
})

test('a hub in the own network of somebody else’s feed is never asked', async () => {
  for (const hub of [
    'http://10.0.0.1/',
    'http://localhost:1/',
    'https://127.0.0.1:1/',
    'ftp://hub.example/',
  ]) {
    serve('Bridge shut', hub)
    const polling = poller()
    ahead += 2 * HOUR
    await polling.poll()
    await polling.stop()
  }
  serve('Bridge shut')
  const polling = poller()
  ahead += 2 * HOUR
  await polling.poll()
  expect((await stateOf()).hub).toBeUndefined()
  expect(forms).toEqual([])
  await polling.stop()
})
