import { afterEach, expect, test, vi } from 'vitest'
import { printProgress } from '../../../src/cli/digest/send.ts'
import { StoreError } from '../../../src/store/engine.ts'

afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

/** Prints the progress of one digest whose state is asked for in this order: an error, or its state. */
async function progressOf(...answers: (StoreError | 'due' | 'sent')[]) {
  vi.useFakeTimers()
  let printed = ''
  vi.spyOn(process.stdout, 'write').mockImplementation(text => {
    printed += text
    return true
  })
  const statesOf = vi.fn(async () => {
    const answer = answers.shift()!
    if (answer instanceof StoreError) throw answer
    return new Map([['key', answer]])
  })
  const progress = printProgress({ ledger: { statesOf } }, ['key'])
  progress.catch(() => {})
  await vi.advanceTimersByTimeAsync(60_000)
  return { code: await progress, printed }
}

const away = new StoreError('store: PostgreSQL does not answer at DATABASE_URL', { isAway: true })

test('a store that goes away while digests are sent is waited for, and said once', async () => {
  const { code, printed } = await progressOf('due', away, away, away, 'due', 'sent')
  expect(code).toBe(0)
  expect(printed.match(/does not answer/g)).toHaveLength(1)
  expect(printed).toMatch(/1 done, 0 failed, 0 left/)
})

test('a store that refuses us ends it', async () => {
  await expect(progressOf('due', new StoreError('store: no rights'))).rejects.toThrow('no rights')
})
