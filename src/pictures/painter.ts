import { Worker } from 'node:worker_threads'
import type { Paint } from '../chat/platform.ts'
import type { Picture } from '../chat/reply.ts'
import { ttlCache } from '../chat/ttl-cache.ts'
import { canPaint } from './glyphs.ts'
import { pictureKey } from './picture-file.ts'
import type { PaintRequest, PaintResult } from './worker.ts'

/**
 * Settings of a painter: how long one picture may take, how long its thread waits for the next one, how many pictures
 * are cached, and the file that the thread runs.
 */
export type PainterOptions = { timeoutMs?: number; idleMs?: number; maxCached?: number; workerUrl?: URL }

// The outlines of characters are large and short-lived: without a limit, 300 MB of them pile up before they are freed.
const THREAD_LIMITS = { maxYoungGenerationSizeMb: 8, maxOldGenerationSizeMb: 96 }

/**
 * Creates a painter that paints in a thread of its own, so that no other answer has to wait. The thread starts with
 * the first picture, ends after `idleMs` without one, and is started again if it died. It keeps the process alive only
 * while it paints. The last pictures are cached.
 */
export function createPainter({
  timeoutMs = 15_000,
  idleMs = 300_000,
  maxCached = 32,
  workerUrl = new URL('./worker.ts', import.meta.url),
}: PainterOptions = {}): Paint {
  const cache = ttlCache<Uint8Array>({ maxEntries: maxCached, ttlMs: Number.POSITIVE_INFINITY })
  let thread: Worker | undefined
  let lastPainting: Promise<unknown> = Promise.resolve()
  let count = 0
  let idleTimer: NodeJS.Timeout | undefined

  const endThread = (worker: Worker) => {
    if (thread === worker) thread = undefined
    void worker.terminate()
  }

  const startThread = (): Worker => {
    const worker = new Worker(workerUrl, { resourceLimits: THREAD_LIMITS })
    // It may also die while it is idle.
    return worker.on('error', () => endThread(worker)).on('exit', () => endThread(worker))
  }

  const paintNow = async (picture: Picture): Promise<Uint8Array> => {
    clearTimeout(idleTimer)
    thread ??= startThread()
    const worker = thread
    const id = ++count
    const { promise, resolve, reject } = Promise.withResolvers<Uint8Array>()
    const settle = (result: PaintResult) => {
      if (result.id !== id) return
      if ('png' in result) resolve(result.png)
      else reject(new Error(`pictures: not painted: ${result.problem}`))
    }
    const fail = (cause: unknown) => {
      endThread(worker)
      reject(new Error('pictures: the painting thread died', { cause }))
    }
    const timer = setTimeout(() => fail(new Error(`not painted within ${timeoutMs} ms`)), timeoutMs)
    worker.on('message', settle).on('error', fail).on('exit', fail)
    // While it paints, the process must not exit.
    worker.ref()
    worker.postMessage({ id, picture } satisfies PaintRequest)
    try {
      return await promise
    } finally {
      clearTimeout(timer)
      worker.off('message', settle).off('error', fail).off('exit', fail)
      worker.unref()
      idleTimer = setTimeout(endThread, idleMs, worker).unref()
    }
  }

  return async picture => {
    if (!canPaint(picture)) throw new Error('pictures: it has characters that no bundled font has')
    return cache.getOrCreate(pictureKey(picture), () => {
      const png = lastPainting.then(() => paintNow(picture))
      lastPainting = png.catch(() => {})
      return png
    })
  }
}
