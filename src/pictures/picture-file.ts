import { hash } from 'node:crypto'
import { inWords, note, type Picture, type Reply } from '../chat/reply.ts'

/** What a picture is called as a file. */
export const fileName = ({ kind }: Picture): string => (kind === 'card' ? 'quotation.png' : 'timeline.png')

/** Tells a picture from every other one. */
export const pictureKey = (picture: Picture): string => hash('sha256', JSON.stringify(picture), 'base64url')

/** A reply in words, with small print that says why there is no picture. */
export function withoutPicture(reply: Reply, why: string): Reply {
  const words = inWords(reply)
  return { ...words, blocks: [...words.blocks, note(why)] }
}

/** The work was not done in time; it may still be done. */
export class TooSlow extends Error {
  override name = 'TooSlow'
}

/** Waits for work, but not for longer than `ms` and not once `signal` gives it up; the work itself goes on. */
export async function inTime<Value>(work: Promise<Value>, ms: number, signal?: AbortSignal): Promise<Value> {
  // It may fail when nobody waits for it any more.
  work.catch(() => {})
  const over = Promise.withResolvers<never>()
  const late = () => over.reject(new TooSlow('picture: it took too long'))
  const timer = setTimeout(late, Math.max(0, ms))
  signal?.addEventListener('abort', late)
  if (signal?.aborted) late()
  try {
    return await Promise.race([work, over.promise])
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', late)
  }
}

/** The last results of slow work, by key: who asks meanwhile waits for the same, and what failed is done anew. */
type Lately<Value> = {
  get(key: string, make: () => Promise<Value>): Promise<Value>
  forget(key: string): void
}

/** Keeps the last `most` results, each for `forMs`. */
export function lately<Value>(options: { most: number; forMs: number; clock?: () => number }): Lately<Value> {
  const { most, forMs, clock = Date.now } = options
  const known = new Map<string, { value: Promise<Value>; until: number }>()
  return {
    get(key, make) {
      const kept = known.get(key)
      if (kept && kept.until > clock()) return kept.value
      const value = (async () => make())()
      known.delete(key)
      known.set(key, { value, until: clock() + forMs })
      if (known.size > most) known.delete(known.keys().next().value as string)
      value.catch(() => {
        if (known.get(key)?.value === value) known.delete(key)
      })
      return value
    },
    forget: key => void known.delete(key),
  }
}
