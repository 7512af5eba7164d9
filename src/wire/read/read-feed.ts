import { Worker } from 'node:worker_threads'
import type { FeedBytes, ReadFeed } from '../item.ts'

/** What the thread is told, and what it tells. */
export type ReadingTask = { feed: FeedBytes; now: number }

type Task = ReadingTask & { resolve(read: ReadFeed): void }

/** A thread that has had nothing to do for so long ends: polls come together, and then for minutes none. */
const IDLE_MS = 30_000
/** The largest feed takes half a second on a busy machine. What takes so long was made to take long. */
const TIMEOUT_MS = 20_000
/** Twice what a feed of 5 MB with 10,000 items needs. */
const LIMITS = { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 32 }

const HELD: ReadFeed = {
  unreadable: 'tooMany',
  why: 'it takes more time or memory to read than any feed may',
}

const waiting: Task[] = []
let worker: Worker | undefined
let current: Task | undefined
let idle: NodeJS.Timeout | undefined
let timeout: NodeJS.Timeout | undefined

/**
 * Reads the bytes of a feed in a thread, one feed after the other. Never rejects: whatever the bytes are, and even if the
 * thread dies of them, there is an answer. Large bytes are the thread's from then on, and empty here. `now` bounds the dates.
 */
export const readFeed = (feed: FeedBytes, now = Date.now()): Promise<ReadFeed> =>
  new Promise(resolve => {
    waiting.push({ feed, now, resolve })
    next()
  })

/** Ends the thread; what it was reading counts as not readable. */
export async function stopReading(): Promise<void> {
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
  const { feed, now } = current
  const bytes = ownBytes(feed.bytes)
  timeout = setTimeout(() => fail(worker), TIMEOUT_MS)
  worker.postMessage({ feed: { ...feed, bytes }, now } satisfies ReadingTask, [bytes.buffer])
}

/** What has fewer bytes may be a part of a buffer that others use, and is copied in no time. */
const LARGE_BYTES = 200_000

/** Bytes that the thread can take for its own: the whole of their buffer goes along. */
const ownBytes = (bytes: Uint8Array): Uint8Array<ArrayBuffer> =>
  bytes.length >= LARGE_BYTES &&
  bytes.buffer instanceof ArrayBuffer &&
  bytes.buffer.byteLength <= 2 * bytes.length
    ? (bytes as Uint8Array<ArrayBuffer>)
    : new Uint8Array(bytes)

function start(): Worker {
  const started = new Worker(new URL('./reading-thread.ts', import.meta.url), { resourceLimits: LIMITS })
  started.on('message', (read: ReadFeed) => {
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

function settle(read: ReadFeed): void {
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
