import { expect, test } from 'vitest'
import { createReplays } from '../../src/bot/preview-replays.ts'
import { libraryFromFiles, storyFiles } from '../support/content/story-files.ts'
import { libraryFromFolder, REPLAY_STORIES } from '../support/digests/replay-stories.ts'
import { recordingLog } from '../support/recording-log.ts'

test('the page may choose a digest, and gets its briefs with quiet days between them and a total', async () => {
  const library = await libraryFromFolder(REPLAY_STORIES)
  const replays = createReplays({ library: () => library, zone: 'UTC', log: recordingLog() })
  expect(replays.choices()).toEqual({
    digests: [
      { name: 'morning: Morning brief', value: 'morning' },
      { name: 'evening: Evening brief', value: 'evening' },
      { name: 'sample feed: reports as they come, and a brief', value: 'sample feed' },
    ],
    story: 'bridge',
  })
  const replay = await replays.replay({ stories: ['budget'], from: '2026-09-01', to: '2026-09-11' })
  if ('problems' in replay) throw new Error(replay.problems.join())
  expect(replay.steps.map(step => ('line' in step ? step.line : step.moment))).toEqual([
    '2 quiet days: nothing posted',
    'Thu 3 Sept 2026 07:30',
    '5 quiet days: nothing posted',
    'Fri 11 Sept 2026 07:30',
  ])
  expect(replay.total).toMatch(/^2 briefs · /)
  expect(await replays.replay({ stories: ['bidget'] })).toEqual({
    problems: ['There is no story “bidget”. Did you mean “budget” or “bridge”?'],
  })
})

test('the page may choose the sample feed: its posts and edits, each with its moment', async () => {
  const library = await libraryFromFolder(REPLAY_STORIES)
  const replays = createReplays({ library: () => library, zone: 'UTC', log: recordingLog() })
  const replay = await replays.replay({ stories: ['budget'], digest: 'sample feed' })
  if ('problems' in replay) throw new Error(replay.problems.join())
  expect(replay.steps).toHaveLength(7)
  expect(replay.steps[3]).toMatchObject({
    moment: '07:30:15 · Sample feed, edited',
    reply: { lead: [{ bold: 'HEADLINE CHANGED' }, expect.stringContaining('until June')] },
  })
  expect(replay.total).toBe('4 posts · 3 edits of them')
  expect(await replays.replay({ stories: ['bidget'], digest: 'sample feed' })).toHaveProperty('problems')
})

test('a page shows the first sixty briefs, and says where to go on', async () => {
  const timeline = Array.from({ length: 70 }, (_, index) => ({
    date: new Date(Date.UTC(2026, 0, 1 + index)).toISOString().slice(0, 10),
    text: `Day ${index} of the storm.`,
    confidence: 'medium',
    sources: [1],
  }))
  const digests = JSON.stringify([{ name: 'storm', title: 'Storm', time: '18:00', days: 'daily' }])
  const library = libraryFromFiles(
    storyFiles('bridge', { timeline, quotes: [], meta: { coversTo: '2026-03-11' } }),
    [{ path: 'digests.yml', origin: 'digests.yml', text: digests }],
  )
  const replay = await createReplays({ library: () => library, zone: 'UTC', log: recordingLog() }).replay({
    stories: ['bridge'],
  })
  if ('problems' in replay) throw new Error(replay.problems.join())
  expect(replay.steps).toHaveLength(61)
  expect(replay.steps.at(-1)).toEqual({
    line: 'Only the first 60 briefs. To go on, begin at 2 Mar 2026.',
  })
})
