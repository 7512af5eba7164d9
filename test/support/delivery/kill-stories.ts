import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { digestFile } from '../content/digest-file.ts'
import { storyFiles } from '../content/story-files.ts'

/** Five stories: more than one message of an edition holds, so that the rest goes into its thread. */
const STORIES = ['bridge', 'harbor', 'school', 'budget', 'museum']

/** Writes a small content folder whose editions have two messages; `word` makes its stories differ from those of others. */
export function writeStories(folder: string, word = ''): string {
  const files = STORIES.flatMap(slug =>
    storyFiles(slug, { meta: { title: `The ${slug}`, dek: `What became of the ${slug}${word}.` } }),
  )
  for (const { path, text } of [...files, digestFile(DIGESTS)]) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  return folder
}

const DIGESTS = [
  {
    name: 'morning',
    title: 'Morning brief',
    about: 'What is new',
    time: '08:00',
    days: 'daily',
    quiet: 'skip',
  },
]
