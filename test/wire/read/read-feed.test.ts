import { afterAll, expect, test } from 'vitest'
import { readFeed, stopReading } from '../../../src/wire/read/read-feed.ts'
import { FEED_URL } from '../../support/wire/quirk-feeds.ts'

const NOW = Date.parse('2026-11-30T12:00:00Z')
const read = (text: string) => readFeed({ bytes: Buffer.from(text), url: FEED_URL }, NOW)
const rss = (inner: string) => `<rss version="2.0"><channel><title>WQAD</title>${inner}</channel></rss>`
const item = (title: string) => `<item><title>${title}</title></item>`
const MANY = 5_000_000

afterAll(stopReading)

test('feeds are read in a thread, each with its own answer, whatever comes before', async () => {
  const titles = ['one', 'two', 'three']
  const [one, broken, two, three] = await Promise.all([
    read(rss(item('one'))),
    read('<html></html>'),
    ...titles.slice(1).map(title => read(rss(item(title)))),
  ])
  expect([one, two, three].map(feed => 'items' in feed! && feed.items[0]!.title)).toEqual(titles)
  expect(broken).toMatchObject({ unreadable: 'html' })
})

test.each([
  ['a tag without an end', `<rss version="2.0"><channel><item ${'a'.repeat(MANY)}`],
  ['nothing but beginnings of tags', `<rss version="2.0">${'<'.repeat(MANY)}`],
  ['nothing but signs of names', rss(item('&'.repeat(MANY)))],
  ['comments without an end', rss('<!--'.repeat(MANY / 4))],
  ['elements in elements', rss('<a>'.repeat(MANY / 3))],
  ['texts that are marked and do not end', rss('<![CDATA['.repeat(MANY / 9))],
  ['attributes', rss(`<item ${'a="b" '.repeat(15_000)}/>`)],
  ['bases', rss('<link xml:base="/a">b</link>'.repeat(100_000))],
])('five million characters of %s get an answer, and the next feed is read', async (_name, text) => {
  const read5 = await read(text)
  expect('items' in read5 || read5.why !== '').toBe(true)
  expect(await read(rss(item('next')))).toMatchObject({ items: [{ title: 'next' }] })
})

test('what waits when reading stops gets an answer too, and reading can begin again', async () => {
  const waiting = [read(rss(item('one'))), read(rss(item('two')))]
  await stopReading()
  expect(await Promise.all(waiting)).toMatchObject([{ unreadable: 'tooMany' }, { unreadable: 'tooMany' }])
  expect(await read(rss(item('again')))).toMatchObject({ items: [{ title: 'again' }] })
})
