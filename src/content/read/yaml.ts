import { type Document, isMap, isNode, isScalar, isSeq, LineCounter, parseDocument, stringify } from 'yaml'
import type * as z from 'zod'
import type { Problem } from '../story.ts'

/** A part of a file: its text, and the number of lines before it. */
export type FileExcerpt = { file: string; text: string; linesBefore: number }

/** A parsed YAML text: its value if the schema accepts it, the line of each path in it, and its problems. */
type ParsedYaml<T> = { value?: T; lineNumberOf(path: PropertyKey[]): number; problems: Problem[] }

/** A parsed YAML list: the entries that the schema accepts, each with its index, and the refused ones, as written. */
export type ParsedList<T> = {
  rows: [index: number, row: T][]
  refused: [index: number, row: unknown][]
  lineNumberOf(path: PropertyKey[]): number
  problems: Problem[]
}

/** Reads YAML against a schema. Every problem has its line. */
export function parseYaml<S extends z.ZodType>(excerpt: FileExcerpt, schema: S): ParsedYaml<z.output<S>> {
  const reading = readYaml(excerpt)
  const { lineNumberOf, problems } = reading
  if (problems.length > 0) return { lineNumberOf, problems }
  const result = schema.safeParse(reading.value)
  return result.success
    ? { value: result.data, lineNumberOf, problems: [] }
    : { lineNumberOf, problems: schemaProblems(reading, result.error, []) }
}

/** Reads a YAML list, each entry against a schema, so that one wrong entry does not spoil the others. */
export function parseYamlList<S extends z.ZodType>(excerpt: FileExcerpt, schema: S): ParsedList<z.output<S>> {
  const reading = readYaml(excerpt)
  const list: ParsedList<z.output<S>> = {
    rows: [],
    refused: [],
    lineNumberOf: reading.lineNumberOf,
    problems: reading.problems,
  }
  if (reading.problems.length > 0) return list
  if (!Array.isArray(reading.value)) {
    list.problems.push(
      problemAt(excerpt, excerpt.linesBefore + 1, 'must be a list: each entry begins with “- ”'),
    )
    return list
  }
  for (const [index, row] of reading.value.entries()) {
    const result = schema.safeParse(row)
    if (result.success) list.rows.push([index, result.data])
    else {
      list.refused.push([index, row])
      list.problems.push(...schemaProblems(reading, result.error, [index]))
    }
  }
  return list
}

/**
 * Appends an entry to a YAML list. The existing text stays as it is, with its comments; only a list in brackets that is
 * not empty is written again.
 */
export function appendEntry(text: string, entry: object): string {
  const document: Document = parseDocument(text)
  const [error] = document.errors
  if (error) throw new Error(`yaml: cannot append to a file that cannot be read: ${error.message}`)
  const { contents } = document
  const lineEnd = text.includes('\r\n') ? '\r\n' : '\n'
  const entryText = stringify([entry], { lineWidth: 0 })
  if (isSeq(contents) && contents.flow && contents.items.length > 0) {
    contents.flow = false
    document.add(document.createNode(entry))
    return document.toString({ lineWidth: 0 })
  }
  if (contents !== null && !isSeq(contents)) throw new Error('yaml: an entry can only be appended to a list')
  // The first entry replaces the brackets of an empty list.
  const [from = 0, to = 0] = isSeq(contents) && contents.flow ? (contents.range ?? []) : []
  const rest = text.slice(0, from) + text.slice(to).replace(/^[ \t]*\r?\n/, to > from ? '' : '$&')
  const start = isSeq(contents) && !contents.flow ? (contents.range?.[0] ?? 0) : 0
  const indent = ' '.repeat(start - (text.lastIndexOf('\n', start - 1) + 1))
  const before = rest === '' || rest.endsWith('\n') ? rest : `${rest}${lineEnd}`
  return before + entryText.replace(/^(?=.)/gm, indent).replaceAll('\n', lineEnd)
}

/** Whether a YAML text is an empty list in brackets, which a first entry must replace. */
export function isEmptyList(text: string): boolean {
  const { contents } = parseDocument(text)
  return isSeq(contents) && contents.flow === true && contents.items.length === 0
}

type YamlReading = {
  excerpt: FileExcerpt
  document: Document
  value: unknown
  lineNumberOf(path: PropertyKey[]): number
  problems: Problem[]
}

function readYaml(excerpt: FileExcerpt): YamlReading {
  const counter = new LineCounter()
  const document: Document = parseDocument(excerpt.text, { lineCounter: counter, prettyErrors: false })
  const lineAt = (offset: number) => counter.linePos(offset).line + excerpt.linesBefore

  const lineNumberOf = (path: PropertyKey[]): number => {
    for (let length = path.length; length > 0; length--) {
      const parent = document.getIn(path.slice(0, length - 1) as string[], true) ?? document.contents
      const key = path[length - 1]
      if (isMap(parent)) {
        const pair = parent.items.find(item => isScalar(item.key) && item.key.value === key)
        if (isScalar(pair?.key) && pair.key.range) return lineAt(pair.key.range[0])
      }
      const node = document.getIn(path.slice(0, length) as string[], true)
      if (isNode(node) && node.range) return lineAt(node.range[0])
    }
    return excerpt.linesBefore + 1
  }

  const problems = [...document.errors, ...document.warnings].map(error =>
    problemAt(excerpt, lineAt(error.pos[0]), `YAML: ${error.message}`),
  )
  let value: unknown
  try {
    value = problems.length > 0 ? [] : (document.toJS() ?? [])
  } catch (cause) {
    // Aliases that expand to too much: a known way to make a YAML parser run out of memory.
    const message = cause instanceof Error ? cause.message : String(cause)
    problems.push(problemAt(excerpt, excerpt.linesBefore + 1, `YAML: ${message}`))
  }
  return { excerpt, document, value, lineNumberOf, problems }
}

function schemaProblems(
  { excerpt, document, lineNumberOf }: YamlReading,
  error: z.ZodError,
  prefix: PropertyKey[],
): Problem[] {
  return error.issues.flatMap(issue => {
    const path = [...prefix, ...issue.path]
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map(key =>
        problemAt(excerpt, lineNumberOf([...path, key]), `${formatPath([...path, key])}: unknown field`),
      )
    }
    const isMissing = path.length > 0 && !document.hasIn(path)
    return [
      problemAt(
        excerpt,
        lineNumberOf(path),
        `${formatPath(path)}: ${isMissing ? 'is missing' : issue.message}`,
      ),
    ]
  })
}

const problemAt = ({ file }: FileExcerpt, line: number, message: string): Problem => ({ file, line, message })

function formatPath(path: PropertyKey[]): string {
  const names = path.filter(step => typeof step !== 'number')
  return names.length > 0 ? names.join('.') : 'this file'
}
