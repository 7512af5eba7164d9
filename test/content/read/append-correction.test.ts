import { execFile } from 'node:child_process'
import { readdirSync, readFileSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { appendCorrection, type CorrectionEntry } from '../../../src/content/read/append-correction.ts'
import { loadContent } from '../../../src/content/read/load.ts'
import { appendEntry } from '../../../src/content/read/yaml.ts'
import { createContentFolder } from '../../support/content/content-folder.ts'
import { storyFiles, withChangedFile } from '../../support/content/story-files.ts'

const ENTRY: CorrectionEntry = {
  on: '2026-05-05',
  part: 'label',
  was: '29 April: "x"',
  now: 'it’s #30 \\ yes',
  why: '- misread',
}
const OLD = { on: '2026-05-01', part: 'label', was: 'a', now: 'b', why: 'c' }
const CONFIRMED = { problemsWith: async () => [], confirm: async () => true, onWriteFailed: async () => {} }
const fileIn = (folder: string) => join(folder, 'stories/bridge/corrections.yml')
const withText = (text: string) => withChangedFile(storyFiles('bridge'), 'corrections.yml', () => text)
const read = (text: string) => {
  const { stories, problems } = loadContent(withText(text))
  expect(problems).toEqual([])
  return stories[0]!.corrections.map(({ was, now, why }) => ({ was, now, why }))
}

test.each([
  ['an empty file', '', []],
  ['comments alone', '# ours\n# newest last\n', []],
  ['an empty list under comments', '# ours\n[]\n', []],
  ['an empty list without end of line', '[]', []],
  [
    'entries with comments',
    '# ours\n- on: 2026-05-01 # Friday\n  part: label\n  was: a\n  now: b\n  why: c\n# end',
    [OLD],
  ],
  ['an indented list', '  - on: 2026-05-01\n    part: label\n    was: a\n    now: b\n    why: c\n', [OLD]],
  [
    'lines that end as on Windows',
    '- on: 2026-05-01\r\n  part: label\r\n  was: a\r\n  now: b\r\n  why: c\r\n',
    [OLD],
  ],
  ['a list in brackets', `# ours\n${JSON.stringify([OLD])}\n`, [OLD]],
  ['a list in brackets of Windows', `# ours\r\n${JSON.stringify([OLD])}\r\n`, [OLD]],
  ['a byte order mark', '\ufeff- on: 2026-05-01\n  part: label\n  was: a\n  now: b\n  why: c\n', [OLD]],
  ['a byte order mark alone', '\ufeff', []],
  ['a byte order mark before an empty list', '\ufeff# ours\r\n[]\r\n', []],
  ['a file that says that there is nothing', '# none yet\n~\n', []],
  ['the start of a document', '---\n', []],
  [
    'a list whose document ends',
    '---\n- on: 2026-05-01\n  part: label\n  was: a\n  now: b\n  why: c\n...\n',
    [OLD],
  ],
])('an entry is appended to %s, and the existing text stays', (_, text, before) => {
  const next = appendEntry(text, ENTRY)
  const existing = before.map(({ was, now, why }) => ({ was, now, why }))
  expect(read(next)).toEqual([...existing, { was: ENTRY.was, now: ENTRY.now, why: ENTRY.why }])
  for (const comment of text.match(/#[^\r\n]*/g) ?? []) expect(next).toContain(comment)
  expect(next.startsWith('\ufeff')).toBe(text.startsWith('\ufeff'))
  expect(next.slice(1)).not.toContain('\ufeff')
  if (text.includes('\r')) expect(next.replaceAll('\r\n', '')).not.toContain('\n')
  expect(read(appendEntry(next, ENTRY))).toHaveLength(before.length + 2)
})

test('a file that is not a list, or cannot be read, is refused', () => {
  expect(() => appendEntry('a: 1\n', ENTRY)).toThrow('can only be appended to a list')
  expect(() => appendEntry('- "a\n', ENTRY)).toThrow('cannot be read')
})

test('an entry is written completely or not at all, and no other file is left', async () => {
  const folder = await createContentFolder(withText('# ours\n[]\n'))
  expect(await appendCorrection(folder, 'bridge', ENTRY, CONFIRMED)).toEqual({ outcome: 'written' })
  expect(readFileSync(fileIn(folder), 'utf8')).toMatch(/^# ours\n- on: 2026-05-05\n/)
  const before = readFileSync(fileIn(folder), 'utf8')
  expect(await appendCorrection(folder, 'bridge', ENTRY, CONFIRMED)).toEqual({ outcome: 'known' })
  const another = { ...ENTRY, now: 'another' }
  const withProblem = { ...CONFIRMED, problemsWith: async () => ['no'] }
  const unconfirmed = { ...CONFIRMED, confirm: async () => false }
  expect(await appendCorrection(folder, 'bridge', another, withProblem)).toEqual({
    outcome: 'broken',
    problems: ['no'],
  })
  expect(await appendCorrection(folder, 'bridge', another, unconfirmed)).toEqual({ outcome: 'late' })
  expect(readFileSync(fileIn(folder), 'utf8')).toBe(before)
  expect(readdirSync(join(folder, 'stories/bridge')).filter(name => name.startsWith('.'))).toEqual([])
})

test('a change that somebody made meanwhile is not overwritten', async () => {
  const folder = await createContentFolder(withText('[]\n'))
  const withChange = {
    ...CONFIRMED,
    problemsWith: async () => {
      writeFileSync(fileIn(folder), '# mine\n[]\n')
      return []
    },
  }
  expect(await appendCorrection(folder, 'bridge', ENTRY, withChange)).toEqual({ outcome: 'moved' })
  expect(readFileSync(fileIn(folder), 'utf8')).toBe('# mine\n[]\n')
})

test('concurrent entries are all written, through a symbolic link', async () => {
  const elsewhere = join(await createContentFolder(withText('[]\n')), 'elsewhere.yml')
  const folder = await createContentFolder(
    storyFiles('bridge').filter(file => !file.path.endsWith('corrections.yml')),
  )
  writeFileSync(elsewhere, '[]\n')
  symlinkSync(elsewhere, fileIn(folder))
  const entries = ['one', 'two', 'one', 'three', 'two'].map(now => ({ ...ENTRY, now }))
  const results = await Promise.all(
    entries.map(entry => appendCorrection(folder, 'bridge', entry, CONFIRMED)),
  )
  expect(results.map(({ outcome }) => outcome)).toEqual(['written', 'written', 'known', 'written', 'known'])
  expect(read(readFileSync(elsewhere, 'utf8')).map(({ now }) => now)).toEqual(['one', 'two', 'three'])
})

test('the same entry from many processes at once is written once, and confirmed once', async () => {
  const folder = await createContentFolder(withText('[]\n'))
  const log = join(folder, 'confirmed.log')
  writeFileSync(log, '')
  const append = `
    import { appendFileSync } from 'node:fs'
    import { appendCorrection } from ${JSON.stringify(new URL('../../../src/content/read/append-correction.ts', import.meta.url).href)}
    const confirm = async () => { appendFileSync(${JSON.stringify(log)}, 'x'); return true }
    const options = { problemsWith: async () => [], confirm, onWriteFailed: async () => {} }
    const { outcome } = await appendCorrection(${JSON.stringify(folder)}, 'bridge', ${JSON.stringify(ENTRY)}, options)
    process.stdout.write(outcome)`
  const run = promisify(execFile)
  const outcomes = await Promise.all(
    Array.from({ length: 6 }, async () => {
      const { stdout } = await run(process.execPath, ['--input-type=module', '-e', append])
      return stdout
    }),
  )
  expect(outcomes.toSorted()).toEqual([...Array(5).fill('known'), 'written'])
  expect(read(readFileSync(fileIn(folder), 'utf8'))).toHaveLength(1)
  expect(readFileSync(log, 'utf8')).toBe('x')
})

test('a lock that a killed process left does not hold up an entry for long', async () => {
  const folder = await createContentFolder(withText('[]\n'))
  const lock = join(folder, 'stories/bridge/.corrections.yml.lock')
  writeFileSync(lock, '')
  expect(await appendCorrection(folder, 'bridge', ENTRY, CONFIRMED)).toEqual({ outcome: 'moved' })
  const old = new Date(Date.now() - 60_000)
  utimesSync(lock, old, old)
  expect(await appendCorrection(folder, 'bridge', ENTRY, CONFIRMED)).toEqual({ outcome: 'written' })
  expect(readdirSync(join(folder, 'stories/bridge')).filter(name => name.startsWith('.'))).toEqual([])
})
