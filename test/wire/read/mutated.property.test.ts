import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { isBreaking } from '../../../src/chat/safe-text.ts'
import { parseFeed } from '../../../src/wire/read/parse-feed.ts'
import { mutatedFeed } from '../../support/wire/mutated-feeds.ts'
import { FEED_URL } from '../../support/wire/quirk-feeds.ts'

const NOW = Date.parse('2026-11-30T12:00:00Z')
/** `MUTATED_FEEDS=100000` is the run that the goal names. */
const RUNS = Number(process.env.MUTATED_FEEDS ?? 1_500)

test('a broken feed is read or refused with a reason, and nothing of it can break a message', () => {
  fc.assert(
    fc.property(
      mutatedFeed,
      fc.constantFrom(undefined, 'text/xml; charset=utf-16', 'x'),
      (bytes, contentType) => {
        const read = parseFeed({ bytes, contentType, url: FEED_URL }, NOW)
        if (!('items' in read)) {
          expect(read.why).not.toBe('')
          return
        }
        for (const { title, text, url, guid, outlet, published } of read.items) {
          for (const words of [title, text, outlet ?? '']) expect(isBreaking(words)).toBe(false)
          expect(title).not.toMatch(/[\n\t]/)
          expect(guid?.isWellFormed()).not.toBe(false)
          if (url !== undefined) expect(url).toMatch(/^https?:\/\/[^/]/)
          if (published !== undefined) expect(Number.isInteger(published)).toBe(true)
        }
      },
    ),
    { numRuns: RUNS },
  )
})
