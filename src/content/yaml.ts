import { isMap, isNode, isScalar, LineCounter, parseDocument } from 'yaml'
import type * as z from 'zod'
import type { Problem } from './story.ts'

/** A part of a file: its text, and how many lines stand before it. */
export type Passage = { file: string; text: string; linesBefore: number }

/** What became of a YAML passage: the value when the schema accepts it, and where each path of it stands. */
export type Parsed<T> = { value?: T; lineOf(path: PropertyKey[]): number; problems: Problem[] }

/** Reads YAML against a schema; every problem is told with the line it stands on. */
export function parseYaml<S extends z.ZodType>(passage: Passage, schema: S): Parsed<z.output<S>> {
  const counter = new LineCounter()
  const document = parseDocument(passage.text, { lineCounter: counter, prettyErrors: false })
  const lineAt = (offset: number) => counter.linePos(offset).line + passage.linesBefore
  const problem = (line: number, message: string): Problem => ({ file: passage.file, line, message })

  const lineOf = (path: PropertyKey[]): number => {
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
    return passage.linesBefore + 1
  }

  const syntax = [...document.errors, ...document.warnings]
  if (syntax.length > 0) {
    return { lineOf, problems: syntax.map(error => problem(lineAt(error.pos[0]), `YAML: ${error.message}`)) }
  }
  const result = schema.safeParse(document.toJS() ?? [])
  if (result.success) return { value: result.data, lineOf, problems: [] }
  const problems = result.error.issues.flatMap(issue => {
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map(key =>
        problem(lineOf([...issue.path, key]), `${named([...issue.path, key])}: unknown word here`),
      )
    }
    return [problem(lineOf(issue.path), `${named(issue.path)}: ${issue.message}`)]
  })
  return { lineOf, problems }
}

function named(path: PropertyKey[]): string {
  const names = path.filter(step => typeof step !== 'number')
  return names.length > 0 ? names.join('.') : 'this file'
}
