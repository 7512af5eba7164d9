import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { check } from '../../src/check/check.ts'
import { openLiveContent } from '../../src/check/live-content.ts'
import { correctablePartIds } from '../../src/commands/desk/correctable-parts.ts'
import { partsOfAll } from '../../src/content/parts.ts'
import { formatProblem } from '../../src/content/story.ts'
import { createSqliteEngine } from '../../src/store/sqlite.ts'
import { openStore } from '../../src/store/store.ts'
import { createContentFolder } from '../support/content/content-folder.ts'
import { type StoryFields, storyFiles } from '../support/content/story-files.ts'
import { startProcess, temporaryFolder } from '../support/start-process.ts'

const event = (text: string, more: object = {}) => ({
  date: '2026-05-02',
  text,
  confidence: 'medium',
  sources: [1],
  ...more,
})
const CLOSES = event('The city closes the bridge at noon.')
const CRACKS = event('An inspector reports cracks in the morning.')
const CORRECTION = { on: '2026-06-01', was: 'noon', now: 'ten', why: 'Misread.' }

const missingIn = async (written: StoryFields) => {
  const folder = await createContentFolder(storyFiles('bridge', written))
  const { problems, missingIds } = await check(folder)
  expect(problems).toEqual([])
  return missingIds.map(problem => formatProblem(problem).replace(`${folder}/stories/bridge/`, ''))
}

describe('check asks for an id', () => {
  test('of events that share their day, with the line and the cure', async () => {
    expect(await missingIn({ timeline: [CRACKS, CLOSES] })).toEqual([
      'timeline.yml:2 another event has the same date, so a correction could reach the wrong one: add “id: 2026-05-02-1”, or run “npm run nutgraf -- content ids”, which adds all that are missing',
      expect.stringMatching(/^timeline\.yml:10 .*add “id: 2026-05-02-2”/),
    ])
    expect(await missingIn({ timeline: [{ ...CRACKS, id: 'cracks' }, CLOSES] })).toEqual([
      expect.stringMatching(/^timeline\.yml:11 .*add “id: 2026-05-02-2”/),
    ])
  })

  test('of an event that a correction names, and of no other', async () => {
    const corrections = [{ ...CORRECTION, part: 'event:2026-05-02-1' }]
    expect(await missingIn({ timeline: [CLOSES], corrections })).toEqual([
      expect.stringMatching(/^timeline\.yml:2 a correction names this event.*add “id: 2026-05-02-1”/),
    ])
    expect(await missingIn({ timeline: [CLOSES] })).toEqual([])
    expect(await missingIn({ timeline: [{ ...CLOSES, id: '2026-05-02-1' }], corrections })).toEqual([])
  })

  test('a place in the day that is the id of another event is not used for a second one', async () => {
    const timeline = [CRACKS, { ...CLOSES, id: '2026-05-02-1' }]
    expect(await missingIn({ timeline })).toEqual([expect.stringContaining('add “id: 2026-05-02-2”')])
  })
})

test('“content ids” writes them all, after which check passes and everything is called as before', async () => {
  const timeline = [CRACKS, CLOSES, { ...CLOSES, date: '2026-05-03' }]
  const folder = await createContentFolder(storyFiles('bridge', { timeline }))
  const file = join(folder, 'stories/bridge/timeline.yml')
  const before = await readFile(file, 'utf8')
  const parts = async () =>
    partsOfAll(await check(folder).then(({ content }) => content)).map(({ part, hash }) => [part, hash])
  const namedBefore = await parts()
  const nutgraf = async (...args: string[]) => {
    const child = startProcess(['node', 'src/cli.ts', ...args], { CONTENT_DIR: folder })
    return { code: await child.ended, out: child.out(), err: child.err() }
  }
  expect(await nutgraf('check')).toMatchObject({ code: 1, err: expect.stringContaining('2 problems') })
  expect(await nutgraf('content', 'ids')).toMatchObject({
    code: 0,
    out: expect.stringContaining('2 ids written.'),
  })
  expect(await nutgraf('check')).toMatchObject({ code: 0 })
  const after = await readFile(file, 'utf8')
  expect(after.replace(/id: 2026-05-02-\d, /g, '')).toBe(before)
  expect(await parts()).toEqual(namedBefore)
  expect(await nutgraf('content', 'ids')).toMatchObject({ out: 'Every event that needs an id has one.\n' })
})

test('a running bot takes such content, keeps every name, and finds the event that a new correction is about', async () => {
  const folder = await createContentFolder(storyFiles('bridge', { timeline: [CLOSES] }))
  const store = await openStore(createSqliteEngine(join(temporaryFolder(), 'db')))
  const stories = await openLiveContent(folder)
  const story = () => stories.library().stories[0]!
  const names = () => story().timeline.map(({ id }) => id)
  await stories.followNames(store.revisions)
  const stop = stories.watch({ onChanged: () => {}, onFailed: () => {} })
  const save = async (written: StoryFields, saved: () => void) => {
    await store.revisions.record(partsOfAll(stories.library()))
    for (const { path, text } of storyFiles('bridge', written)) await writeFile(join(folder, path), text)
    await vi.waitFor(saved, { timeout: 20_000, interval: 20 })
  }
  await save({ timeline: [CRACKS, CLOSES] }, () => expect(names()).toEqual(['2026-05-02-2', '2026-05-02-1']))
  const mended = event('The city closes the bridge at ten.')
  const first = { ...CORRECTION, part: 'event:2026-05-02-2' }
  await save({ timeline: [CRACKS, mended], corrections: [first] }, () =>
    expect(story().corrections.map(({ part }) => part)).toEqual(['event:2026-05-02-1']),
  )
  expect(names()).toEqual(['2026-05-02-2', '2026-05-02-1'])
  // Editors see and type what the file says.
  expect([...correctablePartIds(story())].filter(([part]) => part.startsWith('event:'))).toEqual([
    ['event:2026-05-02-1', 'bridge/event:2026-05-02-2'],
    ['event:2026-05-02-2', 'bridge/event:2026-05-02-1'],
  ])
  // An event before both, and ids of the editors' own: the old correction and every name stay.
  const third = event('Police count the cars at dawn.')
  const corrections = [
    { ...first, part: 'event:closing' },
    { ...CORRECTION, was: 'cracks', part: 'event:cracks' },
  ]
  await save(
    { timeline: [third, { ...CRACKS, id: 'cracks' }, { ...mended, id: 'closing' }], corrections },
    () => expect(names()).toHaveLength(3),
  )
  expect(names()).toEqual(['2026-05-02-3', '2026-05-02-2', '2026-05-02-1'])
  expect(story().corrections.map(({ part }) => part)).toEqual(['event:2026-05-02-1', 'event:2026-05-02-2'])
  stop()
  await store.close()
})
