import { type ResourceLimits, type Transferable, Worker } from 'node:worker_threads'

/** What one thread does, and within which limits. */
type ThreadSettings<Task, Answer> = {
  /** The file that runs in it. It answers each message with one message. */
  file: URL
  limits: ResourceLimits
  /** A thread that has had nothing to do for so long ends. */
  idleMs: number
  /** The answer to what takes too long, or to what the thread dies of. */
  held: Answer
  /** What it is sent of a task, made when its turn comes, and what of that is its own from then on. */
  messageOf(task: Task): { message: unknown; transfer?: Transferable[] }
}

/** A thread that does one task after the other: `ask` never rejects, and `stop` ends it with all that waits for it. */
export type WorkInThread<Task, Answer> = {
  ask(task: Task, timeoutMs: number): Promise<Answer>
  stop(): Promise<void>
}

type Asked<Task, Answer> = { task: Task; timeoutMs: number; resolve(answer: Answer): void }

/** Does tasks in one thread, which begins with the first of them. What is too much for it cannot hold the loop. */
export function workInThread<Task, Answer>({
  file,
  limits,
  idleMs,
  held,
  messageOf,
}: ThreadSettings<Task, Answer>): WorkInThread<Task, Answer> {
  const waiting: Asked<Task, Answer>[] = []
  let worker: Worker | undefined
  let current: Asked<Task, Answer> | undefined
  let idle: NodeJS.Timeout | undefined
  let timeout: NodeJS.Timeout | undefined

  function next(): void {
    if (current || waiting.length === 0) return
    clearTimeout(idle)
    worker ??= start()
    worker.ref()
    current = waiting.shift()!
    const { message, transfer } = messageOf(current.task)
    timeout = setTimeout(() => fail(worker), current.timeoutMs)
    worker.postMessage(message, transfer)
  }

  function start(): Worker {
    const started = new Worker(file, { resourceLimits: limits })
    started.on('message', (answer: Answer) => {
      if (started !== worker) return
      settle(answer)
      rest()
      next()
    })
    started.on('error', () => fail(started))
    started.on('exit', () => fail(started))
    return started
  }

  /** Gives up on what a thread does, and on the thread. */
  function fail(failed: Worker | undefined): void {
    if (failed === undefined || failed !== worker) return
    drop()
    void failed.terminate()
    settle(held)
    next()
  }

  function drop(): void {
    worker = undefined
    clearTimeout(idle)
    clearTimeout(timeout)
  }

  function settle(answer: Answer): void {
    clearTimeout(timeout)
    const asked = current
    current = undefined
    asked?.resolve(answer)
  }

  function rest(): void {
    const resting = worker
    resting?.unref()
    idle = setTimeout(() => {
      if (resting !== worker || current) return
      drop()
      void resting?.terminate()
    }, idleMs).unref()
  }

  return {
    ask: (task, timeoutMs) =>
      new Promise(resolve => {
        waiting.push({ task, timeoutMs, resolve })
        next()
      }),
    async stop() {
      const stopping = worker
      settle(held)
      for (const asked of waiting.splice(0)) asked.resolve(held)
      drop()
      await stopping?.terminate()
    },
  }
}
