import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { writeContentCopies } from '../../bench/content-copies.ts'
import { saveAWord } from '../../bench/size/save-a-word.ts'
import { check } from '../../src/check/check.ts'
import { temporaryFolder } from '../support/start-process.ts'

function writeCopies(count: number, seed?: number) {
  const folder = temporaryFolder()
  return { folder, copies: writeContentCopies(count, folder, seed) }
}

const readAll = (folder: string) =>
  globSync('**/*.{md,yml,txt}', { cwd: folder })
    .sort()
    .map(path => ({ path, text: readFileSync(join(folder, path), 'utf8') }))

test('copies of the bundled story pass every check, also after a word was saved', async () => {
  const { folder, copies } = writeCopies(3)
  for (const file of ['story.md', 'quotes.yml'] as const) for (const copy of copies) saveAWord(copy, file)
  const { problems, content } = await check(folder, {})
  expect(problems).toEqual([])
  expect(content.stories.map(story => story.quotes.length)).toEqual([41, 41, 41])
}, 60_000)

test('the first is the bundled story itself, and no two have the same people or the same text', () => {
  const { folder, copies } = writeCopies(12)
  expect(copies[0]).toMatchObject({ slug: 'lawsuit', line: '/lawsuit' })
  const bundled = new URL('../../content/stories/lawsuit', import.meta.url).pathname
  expect(readAll(copies[0]!.folder)).toEqual(readAll(bundled))
  for (const file of ['story.md', 'people.yml', 'quotes.yml', 'timeline.yml', 'facts.yml', 'sources.yml']) {
    const texts = copies.map(copy => readFileSync(join(copy.folder, file), 'utf8'))
    expect(new Set(texts).size).toBe(copies.length)
    expect(
      new Set(
        texts
          .slice(1)
          .map(text => text.length - (file === 'story.md' ? text.match(/^command: .*/m)![0].length : 0)),
      ).size,
    ).toBe(1)
  }
  expect(readFileSync(join(folder, 'digests.yml'), 'utf8')).toContain('name: morning')
})

test('the same seed writes the same bytes, and another seed other ones', () => {
  const [one, again, other] = [writeCopies(3, 7), writeCopies(3, 7), writeCopies(3, 8)]
  expect(readAll(again.folder)).toEqual(readAll(one.folder))
  expect(readAll(other.folder)).not.toEqual(readAll(one.folder))
})
