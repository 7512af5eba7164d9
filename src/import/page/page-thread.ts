/** What runs in the thread that reads pages: one at a time, as they come. */

import { enableCompileCache } from 'node:module'
import { parentPort } from 'node:worker_threads'
import { lowerOwnPriority } from '../../chat/low-priority.ts'
import type { Article } from '../article.ts'
import type { PageBytes, Unread } from './page-bytes.ts'

lowerOwnPriority()
enableCompileCache()
const { parsePage } = await import('./parse-page.ts')

parentPort!.on('message', ({ page, now }: { page: PageBytes; now: number }) => {
  let read: Article | Unread
  try {
    read = parsePage(page, now)
  } catch {
    // Tags nested so deep that no function comes back from them, and whatever else the libraries do not foresee.
    read = { failure: 'tooMany' }
  }
  parentPort!.postMessage(read)
})
