import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { deserialize, serialize } from 'node:v8'
import type { Digest } from '../content/digest.ts'
import type { ContentFile } from '../content/read/story-folder.ts'
import type { Story } from '../content/story.ts'

/** All content that has passed every check, including what is still under embargo. */
type CheckedContent = { stories: Story[]; digests: Digest[] }

/** Remembers content that has passed its checks: it needs no second check while neither it nor the program changes. */
export type CheckedCache = {
  get(files: ContentFile[]): CheckedContent | undefined
  put(files: ContentFile[], content: CheckedContent): void
}

const PROGRAM_FOLDER = join(import.meta.dirname, '..')

/**
 * Keeps checked content in a file. It is valid only for exactly these content files and exactly this program, and only
 * if undamaged. Otherwise the content is read and checked anew.
 */
export function checkedCache(file: string): CheckedCache {
  return {
    get(files) {
      try {
        const bytes = readFileSync(file)
        const end = bytes.indexOf(10)
        const payload = bytes.subarray(end + 1)
        return bytes.toString('latin1', 0, end) === checksumOf(files, payload)
          ? deserialize(payload)
          : undefined
      } catch {
        return undefined
      }
    },
    put(files, { stories, digests }) {
      const payload = serialize({ stories, digests })
      const temporary = `${file}.${process.pid}`
      try {
        mkdirSync(dirname(file), { recursive: true })
        writeFileSync(temporary, Buffer.concat([Buffer.from(`${checksumOf(files, payload)}\n`), payload]))
        renameSync(temporary, file)
      } catch {
        // If the disk cannot be written, the next start has to check again, and nothing else is lost.
        rmSync(temporary, { force: true })
      }
    },
  }
}

function checksumOf(files: ContentFile[], payload: Uint8Array): string {
  const hash = createHash('sha256').update(programFingerprint()).update(payload)
  for (const { path, origin, text } of files)
    hash.update(`\0${path}\0${origin}\0${text.length}\0`).update(text)
  return hash.digest('hex')
}

/**
 * Tells this program from another: the version of Node, and name, size and time of package.json and of each source
 * file.
 */
function programFingerprint(): string {
  const files = readdirSync(PROGRAM_FOLDER, { recursive: true, encoding: 'utf8' }).filter(name =>
    name.endsWith('.ts'),
  )
  return [
    process.version,
    ...[join('..', 'package.json'), ...files.sort()].map(name => {
      const { size, mtimeMs } = statSync(join(PROGRAM_FOLDER, name))
      return `${name} ${size} ${mtimeMs}`
    }),
  ].join('\n')
}
