import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseFeed } from '../../../src/wire/read/parse-feed.ts'
import { FEED_URL } from '../../support/wire/quirk-feeds.ts'
import { SLIPS } from '../../support/wire/quirks/slips.ts'
import { SLIPS_IN_TEXTS } from '../../support/wire/quirks/slips-in-texts.ts'

const NOW = Date.parse('2026-11-30T12:00:00Z')
const read = (bytes: string | Uint8Array, contentType?: string) => {
  const feed = parseFeed({ bytes: Buffer.from(bytes), contentType, url: FEED_URL }, NOW)
  return 'items' in feed ? feed.items : feed
}

test.each([...SLIPS, ...SLIPS_IN_TEXTS].map(slip => [slip.name, slip] as const))(
  '%s',
  (_name, { bytes, contentType, items }) => {
    const found = read(bytes, contentType)
    expect(found).toHaveLength(items.length)
    for (const [at, expected] of items.entries())
      for (const [field, value] of Object.entries(expected))
        expect((found as Record<string, unknown>[])[at]![field]).toEqual(value ?? undefined)
  },
)

test('where RSS is cut off within an item, nothing of it is read; after its last item, all of it is', () => {
  const whole = `<rss version="2.0"><channel><title>x</title><item><title>Fares go up</title></item></channel></rss>`
  const end = whole.indexOf('</channel>')
  for (let length = whole.indexOf('<item>'); length < whole.length; length++) {
    const isWhole = length >= end + '</channel>'.length
    expect(read(whole.slice(0, length)), whole.slice(0, length)).toMatchObject(
      isWhole ? [{ title: 'Fares go up' }] : { unreadable: 'cutOff' },
    )
  }
})

/** What breaks the item that it stands in: ends and beginnings that match nothing. */
const shard = fc.constantFrom(
  ...[
    '<b>',
    '</b>',
    '</channel>x',
    '<title>',
    '</title>',
    '<p><i>',
    '</description>',
    '<br>',
    '&',
    '<',
    '</x></y>',
  ],
)

test('a mistake in one item of RSS costs the title of no other', () => {
  fc.assert(
    fc.property(
      fc.nat(4),
      fc.array(shard, { minLength: 1, maxLength: 3 }),
      fc.boolean(),
      (broken, shards, isLast) => {
        const items = Array.from({ length: 5 }, (_, at) => {
          const slip = at === broken ? shards.join('') : ''
          const title = `<title>Report ${at}</title>`
          const text = `<description>Words ${isLast ? '' : slip}</description>${isLast ? slip : ''}`
          return `<item>${title}${text}</item>`
        })
        const found = read(`<rss version="2.0"><channel><title>x</title>${items.join('')}</channel></rss>`)
        const titles = Array.isArray(found) ? found.map(({ title }) => title) : []
        for (let at = 0; at < 5; at++) if (at !== broken) expect(titles).toContain(`Report ${at}`)
      },
    ),
  )
})
