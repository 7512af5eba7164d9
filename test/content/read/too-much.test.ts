import { expect, test } from 'vitest'
import { insertEntries } from '../../../src/content/read/documents/insert-entries.ts'
import { readInlines, readSections } from '../../../src/content/read/markdown.ts'
import { PeopleFile } from '../../../src/content/read/schemas.ts'
import { parseYamlList } from '../../../src/content/read/yaml.ts'

const body = (text: string) => ({ file: 'story.md', text: `## Summary\n\n${text}`, linesBefore: 10 })
const problems = (text: string) =>
  readSections(body(text)).problems.map(({ line, message }) => `${line}: ${message}`)

test.each([
  [
    'a paragraph of too many characters',
    `One.\n\n${'word '.repeat(5_000)}`,
    /^15: .* at most 20000 characters/,
  ],
  ['one of too many lines', 'word\n'.repeat(600), /^13: .* 500 lines/],
  ['one with too many marks', '*a_ '.repeat(4_500), /^13: .*at most 500 signs of Markdown/],
  ['notes in each other', `${'> '.repeat(9)}a`, /^13: lists and notes are more than 4 deep/],
  ['lists in each other', `Text.\n\n${'- '.repeat(3_000)}a`, /^15: lists and notes/],
  ['notes without end', '> a\n\n'.repeat(2_000), /^1013: has more than 500 editor’s notes/],
  ['lines under texts', 'a\n---\n\n'.repeat(9_000), /^74: a line of “---” or “===” under a text/],
  ['signs under each other', '=\n'.repeat(9_000), /“===” under a text/],
])(
  '%s is refused with its line, before it is parsed, and the sections are still there',
  (_, text, problem) => {
    const { sections } = readSections(body(`${text}\n\n## Next\n\nText.`))
    expect(problems(text)).toEqual([expect.stringMatching(problem)])
    expect(sections.map(({ name }) => name)).toEqual(['summary', 'next'])
  },
)

test('what a person writes is not too much', () => {
  const sentence = 'The *city* closed **the bridge** on [2 May](https://example.org/may). [1]\n'
  const items = `- ${'A list of many items in a row. '.repeat(3)}\n`.repeat(600)
  for (const text of [
    sentence.repeat(40),
    `${sentence}\n`.repeat(200),
    items,
    '- - - - - - - - - -',
    '-'.repeat(900),
  ])
    expect(problems(text)).toEqual([])
})

test('a value that is too much for one paragraph is refused with its line', () => {
  const { inlines, problems } = readInlines({ file: 'facts.yml', text: '_a '.repeat(9_000), linesBefore: 6 })
  expect(problems).toEqual([{ file: 'facts.yml', line: 7, message: expect.stringMatching(/at most 20000/) }])
  expect(inlines).toEqual(['_a '.repeat(9_000)])
})

test('YAML in each other without end, and names without end, are one named problem', () => {
  const read = (text: string) =>
    parseYamlList({ file: 'people.yml', text, linesBefore: 0 }, PeopleFile.element).problems
  const depth = 30_000
  expect(read('['.repeat(depth) + ']'.repeat(depth)).length).toBe(1)
  expect(read(`${'- '.repeat(depth)}a`).length).toBe(1)
  const many = Array.from({ length: 5_000 }, (_, at) => `  x${at}: 1`).join('\n')
  const found = read(`- name: A\n${many}`)
  expect(found.length).toBeLessThan(30)
  expect(found[19]?.message).toMatch(/ \(so are 4980 others of this entry\)$/)
  expect(insertEntries('[-'.repeat(20_000), [{ a: 1 }])).toBeUndefined()
})
