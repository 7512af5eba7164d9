import fc from 'fast-check'
import { expect, test } from 'vitest'
import { check } from '../../src/check/check.ts'
import { formatProblem } from '../../src/content/story.ts'
import { createContentFolder } from '../support/content/content-folder.ts'
import { anyContent } from '../support/limits/any-content.ts'
import { contentFaults } from '../support/limits/content-faults.ts'
import { anyTypedInput } from '../support/limits/typed-lines.ts'
import { NOON } from '../support/noon.ts'
import { SEED } from '../support/seed.ts'

/** The seed of the first content folder, the same on every run; SEED=random begins with another one each time. */
const SAME_SEED = 1_001

/** LIMITS_RUNS=3000 checks 3,000 content folders instead of the usual few; LIMITS_SEED=17 begins with seed 17. */
const { LIMITS_RUNS, LIMITS_SEED } = process.env
const USUAL_RUNS = { sameSeed: 5, newSeed: 2 }
const MAX_LINES = LIMITS_RUNS === undefined ? 50 : 400
const RUNS = LIMITS_RUNS === undefined ? undefined : Number(LIMITS_RUNS)
const MINUTE = 60_000

// Without the usual bias towards small values: small content passes its check and breaks no limit.
const anyRun = fc.noBias(fc.tuple(anyContent, fc.array(anyTypedInput, { minLength: 8, maxLength: 8 })))

/** Finds the first faults of generated content, and counts the folders that passed their check and the replies drawn. */
async function findFaults(firstSeed: number, runs: number) {
  let passed = 0
  let replies = 0
  const faults: string[] = []
  for (let seed = firstSeed; seed < firstSeed + runs && faults.length < 20; seed++) {
    const [[files, typedInputs] = [[], []]] = fc.sample(anyRun, { seed, numRuns: 1 })
    const folder = await createContentFolder(files)
    const { problems, library } = await check(folder, { now: NOON })
    // Content with problems is never published: only the problems themselves are checked.
    for (const problem of problems) expect(formatProblem(problem)).not.toMatch(/undefined|\[object/)
    if (problems.length > 0) continue
    passed++
    const result = await contentFaults(library, typedInputs, MAX_LINES)
    replies += result.asked
    faults.push(...result.faults.map(fault => `LIMITS_SEED=${seed}: ${fault}`))
  }
  return { faults, passed, replies }
}

test.each([
  ['the same stories every time', Number(LIMITS_SEED ?? SAME_SEED), RUNS ?? USUAL_RUNS.sameSeed],
  ['new stories', SEED, RUNS === undefined ? USUAL_RUNS.newSeed : 0],
])(
  'any content that passes its check fits on both platforms, pings nobody, and loses no word (%s)',
  async (_, seed, runs) => {
    const { faults, passed, replies } = await findFaults(seed, runs)
    if (RUNS !== undefined)
      console.info(`${passed} of ${runs} passed; ${replies} messages, from seed ${seed}`)
    expect(faults).toEqual([])
    // Otherwise hardly anything would have been drawn.
    if (runs > USUAL_RUNS.newSeed) expect(passed).toBeGreaterThan(runs * 0.25)
  },
  60 * MINUTE,
)
