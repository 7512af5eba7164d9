import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { Worker } from 'node:worker_threads'
import { expect, test } from 'vitest'

const LOW_PRIORITY = new URL('../../src/chat/low-priority.ts', import.meta.url)

/** The nice values of the threads of this program, by their numbers. */
const niceValues = () =>
  new Map(
    readdirSync('/proc/self/task').map(thread => {
      const stat = readFileSync(`/proc/self/task/${thread}/stat`, 'utf8')
      return [thread, Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[16])]
    }),
  )

test.runIf(process.platform === 'linux')('a thread lowers its own priority and no other one', async () => {
  const before = niceValues()
  const worker = new Worker(
    `import(${JSON.stringify(LOW_PRIORITY.href)}).then(({ lowerOwnPriority }) => {
      lowerOwnPriority()
      require('node:worker_threads').parentPort.postMessage('done')
      setInterval(() => {}, 1_000)
    })`,
    { eval: true },
  )
  await once(worker, 'message')
  const after = [...niceValues()]
  await worker.terminate()

  expect(after.filter(([thread, nice]) => before.has(thread) && nice !== before.get(thread))).toEqual([])
  const lowered = after.filter(
    ([thread, nice]) => !before.has(thread) && nice > Number(before.get(String(process.pid))),
  )
  expect(lowered).toHaveLength(1)
})
