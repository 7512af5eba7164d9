import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { storyFiles } from '../content/story-files.ts'

/** So many stories that the first edition does not fit into one message: the rest goes to its thread. */
const STORIES = ['bridge', 'harbor', 'school', 'budget', 'museum']

/** Writes a small content folder whose editions have two parts; `word` makes one that differs from others. */
export function writeStories(folder: string, word = ''): string {
  const files = STORIES.flatMap(slug =>
    storyFiles(slug, { meta: { title: `The ${slug}`, dek: `What became of the ${slug}${word}.` } }),
  )
  const digests = { path: 'digests.yml', text: JSON.stringify(DIGESTS) }
  for (const { path, text } of [...files, digests]) {
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
