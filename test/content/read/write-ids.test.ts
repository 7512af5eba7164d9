import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addIds } from '../../../src/content/read/write-ids.ts'
import { plainEntries } from '../../../src/content/read/yaml.ts'

test.each([
  [
    'a list with comments, in the layout of its editor',
    '# Oldest first.\n\n-   date: 2026-05-02   # Saturday\n    text: >-\n      The city closes\n      the bridge.\n\n# The second one.\n-   text: A\n    date: "2026-05-02"\n',
    '# Oldest first.\n\n-   date: 2026-05-02   # Saturday\n    id: x-0\n    text: >-\n      The city closes\n      the bridge.\n\n# The second one.\n-   text: A\n    date: "2026-05-02"\n    id: x-1\n',
  ],
  [
    'line ends of Windows, a byte order mark, no line end at the end',
    '\ufeff- text: A\r\n  date: 2026-05-02\r\n- text: B\r\n  date: 2026-05-02',
    '\ufeff- text: A\r\n  date: 2026-05-02\r\n  id: x-0\r\n- text: B\r\n  date: 2026-05-02\r\n  id: x-1',
  ],
  [
    'entries in braces and an indented list',
    '  - { date: 2026-05-02, text: A }\n  - date: 2026-05-02\n    text: B\n',
    '  - { id: x-0, date: 2026-05-02, text: A }\n  - date: 2026-05-02\n    id: x-1\n    text: B\n',
  ],
  [
    'JSON',
    '[\n {\n  "date": "2026-05-02",\n  "text": "A"\n }, {"date": "2026-05-02", "text": "B"}]\n',
    '[\n {\n  id: x-0, "date": "2026-05-02",\n  "text": "A"\n }, {id: x-1, "date": "2026-05-02", "text": "B"}]\n',
  ],
])('ids are added to %s, and nothing else changes', (_, before, after) => {
  const ids = [
    { index: 0, id: 'x-0' },
    { index: 1, id: 'x-1' },
  ]
  expect(addIds(before, ids)).toBe(after)
})

test('an entry that is not written out is left alone', () => {
  expect(addIds('- &a { date: 2026-05-02 }\n- *a\n', [{ index: 1, id: 'x' }])).toBeUndefined()
  expect(addIds('- &a { date: 2026-05-02 }\n- *a\n', [{ index: 0, id: 'x' }])).toBeUndefined()
  expect(addIds('- text: A\n', [{ index: 0, id: 'x' }])).toBeUndefined()
})

test('whatever the texts are, the entries are the same but for their ids, and so are all other lines', () => {
  const entry = fc.record({ date: fc.constant('2026-05-02'), text: fc.string(), note: fc.string() })
  fc.assert(
    fc.property(fc.array(entry, { minLength: 1, maxLength: 6 }), fc.boolean(), (entries, windows) => {
      const lines = entries.flatMap(({ date, text, note }) => [
        `- text: ${JSON.stringify(text)} # ${'x'.repeat(text.length)}`,
        `  date: ${date}`,
        `  note: ${JSON.stringify(note)}`,
        '',
      ])
      const before = lines.join(windows ? '\r\n' : '\n')
      const after = addIds(
        before,
        entries.map((_, index) => ({ index, id: `x-${index}` })),
      )!
      expect(plainEntries(after)).toEqual(entries.map((entry, index) => ({ ...entry, id: `x-${index}` })))
      expect(after.replace(/ {2}id: x-\d+\r?\n/g, '')).toBe(before)
    }),
  )
})
