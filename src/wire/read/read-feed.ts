import { workInThread } from '../../chat/work-in-thread.ts'
import type { FeedBytes, ReadFeed } from '../item.ts'

/** What the thread is told, and what it tells. */
export type ReadingTask = { feed: FeedBytes; now: number }

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

/** What has fewer bytes may be a part of a buffer that others use, and is copied in no time. */
const LARGE_BYTES = 200_000

/** Bytes that the thread can take for its own: the whole of their buffer goes along. */
const ownBytes = (bytes: Uint8Array): Uint8Array<ArrayBuffer> =>
  bytes.length >= LARGE_BYTES &&
  bytes.buffer instanceof ArrayBuffer &&
  bytes.buffer.byteLength <= 2 * bytes.length
    ? (bytes as Uint8Array<ArrayBuffer>)
    : new Uint8Array(bytes)

const thread = workInThread<ReadingTask, ReadFeed>({
  file: new URL('./reading-thread.ts', import.meta.url),
  limits: LIMITS,
  idleMs: IDLE_MS,
  held: HELD,
  messageOf({ feed, now }) {
    const bytes = ownBytes(feed.bytes)
    return { message: { feed: { ...feed, bytes }, now } satisfies ReadingTask, transfer: [bytes.buffer] }
  },
})

/**
 * Reads the bytes of a feed in a thread, one feed after the other. Never rejects: whatever the bytes are, and even if the
 * thread dies of them, there is an answer. Large bytes are the thread's from then on, and empty here. `now` bounds the dates.
 */
export const readFeed = (feed: FeedBytes, now = Date.now()): Promise<ReadFeed> =>
  thread.ask({ feed, now }, TIMEOUT_MS)

/** Ends the thread; what it was reading counts as not readable. */
export const stopReading = thread.stop
