import { expect, test } from 'vitest'
import { toPlainText } from '../../src/chat/plain-text.ts'
import { LONGEST_FOOTER, withSharer } from '../../src/delivery/shared-by.ts'
import { phrases } from '../../src/phrases/phrases.ts'
import { TimeoutError, ttlCache, withoutPicture, withTimeout } from '../../src/pictures/picture-file.ts'
import { cardReply } from '../support/fake-pictures.ts'

test('work is waited for no longer than was said, and not once it is given up', async () => {
  const never = new Promise<never>(() => {})
  await expect(withTimeout(never, 1)).rejects.toThrow(TimeoutError)
  await expect(withTimeout(never, 60_000, AbortSignal.abort())).rejects.toThrow(TimeoutError)
  await expect(withTimeout(never, 60_000, AbortSignal.timeout(1))).rejects.toThrow(TimeoutError)
  // What is there already is taken, though there is no time.
  expect(await withTimeout(Promise.resolve('x'), -5)).toBe('x')
  await expect(withTimeout(Promise.reject(new Error('broken')), 1_000)).rejects.toThrow('broken')
})

test('results are kept for a while, only the last of them, and none that failed', async () => {
  let now = 0
  let made = 0
  const kept = ttlCache<number>({ maxEntries: 2, ttlMs: 10, clock: () => now })
  const make = async () => ++made
  expect(await Promise.all([kept.getOrCreate('a', make), kept.getOrCreate('a', make)])).toEqual([1, 1])
  now = 10
  expect(await kept.getOrCreate('a', make)).toBe(2)
  await kept.getOrCreate('b', make)
  await kept.getOrCreate('c', make)
  expect(await kept.getOrCreate('a', make)).toBe(5)
  const broken = () => {
    throw new Error('broken')
  }
  await expect(kept.getOrCreate('d', broken)).rejects.toThrow('broken')
  expect(await kept.getOrCreate('d', make)).toBe(6)
  kept.delete('d')
  expect(await kept.getOrCreate('d', make)).toBe(7)
})

test('where a shared answer fits, it fits with the reason why there is no picture', () => {
  const shared = toPlainText(withSharer(cardReply('x'), LONGEST_FOOTER)).length
  const { everyPlatform: asked, slack, discord } = phrases
  for (const why of [asked.pictureTooLate, asked.pictureFailed, slack.mayNotUpload, discord.mayNotAttach]) {
    const said = toPlainText(withoutPicture(cardReply('x'), why))
    expect(said).toBe(`ARCHIVED STORY\n\n“x”\nSessions\n\n1 of 2\n\n${why}`)
    expect(said.length).toBeLessThanOrEqual(shared)
  }
})
