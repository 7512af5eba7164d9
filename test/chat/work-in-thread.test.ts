import { expect, test } from 'vitest'
import { workInThread } from '../../src/chat/work-in-thread.ts'

/** A thread that answers with its task and how many it has done, dies of `die`, and never answers `wait`. */
const CODE = `
import { parentPort } from 'node:worker_threads'
let done = 0
parentPort.on('message', task => {
  if (task === 'die') throw new Error('died')
  if (task !== 'wait') parentPort.postMessage(task + ' ' + ++done)
})`

const thread = (idleMs = 10_000) =>
  workInThread<string, string>({
    file: new URL(`data:text/javascript,${encodeURIComponent(CODE)}`),
    limits: {},
    idleMs,
    held: 'held',
    messageOf: task => ({ message: task }),
  })

test('tasks are done one after the other in one thread', async () => {
  const { ask, stop } = thread()
  expect(await Promise.all(['a', 'b', 'c'].map(task => ask(task, 10_000)))).toEqual(['a 1', 'b 2', 'c 3'])
  await stop()
})

test('what kills the thread or takes too long is given up, and a new thread does the rest', async () => {
  const { ask, stop } = thread()
  expect(await Promise.all(['a', 'die', 'b'].map(task => ask(task, 10_000)))).toEqual(['a 1', 'held', 'b 1'])
  expect(await Promise.all([ask('wait', 50), ask('c', 10_000)])).toEqual(['held', 'c 1'])
  await stop()
})

test('stopping answers what waits, and another task begins a new thread', async () => {
  const { ask, stop } = thread()
  const asked = [ask('wait', 10_000), ask('a', 10_000)]
  await stop()
  expect(await Promise.all(asked)).toEqual(['held', 'held'])
  expect(await ask('b', 10_000)).toBe('b 1')
  await stop()
})
