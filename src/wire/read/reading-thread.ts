/** What runs in the thread that reads feeds: one at a time, as they come. */

import { enableCompileCache } from 'node:module'
import { parentPort } from 'node:worker_threads'
import { lowerOwnPriority } from '../../chat/low-priority.ts'
import type { ReadFeed } from '../item.ts'
import type { ReadingTask } from './read-feed.ts'

lowerOwnPriority()
enableCompileCache()
const { parseFeed } = await import('./parse-feed.ts')

parentPort!.on('message', ({ feed, now }: ReadingTask) => {
  let read: ReadFeed
  try {
    read = parseFeed(feed, now)
  } catch {
    read = { unreadable: 'notAFeed', why: 'reading it failed' }
  }
  parentPort!.postMessage(read)
})
