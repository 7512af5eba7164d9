import { execFileSync } from 'node:child_process'
import { mkdir, open, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, expect, test, vi } from 'vitest'
import { type LiveContent, openLiveContent } from '../../src/check/live-content.ts'
import { createContentFolder } from '../support/content/content-folder.ts'
import { storyFiles, withChangedFile } from '../support/content/story-files.ts'

const stops: (() => void)[] = []
afterEach(() => {
  for (const stop of stops.splice(0)) stop()
})

const soon = { timeout: 20_000, interval: 20 }
const bridge = storyFiles('bridge')
const pathOf = (name: string, files = bridge) => files.find(({ path }) => path.endsWith(name))!
const retitled = (slug: string, title: string) =>
  pathOf(
    'story.md',
    withChangedFile(storyFiles(slug), 'story.md', text => text.replace('The bridge on Main Street', title)),
  )

function watched(stories: LiveContent) {
  const heard: string[][] = []
  const seen: { quotes: number; events: number }[] = []
  const note = () => {
    const story = stories.library().story('bridge')
    seen.push({ quotes: story?.quotes.length ?? 0, events: story?.timeline.length ?? 0 })
  }
  const timer = setInterval(note, 20)
  const stop = stories.watch({ onChanged: problems => heard.push(problems), onFailed: vi.fn() })
  stops.push(() => {
    clearInterval(timer)
    stop()
  })
  return { heard, seen }
}

test('a story that is broken keeps no other one from changing, and neither does one of the same burst', async () => {
  const folder = await createContentFolder(bridge, storyFiles('other'))
  const stories = await openLiveContent(folder)
  const { heard } = watched(stories)
  const title = (slug: string) => stories.library().story(slug)?.title
  await writeFile(join(folder, 'stories/bridge/quotes.yml'), '- nonsense')
  await writeFile(join(folder, 'stories/other/story.md'), retitled('other', 'Live at once').text)
  await vi.waitFor(() => expect(title('other')).toBe('Live at once'), soon)
  await vi.waitFor(() => expect(stories.problems()).not.toEqual([]), soon)
  expect(stories.problems()).toEqual([expect.stringMatching(/bridge\/quotes\.yml:1 /)])
  expect(stories.library().story('bridge')!.quotes).toHaveLength(2)
  await writeFile(join(folder, 'stories/other/story.md'), retitled('other', 'Once more').text)
  await vi.waitFor(() => expect(title('other')).toBe('Once more'), soon)
  expect(heard.length).toBeGreaterThan(1)
}, 20_000)

test('a name that another story has waits; the story stays as it was', async () => {
  const folder = await createContentFolder(bridge, storyFiles('other'))
  const stories = await openLiveContent(folder)
  watched(stories)
  const claimed = pathOf('story.md', storyFiles('other', { meta: { command: 'bridge', title: 'Claims' } }))
  await writeFile(join(folder, claimed.path), claimed.text)
  await vi.waitFor(() => expect(stories.problems()).not.toEqual([]), soon)
  expect(stories.problems()).toEqual([
    expect.stringMatching(/other\/story\.md:1 the name “bridge” is already that of the story “bridge”/),
  ])
  expect(stories.library().story('other')!.title).toBe('The bridge on Main Street')
  expect(stories.library().story('bridge')!.slug).toBe('bridge')
  await writeFile(join(folder, claimed.path), retitled('other', 'Own name').text)
  await vi.waitFor(() => expect(stories.library().story('other')!.title).toBe('Own name'), soon)
  expect(stories.problems()).toEqual([])
}, 20_000)

test.each(['quotes.yml', 'timeline.yml'])(
  'a save of %s that takes a while is waited out',
  async name => {
    const folder = await createContentFolder(bridge)
    const stories = await openLiveContent(folder)
    const { heard, seen } = watched(stories)
    const { path, text } = pathOf(name)
    const entries = JSON.parse(text) as object[]
    const whole = `${JSON.stringify(entries)}\n`
    // The first part is by itself a list, as of a file of entries that is written from above.
    const [first, ...rest] = entries.map(entry => `- ${JSON.stringify(entry)}\n`)
    expect(whole.length).toBeGreaterThan(100)
    const file = await open(join(folder, path), 'w')
    for (const piece of [first!, ...rest, '# done\n']) {
      await file.write(piece)
      await sleep(500)
    }
    await file.close()
    const before = { quotes: 2, events: JSON.parse(pathOf('timeline.yml').text).length }
    await sleep(2_500)
    expect(seen.filter(found => JSON.stringify(found) !== JSON.stringify(before))).toEqual([])
    expect(heard.flat()).toEqual([])
    expect(stories.problems()).toEqual([])
  },
  30_000,
)

test('a story that is taken out is gone, and the last one stays with a problem', async () => {
  const folder = await createContentFolder(bridge, storyFiles('other'))
  const stories = await openLiveContent(folder)
  watched(stories)
  await rm(join(folder, 'stories/other'), { recursive: true })
  await vi.waitFor(() => expect(stories.library().stories).toHaveLength(1), soon)
  expect(stories.problems()).toEqual([])
  await rename(join(folder, 'stories/bridge'), join(folder, 'bridge'))
  await vi.waitFor(() => expect(stories.problems()).not.toEqual([]), soon)
  expect(stories.problems()).toEqual([expect.stringContaining('there is no story')])
  expect(stories.library().stories).toHaveLength(1)
  await rename(join(folder, 'bridge'), join(folder, 'stories/bridge'))
  await vi.waitFor(() => expect(stories.problems()).toEqual([]), soon)
  expect(stories.library().stories).toHaveLength(1)
}, 20_000)

const PAPER = 'stories/bridge/sources/paper.txt'
/** What may stand in the place of a file. */
const OBSTACLES: [name: string, put: (path: string) => Promise<unknown>, problem: string][] = [
  [
    'a link to something that is gone',
    path => symlink('nowhere', path),
    'is a link to something that is not there',
  ],
  ['a link out of the folder', path => symlink('/etc/hostname', path), 'is a link to a place outside'],
  ['a pipe', async path => execFileSync('mkfifo', [path]), 'is no file but a pipe'],
  ['a folder with the name of a file', path => mkdir(path), 'is a folder with the name of a file'],
  [
    'a file that is too large',
    path => writeFile(path, Buffer.alloc(10_000_001, 'a')),
    'is larger than 10 MB',
  ],
]

test('each obstacle is one named problem of a running bot, and stops nothing else', {
  timeout: 60_000,
}, async () => {
  const meet = async ([, put, problem]: (typeof OBSTACLES)[number]) => {
    const folder = await createContentFolder(bridge, storyFiles('other'))
    const stories = await openLiveContent(folder)
    watched(stories)
    await rm(join(folder, PAPER))
    await put(join(folder, PAPER))
    const found = [expect.stringContaining(`${PAPER}:1 ${problem}`)]
    const soonEnough = { timeout: 30_000, interval: 20 }
    await vi.waitFor(() => expect(stories.problems()).toEqual(found), soonEnough)
    await writeFile(join(folder, 'stories/other/story.md'), retitled('other', 'Goes on').text)
    await vi.waitFor(() => expect(stories.library().story('other')!.title).toBe('Goes on'), soonEnough)
    expect(stories.library().story('bridge')!.quotes).toHaveLength(2)
  }
  await Promise.all(OBSTACLES.map(meet))
})
