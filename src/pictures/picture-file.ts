import { hash } from 'node:crypto'
import { note, type Picture, type Reply, withPictureAsText } from '../chat/reply.ts'

/** What a picture is called as a file. */
export const pictureFileName = ({ kind }: Picture): string =>
  kind === 'card' ? 'quotation.png' : 'timeline.png'

/** Tells a picture from every other one. */
export const pictureKey = (picture: Picture): string => hash('sha256', JSON.stringify(picture), 'base64url')

/** A reply in words, with small print that says why there is no picture. */
export function withoutPicture(reply: Reply, why: string): Reply {
  const words = withPictureAsText(reply)
  return { ...words, blocks: [...words.blocks, note(why)] }
}

/** The work was not done in time; it may still be done. */
export class TimeoutError extends Error {
  override name = 'TooSlow'
}

/** Waits for work, but not for longer than `ms` and not once `signal` gives it up; the work itself goes on. */
export async function withTimeout<Value>(
  work: Promise<Value>,
  ms: number,
  signal?: AbortSignal,
): Promise<Value> {
  // It may fail when nobody waits for it any more.
  work.catch(() => {})
  const over = Promise.withResolvers<never>()
  const late = () => over.reject(new TimeoutError('picture: it took too long'))
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
type TtlCache<Value> = {
  getOrCreate(key: string, make: () => Promise<Value>): Promise<Value>
  delete(key: string): void
}

/** Keeps the last `most` results, each for `forMs`. */
export function ttlCache<Value>(options: {
  maxEntries: number
  ttlMs: number
  clock?: () => number
}): TtlCache<Value> {
  const { maxEntries, ttlMs, clock = Date.now } = options
  const known = new Map<string, { value: Promise<Value>; until: number }>()
  return {
    getOrCreate(key, make) {
      const kept = known.get(key)
      if (kept && kept.until > clock()) return kept.value
      const value = (async () => make())()
      known.delete(key)
      known.set(key, { value, until: clock() + ttlMs })
      if (known.size > maxEntries) known.delete(known.keys().next().value as string)
      value.catch(() => {
        if (known.get(key)?.value === value) known.delete(key)
      })
      return value
    },
    delete: key => void known.delete(key),
  }
}
