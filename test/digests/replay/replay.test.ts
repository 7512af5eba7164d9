import { beforeAll, describe, expect, test } from 'vitest'
import { commandLinesFor } from '../../../src/commands/digest/command-lines.ts'
import type { Library } from '../../../src/content/library.ts'
import { quietLine, replayHeading, totalsLine } from '../../../src/digests/replay/describe.ts'
import { type ReplayQuery, readReplay } from '../../../src/digests/replay/read-query.ts'
import { type ReplayStep, replayBriefs } from '../../../src/digests/replay/replay.ts'
import { libraryFromFiles, storyFiles } from '../../support/content/story-files.ts'
import { libraryFromFolder, REPLAY_STORIES } from '../../support/digests/replay-stories.ts'

const commandLines = commandLinesFor('slack:T1/C1')
let library: Library
beforeAll(async () => {
  library = await libraryFromFolder(REPLAY_STORIES)
})

function read(query: Partial<ReplayQuery>, content = library) {
  const result = readReplay({ stories: [], ...query }, { library: content, zone: 'UTC', commandLines })
  if ('problems' in result) throw new Error(result.problems.join('\n'))
  return result.replay
}
const problems = (query: Partial<ReplayQuery>, content = library) => {
  const result = readReplay({ stories: [], ...query }, { library: content, zone: 'UTC', commandLines })
  return 'problems' in result ? result.problems : []
}

/** What each brief shows of the dated parts, by its date; a number stands for quiet days. */
const outline = (steps: Iterable<ReplayStep>) =>
  [...steps].map(step =>
    'quietDays' in step ? step.quietDays : `${step.brief.date} ${datedParts(step.brief).join(' ')}`,
  )
const datedParts = ({ reply, thread }: { reply: { parts: string[] }; thread?: { parts: string[] } }) => [
  ...new Set(
    [...reply.parts, ...(thread?.parts ?? [])]
      .map(part => part.slice(part.indexOf('/') + 1))
      .filter(part => /^(?:event|quote|correction):/.test(part))
      .map(part => part.replace(/^(?:event|quote):|(?<=^correction):.*/g, ''))
      .sort(),
  ),
]

describe('a dense week', () => {
  test('each brief tells what was entered since the one before it, and nothing later', () => {
    expect(outline(replayBriefs(read({ stories: ['bridge'] })))).toEqual([
      1,
      '2026-05-05 closing crack',
      '2026-05-06 detour emergency footpath okoro-1',
      '2026-05-07 2026-05-06-1 brandt-1',
      '2026-05-08 2026-05-07-1 reyes-1',
      '2026-05-11 2026-05-08-1 2026-05-09-1 2026-05-10-1 court-1',
    ])
  })

  test('an evening digest tells on the same day what was entered at noon', () => {
    const replay = read({ stories: ['bridge'], digest: 'evening', from: '2026-05-04', to: '2026-05-06' })
    expect(outline(replayBriefs(replay))).toEqual([
      '2026-05-04 closing crack',
      '2026-05-05 detour emergency footpath okoro-1',
      '2026-05-06 2026-05-06-1 brandt-1',
    ])
  })

  test('the zone, days and time are those of the digest', () => {
    const steps = [...replayBriefs(read({ stories: ['bridge'] }))]
    const first = steps.find(step => 'brief' in step)!
    expect(new Date(first.brief.slot).toISOString()).toBe('2026-05-05T12:30:00.000Z')
    expect(replayHeading(read({ stories: ['bridge'] }))).toBe(
      'Replay · Mill Bridge: closed over a crack · Morning brief · Mon–Fri 07:30 Chicago time (America/Chicago) · ' +
        '4 May 2026 to 11 May 2026',
    )
  })
})

describe('a slow month', () => {
  test('quiet days, a correction on its day, a month told when a source of it does', () => {
    const replay = read({ stories: ['budget'], from: '2026-09', to: '2026-09' })
    const steps = [...replayBriefs(replay)]
    expect(outline(steps)).toEqual([
      2,
      '2026-09-03 plan',
      5,
      '2026-09-11 hearing lindqvist-1',
      2,
      '2026-09-16 correction hearing',
      1,
      '2026-09-18 libraries',
      4,
      '2026-09-25 committee',
      3,
    ])
    expect(quietLine(5, replay)).toBe('5 quiet days: nothing posted')
    expect(totalsLine(steps, replay)).toMatch(
      /^5 briefs · \d+ entries · \d+ words a brief · longest: \w+ \d+ Sept 2026 07:30, \d+ words$/,
    )
  })
})

test('a digest is replayed with all its stories, where none is named', () => {
  const replay = read({ digest: 'morning', from: '2026-05-06', to: '2026-09-03' })
  expect(replay.stories.map(({ slug }) => slug)).toEqual(['bridge', 'budget'])
  const dates = [...replayBriefs(replay)].flatMap(step => ('brief' in step ? step.brief.date : []))
  expect([dates[0], dates.at(-1)]).toEqual(['2026-05-06', '2026-09-03'])
})

test('the lines below a brief are about the story as it is today', () => {
  const lengths = new Set<number>()
  const replay = read({ stories: ['bridge'] })
  const forStory: typeof commandLines.forStory = (story, ...rest) => {
    lengths.add(story.timeline.length)
    return commandLines.forStory(story, ...rest)
  }
  for (const _ of replayBriefs({ ...replay, commandLines: { ...commandLines, forStory } }));
  expect([...lengths]).toEqual([10])
})

test('where quiet days bring a line, they are counted all the same', () => {
  const replay = read({ stories: ['budget'], digest: 'evening', from: '2026-09-03', to: '2026-09-09' })
  expect(outline(replayBriefs(replay))).toEqual([7])
  expect(quietLine(7, replay)).toBe('7 quiet days: one line each, which says so')
  expect(totalsLine([{ quietDays: 7 }], replay)).toBe('No brief would have been posted in this time.')
})

test('an event that was added late is told on the day on which it was added', () => {
  const content = libraryFromFiles(storyFiles('bridge'), [
    {
      path: 'digests.yml',
      origin: 'digests.yml',
      text: JSON.stringify([
        { name: 'lunch', title: 'Lunch brief', time: '12:30', days: 'daily', zone: 'UTC' },
      ]),
    },
  ])
  const late = outline(replayBriefs(read({ stories: ['bridge'], from: '2026-05' }, content)))
  expect(late).toContain('2026-05-20 2026-05-04-1')
})

describe('what cannot be replayed', () => {
  test('an unknown story or digest is answered with the closest ones', () => {
    expect(problems({ stories: ['bidge'], digest: 'mornin' })).toEqual([
      'There is no story “bidge”. Did you mean “bridge” or “budget”?',
      'There is no digest “mornin”. Did you mean “morning”?',
    ])
    expect(problems({ stories: ['bridge'], digest: 'xxxxxxxx' })).toEqual([
      'There is no digest “xxxxxxxx”. Did you mean “morning” or “evening”?',
    ])
  })

  test('dates are read as anywhere, and checked', () => {
    expect(problems({ stories: ['bridge'], from: 'soon', to: '2026-02-30' })).toEqual([
      '“soon” is no date to begin at. Write it like 2017-07-25, 2017-07 or 2017.',
      '“2026-02-30” is no date to end at. Write it like 2017-07-25, 2017-07 or 2017.',
    ])
    expect(problems({ stories: ['bridge'], from: '2026-05-06', to: '2026-05-05' })).toEqual([
      'It would end on 5 May 2026, before it begins on 6 May 2026.',
    ])
    expect(problems({ stories: ['bridge'], from: '0001' })).toEqual([
      'That is more than ten years. Choose a shorter time.',
    ])
  })

  test('without a digest in the content there is nothing to replay', () => {
    const content = libraryFromFiles(storyFiles('bridge'))
    expect(problems({ stories: ['bridge'] }, content)).toEqual([
      'There is no digest to replay. Define one in digests.yml.',
    ])
  })
})
