import { globSync, readFileSync } from 'node:fs'
import { posix } from 'node:path'
import { describe, expect, test } from 'vitest'

/**
 * The rooms of `src/` in order, from the bottom up: a room may import only from the floors below it, and not from rooms on
 * its own floor. Each loose file is a room of its own.
 */
const FLOORS = [
  ['chat'],
  ['phrases', 'pictures', 'web'],
  ['dates'],
  ['store'],
  ['config.ts', 'content'],
  ['digests'],
  ['wire'],
  ['delivery'],
  ['import'],
  ['commands'],
  ['platforms'],
  ['check'],
  ['bot', 'doctor'],
  ['cli'],
  ['cli.ts'],
  ['doctor.js', 'nutgraf.js'],
]

/** Imports that are forbidden although the order allows them: `from` may not import `target`, apart from `except`. */
const BANS: { from: RegExp; target: RegExp; except?: RegExp }[] = [
  { from: /^web\//, target: /./, except: /^(?:chat|web)\// },
  { from: /^store\//, target: /./, except: /^(?:chat|store)\// },
  { from: /^content\//, target: /^store\// },
  { from: /^platforms\//, target: /^(?:content|store|digests|delivery)\// },
  { from: /^platforms\//, target: /^commands\//, except: /^commands\/(?:command|line)\.ts$/ },
  { from: /^platforms\/slack\//, target: /^platforms\/(?:discord|preview|webhook)\// },
  { from: /^platforms\/discord\//, target: /^platforms\/(?:slack|preview|webhook)\// },
  { from: /^platforms\/preview\//, target: /^platforms\/(?:slack|discord|webhook)\// },
  { from: /^platforms\/webhook\//, target: /^platforms\/(?:slack|discord|preview)\// },
  // Painting loads a megabyte of fonts and code, so only the painting thread may import it.
  {
    from: /^(?!pictures\/)/,
    target: /^pictures\//,
    except: /^pictures\/(?:picture-file|glyphs|painter)\.ts$/,
  },
  { from: /^(?!bot\/|cli\/|pictures\/)/, target: /^pictures\/painter\.ts$/ },
]

const MAX_FILE_LINES = 250
const MAX_LOOSE_FILES = 5
/** The catalogue has one file an area: people find a sentence by its area, so the number of files does no harm. */
const MAX_FILES: Record<string, number> = { 'phrases/en': 46, commands: 20 }
const MAX_FILES_ELSEWHERE = 26

const root = new URL('../src', import.meta.url).pathname
const files = globSync('**/*.{ts,js}', { cwd: root }).map(path => path.replaceAll('\\', '/'))
const source = (file: string) => readFileSync(posix.join(root, file), 'utf8')

type Import = { file: string; target: string; typeOnly: boolean }
const imports: Import[] = files.flatMap(file => {
  const pattern = /\b(?:(import|export)\s+(type\s)?[^'";]*?from\s*|import\(\s*|import\s+)'([^']+)'/g
  return [...source(file).matchAll(pattern)].map(match => ({
    file,
    target: match[3]!,
    typeOnly: match[2] !== undefined,
  }))
})
const ownImports = imports
  .filter(({ target }) => target.startsWith('.'))
  .map(({ file, target }) => ({ file, target: posix.join(posix.dirname(file), target) }))

const roomOf = (file: string) => file.split('/')[0]!
const folderOf = (file: string) => (file.includes('/') ? posix.dirname(file) : '.')
const floorOf = (file: string) => FLOORS.findIndex(rooms => rooms.includes(roomOf(file)))

/** Finds a circle in a graph, as a path that ends where it began; undefined if there is none. */
function findCircle(edges: Map<string, Set<string>>): string[] | undefined {
  const done = new Set<string>()
  const visit = (node: string, path: string[]): string[] | undefined => {
    if (path.includes(node)) return [...path.slice(path.indexOf(node)), node]
    if (done.has(node)) return undefined
    for (const next of edges.get(node) ?? []) {
      const circle = visit(next, [...path, node])
      if (circle) return circle
    }
    done.add(node)
    return undefined
  }
  for (const node of edges.keys()) {
    const circle = visit(node, [])
    if (circle) return circle
  }
  return undefined
}

/** Builds the graph of imports between files, or between rooms. */
function graphOf(nameOf: (file: string) => string, pairs: { file: string; target: string }[] = ownImports) {
  const edges = new Map<string, Set<string>>()
  for (const { file, target } of pairs) {
    const [from, to] = [nameOf(file), nameOf(target)]
    if (from !== to) edges.set(from, (edges.get(from) ?? new Set()).add(to))
  }
  return edges
}

describe('rooms', () => {
  test('every room is on a floor, and every room on a floor exists', () => {
    expect([...new Set(files.map(roomOf))].sort()).toEqual(FLOORS.flat().sort())
    expect(ownImports.length).toBeGreaterThan(files.length)
  })

  test('a room imports only from the floors below it', () => {
    const upward = ownImports
      .filter(({ file, target }) => roomOf(file) !== roomOf(target) && floorOf(target) >= floorOf(file))
      .map(({ file, target }) => `${file} imports ${target}`)
    expect(upward).toEqual([])
  })

  test('no room makes an import that is forbidden although the order allows it', () => {
    const banned = ownImports
      .filter(({ file, target }) =>
        BANS.some(ban => ban.from.test(file) && ban.target.test(target) && !ban.except?.test(target)),
      )
      .map(({ file, target }) => `${file} imports ${target}`)
    expect(banned).toEqual([])
  })

  test('no imports run in a circle, between files or between rooms', () => {
    expect(findCircle(graphOf(file => file))).toBeUndefined()
    expect(findCircle(graphOf(roomOf))).toBeUndefined()
  })

  test('the search finds a circle that begins elsewhere in the graph', () => {
    const pairs = [
      { file: 'a', target: 'b' },
      { file: 'b', target: 'c' },
      { file: 'd', target: 'b' },
      { file: 'c', target: 'd' },
    ]
    expect(findCircle(graphOf(file => file, pairs))).toEqual(['b', 'c', 'd', 'b'])
  })

  test('no folder holds too many files', () => {
    const counts = Object.entries(Object.groupBy(files, folderOf)).map(([folder, inFolder]) => ({
      folder,
      count: inFolder!.length,
    }))
    const tooFull = counts.filter(
      ({ folder, count }) =>
        count > (folder === '.' ? MAX_LOOSE_FILES : (MAX_FILES[folder] ?? MAX_FILES_ELSEWHERE)),
    )
    expect(tooFull).toEqual([])
  })
})

describe('files', () => {
  test('each package is imported by one file', () => {
    const packages = new Map<string, Set<string>>()
    for (const { file, target, typeOnly } of imports) {
      if (/^(?:\.|node:)/.test(target) || typeOnly || file.startsWith('platforms/preview/page/')) continue
      packages.set(target, (packages.get(target) ?? new Set()).add(file))
    }
    expect(packages.size).toBeGreaterThan(8)
    const shared = [...packages]
      .filter(([, users]) => users.size > 1)
      .map(([name, users]) => [name, ...users])
    expect(shared).toEqual([])
  })

  test('only the entries read the environment, and nothing but the preview page uses the console', () => {
    const using = (pattern: RegExp) => files.filter(file => pattern.test(source(file)))
    expect(using(/process\.env/)).toEqual(['cli.ts', 'nutgraf.js'])
    expect(using(/\bconsole\./).filter(file => !file.startsWith('platforms/preview/page/'))).toEqual([])
  })

  test('no file has more than 250 lines', () => {
    const tooLong = files
      .map(file => ({ file, lines: source(file).split('\n').length - 1 }))
      .filter(({ lines }) => lines > MAX_FILE_LINES)
    expect(tooLong).toEqual([])
  })
})
