import { globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { createPainter } from '../../src/pictures/painter.ts'
import { renderPng } from '../../src/pictures/render-png.ts'
import { sampleCard } from '../support/pictures/sample-pictures.ts'

/** A thread that paints nothing: it counts what it is asked for, and dies or hangs where it is told to. */
const STUDIO = new URL(
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

const counting = (more = {}) => {
  const paint = createPainter({ workerUrl: STUDIO, ...more })
  return async (words: string) => [...(await paint(sampleCard({ words })))][0]
}

test('a picture comes from its own thread as it would be painted here', async () => {
  const picture = sampleCard({ words: 'Žižkov, Ελλάδα, Москва' })
  expect(Buffer.from(await createPainter()(picture))).toEqual(Buffer.from(await renderPng(picture)))
})

test('the same picture is painted once, also for those who ask meanwhile; old ones are forgotten', async () => {
  const paint = counting({ maxCached: 2 })
  expect(await Promise.all(['a', 'a', 'b', 'a'].map(paint))).toEqual([1, 1, 2, 1])
  expect(await paint('c')).toBe(3)
  expect(await paint('b')).toBe(2)
  expect(await paint('a')).toBe(4)
})

test('what failed is told, is no longer kept, and hinders no other', async () => {
  const paint = counting()
  await expect(paint('fail')).rejects.toThrow('pictures: not painted: no')
  expect(await Promise.allSettled([paint('fail'), paint('a')])).toMatchObject([
    { status: 'rejected' },
    { status: 'fulfilled', value: 1 },
  ])
})

test.each(['die', 'throw', 'hang'])('a thread that does %s is begun anew', async how => {
  const paint = counting({ timeoutMs: how === 'hang' ? 300 : 10_000 })
  const [bad, good] = await Promise.allSettled([paint(how), paint('a')])
  expect(bad).toMatchObject({
    status: 'rejected',
    reason: { message: 'pictures: the thread that paints has died' },
  })
  expect(good).toMatchObject({ status: 'fulfilled', value: 1 })
})

test('a thread that dies or ends while it has nothing to do is begun anew, too', async () => {
  const paint = counting()
  expect(await paint('die later')).toBe(1)
  await expect.poll(() => paint(`a${Math.random()}`).catch(() => 0)).toBe(1)
  const resting = counting({ idleMs: 1 })
  expect(await resting('a')).toBe(1)
  await expect.poll(() => resting(`a${Math.random()}`)).toBe(1)
})

test('what cannot be painted is refused before any thread begins', async () => {
  await expect(counting()('שלום')).rejects.toThrow('letters that no font here has')
})

test('nothing loads what pictures are painted with but the thread', () => {
  const importersOf = (target: string) =>
    globSync('src/**/*.ts').filter(file =>
      [...readFileSync(file, 'utf8').matchAll(/(?:import(?! type)[^'\n]*from|import\()\s*'([^']+)'/g)].some(
        ([, path]) => join(dirname(file), path!) === target,
      ),
    )
  expect(importersOf('src/pictures/render-png.ts')).toEqual(['src/pictures/worker.ts'])
  expect(importersOf('src/pictures/worker.ts')).toEqual([])
})
