import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { deserialize, serialize } from 'node:v8'
import type { Digest } from '../content/digest.ts'
import type { ContentFile } from '../content/read/story-folder.ts'
import type { Story } from '../content/story.ts'

/** Content that has passed every check, all of it: also what nobody may see yet. */
type Kept = { stories: Story[]; digests: Digest[] }

/** Where content that was checked once is kept: it needs no second check while neither it nor the program changes. */
export type Keeper = {
  recall(files: ContentFile[]): Kept | undefined
  keep(files: ContentFile[], content: Kept): void
}

const SOURCES = join(import.meta.dirname, '..')

/**
 * Keeps checked content in a file. It counts only for exactly these files and exactly this program, and only as it was
 * written: anything else, damage included, means that the content is read and checked anew.
 */
export function keeper(file: string): Keeper {
  return {
    recall(files) {
      try {
        const bytes = readFileSync(file)
        const end = bytes.indexOf(10)
        const payload = bytes.subarray(end + 1)
        return bytes.toString('latin1', 0, end) === seal(files, payload) ? deserialize(payload) : undefined
      } catch {
        return undefined
      }
    },
    keep(files, { stories, digests }) {
      const payload = serialize({ stories, digests })
      const fresh = `${file}.${process.pid}`
      try {
        mkdirSync(dirname(file), { recursive: true })
        writeFileSync(fresh, Buffer.concat([Buffer.from(`${seal(files, payload)}\n`), payload]))
        renameSync(fresh, file)
      } catch {
        // A disk that cannot be written costs the next start a check, and nothing else.
        rmSync(fresh, { force: true })
      }
    },
  }
}

function seal(files: ContentFile[], payload: Uint8Array): string {
  const hash = createHash('sha256').update(program()).update(payload)
  for (const { path, origin, text } of files)
    hash.update(`\0${path}\0${origin}\0${text.length}\0`).update(text)
  return hash.digest('hex')
}

/** What tells this program from another: the version of Node, and name, size and time of each file of ours and of the list of its parts. */
function program(): string {
  const files = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' }).filter(name =>
    name.endsWith('.ts'),
  )
  return [
    process.version,
    ...[join('..', 'package.json'), ...files.sort()].map(name => {
      const { size, mtimeMs } = statSync(join(SOURCES, name))
      return `${name} ${size} ${mtimeMs}`
    }),
  ].join('\n')
}
