import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { parseFeed } from '../../../src/wire/read/parse-feed.ts'
import { FEED_URL } from '../../support/wire/quirk-feeds.ts'

const NOW = Date.parse('2026-11-30T12:00:00Z')
const read = (bytes: string | Uint8Array) => parseFeed({ bytes: Buffer.from(bytes), url: FEED_URL }, NOW)
const item = (number: number, more = '') => `<item><title>Report ${number}</title>${more}</item>`
const rss = (items: string) => `<rss version="2.0"><channel><title>WQAD</title>${items}</channel></rss>`

describe('what is no feed is refused with a reason', () => {
  test.each([
    ['html', '<!DOCTYPE html><html><head><title>Fares</title></head></html>'],
    ['html', '<html><body><feed>what a page calls so</feed></body></html>'],
    ['html', '<!DOCTYPE html><title>Feeds</title><p>Ours begins with <rss version="2.0"></rss>'],
    [
      'challenge',
      '<!DOCTYPE html><title>Just a moment...</title><script src="/cdn-cgi/challenge-platform/h/x">',
    ],
    ['cutOff', ''],
    ['cutOff', rss(item(1)).slice(0, -20)],
    ['cutOff', '<feed xmlns="http://www.w3.org/2005/Atom"><title>x</title><entry><id>1</id>'],
    ['cutOff', '{"version":"https://jsonfeed.org/version/1.1","title":"x","items":[{"id":"1","ti'],
    ['notAFeed', '{"rss":{"channel":{"item":[{"title":"RSS written as JSON"}]}}}'],
    ['notAFeed', 'The service is not available.'],
    ['notAFeed', '<rss version="2.0"></rss>'],
    ['notAFeed', '<opml version="2.0"><head/><body/></opml>'],
    ['encoding', Buffer.from([0x4c, 0x6f, 0xa7, 0x94, 0x93, 0x40])],
    ['tooMany', gzipSync(rss(item(1, ' '.repeat(6_000_000))))],
    ['tooMany', Buffer.from([0x1f, 0x8b, 0xff, 0xff, 0xff])],
    ['tooMany', rss(`<item a="${'x'.repeat(200_000)}"/>`)],
  ])('%s', (kind, bytes) => {
    const refused = read(bytes)
    expect(refused).toMatchObject({ unreadable: kind })
    expect('why' in refused && refused.why).toMatch(/^[a-z].*[^.]$/i)
  })
})

describe('a feed', () => {
  test('tells how often it wants to be asked, when not, and who wakes others for it', () => {
    const feed = read(
      rss(
        '<ttl>45</ttl><skipHours><hour>0</hour><hour>24</hour><hour>23</hour></skipHours><skipDays><day>Sunday</day></skipDays>' +
          '<lastBuildDate>Mon, 7 Aug 2017 10:02:11 GMT</lastBuildDate>' +
          '<atom:link xmlns:atom="http://www.w3.org/2005/Atom" rel="hub" href="https://hub.example/"/>' +
          '<atom:link xmlns:atom="http://www.w3.org/2005/Atom" rel="self" href="/feed.xml"/>',
      ),
    )
    expect(feed).toMatchObject({
      title: 'WQAD',
      items: [],
      ttlMs: 45 * 60_000,
      quietHours: [0, 23],
      quietDays: [0],
      builtAt: Date.parse('2017-08-07T10:02:11Z'),
      hub: 'https://hub.example/',
      self: 'https://feeds.example/feed.xml',
    })
    const sy = ' xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"'
    const twice = '<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency>'
    expect(read(rss(twice).replace('>', `${sy}>`))).toMatchObject({ ttlMs: 12 * 3_600_000 })
  })

  test('with hundreds of reports is read from its newest ones, wherever these stand', () => {
    const dated = (number: number) =>
      item(number, `<pubDate>${new Date(NOW - (900 - number) * 60_000).toUTCString()}</pubDate>`)
    const ascending = Array.from({ length: 900 }, (_, number) => dated(number)).join('')
    const feed = read(rss(ascending))
    expect('items' in feed && [feed.items.length, feed.items[0]!.title]).toEqual([200, 'Report 700'])
  })

  test('has no entry that says nothing, and none with an endless title', () => {
    const feed = read(
      rss(`<item/><item><guid>1</guid></item><item><title>${'word '.repeat(5_000)}</title></item>`),
    )
    expect('items' in feed && feed.items.map(({ title }) => title.length)).toEqual([1_000])
    expect('items' in feed && feed.items[0]!.title.endsWith('word…')).toBe(true)
  })

  test('is read with the longer of its texts, and with no more of it than is kept', () => {
    const content = ' xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    const more = `<description>Short</description><content:encoded${content}><![CDATA[<p>Long &amp; <script>no()</script>${'text '.repeat(900)}</p>]]></content:encoded>`
    const feed = read(rss(item(1, more)))
    expect('items' in feed && feed.items[0]!.text).toMatch(/^Long & text text/)
    expect('items' in feed && feed.items[0]!.text.length).toBe(2_000)
  })
})
