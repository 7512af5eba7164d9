import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../support/start-process.ts'

const ROOT = new URL('../..', import.meta.url).pathname

/** Runs a verb with a data folder and a place for temporary files of its own. */
function run(dataDir: string, ...args: string[]) {
  const temporary = temporaryFolder()
  const env = { PATH: process.env.PATH, HOME: process.env.HOME, TMPDIR: temporary, DATA_DIR: dataDir }
  let out = ''
  try {
    out = execFileSync('node', ['src/cli.ts', ...args], { cwd: ROOT, env, encoding: 'utf8', stdio: 'pipe' })
  } catch {
    // The doctor ends with a code of its own.
  }
  return { out, temporary: readdirSync(temporary) }
}

/** The names of the files in which code is kept: as many as modules were compiled. */
const kept = (dataDir: string) =>
  readdirSync(join(dataDir, 'compile-cache'), { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(({ name }) => name)

test('compiled code is kept in the data folder, that of threads too, and nowhere that others may write', () => {
  const dataDir = temporaryFolder()
  const words = run(dataDir, 'ask', '/quote sessions')
  expect(words.out).toContain('Sessions')
  expect(words.temporary).toEqual([])
  const before = kept(dataDir)
  expect(before.length).toBeGreaterThan(50)
  const card = run(dataDir, 'ask', '/quote sessions --card', '--save', join(dataDir, 'card.png'))
  expect(card.temporary).toEqual([])
  expect(existsSync(join(dataDir, 'card.png'))).toBe(true)
  // The thread that paints compiles modules that nothing else does.
  expect(kept(dataDir).length).toBeGreaterThan(before.length + 5)
})

test('the doctor keeps none, and where the data folder cannot be written none is kept elsewhere', () => {
  const dataDir = temporaryFolder()
  expect(run(dataDir, 'doctor').temporary).toEqual([])
  expect(readdirSync(dataDir)).toEqual([])
  const file = join(dataDir, 'file')
  writeFileSync(file, '')
  expect(run(join(file, 'data'), 'ask', '/quote sessions --card', '--save', join(dataDir, 'x.png'))).toEqual({
    out: expect.any(String),
    temporary: [],
  })
  expect(existsSync(join(dataDir, 'x.png'))).toBe(true)
}, 60_000)

test('from the second start on, the entry itself is compiled already; a folder that nobody can make is told by the verb', () => {
  const dataDir = temporaryFolder()
  const entry = (folder: string) => {
    const env = {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      DATA_DIR: folder,
      PORT: '0',
      HOST: '127.0.0.1',
    }
    return spawnSync('node', ['src/nutgraf.js', 'start', '--role', 'nobody'], {
      cwd: ROOT,
      env,
      encoding: 'utf8',
    })
  }
  expect(entry(join(dataDir, 'new')).stderr).toContain('only takes --role')
  const names = (folder: string) => kept(folder).join()
  const first = names(join(dataDir, 'new'))
  expect(first).not.toBe('')
  entry(join(dataDir, 'new'))
  expect(names(join(dataDir, 'new'))).toBe(first)
  const file = join(dataDir, 'file')
  writeFileSync(file, '')
  expect(entry(join(file, 'data')).status).not.toBe(0)
  expect(readdirSync(dataDir).sort()).toEqual(['file', 'new'])
})
