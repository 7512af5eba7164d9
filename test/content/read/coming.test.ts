import { expect, test } from 'vitest'
import { check } from '../../../src/check/check.ts'
import { latestDayOnEarth } from '../../../src/content/read/future-dates.ts'
import { formatProblem } from '../../../src/content/story.ts'
import { comingFiles, EXPECTED, HAPPENED } from '../../support/content/coming-events.ts'
import { createContentFolder } from '../../support/content/content-folder.ts'
import type { StoryFields } from '../../support/content/story-files.ts'

/** A day on which the vote is over, and the lane may still open. */
const LATER = Date.parse('2026-06-01T12:00:00Z')

async function checked(written: StoryFields, now = LATER) {
  const folder = await createContentFolder(comingFiles(written))
  const { problems, missingIds, warnings, library } = await check(folder, {
    now,
    today: latestDayOnEarth(now),
  })
  const lines = (found: typeof problems) =>
    found.map(problem => formatProblem(problem).replaceAll(`${folder}/stories/bridge/`, ''))
  return {
    problems: lines([...problems, ...missingIds]),
    warnings: lines(warnings),
    stories: library.stories,
  }
}

const timeline = (...events: object[]) => ({ timeline: [...HAPPENED, ...events] })
const changed = (index: number, fields: object) => ({ ...EXPECTED[index]!, ...fields })

test('a date may be a month or a year, and what is expected is no part of what happened', async () => {
  const { problems, stories } = await checked({})
  expect(problems).toEqual([])
  const [story] = stories
  expect(story!.timeline.map(({ date }) => date)).toEqual(HAPPENED.map(({ date }) => date))
  expect(story!.coming.map(({ id, date, expected }) => [id, date, expected])).toEqual([
    ['vote', '2026-05-20', true],
    ['lane', '2026-07', true],
  ])
  expect([story!.from, story!.coversTo]).toEqual(['2021', '2026-05-04'])
})

test('a year needs no quotation marks', async () => {
  const folder = await createContentFolder(
    comingFiles().map(file =>
      file.path.endsWith('timeline.yml') ? { ...file, text: file.text.replace('"2021"', '2021') } : file,
    ),
  )
  const { problems, library } = await check(folder, { now: LATER })
  expect(problems).toEqual([])
  expect(library.stories[0]!.timeline[0]).toMatchObject({ date: '2021', id: '2021-1' })
})

test.each([
  [
    'a month that is none',
    timeline({ ...HAPPENED[4]!, date: '2026-13' }),
    /^timeline\.yml:\d+ date: must be a date like 2017-08-07, or 2017-08 or 2017 where/,
  ],
  ['a month without its zero', timeline({ ...HAPPENED[4]!, date: '2026-5' }), /date: must be a date like/],
  ['a year of two digits', timeline({ ...HAPPENED[4]!, date: 26 }), /date: must be a date like/],
  [
    'a month after its days',
    { timeline: [HAPPENED[0]!, HAPPENED[2]!, HAPPENED[1]!] },
    /timeline\.yml:\d+ events must be in the order of their dates: a month or a year stands before its days/,
  ],
  [
    'an expected month before its days',
    timeline(changed(1, { date: '2026-05' }), EXPECTED[0]!),
    /what is expected in a month or a year stands after its days/,
  ],
  [
    'a day that is known already',
    timeline(changed(0, { date: '2026-05-04' })),
    /timeline\.yml:\d+ an expected event is later than coversTo \(2026-05-04\) in story\.md: if it took place, take “expected: true” out/,
  ],
  [
    'a month that is over in what is known',
    { meta: { coversTo: '2026-05-31' }, ...timeline(changed(1, { date: '2026-05' })) },
    /an expected event is later than coversTo/,
  ],
  ['no source', timeline(changed(0, { sources: [] })), /an expected event needs a source/],
  ['a day of entry', timeline(changed(0, { added: '2026-05-05' })), /added is for an older event/],
  [
    'what happened below what is expected',
    { timeline: [...EXPECTED, ...HAPPENED] },
    /this event stands below what is expected/,
  ],
  [
    'an id that is missing',
    timeline(changed(0, { id: undefined }), changed(0, { id: undefined })),
    /another event has the same date.* “id: 2026-05-20-1”/,
  ],
  [
    'a section in its place',
    { body: '## Summary\n\nThe city closed the bridge. [1]\n\n## Next\n\nA vote. [1]\n' },
    /story\.md:\d+ “Next” would hide the verb next/,
  ],
  ['certain by one source', timeline(changed(0, { confidence: 'high' })), /confidence: high needs two/],
] as [string, StoryFields, RegExp][])('check refuses %s', async (_, written, message) => {
  const { problems } = await checked(written)
  expect(problems[0]).toMatch(message)
})

test('a month may be expected while it is going on, and one that has begun is not in the future', async () => {
  expect((await checked(timeline(changed(1, { date: '2026-05' })))).problems).toEqual([])
  const secret = { ...HAPPENED[4]!, date: '2026-06', embargo: '2026-06-01T06:00:00Z' }
  expect((await checked(timeline(secret))).problems).toEqual([])
  expect((await checked(timeline({ ...secret, date: '2026-07' }))).problems).toEqual([
    expect.stringMatching(/date: 2026-07 is in the future/),
  ])
})

test('a day that is over is a warning to the desk, and takes nothing down', async () => {
  expect(await checked({})).toMatchObject({
    problems: [],
    warnings: [
      expect.stringMatching(
        /^timeline\.yml:\d+ warning: 20 May 2026 is over, and this event is still expected/,
      ),
    ],
  })
  expect((await checked({}, Date.parse('2026-05-20T23:00:00Z'))).warnings).toEqual([])
  expect((await checked({}, Date.parse('2026-08-01T00:00:00Z'))).warnings).toHaveLength(2)
})

test.each([
  ['no source', 'The bridge carries all lorries.', 'story.md:16 why: cites no source, such as [1]'],
  ['a source that is not there', 'It carries all lorries. [1, 77]', 'story.md:16 there is no source 77'],
  ['a range of sources', 'It carries all lorries. [1-2]', /^story\.md:16 “\[1-2\]” is no citation/],
  ['a list', '- It carries all lorries. [1]', /^story\.md:16 must be one paragraph/],
  [
    'too much',
    `${'It carries all lorries. '.repeat(9)}[1]`,
    /^story\.md:16 why: has 215 characters, at most 200/,
  ],
  [
    'words that nobody said',
    'The mayor says “it fell down”. [1]',
    /^story\.md:1 why: “it fell down” is in no quote of quotes\.yml/,
  ],
  [
    'a sign that turns the text',
    'It carries \u202eall lorries. [1]',
    /^story\.md:16 why: must not contain control characters/,
  ],
  ['a table', '| a | b | [1]', /^story\.md:16 /],
] as [string, string, string | RegExp][])('why with %s is refused', async (_, why, message) => {
  const { problems } = await checked({ meta: { why } })
  expect(problems).toEqual([typeof message === 'string' ? message : expect.stringMatching(message)])
})

test('why is one sentence with its sources, and may quote what a quote has', async () => {
  const why = 'It carries all *lorries*: “The bridge stays shut,” the mayor says. [2, 1]'
  const { problems, stories } = await checked({ meta: { why } })
  expect(problems).toEqual([])
  expect(stories[0]!.why).toEqual({
    text: ['It carries all ', { italic: 'lorries' }, ': “The bridge stays shut,” the mayor says.'],
    sources: [2, 1],
  })
})
