import { cp, mkdir, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { BrokenContent, openLiveContent } from '../../src/check/live-content.ts'
import { readFolder } from '../../src/content/read/folder.ts'
import { formatProblem } from '../../src/content/story.ts'
import { createContentFolder } from '../support/content/content-folder.ts'
import { storyFiles, withChangedFile } from '../support/content/story-files.ts'

const stops: (() => void)[] = []
afterEach(() => {
  for (const stop of stops.splice(0)) stop()
})

test('reads what belongs to content, in order, byte for byte; hidden files are none of its business', async () => {
  const folder = await createContentFolder(storyFiles('bridge'))
  await mkdir(join(folder, 'stories/.git'), { recursive: true })
  await writeFile(join(folder, 'stories/.git/story.md'), 'x')
  await writeFile(join(folder, 'stories/bridge/.quotes.yml'), 'x')
  await writeFile(join(folder, 'stories/bridge/quotes.yml~'), 'x')
  await writeFile(join(folder, 'stories/bridge/sources/paper.txt'), '\ufeffa\r\n')
  const { files, problems } = await readFolder(folder)
  expect(problems).toEqual([])
  expect(files.map(file => file.path)).toEqual(
    storyFiles('bridge')
      .map(file => file.path)
      .sort(),
  )
  expect(files.find(file => file.path.endsWith('paper.txt'))!.text).toBe('\ufeffa\r\n')
})

test('what is not UTF-8 is told, and a link to a file is followed', async () => {
  const folder = await createContentFolder(storyFiles('bridge'))
  await writeFile(join(folder, 'stories/bridge/sources/paper.txt'), Buffer.from([0x22, 0xe9, 0x22]))
  await rm(join(folder, 'stories/bridge/quotes.yml'))
  await writeFile(join(folder, 'elsewhere'), '[]')
  await symlink(join(folder, 'elsewhere'), join(folder, 'stories/bridge/quotes.yml'))
  const { files, problems } = await readFolder(folder)
  expect(problems.map(formatProblem)).toEqual([
    `${join(folder, 'stories/bridge/sources/paper.txt')}:1 is not UTF-8 text: save it as UTF-8`,
  ])
  expect(files.find(file => file.path.endsWith('quotes.yml'))!.text).toBe('[]')
  await expect(readFolder(join(folder, 'none'))).rejects.toThrow(/cannot be read \(set CONTENT_DIR\)/)
})

test('a broken folder does not open, and says everything at once', async () => {
  const broken = withChangedFile(
    withChangedFile(storyFiles('bridge'), 'quotes.yml', text => text.replace('stays', 'stayed')),
    'story.md',
    text => text.replace('developing', 'lost'),
  )
  const opening = openLiveContent(await createContentFolder(broken))
  await expect(opening).rejects.toBeInstanceOf(BrokenContent)
  await expect(opening).rejects.toThrow(
    /quotes\.yml:\d+ quote “mayor-1”[\s\S]*story\.md:\d+ state|story\.md:\d+ state[\s\S]*quotes\.yml/,
  )
})

test('a broken edit keeps the last good content and says so; a fix is picked up', {
  timeout: 60_000,
}, async () => {
  const folder = await createContentFolder(storyFiles('bridge'))
  const stories = await openLiveContent(folder)
  const changes: string[][] = []
  const onFailed = vi.fn()
  stops.push(stories.watch({ onChanged: problems => changes.push(problems), onFailed }))
  const path = join(folder, 'stories/bridge/story.md')
  const good = storyFiles('bridge').find(file => file.path.endsWith('story.md'))!.text
  const title = () => stories.library().story('bridge')?.title
  const changedTimes = (times: number) =>
    vi.waitFor(() => expect(changes).toHaveLength(times), { timeout: 20_000, interval: 20 })

  await writeFile(path, good.replace('The bridge on Main Street', 'The bridge is open'))
  await changedTimes(1)
  expect(changes[0]).toEqual([])
  expect(title()).toBe('The bridge is open')

  await writeFile(path, good.replace('developing', 'undecided'))
  await changedTimes(2)
  expect(changes[1]).toEqual([expect.stringMatching(/story\.md:\d+ state: /)])
  expect(stories.problems()).toHaveLength(1)
  expect(title()).toBe('The bridge is open')

  // The file is put back as it was before the broken edit: nothing is new, but it is fixed.
  await writeFile(path, good.replace('The bridge on Main Street', 'The bridge is open'))
  await changedTimes(3)
  expect(changes[2]).toEqual([])
  expect(stories.problems()).toEqual([])

  await cp(join(folder, 'stories/bridge'), join(folder, 'stories/second'), { recursive: true })
  await changedTimes(4)
  expect(stories.library().stories.map(story => story.slug)).toEqual(['bridge', 'second'])
  expect(onFailed).not.toHaveBeenCalled()
})

test('a file that took the place of another is heard too, and so is a whole folder', {
  timeout: 60_000,
}, async () => {
  const folder = await createContentFolder(storyFiles('bridge'))
  const stories = await openLiveContent(folder)
  stops.push(stories.watch({ onChanged: () => {}, onFailed: vi.fn() }))
  const good = storyFiles('bridge').find(file => file.path.endsWith('story.md'))!.text
  const path = join(folder, 'stories/bridge/story.md')
  const titled = async (title: string, write: (text: string) => Promise<void>) => {
    await write(good.replace('The bridge on Main Street', title))
    const now = () => stories.library().story('bridge')?.title
    await vi.waitFor(() => expect(now()).toBe(title), { timeout: 20_000, interval: 20 })
  }
  const edit = (text: string) => writeFile(path, text)

  await titled('Saved safely', async text => {
    await writeFile(`${path}.new`, text)
    await rename(`${path}.new`, path)
  })
  await titled('Saved in place', edit)
  await titled('In another folder', async text => {
    await cp(join(folder, 'stories'), join(folder, 'next'), { recursive: true })
    await writeFile(join(folder, 'next/bridge/story.md'), text)
    await rm(join(folder, 'stories'), { recursive: true })
    await rename(join(folder, 'next'), join(folder, 'stories'))
  })
  await titled('In place again', edit)
  await titled('All of it was replaced', async text => {
    await rename(folder, `${folder}.old`)
    await cp(`${folder}.old`, folder, { recursive: true })
    await rm(`${folder}.old`, { recursive: true })
    await edit(text)
  })
  await titled('And in place once more', edit)
})

test('a folder behind a link that is switched is seen within seconds, and so are edits behind links in it', {
  timeout: 60_000,
}, async () => {
  const titled = (title: string) =>
    withChangedFile(storyFiles('bridge'), 'story.md', text =>
      text.replace('The bridge on Main Street', title),
    )
  const first = await createContentFolder(titled('First release'))
  const second = await createContentFolder(titled('Second release'))
  await rename(join(second, 'stories/bridge'), join(second, 'shelf'))
  await symlink('../shelf', join(second, 'stories/bridge'))
  const current = join(await createContentFolder(), 'current')
  await symlink(first, current)
  const stories = await openLiveContent(current)
  const onFailed = vi.fn()
  stops.push(stories.watch({ onChanged: () => {}, onFailed }))
  const title = () => stories.library().story('bridge')?.title
  const isSeen = (wanted: string) =>
    vi.waitFor(() => expect(title()).toBe(wanted), { timeout: 20_000, interval: 20 })
  expect(title()).toBe('First release')
  const switchTo = async (folder: string) => {
    await symlink(folder, `${current}.new`)
    await rename(`${current}.new`, current)
  }
  await switchTo(second)
  await isSeen('Second release')
  await writeFile(
    join(second, 'shelf/story.md'),
    titled('Behind the link').find(({ path }) => path.endsWith('story.md'))!.text,
  )
  await isSeen('Behind the link')
  await rm(current)
  await new Promise(resolve => setTimeout(resolve, 1_500))
  await switchTo(first)
  await isSeen('First release')
})
