import { globSync, readFileSync } from 'node:fs'
import { posix } from 'node:path'
import { describe, expect, test } from 'vitest'

/** What a platform may import, the preview too. */
const CHAT = [
  'phrases.ts',
  'asked.ts',
  'painted.ts',
  'form.ts',
  'reply.ts',
  'platform.ts',
  'plain.ts',
  'commands/command.ts',
  'commands/line.ts',
]

/** Who may import whom. A folder may always import its own files; what is not named here may not be imported. */
const MAY_IMPORT: Record<string, string[]> = {
  // At run time this is no circle: of replies the catalogue knows the types alone.
  'reply.ts': ['phrases.ts'],
  phrases: ['reply.ts'],
  'phrases.ts': ['phrases'],
  'plain.ts': ['reply.ts'],
  'form.ts': ['reply.ts'],
  'platform.ts': ['reply.ts', 'form.ts'],
  'unprintable.ts': [],
  'painted.ts': ['reply.ts'],
  pictures: ['painted.ts', 'reply.ts', 'platform.ts'],
  'sharer.ts': ['reply.ts', 'phrases.ts', 'unprintable.ts'],
  'publish.ts': ['phrases.ts', 'platform.ts', 'reply.ts', 'sharer.ts', 'store'],
  'asked.ts': ['phrases.ts', 'platform.ts', 'reply.ts'],
  'dates.ts': ['phrases.ts'],
  'log.ts': ['platform.ts'],
  'stop.ts': [],
  'config.ts': ['dates.ts', 'platform.ts'],
  content: ['phrases.ts', 'reply.ts', 'plain.ts', 'dates.ts', 'unprintable.ts'],
  store: ['phrases.ts', 'platform.ts'],
  digests: ['phrases.ts', 'reply.ts', 'sharer.ts', 'platform.ts', 'plain.ts', 'dates.ts', 'content', 'store'],
  commands: [
    'phrases.ts',
    'reply.ts',
    'form.ts',
    'sharer.ts',
    'unprintable.ts',
    'platform.ts',
    'plain.ts',
    'dates.ts',
    'pictures/letters.ts',
    'content',
    'store',
    'digests',
  ],
  slack: CHAT,
  discord: CHAT,
  preview: CHAT,
  web: ['platform.ts'],
  'storyproblems.ts': ['content', 'digests', 'slack/manifest.ts'],
  'check.ts': [
    'storyproblems.ts',
    'reply.ts',
    'sharer.ts',
    'platform.ts',
    'plain.ts',
    'content',
    'digests',
    'commands',
    'slack/render.ts',
    'slack/manifest.ts',
    'discord/render.ts',
    'discord/manifest.ts',
  ],
  'newsroom.ts': ['check.ts', 'kept.ts', 'content'],
  'kept.ts': ['content'],
  'screen.ts': ['config.ts', 'role.ts', 'platform.ts', 'content'],
  'role.ts': ['config.ts'],
  doctor: [
    'config.ts',
    'phrases.ts',
    'platform.ts',
    'newsroom.ts',
    'kept.ts',
    'content',
    'commands',
    'store',
    'slack/access.ts',
    'slack/manifest.ts',
    'slack/messages.ts',
    'discord/access.ts',
    'discord/account.ts',
    'discord/manifest.ts',
    'discord/messages.ts',
    'discord/register.ts',
  ],
  'metrics.ts': ['platform.ts', 'store'],
}
/** These join the parts, so they may import any of them. */
const JOINERS = ['bot.ts', 'cli.ts', 'doctor.js', 'verbs']

const root = new URL('../src/', import.meta.url).pathname
const files = globSync('**/*.{ts,js}', { cwd: root }).map(path => path.replaceAll('\\', '/'))

type Import = { file: string; target: string; typeOnly: boolean }
const imports: Import[] = files.flatMap(file => {
  const source = readFileSync(posix.join(root, file), 'utf8')
  const pattern = /\b(?:(import|export)\s+(type\s)?[^'";]*?from\s*|import\(\s*|import\s+)'([^']+)'/g
  return [...source.matchAll(pattern)].map(found => ({
    file,
    target: found[3]!,
    typeOnly: found[2] !== undefined,
  }))
})
const ours = imports
  .filter(one => one.target.startsWith('.'))
  .map(one => ({ ...one, target: posix.join(posix.dirname(one.file), one.target) }))
const owner = (file: string) => (file.includes('/') ? file.slice(0, file.indexOf('/')) : file)

test('every file is held by a rule, and every rule by a file', () => {
  const owners = [...new Set(files.map(owner))].sort()
  expect(owners).toEqual([...Object.keys(MAY_IMPORT), ...JOINERS].sort())
  expect(ours.length).toBeGreaterThan(files.length)
})

describe('imports', () => {
  test.each(Object.keys(MAY_IMPORT))('%s imports only what it may', name => {
    const allowed = MAY_IMPORT[name]!
    const strange = ours
      .filter(one => owner(one.file) === name && owner(one.target) !== name)
      .filter(one => !allowed.includes(one.target) && !allowed.includes(owner(one.target)))
      .map(one => `${one.file} imports ${one.target}`)
    expect(strange).toEqual([])
  })

  test('one vendor package, one file', () => {
    const vendors = new Map<string, Set<string>>()
    for (const { file, target, typeOnly } of imports) {
      if (/^(?:\.|node:)/.test(target) || typeOnly || file.startsWith('preview/page/')) continue
      vendors.set(target, (vendors.get(target) ?? new Set()).add(file))
    }
    expect(vendors.size).toBeGreaterThan(8)
    const shared = [...vendors].filter(([, users]) => users.size > 1).map(([name, users]) => [name, ...users])
    expect(shared).toEqual([])
  })

  test('only the command line reads the environment, and only the log and the command line write out', () => {
    const using = (pattern: RegExp) =>
      files.filter(file => pattern.test(readFileSync(posix.join(root, file), 'utf8')))
    expect(using(/process\.env/)).toEqual(['cli.ts'])
    expect(using(/\bconsole\./).filter(file => !file.startsWith('preview/page/'))).toEqual([])
  })

  test('no file grows past 250 lines', () => {
    const long = files
      .filter(file => file.endsWith('.ts'))
      .map(file => [file, readFileSync(posix.join(root, file), 'utf8').split('\n').length - 1] as const)
      .filter(([, lines]) => lines > 250)
    expect(long).toEqual([])
  })
})
