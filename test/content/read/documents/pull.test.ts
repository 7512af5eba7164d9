import { execFile } from 'node:child_process'
import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { parse, stringify } from 'yaml'
import { type Document, withdrawalDocument } from '../../../../src/content/read/documents/document.ts'
import { landedIn, pullInto } from '../../../../src/content/read/documents/pull.ts'
import { readFolder } from '../../../../src/content/read/folder.ts'
import { loadContent } from '../../../../src/content/read/load.ts'
import { createContentFolder, withReadOnlyFolder } from '../../../support/content/content-folder.ts'
import { storyFiles, withChangedFile } from '../../../support/content/story-files.ts'

const PATH = 'stories/bridge/corrections.desk.yml'
const correction = (now: string): Document => ({
  path: PATH,
  entry: { on: '2026-05-05', part: 'label', was: '29 April: "x"', now, why: '- misread' },
})
const ALL = { reserve: async (documents: Document[]) => documents }
const folderWith = (text: string) =>
  createContentFolder(withChangedFile(storyFiles('bridge'), 'corrections.yml', () => text))
const textIn = (folder: string, name = 'corrections.yml') =>
  readFileSync(join(folder, 'stories/bridge', name), 'utf8')
const hidden = (folder: string) =>
  readdirSync(join(folder, 'stories/bridge')).filter(name => name.startsWith('.'))
const outcomes = async (pulling: ReturnType<typeof pullInto>) => (await pulling).map(({ outcome }) => outcome)
const corrected = async (folder: string) => {
  const { stories, problems } = loadContent((await readFolder(folder)).files)
  expect(problems).toEqual([])
  return stories[0]!.corrections.map(({ now }) => now)
}

test('what is pulled stands in the file once, and pulled again changes nothing', async () => {
  const folder = await folderWith('# ours\n[]\n')
  chmodSync(join(folder, 'stories/bridge/corrections.yml'), 0o640)
  const documents = [correction('one'), correction('two'), correction('one')]
  expect(await landedIn(folder, documents)).toEqual([])
  expect(await outcomes(pullInto(folder, documents, { ...ALL, dryRun: true }))).toEqual(['written'])
  expect(textIn(folder)).toBe('# ours\n[]\n')
  expect(await outcomes(pullInto(folder, documents, ALL))).toEqual(['written'])
  expect(textIn(folder)).toMatch(/^# ours\n- on: 2026-05-05\n/)
  expect(await corrected(folder)).toEqual(['one', 'two'])
  expect(await landedIn(folder, documents)).toEqual(documents)
  expect(statSync(join(folder, 'stories/bridge/corrections.yml')).mode & 0o777).toBe(0o640)
  const before = textIn(folder)
  expect(await outcomes(pullInto(folder, documents, ALL))).toEqual(['there'])
  expect(textIn(folder)).toBe(before)
  expect(hidden(folder)).toEqual([])
})

test('an entry is the same wherever it stands and however it is written, and a pulled one when it was improved', async () => {
  const folder = await folderWith(
    '- {why: "- misread", now: one, was: "29 April:\\n  \\"x\\"", part: label, on: 2026-05-05}\n',
  )
  const [one] = [correction('one')]
  expect(await landedIn(folder, [one])).toEqual([one])
  writeFileSync(
    join(folder, 'stories/bridge/corrections.yml'),
    textIn(folder).replace('misread', 'Misread it'),
  )
  expect(await landedIn(folder, [one])).toEqual([])
  expect(await landedIn(folder, [{ ...one, pulledAt: 1 }])).toHaveLength(1)
})

test('what somebody took back meanwhile is not written', async () => {
  const folder = await folderWith('[]\n')
  const documents = [correction('one'), correction('two')]
  const reserve = async (wanted: Document[]) => wanted.filter(document => document !== documents[0])
  expect(await outcomes(pullInto(folder, documents, { reserve }))).toEqual(['written'])
  expect(await corrected(folder)).toEqual(['two'])
  expect(await outcomes(pullInto(folder, [documents[0]!], { reserve: async () => [] }))).toEqual(['there'])
  expect(await corrected(folder)).toEqual(['two'])
})

test('a change that somebody made meanwhile is not overwritten', async () => {
  const folder = await folderWith('[]\n')
  let times = 0
  const reserve = async (wanted: Document[]) => {
    if (times++ === 0) writeFileSync(join(folder, 'stories/bridge/corrections.yml'), '# mine\n[]\n')
    return wanted
  }
  expect(await outcomes(pullInto(folder, [correction('one')], { reserve }))).toEqual(['written'])
  expect(textIn(folder)).toMatch(/^# mine\n- on:/)
})

test('through a link inside the folder the file behind it is written; outside it nothing is', async () => {
  const folder = await folderWith('[]\n')
  writeFileSync(join(folder, 'stories/bridge/real.txt'), '[]\n')
  const link = join(folder, 'stories/bridge/facts.yml')
  readdirSync(join(folder, 'stories/bridge')).includes('facts.yml') && (await import('node:fs')).rmSync(link)
  symlinkSync('real.txt', link)
  const fact: Document = { path: 'stories/bridge/facts.desk.yml', entry: { id: 'a' } }
  expect(await outcomes(pullInto(folder, [fact], ALL))).toEqual(['written'])
  expect(textIn(folder, 'real.txt')).toBe('- id: a\n')
  const outside = await createContentFolder([{ path: 'x.yml', text: '[]\n', origin: '' }])
  ;(await import('node:fs')).rmSync(link)
  symlinkSync(join(outside, 'x.yml'), link)
  expect(await outcomes(pullInto(folder, [fact], ALL))).toEqual(['unfit'])
  expect(readFileSync(join(outside, 'x.yml'), 'utf8')).toBe('[]\n')
})

test('whole files are written where none stands, with the folders around them', async () => {
  const folder = await folderWith('[]\n')
  const documents: Document[] = [
    { path: 'stories/new/sources/1.txt', text: 'Words.\r\n' },
    { path: 'stories/new/story.md', text: '---\n---\n' },
    { path: 'stories/new/facts.desk.yml', entry: { id: 'a' } },
    { path: 'stories/gone/facts.desk.yml', entry: { id: 'a' } },
    { path: 'stories/gone/sources/4-page.txt', text: 'Words.' },
    { path: 'stories/bridge/story.md', text: 'other' },
  ]
  expect((await pullInto(folder, documents, ALL)).map(({ path, outcome }) => `${path} ${outcome}`)).toEqual([
    'stories/new/sources/1.txt written',
    'stories/new/story.md written',
    // Of a story that is gone, no half one is made, which would fail its check.
    'stories/gone/sources/4-page.txt unfit',
    'stories/bridge/story.md differs',
    'stories/new/facts.yml written',
    'stories/gone/facts.yml unfit',
  ])
  expect(readFileSync(join(folder, 'stories/new/sources/1.txt'), 'utf8')).toBe('Words.\r\n')
  expect(await landedIn(folder, documents)).toEqual(documents.slice(0, 3))
  expect(textIn(folder, 'story.md')).not.toBe('other')
  expect(readdirSync(join(folder, 'stories')).sort()).toEqual(['bridge', 'new'])
})

test('that a story was taken down is recorded in its main file, once', async () => {
  const folder = await folderWith('[]\n')
  const file = join(folder, 'stories/bridge/story.md')
  writeFileSync(
    file,
    textIn(folder, 'story.md').replace(
      /^---\n([\s\S]*?\n)---/,
      (_, meta) => `---\n${stringify(parse(meta))}---`,
    ),
  )
  const before = textIn(folder, 'story.md')
  const document = withdrawalDocument({ slug: 'bridge', on: '2026-05-05', reason: 'Made up: "all" of it.' })
  expect(await outcomes(pullInto(folder, [document], ALL))).toEqual(['written'])
  const { stories, problems } = loadContent((await readFolder(folder)).files)
  expect(problems).toEqual([])
  expect(stories[0]!.withdrawn).toEqual({ on: '2026-05-05', reason: 'Made up: "all" of it.' })
  expect(await outcomes(pullInto(folder, [document], ALL))).toEqual(['there'])
  const added = textIn(folder, 'story.md').match(/withdrawn:\n(?: {2}.*\n)+/)![0]
  expect(textIn(folder, 'story.md').replace(added, '')).toBe(before)
})

test('where nothing may be written it says so, and reserves nothing', async () => {
  const folder = await folderWith('[]\n')
  let reserved = 0
  const reserve = async (wanted: Document[]) => {
    reserved++
    return wanted
  }
  const document = correction('one')
  expect(await withReadOnlyFolder(folder, () => outcomes(pullInto(folder, [document], { reserve })))).toEqual(
    ['readonly'],
  )
  expect(reserved).toBe(0)
  expect(textIn(folder)).toBe('[]\n')
})

test('where a file cannot be replaced after all, what was reserved is released', async () => {
  const folder = await folderWith('[]\n')
  const released: Document[] = []
  const document = correction('one')
  const reserve = async (wanted: Document[]) => {
    // As a file that is mounted by itself: beside it nothing can be written.
    mkdirSync(join(folder, 'stories/bridge/.corrections.yml.pulled'), { recursive: true })
    return wanted
  }
  const release = async (wanted: Document[]) => void released.push(...wanted)
  await expect(pullInto(folder, [document], { reserve, release })).rejects.toThrow('EISDIR')
  expect(released).toEqual([document])
  expect(textIn(folder)).toBe('[]\n')
})

test('a lock that a killed process left does not hold up a pull for long', async () => {
  const folder = await folderWith('[]\n')
  const lock = join(folder, 'stories/bridge/.corrections.yml.lock')
  writeFileSync(lock, '')
  expect(await outcomes(pullInto(folder, [correction('one')], ALL))).toEqual(['busy'])
  const old = new Date(Date.now() - 60_000)
  utimesSync(lock, old, old)
  expect(await outcomes(pullInto(folder, [correction('one')], ALL))).toEqual(['written'])
  expect(hidden(folder)).toEqual([])
})

test('the same documents from many processes at once are written once', async () => {
  const folder = await folderWith('[]\n')
  const pull = `
    import { pullInto } from ${JSON.stringify(new URL('../../../../src/content/read/documents/pull.ts', import.meta.url).href)}
    const documents = ${JSON.stringify([correction('one'), correction('two')])}
    const results = await pullInto(${JSON.stringify(folder)}, documents, { reserve: async all => all })
    process.stdout.write(results.map(result => result.outcome).join())`
  const run = promisify(execFile)
  const found = await Promise.all(
    Array.from({ length: 5 }, async () => {
      const { stdout } = await run(process.execPath, ['--input-type=module', '-e', pull])
      return stdout
    }),
  )
  expect(new Set(found)).toEqual(new Set(['there', 'written']))
  expect(await corrected(folder)).toEqual(['one', 'two'])
  expect(hidden(folder)).toEqual([])
})
