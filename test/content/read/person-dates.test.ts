import { expect, test } from 'vitest'
import { loadContent } from '../../../src/content/read/load.ts'
import { storyFiles } from '../../support/content/story-files.ts'

const person = (dates: object) =>
  loadContent(
    storyFiles('bridge', { people: [{ name: 'Ana Example', role: 'Mayor', sources: [1], ...dates }] }),
  )

test('a person may have the first and the last day of a role, or a month or a year', () => {
  const { stories, problems } = person({ from: '2024-05', until: 2026 })
  expect(problems).toEqual([])
  expect(stories[0]?.people[0]).toMatchObject({ from: '2024-05', until: '2026' })
})

test('a role does not end before it begins', () => {
  const { problems } = person({ from: '2024-05', until: '2024-04-30' })
  expect(problems.map(({ message }) => message)).toEqual(['until must not be earlier than from'])
  expect(person({ from: 'in May' }).problems).toHaveLength(1)
})
