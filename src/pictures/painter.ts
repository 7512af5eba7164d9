import { Worker } from 'node:worker_threads'
import type { Paint } from '../chat/platform.ts'
import type { Picture } from '../chat/reply.ts'
import { canPaint } from './glyphs.ts'
import { pictureKey, ttlCache } from './picture-file.ts'
import type { PaintRequest, PaintResult } from './worker.ts'

/**
 * How a painter works: how long one picture may take, for how long its thread waits for the next, how many pictures are
 * kept, and which file the thread is.
 */
export type PainterOptions = { timeoutMs?: number; idleMs?: number; maxCached?: number; workerUrl?: URL }

// Outlines are large and short-lived: without a limit they would be left lying about until there are 300 MB of them.
const THREAD_LIMITS = { maxYoungGenerationSizeMb: 8, maxOldGenerationSizeMb: 96 }

/**
 * Paints in a thread of its own, so that no other answer waits meanwhile. The thread begins with the first picture, ends
 * when nobody has asked for one for a while, keeps no process alive that has nothing else to do, and is begun anew where
 * it died. The last pictures are kept.
 */
export function createPainter({
  timeoutMs = 15_000,
  idleMs = 300_000,
  maxCached = 32,
  workerUrl = new URL('./worker.ts', import.meta.url),
}: PainterOptions = {}): Paint {
  const kept = ttlCache<Uint8Array>({ maxEntries: maxCached, ttlMs: Number.POSITIVE_INFINITY })
  let thread: Worker | undefined
  let last: Promise<unknown> = Promise.resolve()
  let count = 0
  let rest: NodeJS.Timeout | undefined

  const ended = (one: Worker) => {
    if (thread === one) thread = undefined
    void one.terminate()
  }

  const begun = (): Worker => {
    const one = new Worker(workerUrl, { resourceLimits: THREAD_LIMITS })
    // It may die while it has nothing to do, too.
    return one.on('error', () => ended(one)).on('exit', () => ended(one))
  }

  const paintNow = async (picture: Picture): Promise<Uint8Array> => {
    clearTimeout(rest)
    thread ??= begun()
    const mine = thread
    const id = ++count
    const { promise, resolve, reject } = Promise.withResolvers<Uint8Array>()
    const heard = (done: PaintResult) => {
      if (done.id !== id) return
      if ('png' in done) resolve(done.png)
      else reject(new Error(`pictures: not painted: ${done.problem}`))
    }
    const fail = (cause: unknown) => {
      ended(mine)
      reject(new Error('pictures: the thread that paints has died', { cause }))
    }
    const timer = setTimeout(() => fail(new Error(`not painted within ${timeoutMs} ms`)), timeoutMs)
    mine.on('message', heard).on('error', fail).on('exit', fail)
    // While it paints, the process must wait for it.
    mine.ref()
    mine.postMessage({ id, picture } satisfies PaintRequest)
    try {
      return await promise
    } finally {
      clearTimeout(timer)
      mine.off('message', heard).off('error', fail).off('exit', fail)
      mine.unref()
      rest = setTimeout(ended, idleMs, mine).unref()
    }
  }

  return async picture => {
    if (!canPaint(picture)) throw new Error('pictures: it has letters that no font here has')
    return kept.getOrCreate(pictureKey(picture), () => {
      const png = last.then(() => paintNow(picture))
      last = png.catch(() => {})
      return png
    })
  }
}
