import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { type ContentWork, workHere } from '../../src/check/jobs.ts'
import type { StoryResult, StoryToCheck } from '../../src/check/story-job.ts'
import { workInThreads } from '../../src/check/threads.ts'
import { createContentFolder } from '../support/content/content-folder.ts'
import { storyFiles, withChangedFile } from '../support/content/story-files.ts'

const MOMENT = { now: Date.parse('2026-06-01T12:00:00Z'), today: '2026-06-01' }
const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l']
const wrong = withChangedFile(storyFiles('c'), 'quotes.yml', text => text.replace('stays', 'stayed'))

const WORKERS: [name: string, work: ContentWork][] = [
  ['in this thread', workHere()],
  ['in threads', workInThreads(2)],
]
afterAll(() => Promise.all(WORKERS.map(([, work]) => work.stop())))

async function check(work: ContentWork, folder: string, stories: StoryToCheck[]) {
  const results: StoryResult[] = []
  await work.stories({ kind: 'stories', folder, stories, moment: MOMENT, settings: '' }, result =>
    results.push(result),
  )
  return results.sort((a, b) => (a.slug < b.slug ? -1 : 1))
}

const kindsOf = (results: StoryResult[]) => results.map(({ slug, kind }) => `${slug} ${kind}`)

describe.each(WORKERS)('work on content %s', { timeout: 60_000 }, (_, work) => {
  test('scans, checks every story once, and names what is wrong', async () => {
    const stories = names.map(name => (name === 'c' ? wrong : storyFiles(name)))
    const folder = await createContentFolder(...stories)
    await writeFile(
      join(folder, 'digests.yml'),
      '- { name: x, title: X, stories: [zz], days: daily, time: "08:00" }',
    )
    const scan = await work.scan({ kind: 'scan', folder })
    expect([...scan.stories.keys()].sort()).toEqual(names)
    const results = await check(
      work,
      folder,
      [...names, 'gone'].map(slug => ({ slug })),
    )
    expect(kindsOf(results)).toEqual(
      [...names, 'gone']
        .map(name => `${name} ${name === 'c' ? 'broken' : name === 'gone' ? 'gone' : 'good'}`)
        .sort(),
    )
    expect(results.find(({ slug }) => slug === 'c')).toMatchObject({
      problems: [{ message: expect.stringContaining('quote “mayor-1”') }],
    })
    const looked = await check(
      work,
      folder,
      names.map(slug => ({ slug, look: scan.stories.get(slug) })),
    )
    expect(kindsOf(looked)).toEqual(names.map(name => `${name} same`))
    const digests = await work.digests({
      kind: 'digests',
      folder,
      names: { slugs: new Set(names), tags: new Set(), areAllRead: true },
    })
    expect(digests.problems).toEqual([
      { file: join(folder, 'digests.yml'), line: 1, message: 'there is no story “zz”' },
    ])
  })

  test('checks what would be added, and leaves the files as they are', async () => {
    const folder = await createContentFolder(storyFiles('c'))
    const add = (id: string) => {
      const entry = { id, date: '2026-05-02', text: 'x', sources: [1], confidence: 'medium' }
      return [
        { slug: 'c', isTrial: true as const, documents: [{ path: 'stories/c/timeline.desk.yml', entry }] },
      ]
    }
    expect(kindsOf(await check(work, folder, add('No id')))).toEqual(['c broken'])
    expect(kindsOf(await check(work, folder, add('an-id')))).toEqual(['c good'])
    expect(kindsOf(await check(work, folder, [{ slug: 'c' }]))).toEqual(['c good'])
  })

  test('says what is wrong with a folder that is none, and goes on working', async () => {
    const folder = await createContentFolder(storyFiles('a'))
    await expect(work.scan({ kind: 'scan', folder: join(folder, 'none') })).rejects.toThrow(
      /cannot be read \(set CONTENT_DIR\)/,
    )
    await mkdir(join(folder, 'stories/empty'))
    expect([...(await work.scan({ kind: 'scan', folder })).stories.keys()]).toEqual(['a'])
  })
})

test('what was just tried and is then kept is not checked twice; other words are', async () => {
  const folder = await createContentFolder(storyFiles('a'))
  const correction = (now: string) => ({
    path: 'stories/a/corrections.desk.yml',
    entry: { on: '2026-05-05', part: 'label', was: '29 April', now, why: 'Misread.' },
  })
  const look = async (now: string, isTrial?: true) => {
    const story = { slug: 'a', documents: [correction(now)], ...(isTrial && { isTrial }) }
    const [result] = await check(workHere(), folder, [story])
    return result?.kind === 'good' ? result.head : undefined
  }
  const tried = await look('30 April', true)
  expect(tried).toBeDefined()
  expect(await look('30 April')).toBe(tried)
  expect(await look('1 May')).not.toBe(tried)
})

test('threads that are stopped refuse what comes later, and end what waits', async () => {
  const work = workInThreads(1)
  const folder = await createContentFolder(storyFiles('a'))
  const waiting = Promise.allSettled([
    work.scan({ kind: 'scan', folder }),
    work.scan({ kind: 'scan', folder }),
  ])
  await work.stop()
  expect((await waiting).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  await expect(work.scan({ kind: 'scan', folder })).rejects.toThrow('stopping')
})
