import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { FeedEntry } from '../../../src/store/feeds-out/entries.ts'
import type { Candidate } from '../../../src/wire/out/candidates.ts'
import { keepEntries, MAX_ENTRIES } from '../../../src/wire/out/keep-entries.ts'

const BEGIN = Date.parse('2026-05-05T12:00:00Z')

/** What happens between two looks at a feed: time passes (or the clock is set back), parts come, and words change. */
const step = fc.record({
  ms: fc.oneof(fc.integer({ min: 0, max: 3_000 }), fc.integer({ min: -5_000_000, max: 100_000_000 })),
  added: fc.integer({ min: 0, max: 12 }),
  past: fc.integer({ min: 0, max: 3 }),
  changed: fc.array(fc.nat(), { maxLength: 5 }),
})

test('whatever comes and changes, no two entries share a date, and ids and dates never change', () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 25 }), steps => {
      let now = BEGIN
      let recordedAt = BEGIN
      let known: FeedEntry[] = []
      const candidates: Candidate[] = []
      const changes = new Map<string, number>()
      const versionOf = ({ part }: { part: string }) => `${changes.get(part) ?? 0}`
      const keep = () => keepEntries(known, candidates, { now, versionOf, idOf: part => `id of ${part}` })
      for (const { ms, added, past, changed } of steps) {
        now += ms
        // The moments at which parts are recorded never go back.
        recordedAt = Math.max(now, recordedAt + 1)
        const before = new Map(known.map(entry => [entry.part, entry]))
        for (let count = 0; count < added; count++)
          candidates.push({
            part: `road/event:${candidates.length}`,
            story: 'road',
            at: recordedAt,
            seenAt: recordedAt,
          })
        for (let count = 0; count < past; count++) {
          const at = BEGIN - 86_400_000 * (count % 2)
          candidates.push({
            part: `road/quote:${candidates.length}`,
            story: 'road',
            at,
            seenAt: 0,
            past: true,
          })
        }
        for (const at of changed) {
          const part = candidates[at % Math.max(1, candidates.length)]?.part
          if (part) changes.set(part, (changes.get(part) ?? 0) + 1)
        }
        const entries = keep()
        known = entries
        expect(entries.length).toBe(Math.min(candidates.length, MAX_ENTRIES))
        for (const [index, entry] of entries.entries()) {
          const { published, updated, version, part } = entry
          expect(published % 1_000).toBe(0)
          if (index > 0) expect(published).toBeLessThan(entries[index - 1]!.published)
          expect(updated).toBeGreaterThanOrEqual(published)
          expect(version).toBe(versionOf({ part }))
          const last = before.get(part)
          if (last) {
            expect(entry).toMatchObject({ id: last.id, published: last.published })
            expect(updated > last.updated).toBe(version !== last.version)
          }
        }
        expect(new Set(entries.map(({ updated }) => updated)).size).toBe(entries.length)
        // What is new and not of the past comes after all that readers have seen.
        const seen = Math.max(...[...before.values()].map(({ published }) => published))
        const isNews = ({ part }: FeedEntry) => !before.has(part) && part.includes('event:')
        expect(entries.filter(isNews).every(({ published }) => published > seen)).toBe(true)
        expect(keep()).toEqual(known)
      }
    }),
    { numRuns: 60 },
  )
})
