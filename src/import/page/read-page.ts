import { workInThread } from '../../chat/work-in-thread.ts'
import type { Article } from '../article.ts'
import type { PageBytes, Unread } from './page-bytes.ts'
import { PageError } from './page-failure.ts'

/** What is known of the bytes of a page: where they came from, and the header `content-type`. `now` bounds its date. */
export type PageOptions = { url?: string; contentType?: string; now?: number; timeoutMs?: number }

type Task = { page: PageBytes; now: number }

/** The most bytes that a page may have, unpacked. Those of newspapers have up to two million. */
export const MAX_PAGE_BYTES = 10_000_000
/** A thread that has had nothing to do for so long ends: it has the memory of a small program, and begins in a second. */
const IDLE_MS = 3_000
/** The largest page of a newspaper takes a second on a busy machine. What takes so long was made to take long. */
const TIMEOUT_MS = 20_000
/** Five times what the largest page of a newspaper needs. */
const LIMITS = { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 32 }

const thread = workInThread<Task, Article | Unread>({
  file: new URL('./page-thread.ts', import.meta.url),
  limits: LIMITS,
  idleMs: IDLE_MS,
  held: { failure: 'tooMany' },
  messageOf({ page, now }) {
    // A view of a large buffer would take all of it along.
    const bytes = new Uint8Array(page.bytes)
    return { message: { page: { ...page, bytes }, now }, transfer: [bytes.buffer] }
  },
})

/**
 * Reads the bytes of a page or a plain text as an article, in a thread, one after the other. Rejects with a `PageError` if
 * there is none in it, it is too large, or reading takes too long; nothing that it does can hold the loop.
 */
export async function readPage(
  bytes: Uint8Array,
  { url, contentType, now = Date.now(), timeoutMs = TIMEOUT_MS }: PageOptions = {},
): Promise<Article> {
  if (bytes.length > MAX_PAGE_BYTES) throw new PageError('tooLarge')
  const read = await thread.ask({ page: { bytes, url, contentType }, now }, timeoutMs)
  if ('failure' in read) throw new PageError(read.failure, read.detail)
  return read
}

/** Ends the thread; what it was reading counts as not readable. */
export const stopReadingPages = thread.stop
