import { expect, test } from 'vitest'
import { type Happened, runInterleaving } from '../../support/approval/interleave.ts'

/** `INTERLEAVINGS=10000` tries more; `FIRST=123` begins with another one. */
const COUNT = Number(process.env.INTERLEAVINGS ?? 80)
const FIRST = Number(process.env.FIRST ?? 1)

test('whatever happens in between, only what was approved is posted, and nothing is lost', {
  timeout: 60_000 + COUNT * 1_000,
}, async () => {
  const sums: Happened = { posts: 0, late: 0, voids: 0, holds: 0, missed: 0, kills: 0 }
  for (let seed = FIRST; seed < FIRST + COUNT; seed++) {
    const { faults, happened } = await runInterleaving(seed)
    expect({ seed, faults }).toEqual({ seed, faults: [] })
    for (const [name, count] of Object.entries(happened)) sums[name as keyof Happened] += count
  }
  if (process.env.INTERLEAVINGS) process.stdout.write(`${JSON.stringify(sums)}\n`)
  // Of everything it is about, something happened.
  if (COUNT >= 80) for (const count of Object.values(sums)) expect(count).toBeGreaterThan(0)
})
