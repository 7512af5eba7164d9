/**
 * A value of a YAML text, with the line on which it begins, counted from 1: a list with its items, fields with the line
 * of each name, or neither.
 */
export type UsualNode = {
  line: number
  value: unknown
  items?: UsualNode[]
  fields?: Map<string, { line: number; node: UsualNode }>
}

/**
 * The line of a path in what was read, counted from 1: of the name of a field, or of a value that has none. What is not
 * there is where the value is that lacks it.
 */
export function lineOfPath(root: UsualNode, path: PropertyKey[]): number {
  for (let length = path.length; length > 0; length--) {
    const parent = nodeAt(root, path, length - 1) ?? root
    const field = parent.fields?.get(path[length - 1] as string)
    if (field) return field.line
    const node = nodeAt(root, path, length)
    if (node) return node.line
  }
  return 1
}

/** The value at the first steps of a path, or at all of them; undefined if there is none. */
export function nodeAt(root: UsualNode, path: unknown[], length = path.length): UsualNode | undefined {
  let node: UsualNode | undefined = root
  for (let at = 0; node && at < length; at++) {
    const step = path[at]
    node = typeof step === 'number' ? node.items?.[step] : node.fields?.get(step as string)?.node
  }
  return node
}
