import { Worker } from 'node:worker_threads'
import type { Article } from '../article.ts'
import type { PageBytes, Unread } from './page-bytes.ts'
import { PageError } from './page-failure.ts'

/** What is known of the bytes of a page: where they came from, and the header `content-type`. `now` bounds its date. */
export type PageOptions = { url?: string; contentType?: string; now?: number; timeoutMs?: number }

type Read = Article | Unread
type Task = { page: PageBytes; now: number; timeoutMs: number; resolve(read: Read): void }

/** The most bytes that a page may have, unpacked. Those of newspapers have up to two million. */
export const MAX_PAGE_BYTES = 10_000_000
/** A thread that has had nothing to do for so long ends: it has the memory of a small program, and begins in a second. */
const IDLE_MS = 3_000
/** The largest page of a newspaper takes a second on a busy machine. What takes so long was made to take long. */
const TIMEOUT_MS = 20_000
/** Five times what the largest page of a newspaper needs. */
const LIMITS = { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 32 }

const HELD: Unread = { failure: 'tooMany' }

const waiting: Task[] = []
let worker: Worker | undefined
let current: Task | undefined
let idle: NodeJS.Timeout | undefined
let timeout: NodeJS.Timeout | undefined

/**
 * Reads the bytes of a page or a plain text as an article, in a thread, one after the other. Rejects with a `PageError` if
 * there is none in it, it is too large, or reading takes too long; nothing that it does can hold the loop.
 */
export async function readPage(
  bytes: Uint8Array,
  { url, contentType, now = Date.now(), timeoutMs = TIMEOUT_MS }: PageOptions = {},
): Promise<Article> {
  if (bytes.length > MAX_PAGE_BYTES) throw new PageError('tooLarge')
  const read = await new Promise<Read>(resolve => {
    waiting.push({ page: { bytes, url, contentType }, now, timeoutMs, resolve })
    next()
  })
  if ('failure' in read) throw new PageError(read.failure, read.detail)
  return read
}

/** Ends the thread; what it was reading counts as not readable. */
export async function stopReadingPages(): Promise<void> {
  const stopping = worker
  settle(HELD)
  for (const task of waiting.splice(0)) task.resolve(HELD)
  drop()
  await stopping?.terminate()
}

function next(): void {
  if (current || waiting.length === 0) return
  clearTimeout(idle)
  worker ??= start()
  worker.ref()
  current = waiting.shift()!
  const { page, now, timeoutMs } = current
  // A view of a large buffer would take all of it along.
  const bytes = new Uint8Array(page.bytes)
  timeout = setTimeout(() => fail(worker), timeoutMs)
  worker.postMessage({ page: { ...page, bytes }, now }, [bytes.buffer])
}

function start(): Worker {
  const started = new Worker(new URL('./page-thread.ts', import.meta.url), { resourceLimits: LIMITS })
  started.on('message', (read: Read) => {
    if (started !== worker) return
    settle(read)
    rest()
    next()
  })
  started.on('error', () => fail(started))
  started.on('exit', () => fail(started))
  return started
}

/** Gives up on what a thread is reading, and on the thread. */
function fail(failed: Worker | undefined): void {
  if (failed === undefined || failed !== worker) return
  drop()
  void failed.terminate()
  settle(HELD)
  next()
}

function drop(): void {
  worker = undefined
  clearTimeout(idle)
  clearTimeout(timeout)
}

function settle(read: Read): void {
  clearTimeout(timeout)
  const task = current
  current = undefined
  task?.resolve(read)
}

function rest(): void {
  const resting = worker
  resting?.unref()
  idle = setTimeout(() => {
    if (resting !== worker || current) return
    drop()
    void resting?.terminate()
  }, IDLE_MS).unref()
}
