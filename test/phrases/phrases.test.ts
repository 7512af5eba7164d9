import { execFile } from 'node:child_process'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { phrases } from '../../src/phrases/phrases.ts'
import { entriesBelow, entriesRead } from '../support/phrases/entries-read.ts'
import { findEnglish } from '../support/phrases/find-english.ts'

const root = new URL('../..', import.meta.url).pathname

test('all that people read in chat comes from the catalogue or from the content', {
  timeout: 60_000,
}, async () => {
  // In a process of its own, because it turns the catalogue into another language.
  const output = await promisify(execFile)(process.execPath, ['test/support/phrases/speak-everything.ts'], {
    cwd: root,
    maxBuffer: 2 ** 26,
  })
  const { heard, wrong, english } = JSON.parse(output.stdout)
  expect(wrong).toEqual([])
  expect(english).toEqual([])
  expect(heard).toBeGreaterThan(1_500)
})

test('a sentence from outside the catalogue is found anywhere in a message', () => {
  const allowed = new Set(['lawsuit'])
  const englishIn = (message: object) => findEnglish(message, allowed)
  expect(englishIn({ blocks: [{ kind: 'text', text: ['⟦Nothing found.⟧ Try again.'] }] })).toEqual([
    'Try again.',
  ])
  expect(englishIn({ actions: [{ label: 'Share', line: '/lawsuit summary --public' }] })).toEqual(['Share'])
  expect(englishIn({ text: '⟦Only ⟧three of them⟦ are new.⟧ `/quote check`' })).toEqual(['three of them'])
  expect(englishIn({ content: '⟦cut' })).toEqual(['cut'])
  expect(englishIn({ text: ['⟦Sources⟧ 1, 2 · ', { code: '/quote check' }, 'lawsuit, Ճեճճթկծճ'] })).toEqual(
    [],
  )
})

test('every entry is used', () => {
  const entries = entriesBelow(phrases)
  expect(entries.length).toBeGreaterThan(100)
  const files = globSync('src/**/*.ts', { cwd: root }).filter(file => !/^src\/phrases\//.test(file))
  const read = new Set(
    files.flatMap(file => [...entriesRead(readFileSync(join(root, file), 'utf8'), phrases)]),
  )
  expect(entries.filter(entry => !read.has(entry))).toEqual([])
})

test('an entry counts as used by its full name, through an alias, or by destructuring', () => {
  const catalogue = {
    desk: { title: '', verb: { kill: '', retry: '' }, state: { sent: '', due: '' }, unread: '' },
  }
  const read = (code: string) => [...entriesRead(code, catalogue)].sort()
  expect(read('text(...phrases.desk.title)')).toEqual(['desk.title'])
  expect(read('const says = phrases.desk\nsays.title\nother.says.unread')).toEqual(['desk.title'])
  expect(read('const { title, verb: v } = phrases.desk\nv\n  .kill')).toEqual([
    'desk.title',
    'desk.verb.kill',
  ])
  expect(read('phrases.desk.state[row.state]')).toEqual(['desk.state.due', 'desk.state.sent'])
  expect(read('({ none: 1, ...phrases.desk.verb })')).toEqual(['desk.verb.kill', 'desk.verb.retry'])
  expect(read('export const VERBS: Names = phrases.desk.verb')).toEqual(['desk.verb.kill', 'desk.verb.retry'])
})
