import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  stringify,
  visit,
} from 'yaml'
import type * as z from 'zod'
import type { Problem } from '../story.ts'
import { type FileExcerpt, formatPath, type ParsedList, type ParsedYaml, problemAt } from './excerpt.ts'
import { type Cut, cutsOf } from './explain/cut-values.ts'
import { cannotBegin, explainYaml } from './explain/parser-errors.ts'
import { explainIssue, schemaProblems } from './explain/schema-issues.ts'
import { refuseTooDeep } from './explain/too-deep.ts'
import { lineOfPath, nodeAt } from './usual/node.ts'
import { readUsualYaml } from './usual/yaml.ts'

/** Reads YAML against a schema. Every problem has its line. A value that a comment cuts is given, and reported. */
export function parseYaml<S extends z.ZodType>(excerpt: FileExcerpt, schema: S): ParsedYaml<z.output<S>> {
  const reading = readYaml(excerpt)
  const { lineNumberOf, problems } = reading
  if (reading.isBroken) return { lineNumberOf, problems }
  const result = schema.safeParse(reading.value, { error: explainIssue })
  if (result.success) return { value: result.data, lineNumberOf, problems }
  return { lineNumberOf, problems: [...problems, ...schemaProblems(reading, schema, result.error, [])] }
}

/** Reads a YAML list, each entry against a schema, so that one wrong entry does not spoil the others. */
export function parseYamlList<S extends z.ZodType>(excerpt: FileExcerpt, schema: S): ParsedList<z.output<S>> {
  const reading = readYaml(excerpt)
  const { lineNumberOf, problems, isBroken } = reading
  const list: ParsedList<z.output<S>> = { rows: [], refused: [], lineNumberOf, problems, isBroken }
  if (isBroken) return list
  if (!Array.isArray(reading.value)) {
    list.isBroken = true
    list.problems.push(
      problemAt(excerpt, excerpt.linesBefore + 1, 'must be a list: each entry begins with “- ”'),
    )
    return list
  }
  const cutEntries = new Set(reading.cuts.map(([index]) => index))
  for (const [index, row] of reading.value.entries()) {
    const result = schema.safeParse(row, { error: explainIssue })
    if (result.success && !cutEntries.has(index)) list.rows.push([index, result.data])
    else {
      list.refused.push([index, row])
      if (!result.success) list.problems.push(...schemaProblems(reading, schema, result.error, [index]))
    }
  }
  return list
}

/** What the nodes of a YAML text are. */
export { isMap, isNode, isSeq } from 'yaml'

/** Reads a YAML text as nodes, each with its place, to be added to. Its errors are in it. */
export const readNodes = (text: string): Document => parseDocument(text, { prettyErrors: false })

/** Writes a value as YAML, each text in one line. */
export const writeYaml = (value: object): string => stringify(value, { lineWidth: 0 })

/** Where a field is written: from `start` to `end`, the end of its value, and whether its entry is in braces. */
export type FieldPosition = { start: number; end: number; braces: boolean }

/** Finds a field in each entry of a YAML list; undefined where an entry is not written out, such as an alias. */
export function fieldPositions(text: string, field: string): (FieldPosition | undefined)[] {
  const list = parseDocument(text, { prettyErrors: false }).contents
  return (isSeq(list) ? list.items : []).map(entry => {
    if (!isMap(entry)) return undefined
    const pair = entry.items.find(({ key }) => isScalar(key) && key.value === field)
    const start = isScalar(pair?.key) ? pair.key.range?.[0] : undefined
    const end = isScalar(pair?.value) ? pair.value.range?.[1] : undefined
    return start === undefined || end === undefined ? undefined : { start, end, braces: entry.flow === true }
  })
}

/** The entries of a YAML list as plain values; undefined if the text cannot be read as one. */
export function plainEntries(text: string): object[] | undefined {
  const document = parseDocument(text, { prettyErrors: false })
  const value: unknown = document.errors.length > 0 ? undefined : document.toJS()
  return Array.isArray(value) ? value : undefined
}

type YamlReading = {
  excerpt: FileExcerpt
  document: { hasIn(path: unknown[]): boolean }
  value: unknown
  lineNumberOf(path: PropertyKey[]): number
  problems: Problem[]
  isBroken: boolean
  /** The paths of values that a comment cuts. */
  cuts: PropertyKey[][]
}

/** Reads YAML in the usual way of writing quickly, and any other with the parser, which also explains what is wrong. */
function readYaml(excerpt: FileExcerpt): YamlReading {
  const usual = readUsualYaml(excerpt.text)
  if (!usual) return refuseTooDeep(excerpt, readAnyYaml)
  const document = { hasIn: (path: unknown[]) => nodeAt(usual, path) !== undefined }
  const lineNumberOf = (path: PropertyKey[]) => excerpt.linesBefore + lineOfPath(usual, path)
  return { excerpt, document, value: usual.value, lineNumberOf, problems: [], isBroken: false, cuts: [] }
}

function readAnyYaml(excerpt: FileExcerpt): YamlReading {
  const counter = new LineCounter()
  const document: Document = parseDocument(excerpt.text, { lineCounter: counter, prettyErrors: false })
  const lineAt = (offset: number) => counter.linePos(offset).line

  const lineNumberOf = (path: PropertyKey[]): number => {
    for (let length = path.length; length > 0; length--) {
      const parent = document.getIn(path.slice(0, length - 1) as string[], true) ?? document.contents
      const key = path[length - 1]
      if (isMap(parent)) {
        const pair = parent.items.find(item => isScalar(item.key) && item.key.value === key)
        if (isScalar(pair?.key) && pair.key.range) return lineAt(pair.key.range[0]) + excerpt.linesBefore
      }
      const node = document.getIn(path.slice(0, length) as string[], true)
      if (isNode(node) && node.range) return lineAt(node.range[0]) + excerpt.linesBefore
    }
    return excerpt.linesBefore + 1
  }

  const reading: YamlReading = {
    excerpt,
    document,
    value: [],
    lineNumberOf,
    problems: [],
    isBroken: false,
    cuts: [],
  }
  const refuse = (line: number, message: string) => {
    reading.isBroken = true
    reading.problems.push(problemAt(excerpt, line + excerpt.linesBefore, message))
    return reading
  }
  const errors = [...document.errors, ...document.warnings]
  if (errors.length > 0) {
    const { line, message } = explainYaml(
      excerpt.text,
      errors.map(error => ({ code: error.code, message: error.message, line: lineAt(error.pos[0]) })),
    )
    return refuse(line, message)
  }
  const stray = findStrayReference(document)
  if (stray) return refuse(lineAt(stray.at), cannotBegin(stray.sign))
  try {
    reading.value = document.toJS() ?? []
  } catch {
    // Aliases that expand to too much: a known way to make a YAML parser run out of memory.
    return refuse(1, '“&” and “*” repeat values too often: write the values out')
  }
  for (const { path, at, message } of findCuts(document, excerpt.text)) {
    reading.cuts.push(path)
    reading.problems.push(
      problemAt(excerpt, lineAt(at) + excerpt.linesBefore, `${formatPath(path)}: ${message}`),
    )
  }
  return reading
}

/** Finds a name after `&` that nothing refers to, or one after `*` that does not exist: both are text without marks. */
function findStrayReference(document: Document): { at: number; sign: string } | undefined {
  const anchors = new Map<string, Node>()
  const used = new Set<string>()
  let stray: { at: number; sign: string } | undefined
  visit(document, (_, node) => {
    if (isAlias(node)) {
      used.add(node.source)
      if (!anchors.has(node.source)) stray ??= { at: node.range?.[0] ?? 0, sign: '*' }
    } else if (isNode(node) && 'anchor' in node && node.anchor) anchors.set(node.anchor, node)
  })
  const unused = [...anchors].find(([name]) => !used.has(name))
  return stray ?? (unused && { at: unused[1].range?.[0] ?? 0, sign: '&' })
}

/** Finds values that a comment cuts, or the beginning of which it hides. */
function findCuts(document: Document, text: string): (Cut & { path: PropertyKey[] })[] {
  const cuts: (Cut & { path: PropertyKey[] })[] = []
  visit(document, (key, node, ancestors) => {
    if (key === 'key' || !isNode(node) || !node.range || !(isScalar(node) || (isSeq(node) && node.flow)))
      return
    const pair = ancestors.findLast(isPair)
    const name = isScalar(pair?.key) ? pair.key : undefined
    const found = cutsOf(
      {
        field: String(name?.value ?? ''),
        keyStart: name?.range?.[0] ?? node.range[0],
        keyEnd: key === 'value' ? name?.range?.[1] : undefined,
        style: isScalar(node) ? (node.type ?? 'PLAIN') : 'LIST',
        range: node.range,
        items: isSeq(node) ? node.items.map(item => (isNode(item) ? item.range : undefined)) : [],
      },
      text,
    )
    for (const cut of found) cuts.push({ ...cut, path: pathOf(node, ancestors) })
  })
  return cuts
}

function pathOf(node: Node, ancestors: readonly unknown[]): PropertyKey[] {
  const chain = [...ancestors, node]
  return chain.flatMap((step, index): PropertyKey[] => {
    if (isPair(step)) return isScalar(step.key) ? [String(step.key.value)] : []
    const parent = chain[index - 1]
    return isSeq(parent) ? [parent.items.indexOf(step)] : []
  })
}
