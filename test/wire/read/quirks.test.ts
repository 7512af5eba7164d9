import { expect, test } from 'vitest'
import { parseFeed } from '../../../src/wire/read/parse-feed.ts'
import { FEED_URL, QUIRKS } from '../../support/wire/quirk-feeds.ts'

const NOW = Date.parse('2026-11-30T12:00:00Z')

test('there are sixty quirks', () => {
  expect(QUIRKS).toHaveLength(60)
})

test.each(QUIRKS.map(quirk => [quirk.name, quirk] as const))('%s', (_name, quirk) => {
  const { bytes, contentType, zone, items } = quirk
  const read = parseFeed({ bytes: Buffer.from(bytes), contentType, zone, url: FEED_URL }, NOW)
  const found = 'items' in read ? read.items : read
  expect(found).toHaveLength(items.length)
  for (const [at, expected] of items.entries())
    for (const [field, value] of Object.entries(expected))
      expect((found as Record<string, unknown>[])[at]![field]).toEqual(value ?? undefined)
})
