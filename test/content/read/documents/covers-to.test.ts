import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { withCoversTo } from '../../../../src/content/read/documents/covers-to.ts'
import type { Document } from '../../../../src/content/read/documents/document.ts'
import { layOver } from '../../../../src/content/read/documents/lay-over.ts'
import { landedIn, pullInto } from '../../../../src/content/read/documents/pull.ts'
import { readFolder } from '../../../../src/content/read/folder.ts'
import { loadContent } from '../../../../src/content/read/load.ts'
import { createContentFolder, withReadOnlyFolder } from '../../../support/content/content-folder.ts'
import { storyFiles } from '../../../support/content/story-files.ts'

const event = (date: string, more: object = {}): Document => ({
  path: 'stories/bridge/timeline.desk.yml',
  entry: { id: `e-${date}`, date, text: 'It happens.', confidence: 'medium', sources: [1], ...more },
})
const ALL = { reserve: async (documents: Document[]) => documents }

test.each([
  ['---\ntitle: x\ncoversTo: 2026-05-04\n---\n', '---\ntitle: x\ncoversTo: 2026-05-07\n---\n'],
  ['---\r\ncoversTo: "2026-05-04" # ours\r\n---\r\n', '---\r\ncoversTo: "2026-05-07" # ours\r\n---\r\n'],
  [
    '\ufeff---\n{\n "coversTo": "2026-05-04",\n "tags": []\n}\n---\n',
    '\ufeff---\n{\n "coversTo": "2026-05-07",\n "tags": []\n}\n---\n',
  ],
  [
    "---\nnext: 'coversTo: 2026-01-01'\ncoversTo: '2026-05-04'\n---\n",
    "---\nnext: 'coversTo: 2026-01-01'\ncoversTo: '2026-05-07'\n---\n",
  ],
  ['---\ncoversTo: 2026-06-01\n---\n', '---\ncoversTo: 2026-06-01\n---\n'],
  ['---\ntitle: x\n---\n\ncoversTo: 2026-05-04\n', '---\ntitle: x\n---\n\ncoversTo: 2026-05-04\n'],
  ['no front matter, coversTo: 2026-05-04', 'no front matter, coversTo: 2026-05-04'],
])('%j goes as far as the latest event that was added', (text, expected) => {
  expect(withCoversTo(text, [event('2026-05-07'), event('2026-05-05')])).toBe(expected)
})

test('what is expected, under embargo, or in another list moves nothing; of a month its first day counts', () => {
  const text = '---\ncoversTo: 2026-05-04\n---\n'
  const later = [
    event('2026-05-07', { expected: true }),
    event('2026-05-07', { embargo: '2026-05-08T00:00:00Z' }),
    { path: 'stories/bridge/sources.desk.yml', entry: { number: 9, date: '2026-05-09' } },
  ]
  expect(withCoversTo(text, later)).toBe(text)
  expect(withCoversTo(text, [event('2026-06')])).toContain('coversTo: 2026-06-01')
})

test('a later event passes the check, and story.md is the same before and after a pull', async () => {
  const folder = await createContentFolder(storyFiles('bridge'))
  const documents = [event('2026-05-07'), event('2026-05-01')]
  const read = async () => layOver(await readFolder(folder), documents, folder)
  const before = await read()
  const loaded = loadContent(before.files)
  expect(loaded.problems).toEqual([])
  expect(loaded.stories[0]).toMatchObject({ coversTo: '2026-05-07' })
  expect(await landedIn(folder, documents)).toEqual([])
  expect((await pullInto(folder, documents, ALL)).map(({ outcome }) => outcome)).toEqual(['written'])
  expect((await readFolder(folder)).files).toEqual(before.files)
  expect(await landedIn(folder, documents)).toEqual(documents)
})

test('a pull that was cut off between the two files is done once more', async () => {
  const folder = await createContentFolder(storyFiles('bridge'))
  const documents = [event('2026-05-07')]
  const cut = { reserve: () => Promise.reject(new Error('killed')) }
  await expect(pullInto(folder, documents, cut)).rejects.toThrow('killed')
  const text = () => readFileSync(join(folder, 'stories/bridge/story.md'), 'utf8')
  expect(text()).toContain('"coversTo": "2026-05-07"')
  expect(loadContent((await readFolder(folder)).files).problems).toEqual([])
  await pullInto(folder, documents, ALL)
  expect(await landedIn(folder, documents)).toEqual(documents)
})

test('where story.md cannot be written, the timeline is left alone too', async () => {
  const folder = await createContentFolder(storyFiles('bridge'))
  const before = (await readFolder(folder)).files
  const results = await withReadOnlyFolder(folder, () => pullInto(folder, [event('2026-05-07')], ALL))
  expect(results.map(({ outcome }) => outcome)).toEqual(['readonly'])
  expect((await readFolder(folder)).files).toEqual(before)
})
