import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeEach, expect, test, vi } from 'vitest'
import { check } from '../../../src/cli/check.ts'
import { story } from '../../../src/cli/story/story.ts'
import { readConfig } from '../../../src/config.ts'
import { stopReadingPages } from '../../../src/import/page/read-page.ts'
import { afterEachTest } from '../../support/after-each.ts'
import { createContentFolder } from '../../support/content/content-folder.ts'
import { libraryFromFiles, storyFiles } from '../../support/content/story-files.ts'
import { article, drafted, found, VIADUCT } from '../../support/import/drafted.ts'
import { temporaryFolder } from '../../support/start-process.ts'

let out = ''
let err = ''
beforeEach(() => {
  out = ''
  err = ''
  vi.spyOn(process.stdout, 'write').mockImplementation(text => {
    out += String(text)
    return true
  })
  vi.spyOn(process.stderr, 'write').mockImplementation(text => {
    err += String(text)
    return true
  })
})
afterEachTest(() => void vi.restoreAllMocks())
afterAll(stopReadingPages)

const BRIDGE = storyFiles('bridge')
const SUMMARY = `## Summary

A worn-out viaduct is shut for repairs. [1]

## Status

Work is to begin soon. [1]
`

function settings(folder: string) {
  const read = readConfig({ DATA_DIR: temporaryFolder(), CONTENT_DIR: folder })
  if ('problems' in read) throw new Error(read.problems.join('\n'))
  return read.config
}

/** A content folder with the bridge story and a draft, and what runs the verb there. */
async function withDraft(draft = drafted()) {
  const folder = await createContentFolder(BRIDGE)
  for (const { path, text } of draft.files) {
    await mkdir(join(folder, path, '..'), { recursive: true })
    await writeFile(join(folder, path), text)
  }
  const config = settings(folder)
  const run = (...args: string[]) => {
    out = ''
    err = ''
    return story(config, '1', args)
  }
  const read = (path: string) => readFileSync(join(folder, path), 'utf8')
  const write = (path: string, text: string) => writeFile(join(folder, path), text)
  return { folder, config, run, read, write }
}

const writeSummary = (page: string) => page.slice(0, page.indexOf('## Summary')) + SUMMARY

test('a draft is published after the summary, the status and the ticks, and then passes the check', async () => {
  const { folder, config, run, read, write } = await withDraft()
  expect(await run('publish', 'viaduct')).toBe(1)
  expect(err).toContain('drafts/viaduct/story.md:13 “Summary” is still to be written')
  expect(err).toContain('not ticked: okapi-1, man-1, 1931-1,')
  expect(existsSync(join(folder, 'stories/viaduct'))).toBe(false)

  await write('drafts/viaduct/story.md', writeSummary(read('drafts/viaduct/story.md')))
  expect(await run('tick', 'viaduct', 'sure')).toBe(0)
  expect(out).toContain('Not ticked: man-1 (not sure), 2026-08-10-1 (not sure)')
  expect(await run('publish', 'viaduct')).toBe(1)
  expect(err).toContain('not ticked: man-1, 2026-08-10-1')
  expect(await run('tick', 'viaduct', 'man-1')).toBe(0)
  expect(await run('publish', 'viaduct', '--leave-out')).toBe(0)
  expect(out).toContain('Left out: 2026-08-10-1')

  expect(readdirSync(join(folder, 'stories/viaduct')).sort()).toEqual([
    'people.yml',
    'quotes.yml',
    'sources',
    'sources.yml',
    'story.md',
    'timeline.yml',
  ])
  expect(readdirSync(join(folder, 'drafts'))).toEqual([])
  expect(read('stories/viaduct/sources/1.txt')).toBe(VIADUCT)
  expect(read('stories/viaduct/story.md')).not.toContain('draft')
  expect(read('stories/viaduct/quotes.yml')).not.toMatch(/tick|sure:/)
  expect(await check(config)).toBe(0)
  expect(out).toContain('2 stories')
})

test('nothing is written over: neither a story nor a draft', async () => {
  const { folder, run } = await withDraft()
  await expect(run('new', 'bridge')).rejects.toThrow('there is a story “bridge”')
  await expect(run('new', 'viaduct')).rejects.toThrow('is there already')
  await expect(run('new', 'No Name')).rejects.toThrow('small letters')
  await mkdir(join(folder, 'stories/viaduct'))
  await run('tick', 'viaduct', 'sure')
  expect(await run('publish', 'viaduct', '--leave-out')).toBe(1)
  expect(readdirSync(join(folder, 'stories/viaduct'))).toEqual([])
})

test('an empty draft says in comments what goes where, and what is left', async () => {
  const { run, read } = await withDraft()
  expect(await run('new', 'tunnel')).toBe(0)
  expect(read('drafts/tunnel/quotes.yml')).toContain('# - id: mayor-1')
  expect(await run('publish', 'tunnel')).toBe(1)
  expect(err.match(/still to be written/g)).toHaveLength(4)
  expect(await run('drafts')).toBe(0)
  expect(out).toContain(
    '2 drafts are not shown: drafts/tunnel (0 of 0 entries ticked, 4 left to do, 1 problem), drafts/viaduct (0 of 6',
  )
})

test('an entry that is not there, and a draft that is not there, are named with those that are', async () => {
  const { run } = await withDraft()
  expect(await run('tick', 'viaduct', 'okapi-1', 'okapi-9')).toBe(1)
  expect(err).toContain('There is no entry “okapi-9”')
  expect(err).toContain('okapi-1, man-1 (not sure)')
  await expect(run('tick', 'tunnel', 'sure')).rejects.toThrow(
    'There is no draft “tunnel”. There are: viaduct',
  )
})

test('a ticked quotation whose speaker nobody knows is not published', async () => {
  const draft = drafted({ quotations: [found(VIADUCT, 'Nobody was.', { named: 'he', sure: false })] })
  const { run, read, write } = await withDraft(draft)
  await write('drafts/viaduct/story.md', writeSummary(read('drafts/viaduct/story.md')))
  await run('tick', 'viaduct', 'he-1')
  expect(await run('publish', 'viaduct', '--leave-out')).toBe(1)
  expect(err).toContain('quotes.yml:3 quote “he-1” is ticked, and its speaker is not known')
})

test('additions are written into the lists of their story, by date, and not twice after a break', async () => {
  const bridge = libraryFromFiles(BRIDGE).story('bridge')!
  const text =
    '“It stays shut,” said Zed Okapi, a guard.\nThe city locked the gates on May 3, 2026, at noon.\n'
  const draft = drafted({
    article: article({ text, published: { date: '2026-05-04', from: 'meta', sure: true } }),
    quotations: [found(text, 'It stays shut,', { speaker: 'Zed Okapi', role: 'a guard' })],
    slug: 'post',
    into: bridge,
  })
  const { folder, config, run, read, write } = await withDraft(draft)
  expect(await run('tick', 'bridge--post', 'sure')).toBe(0)
  const drafts = draft.files.map(({ path }) => [path, read(path)] as const)
  // The machine stopped before the last file was written.
  const quotes = read('stories/bridge/quotes.yml')
  expect(await run('publish', 'bridge--post')).toBe(0)
  await write('stories/bridge/quotes.yml', quotes)
  for (const [path, text] of drafts) {
    await mkdir(join(folder, path, '..'), { recursive: true })
    await write(path, text)
  }
  expect(await run('publish', 'bridge--post')).toBe(0)
  expect(out).toBe('3 entries added to the story “bridge”.\n')
  expect(await check(config)).toBe(0)
  const count = (file: string, words: string) => read(`stories/bridge/${file}`).split(words).length - 1
  expect(count('sources.yml', 'Okapi Post')).toBe(2)
  expect(count('quotes.yml', 'It stays shut,')).toBe(1)
  expect(count('timeline.yml', 'locked the gates')).toBe(1)
  expect(read('stories/bridge/sources/3.txt')).toBe(text)
  expect(existsSync(join(folder, 'drafts/bridge--post'))).toBe(false)
})

test('the check lists what is wrong with drafts, and passes all the same', async () => {
  const { config, write, read } = await withDraft()
  await write(
    'drafts/viaduct/quotes.yml',
    read('drafts/viaduct/quotes.yml').replace('has to rest', 'may rest'),
  )
  await write(
    'drafts/viaduct/timeline.yml',
    read('drafts/viaduct/timeline.yml').replace('tick: no', 'tick: maybe'),
  )
  out = ''
  expect(await check(config)).toBe(0)
  expect(out).toContain('1 story')
  expect(out).toMatch(/drafts\/viaduct\/quotes\.yml:10 quote “okapi-1”: the words differ from line 3/)
  expect(out).toMatch(/drafts\/viaduct\/timeline\.yml:4 .*must be yes or no/)
  expect(out).toContain(
    '1 draft is not shown: drafts/viaduct (0 of 5 entries ticked, 4 left to do, 2 problems)',
  )
})

test('a page gives a draft; what it does not say itself can be said', async () => {
  const { folder, run, read } = await withDraft()
  const page = join(folder, 'page.html')
  const paragraphs = VIADUCT.trim()
    .split('\n')
    .map(line => `<p>${line}</p>`)
    .join('\n')
  await writeFile(
    page,
    `<!doctype html><html><head><title>Quagga viaduct</title></head><body><article>${paragraphs}${paragraphs}</article></body></html>`,
  )
  expect(
    await run(
      'new',
      'quagga',
      '--from',
      page,
      '--outlet',
      'Okapi Post',
      '--date',
      '2026-08-07',
      '--rights',
      'CC BY 4.0',
    ),
  ).toBe(0)
  expect(out).toContain('npm run nutgraf -- story publish quagga')
  expect(read('drafts/quagga/sources.yml')).toMatch(/outlet: Okapi Post\n[\s\S]*rights: "?CC BY 4\.0/)
  expect(read('drafts/quagga/quotes.yml')).toContain('speaker: Xenia Okapi')
  await expect(run('new', 'okapi', '--from', page, '--date', 'yesterday')).rejects.toThrow(
    '--date is the day',
  )
  expect(existsSync(join(folder, 'drafts/okapi'))).toBe(false)
})
