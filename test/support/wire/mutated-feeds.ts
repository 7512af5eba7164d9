import * as fc from 'fast-check'
import { QUIRKS } from './quirk-feeds.ts'
import { SLIPS } from './quirks/slips.ts'
import { SLIPS_IN_TEXTS } from './quirks/slips-in-texts.ts'

/** Pieces that break documents when they stand in the wrong place. */
const SHARDS = [
  '<',
  '>',
  '&',
  ']]>',
  '<![CDATA[',
  '<!--',
  '-->',
  '</',
  '/>',
  '"',
  '&#x110000;',
  '&#55357;',
  '<!DOCTYPE a [<!ENTITY b "c">]>',
  '\u0000',
  '\ufeff',
  '\ud83d',
  '<item>',
  '</item>',
  '<channel>',
  '</rss>',
  '<__proto__>',
  'xml:base="http://["',
  '{',
  '}',
  '"items":null',
  '999999999999999999999',
].map(shard => Buffer.from(shard))

type Change = { at: number; kind: 'cut' | 'flip' | 'insert' | 'repeat'; size: number; shard: number }

const change: fc.Arbitrary<Change> = fc.record({
  at: fc.nat(4_000),
  kind: fc.constantFrom('cut', 'flip', 'insert', 'repeat'),
  size: fc.integer({ min: 1, max: 60 }),
  shard: fc.nat(SHARDS.length - 1),
})

function changed(bytes: Buffer, { at, kind, size, shard }: Change): Buffer {
  const place = at % (bytes.length + 1)
  const before = bytes.subarray(0, place)
  const after = bytes.subarray(place)
  if (kind === 'cut') return Buffer.concat([before, after.subarray(size)])
  if (kind === 'insert') return Buffer.concat([before, SHARDS[shard]!, after])
  if (kind === 'repeat')
    return Buffer.concat([before, ...Array(size).fill(bytes.subarray(place, place + 20)), after])
  const flipped = Buffer.from(bytes)
  if (place < flipped.length) flipped[place] = flipped[place]! ^ size
  return flipped
}

/** Feeds with a quirk, and with some changes to their bytes that make them worse. */
export const mutatedFeed: fc.Arbitrary<Buffer> = fc
  .tuple(
    fc.constantFrom(...QUIRKS, ...SLIPS, ...SLIPS_IN_TEXTS),
    fc.array(change, { minLength: 1, maxLength: 6 }),
  )
  .map(([{ bytes }, changes]) => changes.reduce(changed, Buffer.from(bytes)))
