import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Call } from '../../src/chat/platform.ts'
import { createHandler } from '../../src/commands/handler.ts'
import { bundledLibrary, startConversation } from '../support/conversations/conversation.ts'
import { AROUND, longRun, PIECES, SIGNS } from '../support/long-text/long-runs.ts'
import { FILE_READERS, LINE_READERS, MESSAGE_READERS, type Reader } from '../support/long-text/readers.ts'
import { NOON } from '../support/noon.ts'
import { recordingLog } from '../support/recording-log.ts'

/**
 * Every length up to here is tried; the others only where that took longer than a good reader needs. With LIMITS_RUNS, a
 * number, more is tried, and longer.
 */
const SHORT = [20, 25, 30, 400, 4_000]
const LONG = process.env.LIMITS_RUNS ? [25_000, 100_000] : [25_000]
const SUSPICIOUS_MS = 10
/** Parsers, and readers that look words up, take longer for anything. */
const SLOW_READERS = /^(?:yaml|read|field|isEmpty|verify|splitWords|find)/
/** A hundred times what a good reader needs for the longest run, and a fraction of what one that tries every way needs. */
const MAX_MS = 8_000
const MINUTES = 10 * 60_000

/** The processor time of a reading, whatever else runs on the machine. */
function cost(read: Reader, text: string): number {
  const before = process.threadCpuUsage()
  read(text)
  const { user, system } = process.threadCpuUsage(before)
  return (user + system) / 1_000
}

/** Whether a reader finishes with longer and longer runs; stops at the first that takes too long. */
function finishes(name: string, read: Reader, unit: string, around: [string, string]): boolean {
  let ms = 0
  for (const length of SHORT) {
    ms = cost(read, longRun(unit, length, around))
    if (ms > MAX_MS) return false
  }
  const suspicious = SLOW_READERS.test(name) ? 10 * SUSPICIOUS_MS : SUSPICIOUS_MS
  return ms < suspicious || LONG.every(length => cost(read, longRun(unit, length, around)) < MAX_MS)
}

const UNITS = [...SIGNS, ...PIECES]
const ALL = Object.entries({ ...FILE_READERS, ...MESSAGE_READERS, ...LINE_READERS })
/** Each reader gets every fourth run, and each run every fourth reader; with LIMITS_RUNS all get all. */
const STEP = process.env.LIMITS_RUNS ? 1 : 4
const ofReader = (name: string) =>
  UNITS.filter((_, index) => (index + ALL.findIndex(([other]) => other === name)) % STEP === 0)

describe('no run of anything is read longer than it takes to look at each sign', () => {
  test.each(ALL)(
    '%s',
    (name, read) => {
      for (const unit of ofReader(name))
        for (const around of SIGNS.includes(unit) ? AROUND.slice(0, 2) : AROUND.slice(1, 2))
          expect(finishes(name, read, unit, around), JSON.stringify([unit, around])).toBe(true)
    },
    MINUTES,
  )

  test(
    'nor is any run of pairs and triples',
    () => {
      const unit = fc
        .array(fc.constantFrom(...SIGNS, ...PIECES), { minLength: 2, maxLength: 3 })
        .map(signs => signs.join(''))
      fc.assert(
        fc.property(
          fc.constantFrom(...ALL),
          unit,
          fc.constantFrom(...AROUND),
          ([name, read], signs, around) => {
            expect(finishes(name, read, signs, around), name).toBe(true)
          },
        ),
        { numRuns: Number(process.env.LIMITS_RUNS ?? 60), endOnFailure: true },
      )
    },
    MINUTES,
  )
})

const HEADS = [
  ...['/', '/quote ', '/quote check ', '/quote check a … ', '/quote sessions --story ', '/lawsuit who '],
  ...['/lawsuit timeline ', '/lawsuit quotes ', '/nutgraf find ', '/nutgraf ', '/nutgraf changes --since '],
]
const READ_FAST = { numRuns: 300, endOnFailure: true }
const anyUnit = fc.constantFrom(...UNITS, 'a … ', 'the … ', 'of the ')

const STRANGER: Call = {
  command: 'quote',
  text: '',
  place: 'slack:T1/C1',
  caller: { id: 'slack:T1/U1', rights: [] },
  audience: 'caller',
  at: NOON,
}

test('a line of any signs is answered at once, as long as a line may be and much longer', () => {
  const { ask, errors } = startConversation(bundledLibrary)
  fc.assert(
    fc.property(
      fc.constantFrom(...HEADS),
      anyUnit,
      fc.constantFrom(999, 4_000, 100_000),
      (head, unit, length) => {
        expect(cost(line => ask(line), longRun(unit, length, [head, '']))).toBeLessThan(MAX_MS)
        expect(errors).toEqual([])
      },
    ),
    READ_FAST,
  )
})

test('a line or a name that is too long is refused before anything looks at it', () => {
  const { say } = startConversation(bundledLibrary)
  const length = 1_000_000
  const refused = `That line has ${length.toLocaleString('en')} characters; I read at most 1,000.`
  const dots = '.'.repeat(length)
  expect(say('/quote', { text: dots })).toContain(refused)
  expect(say('/quote', { command: dots })).toContain(refused)
  expect(say('/nutgraf', { text: `desk ${dots}`.slice(0, length) })).toContain(refused)
  expect(say('/desk', { text: dots })).toContain('I read at most 4,000.')
})

test('a line for the desk may be as long as a correction, and tells a stranger nothing', async () => {
  const { answer } = createHandler(
    { library: () => bundledLibrary, version: '1.2.3', zone: 'UTC' },
    recordingLog(),
  )
  const long = `correct lawsuit/label --was "${'a '.repeat(1_500)}"`
  const [short, longer] = await Promise.all(
    ['status', long].map(text => answer({ ...STRANGER, command: 'desk', text })),
  )
  expect(longer).toEqual(short)
})

test(
  'a message of any signs is checked, and a value of any signs is looked for, at once',
  async () => {
    const { checkMessage, suggest } = createHandler(
      { library: () => bundledLibrary, version: '1.2.3', zone: 'UTC' },
      recordingLog(),
    )
    for (const unit of UNITS) {
      const before = process.threadCpuUsage()
      await checkMessage(STRANGER, longRun(unit, 40_000, ['x', 'x']))
      for (const [command, argument] of [
        ['quote', 'of'],
        ['nutgraf', 'name'],
        ['digest', 'zone'],
        ['digest', 'stories'],
      ] as const)
        for (const length of [400, 100_000])
          suggest({ command, argument, typed: longRun(unit, length), at: NOON })
      expect(process.threadCpuUsage(before).user / 1_000, unit).toBeLessThan(MAX_MS)
    }
  },
  MINUTES,
)
