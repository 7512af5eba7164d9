import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Engine } from '../../src/store/engine.ts'
import { createPostgresEngine } from '../../src/store/postgres.ts'
import { createSqliteEngine } from '../../src/store/sqlite.ts'
import { openContentSwaps, type SwapMode } from '../support/delivery/content-swaps.ts'
import type { FakeOutcome } from '../support/delivery/fake-platform.ts'
import { type LoopbackPostgres, startPostgres } from '../support/loopback/postgres.ts'
import { temporaryFolder } from '../support/start-process.ts'

let server: LoopbackPostgres
beforeAll(async () => {
  server = await startPostgres()
}, 60_000)
afterAll(() => server?.stop())

/** Opens connections to a fresh database, as processes do. */
const ENGINES: Record<string, () => Promise<() => Engine>> = {
  'node:sqlite': async () => {
    const file = join(temporaryFolder(), 'nutgraf.db')
    return () => createSqliteEngine(file)
  },
  PostgreSQL: async () => {
    const url = await server.createSchema()
    return () => createPostgresEngine(url)
  },
}

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index)
const MODES: SwapMode[] = ['own', 'there and back', 'other process', 'before the holder', 'takeover']
const FAILURES: FakeOutcome[][] = [[], ['limited'], ['cut after'], ['cut before', 'works', 'limited']]

describe.for(Object.keys(ENGINES))('content is saved at any await of a delivery, on %s', engine => {
  test.for(MODES)(
    'by %s: each event and story is told once at each place',
    { timeout: 120_000 },
    async mode => {
      const swaps = await openContentSwaps(await ENGINES[engine]!(), mode)
      try {
        await swaps.deliverEdition()
        // Without a save in time, it shows how many awaits there are; a save makes a few more.
        await swaps.deliverEdition([1])
        const awaits = (await swaps.deliverEdition([1_000_000])) + 5
        expect(awaits).toBeGreaterThan(18)
        // Each await by some of the modes; ALL_AWAITS=1 tries all by each.
        const step = process.env.ALL_AWAITS ? 1 : engine === 'PostgreSQL' ? 5 : 3
        for (let number = 1 + (MODES.indexOf(mode) % step); number <= awaits; number += step) {
          const outcomes = FAILURES[number % FAILURES.length]!
          await swaps.deliverEdition(
            mode === 'there and back' ? [number, number + 1 + (number % 5)] : [number],
            outcomes,
          )
        }
        await swaps.deliverEdition()
        for (const { events, stories, facts, counted } of await swaps.told()) {
          // The first edition tells no event: it says where the story stands.
          expect(events.sort((a, b) => a - b)).toEqual(upTo(swaps.versions()).map(number => number + 1))
          expect(stories.toSorted()).toEqual(
            upTo(swaps.newStories())
              .map(number => `new-${number}`)
              .toSorted(),
          )
          expect(counted).toBe(0)
          expect(facts.at(-1)).toBe(swaps.versions())
        }
      } finally {
        await swaps.close()
      }
    },
  )
})
