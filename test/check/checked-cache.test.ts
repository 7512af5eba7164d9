import { cpSync, mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { keeper } from '../../src/check/checked-cache.ts'
import { scratch } from '../support/start-process.ts'

const FILES = [{ path: 'stories/a/story.md', origin: 'content/stories/a/story.md', text: 'A' }]
const CONTENT = { stories: [], digests: [] }

test('content counts only for the same files, and undamaged', () => {
  const file = join(scratch(), 'deep', 'content.kept')
  expect(keeper(file).recall(FILES)).toBeUndefined()
  keeper(file).keep(FILES, CONTENT)
  expect(keeper(file).recall(FILES)).toEqual(CONTENT)
  expect(keeper(file).recall([{ ...FILES[0]!, text: 'B' }])).toBeUndefined()
  expect(keeper(file).recall([])).toBeUndefined()
  const bytes = readFileSync(file)
  bytes[bytes.length - 1]! ^= 1
  writeFileSync(file, bytes)
  expect(keeper(file).recall(FILES)).toBeUndefined()
})

test('a program in a folder with a blank in its name remembers too, until it or its packages change', async () => {
  const program = join(scratch(), 'my bot')
  mkdirSync(join(program, 'src/check'), { recursive: true })
  cpSync('src/check/checked-cache.ts', join(program, 'src/check/checked-cache.ts'))
  cpSync('package.json', join(program, 'package.json'))
  const other = (await import(join(program, 'src/check/checked-cache.ts'))) as { keeper: typeof keeper }
  const kept = other.keeper(join(program, 'content.kept'))
  kept.keep(FILES, CONTENT)
  expect(kept.recall(FILES)).toEqual(CONTENT)
  utimesSync(join(program, 'package.json'), 1, 1)
  expect(kept.recall(FILES)).toBeUndefined()
})

test('where it cannot be written, nothing is left and nothing fails', () => {
  const folder = scratch()
  mkdirSync(join(folder, 'content.kept'))
  keeper(join(folder, 'content.kept')).keep(FILES, CONTENT)
  expect(readdirSync(folder)).toEqual(['content.kept'])
})
