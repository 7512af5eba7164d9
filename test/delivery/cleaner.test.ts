import { expect, test } from 'vitest'
import { createCleaner } from '../../src/delivery/cleaner.ts'
import { recordingLog } from '../support/recording-log.ts'

const DAY_MS = 24 * 3_600_000
const NOW = 1_000 * DAY_MS

/** A store with some old rows, each of which takes a while to clean, and a cleaner of it. */
function setUp({
  rows = 0,
  names = 0,
  looks = 0,
  drafts = 0,
  msARow = 0,
  mayClean = (): boolean => true,
} = {}) {
  const steps: { what: string; before: number; max: number; found: number }[] = []
  const left = { rows, names, looks, drafts }
  const step = (what: keyof typeof left) => async (before: number, max: number) => {
    const found = Math.min(max, left[what])
    left[what] -= found
    // As SQLite does, on the loop.
    for (const end = performance.now() + found * msARow; performance.now() < end; );
    steps.push({ what, before, max, found })
    return found
  }
  const log = recordingLog()
  const cleaner = createCleaner({
    store: {
      clock: async () => NOW,
      cleaning: { deleteOld: step('rows'), forgetAskers: step('names') },
      looks: { forget: step('looks') },
      drafts: { deleteOld: step('drafts') },
    },
    mayClean,
    keepDays: 400,
    log,
  })
  return { cleaner, steps, left, log }
}

test('all that is older than the days to keep goes, and the log says how much', async () => {
  const { cleaner, steps, left, log } = setUp({ rows: 45, names: 3, looks: 2, drafts: 1 })
  expect(await cleaner.clean()).toBe(51)
  expect(left).toEqual({ rows: 0, names: 0, looks: 0, drafts: 0 })
  expect(new Set(steps.map(({ before }) => before))).toEqual(new Set([NOW - 400 * DAY_MS]))
  expect(log.lines).toMatchObject([
    { message: 'clean: old rows are gone', details: { deleted: 45, forgotten: 3, looks: 2, drafts: 1 } },
  ])
})

test('batches shrink where rows are slow, and grow where they are fast', async () => {
  const slow = setUp({ rows: 40, msARow: 4 })
  await slow.cleaner.clean()
  expect(slow.steps.filter(({ what }) => what === 'rows').at(-2)!.max).toBeLessThanOrEqual(5)
  const fast = setUp({ rows: 400 })
  await fast.cleaner.clean()
  expect(Math.max(...fast.steps.map(({ max }) => max))).toBeGreaterThan(50)
})

test('only the process whose turn it is cleans, and one that stops does not finish first', async () => {
  const other = setUp({ rows: 5, mayClean: () => false })
  other.cleaner.start()
  await other.cleaner.stop()
  expect(other.steps).toEqual([])
  const { cleaner, left } = setUp({ rows: 10_000 })
  cleaner.start()
  await cleaner.stop()
  expect(left.rows).toBeGreaterThan(0)
})
