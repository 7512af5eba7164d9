import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { check } from '../../src/check/check.ts'
import { openLiveContent } from '../../src/check/live-content.ts'
import { createContentFolder } from '../support/content/content-folder.ts'
import { storyFiles } from '../support/content/story-files.ts'
import { temporaryFolder } from '../support/start-process.ts'

const feeds = (...names: string[]) =>
  names.map(name => `- { name: ${name}, outlet: ${name}, url: "https://${name}.example/" }\n`).join('')
const feedFile = (text: string) => ({ path: 'feeds.yml', origin: 'content/feeds.yml', text })
const soon = { timeout: 20_000, interval: 20 }

test('feeds are followed while a bot runs; of a broken file, the last good ones stay in use', async () => {
  const folder = await createContentFolder(storyFiles('bridge'), [feedFile(feeds('wqad'))])
  const stories = await openLiveContent(folder, { willWatch: true })
  onTestFinished(stories.watch({ onChanged: vi.fn(), onFailed: vi.fn() }))
  const names = () => stories.library().feeds.map(({ name }) => name)
  expect(names()).toEqual(['wqad'])
  const first = stories.library().feeds
  await writeFile(
    join(folder, 'digests.yml'),
    '- { name: morning, title: Morning, time: 07:30, days: daily }\n',
  )
  await vi.waitFor(() => expect(stories.library().digests).toHaveLength(1), soon)
  // Whoever polls feeds looks for what is new in another list alone.
  expect(stories.library().feeds).toBe(first)
  await writeFile(join(folder, 'feeds.yml'), feeds('wqad', 'ap'))
  await vi.waitFor(() => expect(names()).toEqual(['wqad', 'ap']), soon)
  await writeFile(join(folder, 'feeds.yml'), '- { name: wqad }\n')
  await vi.waitFor(() => expect(stories.problems().join()).toMatch(/feeds\.yml:1/), soon)
  expect(names()).toEqual(['wqad', 'ap'])
  await writeFile(join(folder, 'feeds.yml'), '')
  await vi.waitFor(() => expect(names()).toEqual([]), soon)
  expect(stories.problems()).toEqual([])
})

test('feeds are kept over a restart, with what else passed its checks', async () => {
  const folder = await createContentFolder(storyFiles('bridge'), [feedFile(feeds('wqad'))])
  const keep = { file: join(await temporaryFolder(), 'content.sqlite'), program: 'test' }
  const names: string[][] = []
  for (let start = 0; start < 2; start++) {
    const stories = await openLiveContent(folder, { keep })
    names.push(stories.library().feeds.map(({ name }) => name))
    await stories.close()
    await writeFile(join(folder, 'feeds.yml'), '- { name: wqad, url: "https://wqad.example/" }\n')
  }
  expect(names).toEqual([['wqad'], ['wqad']])
  expect((await check(folder)).problems.map(({ file }) => file)).toEqual([join(folder, 'feeds.yml')])
})
