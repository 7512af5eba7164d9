import { expect, test } from 'vitest'
import { onlyEntries, withoutMarks, withTicks } from '../../../src/import/draft/marks.ts'

const LIST = `# What to do with it.

- id: one
  tick: no
  sure: yes # the title says so
  words: "tick: no"

# an editor’s note on two
- tick: no
  id: two
  note: >-
    tick: yes is what to write

- { id: three, sure: no, tick: no }
`

test('without marks, each line stays where it was, and only marks of entries go', () => {
  const plain = withoutMarks(LIST)
  expect(plain.split('\n')).toHaveLength(LIST.split('\n').length - 1)
  expect(plain).toContain('words: "tick: no"')
  expect(plain).toContain('tick: yes is what to write')
  expect(plain).toContain('- id: two\n')
  expect(plain).toContain('- { id: three }')
  expect(plain.split('\n').slice(0, 7)).toEqual([
    '# What to do with it.',
    '',
    '- id: one',
    '',
    '',
    '  words: "tick: no"',
    '',
  ])
})

test('ticks are written where they stand, in any way of writing, and nothing else changes', () => {
  const ticked = withTicks(LIST, [0, 1, 2], true)
  expect(ticked).toBe(
    LIST.replace('tick: no\n  sure', 'tick: yes\n  sure')
      .replace('- tick: no', '- tick: yes')
      .replace('tick: no }', 'tick: yes }'),
  )
  expect(withTicks(ticked, [0, 1, 2], false)).toBe(LIST)
})

test('only some entries are kept, with the notes above them and without the line on top', () => {
  expect(onlyEntries(LIST, [1, 2], [3, 9, 14])).toBe(
    '# an editor’s note on two\n- id: two\n  note: >-\n    tick: yes is what to write\n\n- { id: three }\n',
  )
  expect(onlyEntries(LIST, [0], [3, 9, 14])).toBe('- id: one\n  words: "tick: no"\n')
})
