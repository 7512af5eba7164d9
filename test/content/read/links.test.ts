import { execFileSync } from 'node:child_process'
import { chmod, cp, mkdir, rename, rm, symlink, unlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { check } from '../../../src/check/check.ts'
import { readFolder } from '../../../src/content/read/folder.ts'
import { listFiles } from '../../../src/content/read/list-files.ts'
import { createContentFolder, withReadOnlyFolder } from '../../support/content/content-folder.ts'
import { storyFiles } from '../../support/content/story-files.ts'
import { temporaryFolder } from '../../support/start-process.ts'

const create = () => createContentFolder(storyFiles('bridge'), storyFiles('tunnel'))
const found = async (folder: string) => {
  const { problems, content } = await check(folder)
  return {
    stories: content.stories.map(({ slug }) => slug),
    problems: problems.map(
      ({ file, line, message }) => `${file.slice(folder.length + 1)}:${line} ${message}`,
    ),
  }
}
const link = (target: string, folder: string, path: string) => symlink(target, join(folder, path))

test('links to folders and files inside the content folder are followed, from whatever link the folder is reached', async () => {
  const folder = await create()
  await mkdir(join(folder, 'archive'))
  await rename(join(folder, 'stories/tunnel'), join(folder, 'archive/2025'))
  await link('../archive/2025', folder, 'stories/tunnel')
  await rename(join(folder, 'stories/bridge/facts.yml'), join(folder, 'archive/facts.yml'))
  await link('../../archive/facts.yml', folder, 'stories/bridge/facts.yml')
  expect(await found(folder)).toEqual({ stories: ['bridge', 'tunnel'], problems: [] })
  const current = join(temporaryFolder(), 'current')
  await symlink(folder, current)
  expect(await found(current)).toEqual({ stories: ['bridge', 'tunnel'], problems: [] })
})

test('a folder that Kubernetes mounts is read: each name in it is a link into a hidden folder that is switched', async () => {
  const folder = await create()
  await mkdir(join(folder, '..2026_11_30'))
  await rename(join(folder, 'stories'), join(folder, '..2026_11_30/stories'))
  await link('..2026_11_30', folder, '..data')
  await link('..data/stories', folder, 'stories')
  expect(await found(folder)).toEqual({ stories: ['bridge', 'tunnel'], problems: [] })
})

/** What is in the way of a story or a file, and how it is named. */
const OBSTACLES: [
  what: string,
  path: string,
  make: (folder: string, path: string) => unknown,
  problem: RegExp,
][] = [
  [
    'a linked story folder from elsewhere',
    'stories/away',
    async (folder, path) => {
      const away = temporaryFolder()
      await cp(join(folder, 'stories/bridge'), away, { recursive: true })
      await symlink(away, path)
    },
    /^stories\/away:1 is a link to a place outside the content folder: put a copy here/,
  ],
  [
    'a link to a secret',
    'stories/bridge/sources/paper.txt',
    async (folder, path) => {
      await writeFile(`${folder}.env`, 'SLACK_BOT_TOKEN=topsecret')
      await symlink(`${folder}.env`, path)
    },
    /^stories\/bridge\/sources\/paper\.txt:1 is a link to a place outside/,
  ],
  [
    'a link that goes out and in again',
    'stories/away',
    (folder, path) => symlink(`${folder}/../../etc`, path),
    /outside|not there/,
  ],
  [
    'a link to a missing file',
    'stories/bridge/people.yml',
    (_, path) => symlink('nowhere.yml', path),
    /people\.yml:1 is a link to something that is not there/,
  ],
  [
    'a link to a missing story',
    'stories/away',
    (_, path) => symlink('../gone', path),
    /^stories\/away:1 is a link to something that is not there/,
  ],
  [
    'a link to itself',
    'stories/away',
    (_, path) => symlink('away', path),
    /^stories\/away:1 is a link that leads back to itself/,
  ],
  [
    'a link to a folder around it',
    'stories/bridge/again',
    (_, path) => symlink('..', path),
    /^stories\/bridge\/again:1 is a link to a folder around it/,
  ],
  [
    'a pipe',
    'stories/bridge/sources/paper.txt',
    (_, path) => execFileSync('mkfifo', [path]),
    /paper\.txt:1 is no file but a pipe/,
  ],
  [
    'a link to a device',
    'stories/bridge/sources/paper.txt',
    (_, path) => symlink('/dev/zero', path),
    /paper\.txt:1 is a link to a place outside/,
  ],
  [
    'a folder named like a file',
    'stories/bridge/sources/paper.txt',
    async (_, path) => {
      await mkdir(path)
      await writeFile(join(path, 'story.md'), 'x')
    },
    /paper\.txt:1 is a folder with the name of a file/,
  ],
  [
    'a file that is too large',
    'stories/bridge/sources/paper.txt',
    (_, path) => writeFile(path, Buffer.alloc(10_000_001, 'a')),
    /paper\.txt:1 is larger than 10 MB/,
  ],
]

test.each(OBSTACLES)(
  '%s is one problem, and nothing else is lost',
  { timeout: 60_000 },
  async (_, path, make, problem) => {
    const folder = await create()
    const before = (await listFiles(folder)).files.map(file => file.path)
    await rm(join(folder, path), { force: true })
    await make(folder, join(folder, path))
    const { stories, problems } = await found(folder)
    expect(problems).toEqual([expect.stringMatching(problem)])
    expect(stories).toContain(path.includes('bridge') ? 'tunnel' : 'bridge')
    const after = (await listFiles(folder)).files.map(file => file.path)
    expect(after).toEqual(expect.arrayContaining(before.filter(file => file !== path)))
    const { files } = await readFolder(folder)
    expect(JSON.stringify(files)).not.toContain('topsecret')
  },
)

test('what may not be read is one problem each', { timeout: 60_000 }, async () => {
  const folder = await create()
  await chmod(join(folder, 'stories/bridge/people.yml'), 0o000)
  await writeFile(join(folder, 'stories/tunnel/quotes.yml.bak'), '')
  await withReadOnlyFolder(folder, async () => {
    const { problems } = await found(folder)
    expect(problems).toEqual([
      expect.stringMatching(/^stories\/bridge\/people\.yml:1 cannot be read \(EACCES\): give the user/),
    ])
  })
  await chmod(join(folder, 'stories/bridge/people.yml'), 0o644)
})

test('what is hidden or not in stories/ is nobody’s business, whatever it is', async () => {
  const folder = await create()
  await link('/etc/passwd', folder, 'README.md')
  await link('../nowhere', folder, 'docs')
  await link('user@host.1234', folder, 'stories/bridge/.#story.md')
  await unlink(join(folder, 'docs'))
  await link('/etc', folder, 'docs')
  expect((await found(folder)).problems).toEqual([])
})
