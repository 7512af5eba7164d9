import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { draftName } from '../../src/cli/draft-name.ts'
import { importPages } from '../../src/cli/import.ts'
import { type Config, readConfig } from '../../src/config.ts'
import { stopReadingPages } from '../../src/import/page/read-page.ts'
import { COMPILE_CACHE } from '../support/compile-cache.ts'
import { createContentFolder } from '../support/content/content-folder.ts'
import { storyFiles } from '../support/content/story-files.ts'
import { temporaryFolder } from '../support/start-process.ts'
import { startFeedServer } from '../support/wire/feed-server.ts'

const root = new URL('../..', import.meta.url).pathname
const SEED = join(root, 'test/support/pages/wqad.html')
const NAME = 'chicago-set-to-become-first-city'
const TEXT = 'Levy fails again\n\n"We heard them," Superintendent Maria Ortiz said on Tuesday night.\n'

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
afterEach(() => vi.restoreAllMocks())
afterAll(stopReadingPages)

async function settings(env: Record<string, string> = {}): Promise<Config> {
  const folder = await createContentFolder(storyFiles('bridge'))
  const read = readConfig({ DATA_DIR: temporaryFolder(), CONTENT_DIR: folder, ...env })
  if ('problems' in read) throw new Error(read.problems.join('\n'))
  return read.config
}
const run = (config: Config, ...args: string[]) => importPages(config, '1.2.3', args)

/** All files below a folder, each with its text. */
const contentOf = (folder: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter(entry => entry.isFile())
      .map(entry => join(entry.parentPath, entry.name))
      .map(path => [path.slice(folder.length + 1), readFileSync(path, 'utf8')]),
  )

describe('import', () => {
  test('makes a draft of a page, says what to look at, and never writes over anything', async () => {
    const config = await settings()
    expect(await run(config, SEED)).toBe(0)
    const [first, ...report] = out.trimEnd().split('\n')
    expect(first).toBe(
      `drafts/${NAME}: 305 words · 5 quotations · WQAD · 2017-08-06 (the page’s data). Nothing of it is served.`,
    )
    expect(report.length).toBeGreaterThan(1)
    for (const line of report)
      expect(line).toMatch(/^(?:probably wrong|to decide|good to know|left out of the text): \S/)
    expect(report).toContain('left out of the text: Read more: Four more cities are told to open their jails')
    const files = contentOf(join(config.contentDir, 'drafts', NAME))
    expect(files['quotes.yml']).toContain('Chicago will never relinquish our status as a welcoming city.')
    const stored = Object.entries(files).find(([path]) => path.startsWith('sources/'))?.[1]
    expect(stored).toContain(
      'So far, Chicago is the only city to sue the Trump administration over this issue.',
    )
    expect(stored).not.toContain('outdated browser')

    // The second time it refuses, and changes nothing.
    const before = contentOf(config.contentDir)
    await expect(run(config, SEED)).rejects.toThrow(
      /drafts\/\S+ is there already. Name another one with --as/,
    )
    await expect(run(config, SEED, '--as', 'bridge')).rejects.toThrow(
      'Nothing was written: there is a story “bridge”. Add to it with --into bridge, or name another one with --as.',
    )
    expect(contentOf(config.contentDir)).toEqual(before)
    expect(await run(config, SEED, '--as', 'welcoming')).toBe(0)
    expect(readdirSync(join(config.contentDir, 'drafts')).sort()).toEqual([NAME, 'welcoming'])
  })

  test('adds to a story without touching its files', async () => {
    const config = await settings()
    const before = contentOf(join(config.contentDir, 'stories'))
    expect(await run(config, SEED, '--into', 'bridge')).toBe(0)
    expect(contentOf(join(config.contentDir, 'stories'))).toEqual(before)
    const [name] = readdirSync(join(config.contentDir, 'drafts'))
    expect(Object.values(contentOf(join(config.contentDir, 'drafts', name!))).join('')).toContain(
      'into: bridge',
    )
    await expect(run(config, SEED, '--into', 'brige')).rejects.toThrow(
      'import: there is no story “brige”; there are: bridge',
    )
  })

  test('makes a draft of each page of a folder; one that is refused keeps no other from being made', async () => {
    const config = await settings()
    const folder = temporaryFolder()
    copyFileSync(SEED, join(folder, 'a.html'))
    writeFileSync(join(folder, 'b.txt'), TEXT)
    writeFileSync(join(folder, 'c.html'), '%PDF-1.7')
    writeFileSync(join(folder, 'notes.md'), 'x')
    mkdirSync(join(folder, 'more.html'))
    expect(await run(config, '--all', folder, '--outlet', 'The Paper')).toBe(1)
    expect(readdirSync(join(config.contentDir, 'drafts')).sort()).toEqual([NAME, 'levy-fails-again'])
    expect(out).toMatch(/^b\.txt: drafts\/levy-fails-again: 10 words · 1 quotation · The Paper · no date\./m)
    expect(out).toContain('2 drafts written, 1 refused; 1 other file left alone.')
    expect(err).toBe(
      'c.html: The page was not read: it is neither a web page nor plain text (a PDF: copy its text into a .txt file).\n',
    )
  })

  test('fetches a page, from the own network only where the settings allow it', async () => {
    const server = await startFeedServer()
    server.answer('/levy.txt', res => res.writeHead(200, { 'content-type': 'text/plain' }).end(TEXT))
    const address = `${server.origin}/levy.txt`
    await expect(run(await settings(), '--url', address)).rejects.toThrow(
      'The page was not read: its address is not one of the public internet.',
    )
    expect(server.calls).toEqual([])
    expect(await run(await settings({ FEED_HOSTS: `127.0.0.1:${server.port}` }), '--url', address)).toBe(0)
    expect(out).toContain('drafts/levy-fails-again: ')
    expect(server.calls.map(({ headers }) => headers['user-agent'])).toEqual(['nutgraf/1.2.3'])
  })

  test('refuses a file of 100 MB, and what it does not understand, with what to do', async () => {
    const config = await settings()
    const large = join(temporaryFolder(), 'large.html')
    writeFileSync(large, '')
    truncateSync(large, 100_000_000)
    await expect(run(config, large)).rejects.toThrow('it is larger than 10 MB')
    await expect(run(config, SEED, SEED)).rejects.toThrow('name one file')
    await expect(run(config, '--all', '.', '--as', 'x')).rejects.toThrow('leave these and --as out')
    await expect(run(config, SEED, '--as', 'Big Bridge')).rejects.toThrow('--as needs up to 32 small letters')
    expect(await run(config)).toBe(2)
    expect(err).toContain('nutgraf import <file|->')
    expect(readdirSync(config.contentDir)).not.toContain('drafts')
  })

  test('reads standard input, as npm starts it', async () => {
    const config = await settings()
    const { PATH, HOME } = process.env
    const env = {
      PATH,
      HOME,
      NODE_COMPILE_CACHE: COMPILE_CACHE,
      CONTENT_DIR: config.contentDir,
      DATA_DIR: config.dataDir,
    }
    const { status, stdout, stderr } = spawnSync('node', ['src/cli.ts', 'import', '-'], {
      cwd: root,
      env,
      input: TEXT,
      encoding: 'utf8',
    })
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(stdout).toContain('drafts/levy-fails-again: 10 words · 1 quotation · no date.')
  })
})

test.each([
  ['Chicago set to become first city in U.S. to sue', 'x.html', 'chicago-set-to-become-first-city'],
  ['The mayor’s “No”', 'x.html', 'the-mayors-no'],
  ['Café Zürich', '-', 'cafe-zurich'],
  ['Снова нет', '/tmp/levy 2.html', 'levy-2'],
  ['Donaudampfschifffahrtselektrizitäten', 'a/b.txt', 'b'],
  [undefined, '-', 'page'],
])('a draft of %s in %s is called %s', (title, file, name) => {
  expect(draftName(title, file)).toBe(name)
})
