import { existsSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { diagnoseDataFolder } from '../../src/doctor/disk.ts'
import { checkDataFolder, makeFolder } from '../../src/store/data-folder.ts'
import { startProcess, temporaryFolder } from '../support/start-process.ts'

/** Folders in which nothing can be kept, and what is said of each. */
const useless: { title: string; folder(): string; says: RegExp; doctorSees?: true }[] = [
  {
    title: 'a file',
    folder: () => fileIn(temporaryFolder()),
    says: /which is a file and no folder/,
    doctorSees: true,
  },
  {
    title: 'a folder in a file',
    folder: () => join(fileIn(temporaryFolder()), 'deep/er'),
    says: /which lies in a file/,
    doctorSees: true,
  },
  {
    title: 'a link that leads nowhere',
    folder: () => linkTo(join(temporaryFolder(), 'gone')),
    says: /where a link leads to a folder that is not there/,
    doctorSees: true,
  },
  {
    title: 'a folder behind a link that leads nowhere',
    folder: () => join(linkTo(join(temporaryFolder(), 'gone')), 'data'),
    says: /where a link leads to a folder that is not there/,
    doctorSees: true,
  },
  {
    title: 'a name that is too long',
    folder: () => join(temporaryFolder(), 'a'.repeat(300)),
    says: /longer than a path may be/,
    doctorSees: true,
  },
  {
    title: 'a path that is too long',
    folder: () => join(temporaryFolder(), ...Array.from({ length: 1_000 }, () => 'abcd')),
    says: /longer than a path may be/,
  },
  ...(process.platform === 'linux'
    ? [
        { title: 'a folder of the system', folder: () => '/proc/x/y', says: /lets nobody make files there/ },
        {
          title: 'a folder that holds no files',
          folder: () => '/proc/self',
          says: /lets nobody|may not write/,
        },
      ]
    : []),
]

function fileIn(folder: string): string {
  const file = join(folder, 'file')
  writeFileSync(file, '')
  return file
}

function linkTo(target: string): string {
  const link = join(temporaryFolder(), 'link')
  symlinkSync(target, link)
  return link
}

const settings = { databaseUrl: undefined, deskUsers: [], slack: undefined, discord: undefined }

test.each(useless)('a data folder that is $title is refused in one line', ({ folder, says, doctorSees }) => {
  const path = folder()
  const refused = () => checkDataFolder(path)
  expect(refused).toThrow(says)
  expect(refused).toThrow(/^store: DATA_DIR is [^\n]{1,400}\. Set it to a folder [^\n]+$/)
  if (doctorSees) {
    const dataDir = { ...settings, dataDir: path } as unknown as Parameters<typeof diagnoseDataFolder>[0]
    expect(diagnoseDataFolder(dataDir, {})).toMatchObject([{ severity: 'error' }])
  }
})

test('a data folder is made with those that it lies in, and left as it was', () => {
  const folder = join(temporaryFolder(), 'a/b/c')
  checkDataFolder(folder)
  expect(readdirSync(folder)).toEqual([])
  makeFolder(folder)
  expect(existsSync(folder)).toBe(true)
})

test.runIf(process.platform === 'linux')(
  'a start with a data folder that cannot be made ends at once',
  async () => {
    for (const DATA_DIR of ['/proc/x', fileIn(temporaryFolder())]) {
      const { ended, err, out } = startProcess(['node', 'src/cli.ts', 'start'], { DATA_DIR })
      expect(await ended).toBe(1)
      expect(out() + err()).toMatch(/^store: DATA_DIR is [^\n]+\n$/)
    }
  },
)
