import fc from 'fast-check'
import { expect, test } from 'vitest'
import { insertEntries, plainList } from '../../../../src/content/read/documents/insert-entries.ts'
import { loadContent } from '../../../../src/content/read/load.ts'
import { storyFiles, withChangedFile } from '../../../support/content/story-files.ts'

const ENTRY = {
  on: '2026-05-05',
  part: 'label',
  was: '29 April: "x"',
  now: 'it’s #30 \\ yes',
  why: '- misread',
}
const OLD = { on: '2026-05-01', part: 'label', was: 'a', now: 'b', why: 'c' }
const insert = (text: string, entries: object[], options = {}) =>
  insertEntries(text, entries, options)!
    .map(piece => piece.text)
    .join('')
const read = (text: string) => {
  const files = withChangedFile(storyFiles('bridge'), 'corrections.yml', () => text)
  const { stories, problems } = loadContent(files)
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
])('an entry is put at the end of %s, and the existing text stays', (_, text, before) => {
  const next = insert(text, [ENTRY])
  const existing = before.map(({ was, now, why }) => ({ was, now, why }))
  expect(read(next)).toEqual([...existing, { was: ENTRY.was, now: ENTRY.now, why: ENTRY.why }])
  for (const comment of text.match(/#[^\r\n]*/g) ?? []) expect(next).toContain(comment)
  expect(next.startsWith('\ufeff')).toBe(text.startsWith('\ufeff'))
  expect(next.slice(1)).not.toContain('\ufeff')
  if (text.includes('\r')) expect(next.replaceAll('\r\n', '')).not.toContain('\n')
  const another = { ...ENTRY, now: 'another' }
  expect(read(insert(next, [another]))).toHaveLength(before.length + 2)
  // Two at once are the same text as one after the other, unless brackets are written anew.
  expect(insert(text, [ENTRY, another])).toBe(insert(next, [another]))
})

test.each(['a: 1\n', '- "a\n', 'words\n', '- a: &x 1\n- *y\n', '- a: 1\n---\n- b: 2\n'])(
  'a file that is not one list, or cannot be read, is refused: %j',
  text => {
    expect(insertEntries(text, [ENTRY])).toBeUndefined()
    expect(plainList(text)).toBeUndefined()
  },
)

const TIMELINE = `# newest last
- date: 2026-05-01
  id: a
  text: |
    Long words.

    # no comment
# about the next one

- {date: 2026-05-03, id: b, text: in braces} # Sunday
- date: 2026-05-03
  id: c
  sources:
    - 1
    - 2 # two

# what may come
- date: 2026-06
  id: d
  expected: true
`

test('an event is put at its place by its date, and not between an event and its comment', () => {
  const at = (date: string, more = {}) => {
    const next = insert(TIMELINE, [{ date, id: 'new', ...more }], { byDate: true })
    const added = `- date: ${/^\d+$/.test(date) ? `"${date}"` : date}\n  id: new\n${'expected' in more ? '  expected: true\n' : ''}`
    expect(next.replace(added, '')).toBe(TIMELINE)
    return [
      next.slice(0, next.indexOf(added)).split('\n').at(-2),
      next.slice(next.indexOf(added) + added.length).split('\n')[0],
    ]
  }
  expect(at('2026-04-30')).toEqual(['# newest last', '- date: 2026-05-01'])
  expect(at('2026-05-01')).toEqual(['    # no comment', '# about the next one'])
  expect(at('2026-05')).toEqual(['# newest last', '- date: 2026-05-01'])
  expect(at('2026-05-03')).toEqual(['    - 2 # two', ''])
  expect(at('2027-01-01')).toEqual(['    - 2 # two', ''])
  expect(at('2026-05-20', { expected: true })).toEqual(['    - 2 # two', ''])
  expect(at('2026-07-01', { expected: true })).toEqual(['  expected: true', ''])
})

test('in whatever order and groups entries come, what was there stays in its order, and all are in order', () => {
  const date = fc.integer({ min: 1, max: 28 }).map(day => `2026-05-${String(day).padStart(2, '0')}`)
  const entry = fc.record({ date, text: fc.string(), expected: fc.constantFrom(undefined, true) })
  const clean = (entries: object[]) =>
    JSON.parse(JSON.stringify(entries)) as { date: string; expected?: true }[]
  const key = (one: { date: string; expected?: true }) => `${one.expected ? 1 : 0}${one.date}`
  fc.assert(
    fc.property(fc.array(entry, { maxLength: 6 }), fc.array(entry, { maxLength: 6 }), (some, more) => {
      const one = insert('', clean(some), { byDate: true })
      const two = insert(one, clean(more), { byDate: true })
      const list = plainList(two) as ReturnType<typeof clean>
      expect(list.map(key)).toEqual(list.map(key).toSorted())
      expect(list).toHaveLength(some.length + more.length)
      const single = clean(more).reduce((text, each) => insert(text, [each], { byDate: true }), one)
      expect(single).toBe(two)
    }),
  )
})
