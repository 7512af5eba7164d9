import { expect, test } from 'vitest'
import { speakerLabelProblem } from '../../../src/content/read/speaker-labels.ts'
import type { Source } from '../../../src/content/story.ts'

const TRANSCRIPT = `MAYOR EXAMPLE: The bridge stays shut.

It is not safe.

MR. SMITH: We asked for repairs for years.
THE CLERK: The vote is recorded.
`

function problem(text: string, words: string, speaker: string, role = 'Speaker', aliases: string[] = []) {
  const start = text.indexOf(words)
  const source = { number: 1, outlet: 'x', title: 'x', kind: 'primary', skip: [], text } as Source
  return speakerLabelProblem(
    { speaker, role, aliases },
    { source, spans: [{ start, end: start + words.length, line: 1 }] },
  )
}

test.each([
  ['The bridge stays shut.', 'Ana Example', 'Mayor'],
  ['It is not safe.', 'Ana Example', 'Mayor'],
  ['We asked for repairs', 'John Smith', 'Shop owner'],
  ['The vote is recorded.', 'Cora Clerk', 'Town clerk'],
  ['The vote is recorded.', 'Cora Jones', 'Clerk of the town'],
])('“%s” may be words of %s, %s', (words, speaker, role) => {
  expect(problem(TRANSCRIPT, words, speaker, role)).toBeUndefined()
})

test.each([
  [
    'The bridge stays shut.',
    'John Smith',
    'Shop owner',
    'line 1 of the stored text gives these words to “MAYOR EXAMPLE”',
  ],
  [
    'It is not safe.',
    'John Smith',
    'Mayor of another town',
    'line 1 of the stored text gives these words to “MAYOR EXAMPLE”',
  ],
  [
    'We asked for repairs',
    'Ana Example',
    'Mayor',
    'line 5 of the stored text gives these words to “MR. SMITH”, not to Ana Example',
  ],
])('“%s” are not words of %s, %s', (words, speaker, role, sentence) => {
  expect(problem(TRANSCRIPT, words, speaker, role)).toContain(sentence)
})

test('an alias says who a label means', () => {
  expect(problem(TRANSCRIPT, 'The vote is recorded.', 'Cora Jones', 'Deputy', ['The Clerk'])).toBeUndefined()
})

test('headings with a colon make no transcript', () => {
  const article =
    'UPDATE: The bridge is shut.\n\nRead more: the notice\n\n“It is not safe,” the mayor said.\nWhat we know: little.\n'
  expect(problem(article, 'It is not safe,', 'Ana Example')).toBeUndefined()
})

test('speakers whose names are capitalized take turns', () => {
  const text = 'Ana Example: Yes.\nJohn Smith: No.\nAna Example: Maybe.\nJohn Smith: Never.\n'
  expect(problem(text, 'Maybe.', 'Ana Example')).toBeUndefined()
  expect(problem(text, 'Never.', 'Ana Example')).toContain('“John Smith”')
})
