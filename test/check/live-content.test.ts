import { rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { check } from '../../src/check/check.ts'
import { BrokenContent, type LiveContent, openLiveContent } from '../../src/check/live-content.ts'
import { createContentFolder } from '../support/content/content-folder.ts'
import { storyFiles, withChangedFile } from '../support/content/story-files.ts'
import { EMBARGO_END, embargoedFiles, SECRETS } from '../support/embargoed-stories.ts'
import { temporaryFolder } from '../support/start-process.ts'

const stops: (() => void)[] = []
afterEach(() => {
  for (const stop of stops.splice(0)) stop()
})

const WITHDRAWAL = { slug: 'bridge', on: '2026-05-05', reason: 'A source asked for it.' }
const slugs = (stories: LiveContent) => stories.library().stories.map(({ slug }) => slug)
const digestFile = (text: string) => ({ path: 'digests.yml', origin: 'content/digests.yml', text })
/** Changes the words of a quotation, so that they are not in its source. */
const misquoted = (files: ReturnType<typeof storyFiles>, words: string) =>
  withChangedFile(files, 'quotes.yml', text => text.replace(words, `Never ${words}`))
const soon = { timeout: 20_000, interval: 20 }

function watched(stories: LiveContent) {
  const onChanged = vi.fn<(problems: string[]) => void>()
  const onVisibleChanged = vi.fn<() => void>()
  stops.push(stories.watch({ onChanged, onVisibleChanged, onFailed: vi.fn() }))
  return { changed: onChanged, opened: onVisibleChanged }
}

describe('when its moment comes', () => {
  test('a story is there for whoever asks first, and the bot hears of it once', async () => {
    let now = EMBARGO_END - 1
    const stories = await openLiveContent(await createContentFolder(embargoedFiles()), { clock: () => now })
    const { changed, opened } = watched(stories)
    const before = stories.library()
    expect(stories.library()).toBe(before)
    expect(slugs(stories)).toEqual(['bridge', 'old-bridge'])
    now = EMBARGO_END
    expect(slugs(stories)).toEqual(['bridge', 'old-bridge', 'secret-merger'])
    expect(stories.library()).toBe(stories.library())
    await vi.waitFor(() => expect(opened).toHaveBeenCalledTimes(1), soon)
    expect(changed).not.toHaveBeenCalled()
  })

  test('the bot hears of it though nobody asks, by the same clock', async () => {
    let began = Number.POSITIVE_INFINITY
    const clock = () => EMBARGO_END - 150 + Math.max(0, Date.now() - began)
    const stories = await openLiveContent(await createContentFolder(embargoedFiles()), { clock })
    expect(slugs(stories)).toEqual(['bridge', 'old-bridge'])
    began = Date.now()
    const visibleSlugs: string[][] = []
    stops.push(
      stories.watch({
        onChanged: vi.fn(),
        onFailed: vi.fn(),
        onVisibleChanged: () => void visibleSlugs.push(slugs(stories)),
      }),
    )
    await vi.waitFor(() => expect(visibleSlugs).toEqual([['bridge', 'old-bridge', 'secret-merger']]), soon)
    expect(clock()).toBeGreaterThanOrEqual(EMBARGO_END)
  })

  test('a moment that is further away than any timer reaches is no trouble', async () => {
    const stories = await openLiveContent(await createContentFolder(embargoedFiles()), { clock: () => 0 })
    const { opened } = watched(stories)
    expect(slugs(stories)).toEqual(['bridge', 'old-bridge'])
    await new Promise(resolve => setTimeout(resolve, 30))
    expect(opened).not.toHaveBeenCalled()
  })

  test('what was checked once is as secret at the next start', async () => {
    const folder = await createContentFolder(embargoedFiles())
    const keep = { file: join(temporaryFolder(), 'content.sqlite'), program: 'this' }
    const open = (at: number) => openLiveContent(folder, { keep, clock: () => at })
    const checked = await open(EMBARGO_END)
    expect(slugs(checked)).toContain('secret-merger')
    // This is read from what was kept.
    const before = await open(EMBARGO_END - 1)
    expect(slugs(before)).toEqual(['bridge', 'old-bridge'])
    expect(JSON.stringify(before.library())).not.toMatch(SECRETS)
    expect((await open(EMBARGO_END)).library().revision).toBe(checked.library().revision)
  })
})

test('the desk takes stories down and puts them back; the same list again changes nothing', async () => {
  const stories = await openLiveContent(
    await createContentFolder(storyFiles('bridge', { meta: { command: 'span' } }), storyFiles('other')),
  )
  const before = stories.library()
  stories.setWithdrawals([])
  expect(stories.library()).toBe(before)
  stories.setWithdrawals([WITHDRAWAL])
  const after = stories.library()
  expect(slugs(stories)).toEqual(['other'])
  expect(after.withdrawal('span')).toEqual({ ...WITHDRAWAL, command: 'span' })
  expect(after.withdrawal('Bridge')).toBe(after.withdrawal('span'))
  expect(after.story('bridge')).toBeUndefined()
  expect(after.revision).not.toBe(before.revision)
  stories.setWithdrawals([{ ...WITHDRAWAL }])
  expect(stories.library()).toBe(after)
  stories.setWithdrawals([])
  expect(slugs(stories)).toEqual(['bridge', 'other'])
  expect(stories.library().revision).toBe(before.revision)
})

describe('a broken folder', () => {
  const front = (meta: object) =>
    storyFiles('bridge', { meta }).find(({ path }) => path.endsWith('/story.md'))!.text

  test('does not keep a story up that is to be taken down', { timeout: 60_000 }, async () => {
    const folder = await createContentFolder(storyFiles('bridge'), storyFiles('other'))
    const stories = await openLiveContent(folder)
    const { changed } = watched(stories)
    await writeFile(join(folder, 'stories/other/quotes.yml'), '- nonsense')
    await vi.waitFor(() => expect(changed).toHaveBeenCalledTimes(1), soon)
    const { on, reason } = WITHDRAWAL
    await writeFile(join(folder, 'stories/bridge/story.md'), front({ withdrawn: { on, reason } }))
    await vi.waitFor(() => expect(changed).toHaveBeenCalledTimes(2), soon)
    expect(changed.mock.lastCall![0]).toEqual([expect.stringMatching(/other\/quotes\.yml:1 /)])
    expect(slugs(stories)).toEqual(['other'])
    expect(stories.library().withdrawal('bridge')).toEqual(WITHDRAWAL)
  })

  const merger = embargoedFiles().filter(({ path }) => path.includes('secret-merger'))
  const wrong = misquoted(merger, 'will fly,')
  const both = [storyFiles('bridge'), storyFiles('other')]
  // Without any embargo, but nobody has seen it yet.
  const plain = wrong.map(file => ({ ...file, text: file.text.replace(/"embargo": "[^"]*",/, '') }))
  // A public story, in which one part is secret.
  const bridge = embargoedFiles().filter(({ path }) => path.startsWith('stories/bridge/'))
  const misspelt = bridge.map(file => ({ ...file, text: file.text.replaceAll('embargo', 'emabrgo') }))
  // A name that two stories claim, and a digest: both problems would name the secret story.
  const claimed = storyFiles('other', { meta: { command: 'merger' } })
  const digest = digestFile('- { name: x, stories: [secret-merge] }')
  const hiddenProblem = '1 problem in a story that is not published yet; npm run check shows it'
  const counted = expect.stringMatching(
    /^\d problems in a story that is not published yet; npm run check shows them$/,
  )
  const cases: [name: string, files: ReturnType<typeof storyFiles>[], problems: unknown[]][] = [
    ['a story under embargo', [...both, wrong], [hiddenProblem]],
    ['a new story', [...both, plain], [hiddenProblem]],
    ['a part under embargo', [misquoted(bridge, 'No budgerigar'), storyFiles('other')], [hiddenProblem]],
    ['an embargo that is misspelt', [misspelt, storyFiles('other')], [counted]],
    [
      'a claimed name',
      [storyFiles('bridge'), claimed, merger, [digest]],
      [expect.not.stringMatching(SECRETS)],
    ],
    [
      'a public story and a secret one',
      [storyFiles('bridge', { meta: { state: 'lost' } }), storyFiles('other'), wrong],
      [expect.stringMatching(/bridge\/story\.md:\d+ state: /), hiddenProblem],
    ],
  ]
  test('names nothing that nobody may see yet', { timeout: 60_000 }, async () => {
    const found = async ([name, files, problems]: (typeof cases)[number]) => {
      const folder = await createContentFolder(...both)
      const stories = await openLiveContent(folder, { clock: () => EMBARGO_END - 1 })
      const { changed } = watched(stories)
      const next = await createContentFolder([digestFile('[]')], ...files)
      await rename(join(next, 'digests.yml'), join(folder, 'digests.yml'))
      await rename(join(folder, 'stories'), join(next, 'old'))
      await rename(join(next, 'stories'), join(folder, 'stories'))
      await vi.waitFor(() => expect([name, ...stories.problems()]).toEqual([name, ...problems]), {
        timeout: 25_000,
        interval: 20,
      })
      expect(changed.mock.lastCall?.[0]).toEqual(stories.problems())
    }
    await Promise.all(cases.map(found))
  })

  test('does not open, and says no more in the log; check says all', async () => {
    const wrong = misquoted(embargoedFiles(), 'will fly,')
    const folder = await createContentFolder(wrong)
    const opening = openLiveContent(folder)
    await expect(opening).rejects.toBeInstanceOf(BrokenContent)
    await expect(opening).rejects.toThrow(
      /^1 problem in a story that is not published yet; npm run check shows it$/,
    )
    expect((await check(folder)).problems[0]!.file).toContain('secret-merger/quotes.yml')
  })
})
