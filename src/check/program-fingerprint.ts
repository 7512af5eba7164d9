import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

const PROJECT = join(import.meta.dirname, '..', '..')

/**
 * Tells this program from another: the version of Node, and name, size and time of package.json and of each source
 * file.
 */
export function programFingerprint(): string {
  // With the types, Node does not look at each file once more to tell it from a folder.
  const files = readdirSync(join(PROJECT, 'src'), { recursive: true, withFileTypes: true })
    .filter(({ name }) => name.endsWith('.ts'))
    .map(({ parentPath, name }) => `${parentPath}/${name}`)
  return [
    process.version,
    ...[join(PROJECT, 'package.json'), ...files.sort()].map(path => {
      const { size, mtimeMs } = statSync(path)
      return `${path.slice(PROJECT.length)} ${size} ${mtimeMs}`
    }),
  ].join('\n')
}
