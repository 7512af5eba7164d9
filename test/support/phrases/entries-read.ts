/** The full name of an entry of the catalogue, or of a table of entries: `publish.mayNot`. */
type Path = string

type Tree = { [name: string]: unknown }

const isTree = (value: unknown): value is Tree =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Lists the entries below a table of the catalogue. */
export const entriesBelow = (tree: unknown, path: Path = ''): Path[] =>
  isTree(tree) ? Object.keys(tree).flatMap(name => entriesBelow(tree[name], join(path, name))) : [path]

/** Finds the entries that a source file reads: by full name, through a constant of its own, or by destructuring. */
export function entriesRead(source: string, catalogue: Tree): Set<Path> {
  const read = new Set<Path>()
  const code = source.replace(/\s+(?=\.\w)/g, '')
  const names = new Map<string, Path>([['phrases', '']])
  // A constant may name a table below another constant: it is added to the names while they are searched.
  for (const [name, base] of names) {
    for (const { 1: before = '', 2: dots = '', 3: next = '' } of code.matchAll(
      new RegExp(String.raw`(\.\.\.|[(,[]\s*)?(?<![\w$])(?<!(?<!\.\.)\.)${name}((?:\.\w+)*)(\[?)`, 'g'),
    )) {
      const { path, tree } = follow(catalogue, base, dots.split('.').filter(Boolean))
      // A table that is spread, passed on or indexed by a value is read as a whole.
      const isReadWhole = next !== '' || (before !== '' && dots !== '')
      if (!isTree(tree)) read.add(path)
      else if (isReadWhole) for (const entry of entriesBelow(tree, path)) read.add(entry)
    }
    const assigned = String.raw`= ${name}((?:\.\w+)*)\s*$`
    for (const [, isExported, destructured, constant, dots = ''] of code.matchAll(
      new RegExp(String.raw`(export )?const (?:\{([^}]*)\}|(\w+)(?:: [^=\n]+)?) ${assigned}`, 'gm'),
    )) {
      const { path, tree } = follow(catalogue, base, dots.split('.').filter(Boolean))
      if (isExported) for (const entry of entriesBelow(tree, path)) read.add(entry)
      if (constant !== undefined && isTree(tree)) names.set(constant, path)
      for (const property of (destructured ?? '').split(',')) {
        const [key = '', alias = key] = property.split(':').map(name => name.trim())
        const below = follow(catalogue, path, [key])
        if (isTree(below.tree) && key !== '') names.set(alias, below.path)
        else if (key !== '') read.add(below.path)
      }
    }
  }
  return read
}

/** Follows names down from a table, no further than to an entry: what follows is a method of its text. */
function follow(catalogue: Tree, base: Path, below: string[]): { path: Path; tree: unknown } {
  let path = ''
  let tree: unknown = catalogue
  for (const name of [...base.split('.').filter(Boolean), ...below]) {
    if (!isTree(tree)) break
    tree = tree[name]
    path = join(path, name)
  }
  return { path, tree }
}

const join = (path: Path, name: string): Path => (path === '' ? name : `${path}.${name}`)
