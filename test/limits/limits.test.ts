import fc from 'fast-check'
import { expect, test } from 'vitest'
import { check } from '../../src/check/check.ts'
import { formatProblem } from '../../src/content/story.ts'
import { createContentFolder } from '../support/content/content-folder.ts'
import { anyContent } from '../support/limits/any-content.ts'
import { contentFaults } from '../support/limits/content-faults.ts'
import { NOW } from '../support/limits/in-memory-bot.ts'
import { anyTypedInput } from '../support/limits/typed-lines.ts'

/** A seed that is always the same, and one that never is; each content folder has a seed of its own. */
const SEED = 1_001
const NEW_SEED = Math.floor(Math.random() * 1e9)

/** LIMITS_RUNS=3000 makes so many in place of the few of every day; LIMITS_SEED=17 begins with the one of that seed. */
const { LIMITS_RUNS, LIMITS_SEED } = process.env
const FEW = { always: 5, anew: 2 }
const LINES = LIMITS_RUNS === undefined ? 50 : 400
const RUNS = LIMITS_RUNS === undefined ? undefined : Number(LIMITS_RUNS)
const MINUTE = 60_000

// Without leaning to what is small: that is what passes its check in any case.
const anything = fc.noBias(fc.tuple(anyContent, fc.array(anyTypedInput, { minLength: 8, maxLength: 8 })))

/** The first faults of generated content; how much of it passed its check, and how much was drawn. */
async function look(seed: number, runs: number) {
  let passed = 0
  let replies = 0
  const faults: string[] = []
  for (let own = seed; own < seed + runs && faults.length < 20; own++) {
    const [[files, typings] = [[], []]] = fc.sample(anything, { seed: own, numRuns: 1 })
    const folder = await createContentFolder(files)
    const { problems, library } = await check(folder, { now: NOW })
    // What is told here is never published.
    for (const problem of problems) expect(formatProblem(problem)).not.toMatch(/undefined|\[object/)
    if (problems.length > 0) continue
    passed++
    const found = await contentFaults(library, typings, LINES)
    replies += found.asked
    faults.push(...found.faults.map(fault => `LIMITS_SEED=${own}: ${fault}`))
  }
  return { faults, passed, replies }
}

test.each([
  ['the same stories every time', Number(LIMITS_SEED ?? SEED), RUNS ?? FEW.always],
  ['stories of this day', NEW_SEED, RUNS === undefined ? FEW.anew : 0],
])(
  'whatever stories hold: what passes its check fits on both platforms, pings nobody, and loses no word (%s)',
  async (_, seed, runs) => {
    const { faults, passed, replies } = await look(seed, runs)
    if (RUNS !== undefined)
      console.info(`${passed} of ${runs} passed; ${replies} messages, from seed ${seed}`)
    expect(faults).toEqual([])
    // Else nothing would be looked at.
    if (runs > FEW.anew) expect(passed).toBeGreaterThan(runs * 0.25)
  },
  60 * MINUTE,
)
