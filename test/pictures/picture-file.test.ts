import { expect, test } from 'vitest'
import { plain } from '../../src/chat/plain-text.ts'
import { LONGEST, withSharer } from '../../src/delivery/shared-by.ts'
import { phrases } from '../../src/phrases/phrases.ts'
import { inTime, lately, TooSlow, withoutPicture } from '../../src/pictures/picture-file.ts'
import { cardReply } from '../support/one-picture.ts'

test('work is waited for no longer than was said, and not once it is given up', async () => {
  const never = new Promise<never>(() => {})
  await expect(inTime(never, 1)).rejects.toThrow(TooSlow)
  await expect(inTime(never, 60_000, AbortSignal.abort())).rejects.toThrow(TooSlow)
  await expect(inTime(never, 60_000, AbortSignal.timeout(1))).rejects.toThrow(TooSlow)
  // What is there already is taken, though there is no time.
  expect(await inTime(Promise.resolve('x'), -5)).toBe('x')
  await expect(inTime(Promise.reject(new Error('broken')), 1_000)).rejects.toThrow('broken')
})

test('results are kept for a while, only the last of them, and none that failed', async () => {
  let now = 0
  let made = 0
  const kept = lately<number>({ most: 2, forMs: 10, clock: () => now })
  const make = async () => ++made
  expect(await Promise.all([kept.get('a', make), kept.get('a', make)])).toEqual([1, 1])
  now = 10
  expect(await kept.get('a', make)).toBe(2)
  await kept.get('b', make)
  await kept.get('c', make)
  expect(await kept.get('a', make)).toBe(5)
  const broken = () => {
    throw new Error('broken')
  }
  await expect(kept.get('d', broken)).rejects.toThrow('broken')
  expect(await kept.get('d', make)).toBe(6)
  kept.forget('d')
  expect(await kept.get('d', make)).toBe(7)
})

test('where a shared answer fits, it fits with the reason why there is no picture', () => {
  const shared = plain(withSharer(cardReply('x'), LONGEST)).length
  const { asked, slack, discord } = phrases
  for (const why of [asked.latePicture, asked.noPicture, slack.mayNotUpload, discord.mayNotAttach]) {
    const said = plain(withoutPicture(cardReply('x'), why))
    expect(said).toBe(`ARCHIVED STORY\n\n“x”\nSessions\n\n1 of 2\n\n${why}`)
    expect(said.length).toBeLessThanOrEqual(shared)
  }
})
