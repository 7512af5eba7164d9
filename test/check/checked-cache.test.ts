import { cpSync, mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { checkedCache } from '../../src/check/checked-cache.ts'
import { temporaryFolder } from '../support/start-process.ts'

const FILES = [{ path: 'stories/a/story.md', origin: 'content/stories/a/story.md', text: 'A' }]
const CONTENT = { stories: [], digests: [] }

test('content counts only for the same files, and undamaged', () => {
  const file = join(temporaryFolder(), 'deep', 'content.kept')
  expect(checkedCache(file).get(FILES)).toBeUndefined()
  checkedCache(file).put(FILES, CONTENT)
  expect(checkedCache(file).get(FILES)).toEqual(CONTENT)
  expect(checkedCache(file).get([{ ...FILES[0]!, text: 'B' }])).toBeUndefined()
  expect(checkedCache(file).get([])).toBeUndefined()
  const bytes = readFileSync(file)
  bytes[bytes.length - 1]! ^= 1
  writeFileSync(file, bytes)
  expect(checkedCache(file).get(FILES)).toBeUndefined()
})

test('a program in a folder with a blank in its name remembers too, until it or its packages change', async () => {
  const program = join(temporaryFolder(), 'my bot')
  mkdirSync(join(program, 'src/check'), { recursive: true })
  cpSync('src/check/checked-cache.ts', join(program, 'src/check/checked-cache.ts'))
  cpSync('package.json', join(program, 'package.json'))
  const other = (await import(join(program, 'src/check/checked-cache.ts'))) as {
    checkedCache: typeof checkedCache
  }
  const kept = other.checkedCache(join(program, 'content.kept'))
  kept.put(FILES, CONTENT)
  expect(kept.get(FILES)).toEqual(CONTENT)
  utimesSync(join(program, 'package.json'), 1, 1)
  expect(kept.get(FILES)).toBeUndefined()
})

test('where it cannot be written, nothing is left and nothing fails', () => {
  const folder = temporaryFolder()
  mkdirSync(join(folder, 'content.kept'))
  checkedCache(join(folder, 'content.kept')).put(FILES, CONTENT)
  expect(readdirSync(folder)).toEqual(['content.kept'])
})
