import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import fs from 'node:fs/promises'
import { syncBuiltinESMExports } from 'node:module'
import { join } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { openLiveContent } from '../../src/check/live-content.ts'
import { pull } from '../../src/cli/pull.ts'
import type { Config } from '../../src/config.ts'
import { connect } from '../../src/store/connect.ts'
import type { Store } from '../../src/store/store.ts'
import { createContentFolder } from '../support/content/content-folder.ts'
import { storyFiles } from '../support/content/story-files.ts'
import { SEED } from '../support/seed.ts'
import { temporaryFolder } from '../support/start-process.ts'

const WHO = { who: 'slack:T1/U1', at: 1_000 }
const ENTRIES = ['one', 'two'].map(now => ({
  path: 'stories/bridge/corrections.desk.yml',
  entry: { on: '2026-05-05', part: 'label', was: '29 April', now, why: 'Misread.' },
}))
const EVENT = {
  path: 'stories/bridge/timeline.desk.yml',
  entry: { id: 'fence', date: '2026-05-02', text: 'A fence.', sources: [1], confidence: 'medium' },
}
const SOURCE = {
  path: 'stories/bridge/sources.desk.yml',
  entry: {
    ...{ number: 9, kind: 'news', outlet: 'Gazette', title: 'The fence', date: '2026-05-02' },
    ...{ rights: 'Our own report.', text: '9.txt' },
  },
}
const TEXT = { path: 'stories/bridge/sources/9.txt', text: 'Words.\r\n' }

const open: Store[] = []
afterEach(async () => {
  for (const store of open.splice(0)) await store.close()
  vi.restoreAllMocks()
})

/** A folder and a store that has something for it. */
async function setUp() {
  const contentDir = await createContentFolder(storyFiles('bridge'))
  const config = { contentDir, dataDir: temporaryFolder() } as Config
  const store = await connect(config, () => {})
  open.push(store)
  await store.documents.add({ key: 'a', ...WHO, entries: ENTRIES })
  await store.documents.add({ key: 'b', ...WHO, entries: [SOURCE, EVENT], files: [TEXT] })
  let written = ''
  vi.spyOn(process.stdout, 'write').mockImplementation(text => {
    written += text
    return true
  })
  const said = () => {
    const all = written
    written = ''
    return all
  }
  return { config, contentDir, store, said }
}

const revisionOf = async (folder: string, store: Store) =>
  (await openLiveContent(folder, { documents: await store.documents.all() })).library().revision
const hidden = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(path => /(?:^|\/)\.[^/]+$/.test(path))
const tidy = (folder: string) => {
  // What a lock that was left means is told elsewhere; here it is old.
  for (const path of hidden(folder)) if (path.endsWith('.lock')) rmSync(join(folder, path))
}

test('content pull writes what waits, lets go of it, and says what to do; a dry run only shows it', async () => {
  const { config, contentDir, store, said } = await setUp()
  const revision = await revisionOf(contentDir, store)
  const before = readFileSync(join(contentDir, 'stories/bridge/corrections.yml'), 'utf8')
  expect(await pull(config, { dryRun: true })).toBe(0)
  expect(said()).toBe(
    `stories/bridge/sources/9.txt:
  # by slack:T1/U1
  (the whole file, 8 characters)
stories/bridge/corrections.yml:
  # by slack:T1/U1
  - on: 2026-05-05
    part: label
    was: 29 April
    now: one
    why: Misread.
  # by slack:T1/U1
  - on: 2026-05-05
    part: label
    was: 29 April
    now: two
    why: Misread.
stories/bridge/sources.yml:
  # by slack:T1/U1
  - number: 9
    kind: news
    outlet: Gazette
    title: The fence
    date: 2026-05-02
    rights: Our own report.
    text: 9.txt
stories/bridge/timeline.yml:
  # by slack:T1/U1
  - id: fence
    date: 2026-05-02
    text: A fence.
    sources:
      - 1
    confidence: medium
5 additions would be written. Nothing was changed.
`,
  )
  expect(readFileSync(join(contentDir, 'stories/bridge/corrections.yml'), 'utf8')).toBe(before)
  expect(await store.documents.waiting()).toBe(5)
  expect(await pull(config, { dryRun: false })).toBe(0)
  expect(said()).toBe(
    `stories/bridge/sources/9.txt: 1 file
stories/bridge/corrections.yml: 2 entries
stories/bridge/sources.yml: 1 entry
stories/bridge/timeline.yml: 1 entry
5 additions written. Now run npm run check, and commit the files.
`,
  )
  expect(await store.documents.waiting()).toBe(0)
  expect(await revisionOf(contentDir, store)).toBe(revision)
  expect(await pull(config, { dryRun: false })).toBe(0)
  expect(said()).toBe('Nothing waits to be written into the files.\n')
})

test('what cannot be written is named with what to do, stays in the store, and is an error', async () => {
  const { config, contentDir, store, said } = await setUp()
  writeFileSync(join(contentDir, 'stories/bridge/sources/9.txt'), 'other')
  writeFileSync(join(contentDir, 'stories/bridge/timeline.yml'), 'broken: "')
  expect(await pull(config, { dryRun: false })).toBe(1)
  const lines = said().split('\n')
  expect(lines[0]).toMatch(/^stories\/bridge\/sources\/9\.txt: another file of that name is there/)
  expect(lines).toContainEqual(expect.stringMatching(/^stories\/bridge\/timeline\.yml: cannot be added to/))
  expect((await store.documents.all()).map(({ path }) => path)).toEqual([TEXT.path, EVENT.path])
})

/** The calls by which a pull changes or looks at files: somebody may pull the plug before each of them. */
const STEPS = ['readFile', 'realpath', 'mkdir', 'writeFile', 'stat', 'chmod', 'rename', 'rm', 'open'] as const

/** Runs a pull that ends without a trace before its step number `last`. Tells whether it came to an end before. */
async function pullUntil(last: number, config: Config): Promise<boolean> {
  let step = 0
  let crash = () => {}
  const crashed = new Promise<false>(resolve => {
    crash = () => resolve(false)
  })
  const originals = STEPS.map(name => [name, fs[name]] as const)
  for (const [name, original] of originals)
    (fs as Record<string, unknown>)[name] = (...values: unknown[]) => {
      if (++step >= last) {
        crash()
        return new Promise(() => {})
      }
      return (original as (...values: unknown[]) => unknown)(...values)
    }
  syncBuiltinESMExports()
  try {
    return await Promise.race([pull(config, { dryRun: false }).then(() => true), crashed])
  } finally {
    for (const [name, original] of originals) (fs as Record<string, unknown>)[name] = original
    syncBuiltinESMExports()
  }
}

test('whenever a pull is cut off, the content stays the same, and the next pull ends with all of it once', {
  timeout: 60_000,
}, async () => {
  // Some of the moments; SEED=random tries others, ALL_AWAITS=1 all.
  const step = process.env.ALL_AWAITS ? 1 : 4
  let isDone = false
  let last = 1 + (SEED % step)
  for (; !isDone; last += step) {
    const { config, contentDir, store } = await setUp()
    const revision = await revisionOf(contentDir, store)
    isDone = await pullUntil(last, config)
    expect(await revisionOf(contentDir, store)).toBe(revision)
    tidy(contentDir)
    expect(await pull(config, { dryRun: false })).toBe(0)
    expect(await store.documents.all()).toEqual([])
    expect(await revisionOf(contentDir, store)).toBe(revision)
    expect(hidden(contentDir)).toEqual([])
  }
  expect(last).toBeGreaterThan(20)
})

test('a pull that is killed for real, before and after a file is replaced, loses and doubles nothing', async () => {
  for (const when of ['before', 'after']) {
    const { config, contentDir, store } = await setUp()
    const revision = await revisionOf(contentDir, store)
    const script = `
      import fs from 'node:fs/promises'
      import { syncBuiltinESMExports } from 'node:module'
      const { rename } = fs
      let count = 0
      fs.rename = async (...names) => {
        const isLast = ++count === 2
        if (isLast && ${when === 'before'}) process.kill(process.pid, 'SIGKILL')
        await rename(...names)
        if (isLast) process.kill(process.pid, 'SIGKILL')
      }
      syncBuiltinESMExports()
      const { pull } = await import(${JSON.stringify(new URL('../../src/cli/pull.ts', import.meta.url).href)})
      await pull(${JSON.stringify(config)}, { dryRun: false })`
    const { signal } = spawnSync(process.execPath, ['--input-type=module', '-e', script])
    expect(signal).toBe('SIGKILL')
    expect(await store.documents.waiting()).toBe(5)
    expect(await revisionOf(contentDir, store)).toBe(revision)
    tidy(contentDir)
    expect(await pull(config, { dryRun: false })).toBe(0)
    expect(await store.documents.waiting()).toBe(0)
    expect(await revisionOf(contentDir, store)).toBe(revision)
  }
})
