/** Where the text of an entry is found: `publish.mayNot`. */
type Path = string

type Tree = { [name: string]: unknown }

const isTree = (value: unknown): value is Tree =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The entries below a place of the catalogue. */
export const entriesBelow = (tree: unknown, path: Path = ''): Path[] =>
  isTree(tree) ? Object.keys(tree).flatMap(name => entriesBelow(tree[name], join(path, name))) : [path]

/** The entries that a source reads, by their full names, through a name of its own, or taken apart. */
export function entriesRead(source: string, catalogue: Tree): Set<Path> {
  const read = new Set<Path>()
  const code = source.replace(/\s+(?=\.\w)/g, '')
  const names = new Map<string, Path>([['phrases', '']])
  // A name may stand for a place below another name.
  for (const [name, base] of names) {
    for (const { 1: before = '', 2: dots = '', 3: next = '' } of code.matchAll(
      new RegExp(String.raw`(\.\.\.|[(,[]\s*)?(?<![\w$])(?<!(?<!\.\.)\.)${name}((?:\.\w+)*)(\[?)`, 'g'),
    )) {
      const { path, tree } = follow(catalogue, base, dots.split('.').filter(Boolean))
      // A table that is spread, handed on or looked into by a value is read as a whole.
      const whole = next !== '' || (before !== '' && dots !== '')
      if (!isTree(tree)) read.add(path)
      else if (whole) for (const entry of entriesBelow(tree, path)) read.add(entry)
    }
    const taken = String.raw`= ${name}((?:\.\w+)*)\s*$`
    for (const [, exported, apart, own, dots = ''] of code.matchAll(
      new RegExp(String.raw`(export )?const (?:\{([^}]*)\}|(\w+)(?:: [^=\n]+)?) ${taken}`, 'gm'),
    )) {
      const { path, tree } = follow(catalogue, base, dots.split('.').filter(Boolean))
      if (exported) for (const entry of entriesBelow(tree, path)) read.add(entry)
      if (own !== undefined && isTree(tree)) names.set(own, path)
      for (const piece of (apart ?? '').split(',')) {
        const [key = '', alias = key] = piece.split(':').map(one => one.trim())
        const below = follow(catalogue, path, [key])
        if (isTree(below.tree) && key !== '') names.set(alias, below.path)
        else if (key !== '') read.add(below.path)
      }
    }
  }
  return read
}

/** Goes down from a place, and no further than to an entry: what is asked of its text is no name of ours. */
function follow(catalogue: Tree, base: Path, down: string[]): { path: Path; tree: unknown } {
  let path = ''
  let tree: unknown = catalogue
  for (const name of [...base.split('.').filter(Boolean), ...down]) {
    if (!isTree(tree)) break
    tree = tree[name]
    path = join(path, name)
  }
  return { path, tree }
}

const join = (path: Path, name: string): Path => (path === '' ? name : `${path}.${name}`)
