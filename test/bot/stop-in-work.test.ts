import { execFile } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createContentFolder } from '../support/content/content-folder.ts'
import { storyFiles } from '../support/content/story-files.ts'
import { temporaryFolder } from '../support/start-process.ts'

const source = (path: string) => JSON.stringify(new URL(`../../src/${path}`, import.meta.url).href)

/** Each begins some work in a thread, and has its answer lie there unread when the thread is stopped. */
const WORKS: [name: string, script: (folder: string) => string][] = [
  [
    'the content is looked through',
    folder => `
      const { workInThreads } = await import(${source('check/threads.ts')})
      const work = workInThreads(1)
      const begin = () => work.scan({ kind: 'scan', folder: ${JSON.stringify(folder)} })
      const stop = () => work.stop()`,
  ],
  [
    'items are identified',
    () => `
      const { identifyAway, stopIdentifying } = await import(${source('wire/identify/identify-away.ts')})
      const begin = () => identifyAway({ parsed: Array(90).fill({}), known: [] })
      const stop = stopIdentifying`,
  ],
]

test.each(WORKS)('a process that stops just when %s ends in order', async (_, script) => {
  const folder = await createContentFolder(storyFiles('bridge'))
  const file = join(temporaryFolder(), 'stop.mjs')
  const wait = 'Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1_500)'
  writeFileSync(
    file,
    `${script(folder)}
    await begin().catch(() => {})
    begin().catch(() => {})
    ${wait}
    await stop()
    process.stdout.write('stopped')`,
  )
  const end = await new Promise(resolve => {
    execFile(process.execPath, [file], (cause, output) => resolve({ code: cause?.code ?? 0, output }))
  })
  expect(end).toEqual({ code: 0, output: 'stopped' })
})
