import { mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { digestFile } from '../content/digest-file.ts'
import { storyFiles } from '../content/story-files.ts'

const DIGESTS = [
  {
    ...{ name: 'morning', title: 'Morning brief', about: 'What is new' },
    ...{ time: '08:00', days: 'daily', quiet: 'skip' },
  },
]

/** Writes a version of the content into a folder: each brings one more piece of news, `News number 7.`. */
export function writeNews(folder: string, version: number): void {
  const timeline = Array.from({ length: version + 1 }, (_, number) => ({
    ...{ id: `e${number}`, date: '2026-05-04', confidence: 'medium', sources: [1] },
    text: `News number ${number}.`,
  }))
  for (const { path, text } of [...storyFiles('bridge', { timeline }), digestFile(DIGESTS)]) {
    const file = join(folder, path)
    mkdirSync(dirname(file), { recursive: true })
    // Replaced at once, as editors and checkouts do it.
    writeFileSync(`${file}.new`, text)
    renameSync(`${file}.new`, file)
  }
}
