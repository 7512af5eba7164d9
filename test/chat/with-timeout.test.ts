import { expect, test } from 'vitest'
import { TimeoutError, withTimeout } from '../../src/chat/with-timeout.ts'

test('work is waited for no longer than was said, and not once it is given up', async () => {
  const never = new Promise<never>(() => {})
  await expect(withTimeout(never, 1)).rejects.toThrow(TimeoutError)
  await expect(withTimeout(never, 60_000, AbortSignal.abort())).rejects.toThrow(TimeoutError)
  await expect(withTimeout(never, 60_000, AbortSignal.timeout(1))).rejects.toThrow(TimeoutError)
  // What is there already is taken, though there is no time.
  expect(await withTimeout(Promise.resolve('x'), -5)).toBe('x')
  await expect(withTimeout(Promise.reject(new Error('broken')), 1_000)).rejects.toThrow('broken')
})
