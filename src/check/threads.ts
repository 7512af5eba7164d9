import { flushCompileCache } from 'node:module'
import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import type { DigestsJob, DigestsResult } from './digests-job.ts'
import type { ContentWork } from './jobs.ts'
import type { Scan, ScanJob } from './scan-job.ts'
import type { StoryJob, StoryResult } from './story-job.ts'

/** What a thread is told, and what it tells. */
export type ThreadJob = ScanJob | DigestsJob | StoryJob
export type ThreadMessage =
  | { story: StoryResult }
  | { done: Scan | DigestsResult | undefined }
  | { failed: { message: string; stack?: string } }

type Task = {
  job: ThreadJob
  onStory?(story: StoryResult): void
  resolve(value: unknown): void
  reject(cause: Error): void
}

/** `tried` is the story of the last trial of a thread, which knows its result. */
type Thread = { worker: Worker; task?: Task; idle?: NodeJS.Timeout; isOfDesk?: true; tried?: string }

/** A thread that has had nothing to do for so long ends: it has the memory of a small program. */
const IDLE_MS = 60_000
/** An editor who looks at what to add adds soon: a new thread would let them wait for seconds. */
const DESK_IDLE_MS = 300_000
/** New values are collected early: a check is as fast so, and the thread needs 50 MB less. */
const LIMITS = { maxYoungGenerationSizeMb: 8 }
/** So many stories are worth a message. */
const BATCH = 8

const isOfDesk = (job: ThreadJob) => job.kind === 'stories' && job.stories.some(({ isTrial }) => isTrial)

const onlyStory = (job: ThreadJob) =>
  job.kind === 'stories' && job.stories.length === 1 ? job.stories[0]!.slug : undefined

/** Does the work on content in threads, as many as there are cores. They begin with the first job and end when idle. */
export function workInThreads(
  size = availableParallelism(),
  { idleMs = IDLE_MS, deskIdleMs = DESK_IDLE_MS } = {},
): ContentWork {
  const threads = new Set<Thread>()
  const waiting: Task[] = []
  let isStopped = false

  /** Starts a thread for a job, which tells how urgent even its beginning is. */
  function start(job: ThreadJob): Thread {
    // What this thread has compiled, those that begin need not compile again.
    flushCompileCache()
    const worker = new Worker(new URL('./content-thread.ts', import.meta.url), {
      resourceLimits: LIMITS,
      workerData: { ...job, stories: [] },
    })
    const thread: Thread = { worker }
    threads.add(thread)
    worker.on('message', (message: ThreadMessage) => handle(thread, message))
    const end = (cause: Error) => {
      if (!threads.delete(thread)) return
      clearTimeout(thread.idle)
      thread.task?.reject(cause)
      next()
    }
    worker.on('error', cause => end(cause instanceof Error ? cause : new Error(String(cause))))
    worker.on('exit', code => end(new Error(`content: a thread ended with code ${code}`)))
    return thread
  }

  function handle(thread: Thread, message: ThreadMessage) {
    // What a stopped thread has still said: to rest it would end this process before the thread has ended.
    if (!threads.has(thread)) return
    const { task } = thread
    if ('story' in message) return task?.onStory?.(message.story)
    thread.task = undefined
    rest(thread)
    if ('done' in message) task?.resolve(message.done)
    else task?.reject(Object.assign(new Error(message.failed.message), { stack: message.failed.stack }))
    next()
  }

  function rest(thread: Thread): void {
    thread.worker.unref()
    const waitMs = thread.isOfDesk ? deskIdleMs : idleMs
    thread.idle = setTimeout(() => {
      threads.delete(thread)
      void thread.worker.terminate()
    }, waitMs).unref()
  }

  function next(): void {
    while (waiting.length > 0 && !isStopped) {
      const idle = [...threads].filter(thread => !thread.task)
      const slug = onlyStory(waiting[0]!.job)
      const free =
        idle.find(({ tried }) => slug !== undefined && tried === slug) ??
        idle[0] ??
        (threads.size < size ? start(waiting[0]!.job) : undefined)
      if (!free) return
      const task = waiting.shift()!
      clearTimeout(free.idle)
      free.task = task
      if (isOfDesk(task.job)) Object.assign(free, { isOfDesk: true, tried: slug })
      free.worker.ref()
      free.worker.postMessage(task.job)
    }
  }

  const run = <Result>(job: ThreadJob, onStory?: Task['onStory']): Promise<Result> =>
    new Promise((resolve, reject) => {
      if (isStopped) return reject(new Error('content: the program is stopping'))
      const task = { job, onStory, resolve: resolve as Task['resolve'], reject }
      // Somebody waits for the check of what is to be added: it goes before a thousand stories of a deploy.
      if (isOfDesk(job)) waiting.unshift(task)
      else waiting.push(task)
      next()
    })

  return {
    scan: job => run(job),
    digests: job => run(job),
    async stories(job, emit) {
      const batches: StoryJob[] = []
      const batchSize = Math.min(BATCH, Math.ceil(job.stories.length / size))
      for (let at = 0; at < job.stories.length; at += batchSize)
        batches.push({ ...job, stories: job.stories.slice(at, at + batchSize) })
      await Promise.all(batches.map(batch => run(batch, emit)))
    },
    async stop() {
      isStopped = true
      for (const task of waiting.splice(0)) task.reject(new Error('content: the program is stopping'))
      const stopping = [...threads]
      threads.clear()
      await Promise.all(
        stopping.map(({ worker, task, idle }) => {
          clearTimeout(idle)
          task?.reject(new Error('content: the program is stopping'))
          return worker.terminate()
        }),
      )
    },
  }
}
