import { execFile } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, expect, test, vi } from 'vitest'
import { workHere } from '../../src/check/jobs.ts'
import { type Keep, openKeep } from '../../src/check/keep.ts'
import { type LiveContent, openLiveContent } from '../../src/check/live-content.ts'
import type { StoryJob } from '../../src/check/story-job.ts'
import { createContentFolder } from '../support/content/content-folder.ts'
import { storyFiles, withChangedFile } from '../support/content/story-files.ts'
import { temporaryFolder } from '../support/start-process.ts'

const keepIn = (folder = temporaryFolder(), program = 'this program'): Keep => ({
  file: join(folder, 'deep', 'content.sqlite'),
  program,
})

const opened: LiveContent[] = []

/** Opens content, and tells which stories were checked for it. */
async function open(folder: string, keep?: Keep) {
  const work = workHere()
  const checked: string[] = []
  const stories = (job: StoryJob, emit: Parameters<typeof work.stories>[1]) =>
    work.stories(job, result => {
      checked.push(`${result.slug}: ${result.kind}`)
      emit(result)
    })
  const live = await openLiveContent(folder, { keep, work: { ...work, stories } })
  opened.push(live)
  return { live, checked }
}

const closeAll = () => Promise.all(opened.splice(0).map(live => live.close()))
afterEach(closeAll)

const bridge = storyFiles('bridge')
const other = storyFiles('other')
const wrong = withChangedFile(other, 'quotes.yml', text => text.replace('stays', 'stayed'))
const pathOf = (files: typeof bridge, name: string) => files.find(({ path }) => path.endsWith(name))!

test('what has not changed is not looked at again, and one changed story is the only one that is', async () => {
  const folder = await createContentFolder(bridge, other)
  const keep = keepIn()
  const first = await open(folder, keep)
  expect(first.checked.sort()).toEqual(['bridge: good', 'other: good'])
  const second = await open(folder, keep)
  expect(second.checked).toEqual([])
  expect(second.live.library().revision).toBe(first.live.library().revision)
  expect(second.live.library().stories).toEqual(first.live.library().stories)
  const { path, text } = pathOf(other, 'story.md')
  await writeFile(join(folder, path), text.replace('Main Street', 'Side Street'))
  const third = await open(folder, keep)
  expect(third.checked).toEqual(['other: good'])
  expect(third.live.library().story('other')!.title).toBe('The bridge on Side Street')
  // A file that was only touched is read, and nothing is checked again.
  await utimes(join(folder, path), new Date(), new Date())
  await open(folder, keep)
  expect((await open(folder, keep)).checked).toEqual([])
})

test('another program, other settings and a damaged file count for nothing', async () => {
  const folder = await createContentFolder(bridge)
  const keep = keepIn()
  await open(folder, keep)
  expect((await open(folder, { ...keep, program: 'another' })).checked).toEqual(['bridge: good'])
  await open(folder, keep)
  const kept = openKeep(keep)
  const [row] = [...kept.heads()]
  expect(row).toBeDefined()
  kept.close()
  const database = new DatabaseSync(keep.file)
  const head = Buffer.from(row!.head)
  head[head.length >> 1]! ^= 1
  database.prepare('update stories set head = ?').run(head)
  database.close()
  expect((await open(folder, keep)).checked).toEqual(['bridge: good'])
  await closeAll()
  writeFileSync(keep.file, readFileSync(keep.file).subarray(0, 5_000).fill(7, 0, 40))
  expect((await open(folder, keep)).checked).toEqual(['bridge: good'])
  expect((await open(folder, keep)).checked).toEqual([])
})

test('doctor reads what is kept and writes nothing', async () => {
  const folder = await createContentFolder(bridge)
  const data = temporaryFolder()
  const keep = { ...keepIn(data), readOnly: true as const }
  expect((await open(folder, keep)).checked).toEqual(['bridge: good'])
  expect(readdirSync(data)).toEqual([])
})

test('where it cannot be written, content opens all the same', async () => {
  const folder = await createContentFolder(bridge)
  const data = temporaryFolder()
  mkdirSync(join(data, 'deep', 'content.sqlite'), { recursive: true })
  const { live } = await open(folder, keepIn(data))
  expect(live.library().story('bridge')!.quotes).toHaveLength(2)
  chmodSync(data, 0o755)
})

test('a story that is broken at a start stays as it was good last; without that, nothing opens', async () => {
  const folder = await createContentFolder(bridge, other)
  const keep = keepIn()
  await open(folder, keep)
  const { path, text } = pathOf(wrong, 'quotes.yml')
  await writeFile(join(folder, path), text)
  const { live } = await open(folder, keep)
  expect(live.library().story('other')!.quotes[0]!.words).toContain('stays shut')
  expect(live.problems()).toEqual([expect.stringMatching(/other\/quotes\.yml:\d+ quote “mayor-1”/)])
  await expect(open(folder, keepIn())).rejects.toThrow(/other\/quotes\.yml/)
})

test('long parts that are damaged or gone are read anew from the files, while the bot runs', async () => {
  const folder = await createContentFolder(bridge)
  const keep = keepIn()
  await open(folder, keep)
  await closeAll()
  for (const harm of ["update parts set value = '[]'", 'delete from parts']) {
    const database = new DatabaseSync(keep.file)
    database.exec(harm)
    database.close()
    const { live, checked } = await open(folder, keep)
    const stop = live.watch({ onChanged: () => {}, onFailed: () => {} })
    expect(checked).toEqual([])
    expect(() => live.library().story('bridge')!.quotes).toThrow(/“bridge” cannot be read any more/)
    await vi.waitFor(() => expect(live.library().story('bridge')!.quotes).toHaveLength(2), {
      timeout: 20_000,
      interval: 100,
    })
    stop()
    await closeAll()
  }
})

test('a file that is removed or emptied under the bot costs no answer, and what is saved then is taken', async () => {
  for (const harm of [(file: string) => rmSync(file), (file: string) => truncateSync(file)]) {
    const folder = await createContentFolder(bridge, other)
    const keep = keepIn()
    await open(folder, keep)
    await closeAll()
    const { live } = await open(folder, keep)
    const stop = live.watch({ onChanged: () => {}, onFailed: () => {} })
    // Not -shm: whoever shortens that ends each program that has it mapped.
    for (const suffix of ['', '-wal']) if (existsSync(keep.file + suffix)) harm(keep.file + suffix)
    const { path, text } = pathOf(other, 'story.md')
    await writeFile(join(folder, path), text.replace('Main Street', 'Side Street'))
    const story = (slug: string) => live.library().story(slug)!
    const soon = { timeout: 20_000, interval: 100 }
    await vi.waitFor(() => expect(story('other').title).toBe('The bridge on Side Street'), soon)
    await vi.waitFor(
      () => expect([story('other'), story('bridge')].map(({ quotes }) => quotes.length)).toEqual([2, 2]),
      soon,
    )
    stop()
    await closeAll()
  }
}, 30_000)

test('a name that two stories claim at a start is refused, as it would be without anything kept', async () => {
  const folder = await createContentFolder(bridge, other)
  const keep = keepIn()
  await open(folder, keep)
  const { path, text } = pathOf(storyFiles('other', { meta: { command: 'bridge' } }), 'story.md')
  await writeFile(join(folder, path), text)
  await expect(open(folder, keep)).rejects.toThrow(/the name “bridge” is already that of the story “bridge”/)
  await expect(open(folder, keep)).rejects.toThrow(/already that of/)
})

test('processes that begin the file at the same moment share it, and none takes it from another', async () => {
  const folder = temporaryFolder()
  const file = join(folder, 'content.sqlite')
  const script = `
    const { openKeep } = await import(${JSON.stringify(new URL('../../src/check/keep.ts', import.meta.url).href)})
    const parts = Object.fromEntries('sections quotes timeline people facts sources texts'.split(' ').map(part => [part, part]))
    const keep = openKeep({ file: ${JSON.stringify(file)}, program: 'x' })
    const kept = keep.put({ slug: process.argv[1], key: 'k', look: 'l', head: Buffer.from('h'), parts })
    process.stdout.write(String(kept))
    keep.close()`
  const run = (slug: string) =>
    new Promise<string>(resolve => {
      execFile(process.execPath, ['--input-type=module', '-e', script, slug], (_, out) => resolve(out))
    })
  expect(await Promise.all(['a', 'b', 'c', 'd', 'e', 'f'].map(run))).toEqual(Array(6).fill('true'))
  const keep = openKeep({ file, program: 'x' })
  expect(Array.from(keep.heads(), ({ slug }) => slug).sort()).toEqual(['a', 'b', 'c', 'd', 'e', 'f'])
  keep.close()
}, 30_000)
