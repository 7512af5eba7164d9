import { globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { createPainter } from '../../src/pictures/painter.ts'
import { renderPng } from '../../src/pictures/render-png.ts'
import { sampleCard } from '../support/pictures/sample-pictures.ts'

/** The code of a thread that paints nothing: it counts requests, and dies or hangs if the words say so. */
const FAKE_WORKER = new URL(
  `data:text/javascript,${encodeURIComponent(`
  import { parentPort } from 'node:worker_threads'
  let count = 0
  parentPort.on('message', ({ id, picture: { words } }) => {
    if (words === 'die') process.exit(1)
    if (words === 'throw') throw new Error('broken')
    if (words === 'hang') for (;;) {}
    if (words === 'die later') setTimeout(() => { throw new Error('later') })
    parentPort.postMessage(words === 'fail' ? { id, problem: 'no' } : { id, png: new Uint8Array([++count]) })
  })`)}`,
)

const countingPainter = (options = {}) => {
  const paint = createPainter({ workerUrl: FAKE_WORKER, ...options })
  return async (words: string) => [...(await paint(sampleCard({ words })))][0]
}

test('a picture painted in its own thread is the same as one painted here', async () => {
  const picture = sampleCard({ words: 'Žižkov, Ελλάδα, Москва' })
  expect(Buffer.from(await createPainter()(picture))).toEqual(Buffer.from(await renderPng(picture)))
})

test('the same picture is painted once, even if asked for again meanwhile; old ones are forgotten', async () => {
  const paint = countingPainter({ maxCached: 2 })
  expect(await Promise.all(['a', 'a', 'b', 'a'].map(paint))).toEqual([1, 1, 2, 1])
  expect(await paint('c')).toBe(3)
  expect(await paint('b')).toBe(2)
  expect(await paint('a')).toBe(4)
})

test('a failure is reported, not cached, and does not hinder other pictures', async () => {
  const paint = countingPainter()
  await expect(paint('fail')).rejects.toThrow('pictures: not painted: no')
  expect(await Promise.allSettled([paint('fail'), paint('a')])).toMatchObject([
    { status: 'rejected' },
    { status: 'fulfilled', value: 1 },
  ])
})

test.each(['die', 'throw', 'hang'])('after “%s” the thread is started again', async words => {
  const paint = countingPainter({ timeoutMs: words === 'hang' ? 1_000 : 10_000 })
  const [bad, good] = await Promise.allSettled([paint(words), paint('a')])
  expect(bad).toMatchObject({
    status: 'rejected',
    reason: { message: 'pictures: the painting thread died' },
  })
  expect(good).toMatchObject({ status: 'fulfilled', value: 1 })
})

test('a thread that dies or ends while idle is also started again', async () => {
  const paint = countingPainter()
  expect(await paint('die later')).toBe(1)
  await expect.poll(() => paint(`a${Math.random()}`).catch(() => 0)).toBe(1)
  const idlePaint = countingPainter({ idleMs: 1 })
  expect(await idlePaint('a')).toBe(1)
  await expect.poll(() => idlePaint(`a${Math.random()}`)).toBe(1)
})

test('a picture that cannot be painted is refused before any thread starts', async () => {
  await expect(countingPainter()('שלום')).rejects.toThrow('characters that no bundled font has')
})

test('only the thread loads the renderer', () => {
  const importersOf = (target: string) =>
    globSync('src/**/*.ts').filter(file =>
      [...readFileSync(file, 'utf8').matchAll(/(?:import(?! type)[^'\n]*from|import\()\s*'([^']+)'/g)].some(
        ([, path]) => join(dirname(file), path!) === target,
      ),
    )
  expect(importersOf('src/pictures/render-png.ts')).toEqual(['src/pictures/worker.ts'])
  expect(importersOf('src/pictures/worker.ts')).toEqual([])
})
