import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

const PROGRAM_FOLDER = join(import.meta.dirname, '..')

/**
 * Tells this program from another: the version of Node, and name, size and time of package.json and of each source
 * file.
 */
export function programFingerprint(): string {
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
