import { expect, test } from 'vitest'
import { ttlCache } from '../../src/chat/ttl-cache.ts'

test('results are kept for a while, only the last of them, and none that failed', async () => {
  let now = 0
  let made = 0
  const cache = ttlCache<number>({ maxEntries: 2, ttlMs: 10, clock: () => now })
  const make = async () => ++made
  expect(await Promise.all([cache.getOrCreate('a', make), cache.getOrCreate('a', make)])).toEqual([1, 1])
  now = 10
  expect(await cache.getOrCreate('a', make)).toBe(2)
  await cache.getOrCreate('b', make)
  await cache.getOrCreate('c', make)
  expect(await cache.getOrCreate('a', make)).toBe(5)
  const broken = () => {
    throw new Error('broken')
  }
  await expect(cache.getOrCreate('d', broken)).rejects.toThrow('broken')
  expect(await cache.getOrCreate('d', make)).toBe(6)
  cache.delete('d')
  expect(await cache.getOrCreate('d', make)).toBe(7)
})
