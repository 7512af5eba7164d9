import { appendFileSync, cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { stringify } from 'yaml'
import { check } from '../../src/check/check.ts'
import { workHere } from '../../src/check/jobs.ts'
import { type LiveContent, openLiveContent } from '../../src/check/live-content.ts'
import { workInThreads } from '../../src/check/threads.ts'
import type { Document } from '../../src/content/read/documents/document.ts'
import { pullInto } from '../../src/content/read/documents/pull.ts'
import { createContentFolder } from '../support/content/content-folder.ts'
import { PAPER, storyFiles } from '../support/content/story-files.ts'
import { temporaryFolder } from '../support/start-process.ts'

const EVENT: Document = {
  path: 'stories/bridge/timeline.desk.yml',
  entry: { id: 'fence', date: '2026-05-02', text: 'A fence is put up.', sources: [7], confidence: 'medium' },
}
const EVENT_OF_FILES: Document = { ...EVENT, entry: { ...(EVENT.entry as object), sources: [1] } }
const SOURCE: Document = {
  path: 'stories/bridge/sources.desk.yml',
  entry: {
    ...{ number: 7, kind: 'news', outlet: 'Gazette', title: 'The fence', date: '2026-05-02' },
    ...{ rights: 'Our own report.', text: '7.txt' },
  },
}
const TEXT: Document = { path: 'stories/bridge/sources/7.txt', text: `Fence.\n\n${PAPER}` }
const QUOTE: Document = {
  path: 'stories/bridge/quotes.desk.yml',
  entry: {
    ...{ id: 'mayor-2', speaker: 'Ana Example', role: 'Mayor at the time', kind: 'direct', source: 7 },
    ...{ words: 'Nobody will cross it before then.', saidOn: '2026-05-02' },
  },
}
const DOCUMENTS = [TEXT, SOURCE, EVENT, QUOTE]
const PULL_ALL = { reserve: async (documents: Document[]) => documents }
const bridge = () => createContentFolder(storyFiles('bridge'))
const open = (folder: string, documents: Document[] = [], more = {}) =>
  openLiveContent(folder, { documents, ...more })
const events = (live: LiveContent) =>
  live
    .library()
    .story('bridge')
    ?.timeline.map(({ id }) => id)
const wrong = (entry: object): Document => ({ ...EVENT, entry: { ...(EVENT.entry as object), ...entry } })

test('documents are laid over the files, and what can be seen is the same before and after they are pulled', async () => {
  const folder = await bridge()
  const live = await open(folder)
  const plain = live.library().revision
  await live.setDocuments(DOCUMENTS)
  expect(live.problems()).toEqual([])
  const { revision } = live.library()
  expect(revision).not.toBe(plain)
  expect(events(live)).toContain('fence')
  expect(live.library().story('bridge')!.quotes.at(-1)!.source.text).toBe(TEXT.text)
  // A process that starts with the same folder and the same documents has the same content.
  expect((await open(folder, DOCUMENTS)).library().revision).toBe(revision)
  const other = await bridge()
  expect((await open(other, DOCUMENTS)).library().revision).toBe(revision)
  await pullInto(other, DOCUMENTS, PULL_ALL)
  expect((await open(other, DOCUMENTS)).library().revision).toBe(revision)
  expect((await open(other)).library().revision).toBe(revision)
  await live.setDocuments([])
  expect(live.library().revision).toBe(plain)
})

test('they are laid over in threads too, by check, and kept like files', async () => {
  const folder = await bridge()
  const keep = { file: join(temporaryFolder(), 'content.sqlite'), program: 'x' }
  const work = workInThreads(1)
  const live = await open(folder, DOCUMENTS, { keep, work })
  expect(events(live)).toContain('fence')
  await live.close()
  let checked = 0
  const { workHere } = await import('../../src/check/jobs.ts')
  const here = workHere()
  const counting = {
    ...here,
    stories: (...job: Parameters<typeof here.stories>) => {
      checked++
      return here.stories(...job)
    },
  }
  const again = await open(folder, DOCUMENTS, { keep, work: counting })
  expect(events(again)).toContain('fence')
  expect(checked).toBe(0)
  const result = await check(folder, { documents: DOCUMENTS })
  expect(result.problems).toEqual([])
  expect(result.quoteCount).toBe(again.library().story('bridge')!.quotes.length)
  await again.close()
})

test('the only story under another name: the old one goes, and what waits for it is told', async () => {
  const folder = await bridge()
  const live = await open(folder, [EVENT_OF_FILES])
  const stop = live.watch({ onChanged: () => {}, onFailed: () => {} })
  // Its files are fresh, so they are waited for: in between, the folder has no story that can be read.
  cpSync(join(folder, 'stories/bridge'), join(folder, 'stories/river'), { recursive: true })
  rmSync(join(folder, 'stories/bridge'), { recursive: true })
  const slugs = () => live.library().stories.map(({ slug }) => slug)
  await expect.poll(slugs, { timeout: 20_000 }).toEqual(['river'])
  await expect
    .poll(() => live.problems())
    .toEqual([
      expect.stringContaining('desk: stories/bridge/timeline.desk.yml:1 the folder has no story “bridge”'),
    ])
  stop()
  await live.close()
})

test('a problem in a document is named by its own line, and one below it in the file by the line there', async () => {
  const folder = await bridge()
  const two = [EVENT, wrong({ id: 'gate', date: '2026-05-03', sources: [9] })]
  const { problems } = await check(folder, { documents: [TEXT, SOURCE, ...two] })
  expect(problems.map(({ file, line, message }) => `${file}:${line} ${message}`)).toEqual([
    'desk: stories/bridge/timeline.desk.yml:7 there is no source 9',
  ])
  const timeline = join(folder, 'stories/bridge/timeline.yml')
  writeFileSync(timeline, stringify(JSON.parse(readFileSync(timeline, 'utf8'))))
  appendFileSync(
    timeline,
    '\n# last\n- date: 2026-05-04\n  id: last\n  text: Last.\n  sources: [8]\n  confidence: medium\n',
  )
  const line = readFileSync(timeline, 'utf8').split('\n').lastIndexOf('- date: 2026-05-04') + 1
  const found = (await check(folder, { documents: [TEXT, SOURCE, EVENT] })).problems
  expect(found).toEqual([{ file: timeline, line, message: 'there is no source 8' }])
})

test.each([
  ['a source that is not there', [wrong({ sources: [77] })], 'there is no source 77'],
  [
    'an id that is there',
    [{ ...QUOTE, entry: { ...QUOTE.entry, id: 'mayor-1', source: 1 } } as Document],
    'second entry with the id',
  ],
  [
    'no id',
    [{ ...EVENT, entry: { date: '2026-05-02', text: 'x', sources: [1] } } as Document],
    'needs an id',
  ],
  [
    'words that were not said',
    [TEXT, SOURCE, { ...QUOTE, entry: { ...QUOTE.entry, words: 'Never.' } } as Document],
    'quote “mayor-2”',
  ],
  [
    'another file in the place of one',
    [{ path: 'stories/bridge/story.md', text: 'x' } as Document],
    'another file of that name',
  ],
  [
    'a story that is not there',
    [{ ...EVENT, path: 'stories/nope/timeline.desk.yml' } as Document],
    'there is no story “nope”',
  ],
  [
    'two stories at once',
    [EVENT, { ...EVENT, path: 'stories/old/timeline.desk.yml' } as Document],
    'more than one story',
  ],
])('what would break a story is refused before it is stored: %s', async (_, added, message) => {
  const live = await open(await bridge())
  const { revision } = live.library()
  const files = added.filter(({ text }) => text !== undefined)
  const problems = await live.problemsWith({
    files,
    entries: added.filter(document => !files.includes(document)),
  })
  expect(problems.join('\n')).toContain(message)
  expect(problems[0]).toMatch(/^desk: stories\//)
  expect(live.library().revision).toBe(revision)
})

test('documents that no longer fit take nothing down: the last good content stays, and the desk can read why', async () => {
  const folder = await bridge()
  const keep = { file: join(temporaryFolder(), 'content.sqlite'), program: 'x' }
  const live = await open(folder, DOCUMENTS, { keep })
  const { revision } = live.library()
  // Somebody gives the number to another source.
  const sources = join(folder, 'stories/bridge/sources.yml')
  const before = readFileSync(sources, 'utf8')
  const other = { ...(SOURCE.entry as object), title: 'Another', text: undefined }
  writeFileSync(sources, JSON.stringify([...JSON.parse(before), other]))
  await live.setDocuments([...DOCUMENTS].reverse())
  await expect
    .poll(() => live.problems().join('\n'), { timeout: 20_000 })
    .toContain('desk: stories/bridge/sources.desk.yml:1')
  expect(live.library().revision).toBe(revision)
  await live.close()
  // Also after a start, with what was kept; and without anything kept, the files alone are in use.
  const kept = await open(folder, DOCUMENTS, { keep })
  expect(kept.library().revision).toBe(revision)
  expect(kept.problems().join('\n')).toContain('desk: ')
  const alone = await open(folder, DOCUMENTS)
  expect(alone.library().revision).toBe((await open(folder)).library().revision)
  expect(alone.problems().join('\n')).toContain('desk: ')
  writeFileSync(sources, before)
  expect((await open(folder, DOCUMENTS)).problems()).toEqual([])
})

test('a whole story may be a document; a broken one, or one with a name that is taken, keeps nothing from starting', async () => {
  const folder = await bridge()
  const newStory = (slug: string, more = {}): Document[] =>
    storyFiles(slug, more).map(({ path, text }) => ({ path, text }))
  const live = await open(folder)
  const files = newStory('fence', { meta: { command: 'fence' } })
  expect(await live.problemsWith({ files })).toEqual([])
  await live.setDocuments(files)
  expect(live.library().story('fence')?.title).toBeDefined()
  expect(live.problems()).toEqual([])
  const entry = {
    ...EVENT,
    path: 'stories/fence/timeline.desk.yml',
    entry: { ...EVENT.entry, sources: [1] },
  } as Document
  expect(await live.problemsWith({ entries: [entry] })).toEqual([])
  const broken = files.filter(({ path }) => !path.endsWith('sources.yml'))
  const started = await open(folder, broken)
  expect(started.library().stories.map(({ slug }) => slug)).toEqual(['bridge'])
  expect(started.problems().join('\n')).toContain('1 problem')
  await started.setDocuments(files)
  expect(started.library().stories).toHaveLength(2)

  const twin = await createContentFolder(storyFiles('bridge', { meta: { command: 'span' } }))
  const clashing = newStory('fence', { meta: { command: 'span' } })
  const host = await open(twin)
  expect((await host.problemsWith({ files: clashing })).join('\n')).toContain('desk: ')
  expect((await open(twin, clashing)).library().stories.map(({ slug }) => slug)).toEqual(['bridge'])
})

test('entries for a story that is gone from the folder are no problem of the others', async () => {
  const folder = await createContentFolder(storyFiles('bridge'), storyFiles('old-bridge'))
  const live = await open(folder, [TEXT, SOURCE, EVENT])
  rmSync(join(folder, 'stories/bridge'), { recursive: true })
  const again = await open(folder, [EVENT])
  expect(again.library().stories.map(({ slug }) => slug)).toEqual(['old-bridge'])
  await live.close()
})

test('what an editor looks at before confirming is checked once, also where the confirmation comes at once', async () => {
  const work = workHere()
  const trials: string[][] = []
  const live = await open(await bridge(), [], {
    work: {
      ...work,
      stories: (...[job, emit]: Parameters<typeof work.stories>) => {
        if (job.stories.some(({ isTrial }) => isTrial)) trials.push(job.stories.map(({ slug }) => slug))
        return work.stories(job, emit)
      },
    },
  })
  const bad = wrong({ date: 'soon' })
  live.warm('bridge', [EVENT_OF_FILES])
  const [good, alsoGood, problems] = await Promise.all([
    live.problemsWith({ entries: [EVENT_OF_FILES] }),
    live.problemsWith({ entries: [EVENT_OF_FILES] }),
    live.problemsWith({ entries: [bad] }),
  ])
  expect([good, alsoGood]).toEqual([[], []])
  expect(problems.join()).toContain('timeline.desk.yml')
  expect(trials).toHaveLength(2)
  expect(await live.problemsWith({ entries: [EVENT_OF_FILES] })).toEqual([])
  expect(trials).toHaveLength(3)
})
