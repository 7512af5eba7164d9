import { expect, test } from 'vitest'
import { hasOutletOmission, joinPassages, quotesOutletOmission } from '../../src/content/omission.ts'
import { verifyPassages } from '../../src/content/verify-passages.ts'

/** What readers see of passages of a text, and where each begins in it. */
function shown(text: string, ...passages: string[]) {
  const verification = verifyPassages(passages, text, { inMarks: true })
  if ('missing' in verification) throw new Error(verification.missing)
  return joinPassages(passages, verification.spans, text)
}

test('passages with other words between them are joined by our omission', () => {
  expect(shown('“It is shut,” she said. “It is not safe.”', 'It is shut,', 'It is not safe.')).toEqual({
    words: 'It is shut, […] It is not safe.',
    starts: [0, 16],
  })
  expect(shown('“It is shut, as you know, and not safe.”', 'It is shut,', 'and not safe.').words).toBe(
    'It is shut, […] and not safe.',
  )
})

test.each([
  ['“It is shut.\n\n“It is not safe,” she said.'],
  ['«It is shut.\n\n»It is not safe», she said.'],
  ['"It is shut.\r\n\r\n"It is not safe," she said.'],
  ['“It is shut.\n\nIt is not safe,” she said.'.replace('\n\n', '\n')],
])('a quotation over a paragraph break is one: %j', text => {
  const [first, second] = ['It is shut.', 'It is not safe']
  expect(shown(text, first!, second!)).toEqual({ words: 'It is shut. It is not safe', starts: [0, 12] })
})

test('two quotations that follow each other are two, even with nothing but their marks between them', () => {
  expect(shown('“It is shut.” “It is not safe.”', 'It is shut.', 'It is not safe.').words).toBe(
    'It is shut. […] It is not safe.',
  )
})

test('an omission of the outlet is told apart from ours', () => {
  const text = '“It is shut [...] and not safe,” she said. “We will see.”'
  expect(shown(text, 'It is shut [...] and not safe,', 'We will see.').words).toBe(
    'It is shut [...] and not safe, [… left out here …] We will see.',
  )
  expect(shown(text, 'It is shut [...] and not safe,').words).toBe('It is shut [...] and not safe,')
  expect(['a [...] b', 'a […] b', 'a (...) b', 'a . . . b', 'a … b'].map(hasOutletOmission)).toEqual([
    true,
    true,
    true,
    false,
    false,
  ])
})

test('a quotation says whose words were left out: the outlet’s omission is known beside ours', () => {
  const withBoth = '“It is shut [...] and not safe,” she said. “We will see.”'
  expect(quotesOutletOmission(shown(withBoth, 'It is shut [...] and not safe,', 'We will see.'))).toBe(true)
  expect(quotesOutletOmission(shown(withBoth, 'It is shut [...] and not safe,'))).toBe(true)
  expect(
    quotesOutletOmission(shown('“It is shut,” she said. “We will see.”', 'It is shut,', 'We will see.')),
  ).toBe(false)
})
