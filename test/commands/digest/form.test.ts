import { expect, test } from 'vitest'
import { digestForm } from '../../../src/commands/digest/form.ts'
import { splitCommand } from '../../../src/commands/line.ts'
import { STORIES } from '../../support/conversations/digest-conversation.ts'

test('a line that a form makes is one that is read, to the last letter', () => {
  const form = digestForm({ library: () => STORIES, version: '1', zone: 'UTC' })
  const resultFor = (length: number) =>
    form.lineFor({
      digest: ['morning'],
      sent: ['skip'],
      time: ['07:30'],
      zone: ['UTC'],
      days: ['mon'],
      stories: ['x'.repeat(length)],
    })
  let length = 900
  while ('line' in resultFor(length + 1)) length++
  const longest = resultFor(length)
  expect('line' in longest && splitCommand(longest.line).text).toHaveLength(1_000)
  expect(resultFor(length + 1)).toEqual({
    problems: { stories: 'That is too many stories for one line. Choose fewer, or “all”.' },
  })
})
