import { expect, test } from 'vitest'
import { check } from '../../../src/check/check.ts'
import { latestDayOnEarth } from '../../../src/content/read/future-dates.ts'
import { formatProblem } from '../../../src/content/story.ts'
import { createContentFolder } from '../../support/content/content-folder.ts'
import { type StoryFields, storyFiles } from '../../support/content/story-files.ts'

async function problems(written: StoryFields, today = '2026-06-01'): Promise<string[]> {
  const folder = await createContentFolder(storyFiles('bridge', written))
  const found = (await check(folder, { today })).problems
  return found.map(problem => formatProblem(problem).replaceAll(`${folder}/stories/bridge/`, ''))
}

test('a day has begun as soon as it has anywhere on earth', () => {
  expect(latestDayOnEarth(Date.parse('2026-05-31T09:59:59Z'))).toBe('2026-05-31')
  expect(latestDayOnEarth(Date.parse('2026-05-31T10:00:00Z'))).toBe('2026-06-01')
})

test.each<[string, StoryFields, string]>([
  ['published', { meta: { published: '2026-06-02' } }, 'story.md:15 published: 2026-06-02'],
  [
    'withdrawn',
    { meta: { withdrawn: { on: '2026-06-02', reason: 'x' } } },
    'story.md:16 withdrawn.on: 2026-06-02',
  ],
  ['checked', { meta: { checked: { on: '2026-06-02' } } }, 'story.md:9 checked.on: 2026-06-02'],
  [
    'added',
    { timeline: [{ date: '2026-05-04', text: 'x', confidence: 'medium', added: '2026-06-02' }] },
    'timeline.yml:6 added: 2026-06-02',
  ],
])('%s may be today and not tomorrow', async (_, written, reported) => {
  expect(await problems(written)).toEqual([expect.stringContaining(`${reported} is in the future`)])
  expect(await problems(written, '2026-06-02')).toEqual([])
})

test('an entry under embargo, and a source of it alone, may be dated up to the day on which it appears', async () => {
  const sources = [
    {
      number: 1,
      outlet: 'A',
      title: 'b',
      kind: 'primary',
      date: '2026-05-02',
      text: 'paper.txt',
      rights: 'x',
    },
    { number: 2, outlet: 'B', title: 'b', kind: 'primary', date: '2026-07-01' },
  ]
  const event = (date: string) => ({
    date,
    text: 'x',
    confidence: 'medium',
    sources: [2],
    embargo: '2026-07-01T06:00:00-05:00',
  })
  const story = (date: string) => ({ sources, facts: [], quotes: [], timeline: [event(date)], people: [] })
  expect(await problems(story('2026-07-01'))).toEqual([])
  expect(await problems(story('2026-07-03'))).toEqual([
    expect.stringMatching(/timeline\.yml:3 date: 2026-07-03 is in/),
  ])
  expect(await problems({ ...story('2026-05-01'), timeline: [] })).toEqual([
    expect.stringMatching(/sources\.yml:\d+ date: 2026-07-01 is in the future/),
  ])
})

test('what is called certain needs two sources that are no copies of each other', async () => {
  const mirror = (number: number, via: string, date = '2026-05-02') => ({
    number,
    outlet: `City (via ${via})`,
    title: 'b',
    kind: 'mirror',
    date,
  })
  const sources = [
    { number: 1, outlet: 'The Paper', title: 'b', kind: 'news', text: 'paper.txt', rights: 'x' },
    mirror(2, 'Gazette'),
    mirror(3, 'Herald'),
    mirror(4, 'Herald', '2026-05-03'),
    { number: 5, outlet: 'City', title: 'b', kind: 'primary', date: '2026-05-02' },
  ]
  const withSources = (numbers: number[]) =>
    problems({
      sources,
      timeline: [{ date: '2026-05-02', text: 'x', confidence: 'high', sources: numbers }],
      people: [],
      facts: [],
    })
  for (const numbers of [
    [1, 2],
    [2, 4],
    [1, 5],
    [2, 3, 1],
  ])
    expect(await withSources(numbers)).toEqual([])
  for (const numbers of [[], [1], [1, 1], [2, 3], [2, 5]])
    expect(await withSources(numbers)).toEqual([
      expect.stringMatching(
        /timeline\.yml:2 confidence: high needs two or more independent sources; .*write medium$/,
      ),
    ])
})
