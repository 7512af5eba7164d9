import { Worker } from 'node:worker_threads'
import type { IdentifyInput, IdentifyResult } from '../item.ts'
import { identify } from './identify.ts'

/** What the thread is given: it makes the ids of new items itself. */
export type AwayInput = Omit<IdentifyInput, 'newId'>

/** What the thread tells of one input. */
export type AwayAnswer = { number: number; result?: IdentifyResult; error?: string }

/** So few items and carriers together take a few milliseconds: to hand them over would take as long. */
const FEW = 80
/** A thread that has had nothing to do for so long ends. */
const IDLE_MS = 30_000

const waiting = new Map<number, { resolve(result: IdentifyResult): void; reject(cause: Error): void }>()
let worker: Worker | undefined
let idle: NodeJS.Timeout | undefined
let count = 0

/** Identifies items as `identify` does, and those of a large feed in a thread, so that nobody waits for them. */
export async function identifyAway(input: IdentifyInput): Promise<IdentifyResult> {
  if (input.parsed.length + input.known.length <= FEW) return identify(input)
  const { newId: _, ...rest } = input
  clearTimeout(idle)
  worker ??= start()
  worker.ref()
  const number = ++count
  return new Promise((resolve, reject) => {
    waiting.set(number, { resolve, reject })
    worker!.postMessage({ number, input: rest satisfies AwayInput })
  })
}

/** Ends the thread; what it was doing fails. */
export async function stopIdentifying(): Promise<void> {
  const stopping = worker
  end(new Error('wire: this process stops'))
  await stopping?.terminate()
}

function start(): Worker {
  const started = new Worker(new URL('./identify-thread.ts', import.meta.url))
  started.on('message', ({ number, result, error }: AwayAnswer) => {
    // What a stopped thread has still said: to rest it would end this process before the thread has ended.
    if (started !== worker) return
    const asked = waiting.get(number)
    waiting.delete(number)
    if (result) asked?.resolve(result)
    else asked?.reject(new Error(error))
    if (waiting.size === 0) rest(started)
  })
  const fail = (cause: unknown) => {
    if (started === worker) end(new Error('wire: the thread that identifies items ended', { cause }))
  }
  started.on('error', fail)
  started.on('exit', fail)
  return started
}

function rest(resting: Worker): void {
  resting.unref()
  idle = setTimeout(() => {
    if (resting !== worker || waiting.size > 0) return
    worker = undefined
    void resting.terminate()
  }, IDLE_MS).unref()
}

function end(cause: Error): void {
  worker = undefined
  clearTimeout(idle)
  for (const { reject } of waiting.values()) reject(cause)
  waiting.clear()
}
