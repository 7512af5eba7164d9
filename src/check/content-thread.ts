/** What runs in a thread of its own: one job at a time, as they come. */

import { enableCompileCache } from 'node:module'
import { parentPort, workerData } from 'node:worker_threads'
import { lowerOwnPriority } from '../chat/low-priority.ts'
import { isBesideAnswers } from './jobs.ts'
import type { ThreadJob, ThreadMessage } from './threads.ts'

let isLowered = false
lowerBeside(workerData as ThreadJob)
// What is imported from here on is compiled once, and not again by each thread.
enableCompileCache()
const { runDigestsJob } = await import('./digests-job.ts')
const { runScanJob } = await import('./scan-job.ts')
const { runStoryJob } = await import('./story-job.ts')

const tell = (message: ThreadMessage) => parentPort!.postMessage(message)

parentPort!.on('message', (job: ThreadJob) => {
  lowerBeside(job)
  try {
    if (job.kind === 'scan') tell({ done: runScanJob(job) })
    else if (job.kind === 'digests') tell({ done: runDigestsJob(job) })
    else {
      runStoryJob(job, story => tell({ story }))
      tell({ done: undefined })
    }
  } catch (cause) {
    const { message, stack } = cause instanceof Error ? cause : new Error(String(cause))
    const because = cause instanceof Error && cause.cause instanceof Error ? cause.cause.message : undefined
    tell({ failed: { message: because === undefined ? message : `${message}: ${because}`, stack } })
  }
})

/** Lets others go first from a job on that is not that of a start. */
function lowerBeside(job: ThreadJob): void {
  if (isLowered || !isBesideAnswers(job)) return
  isLowered = true
  lowerOwnPriority()
}
