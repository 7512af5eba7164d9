import type * as z from 'zod'
import { closestNames, nameIndex } from '../../names/closest-names.ts'
import type { Problem } from '../../story.ts'
import { type FileExcerpt, formatPath, problemAt } from '../excerpt.ts'
import { findUnseen } from '../unseen-characters.ts'

/** Says in plain words what a schema expects in place of a value. Sentences of the schema itself come before these. */
export function explainIssue(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.code === 'invalid_type') return explainType(String(issue.expected), issue.input)
  if (issue.code === 'invalid_value') return `must be ${joinWithOr(issue.values.map(String))}`
  if (issue.code === 'too_small') return issue.origin === 'array' ? 'must not be empty' : 'must be 1 or more'
  return 'cannot be read: look at content/README.md for how this field is written'
}

function explainType(expected: string, input: unknown): string {
  if (input === null) return 'is empty: give it a value, or take the line out'
  switch (expected) {
    case 'string':
      if (typeof input === 'number' || typeof input === 'boolean')
        return `“${input}” is not read as text: put it in quotation marks`
      return Array.isArray(input)
        ? 'must be one text, not a list'
        : 'must be text: put it in quotation marks if it has a colon in it'
    case 'number':
    case 'int':
      return 'must be a whole number without quotation marks, such as 3'
    case 'boolean':
      return 'must be true or false'
    case 'array':
      return 'must be a list, such as [1, 2]'
    default:
      return 'must have fields of its own, “name: value”, one a line'
  }
}

const joinWithOr = (values: string[]) =>
  values.length < 2 ? values.join('') : `${values.slice(0, -1).join(', ')} or ${values.at(-1)}`

/** Says that a field does not exist, and which name was probably meant; `meant` is that name. */
function explainUnknown(key: string, names: string[]): { message: string; meant?: string } {
  const unseen = findUnseen(key)
  const [, beforeColon] = /^([\w-]+):/.exec(key) ?? []
  if (unseen) {
    const meant = key.replace(/[^\w-]/g, '')
    return { message: `unknown field: there is ${unseen.name} in its name: type it again`, meant }
  }
  if (beforeColon !== undefined && names.includes(beforeColon))
    return { message: 'unknown field: write a space after the colon', meant: beforeColon }
  const [meant] = closestNames(key, nameIndex(names))
  return meant === undefined
    ? { message: 'unknown field' }
    : { message: `unknown field: is it “${meant}”?`, meant }
}

/** More unknown fields of one entry are only counted: it is no entry of this file. */
const MAX_UNKNOWN = 20

const moreUnknown = (count: number) =>
  count > MAX_UNKNOWN ? ` (so are ${count - MAX_UNKNOWN} others of this entry)` : ''

/** An entry that lacks so many fields is probably the rest of another one. */
const MANY_FIELDS = 3

/** Where the values of a file are, and which of them a comment cuts. */
type Located = {
  excerpt: FileExcerpt
  document: { hasIn(path: unknown[]): boolean }
  cuts: PropertyKey[][]
  lineNumberOf(path: PropertyKey[]): number
}

/** Turns the issues of a schema into problems, with file and line. `prefix` is the path of the value that was checked. */
export function schemaProblems(
  { excerpt, document, lineNumberOf, cuts }: Located,
  schema: z.ZodType,
  error: z.ZodError,
  prefix: PropertyKey[],
): Problem[] {
  const meant = new Set<string>()
  const unknown = error.issues.flatMap(issue => {
    if (issue.code !== 'unrecognized_keys') return []
    const path = [...prefix, ...issue.path]
    return issue.keys.slice(0, MAX_UNKNOWN).map((key, index) => {
      const known = explainUnknown(key, fieldNames(schema, issue.path))
      if (known.meant !== undefined) meant.add([...path, known.meant].join('.'))
      return problemAt(
        excerpt,
        lineNumberOf([...path, key]),
        `${formatPath([...path, key])}: ${known.message}${index === MAX_UNKNOWN - 1 ? moreUnknown(issue.keys.length) : ''}`,
      )
    })
  })
  const others = error.issues.flatMap(issue => {
    const path = [...prefix, ...issue.path]
    const isMissing = path.length > 0 && !document.hasIn(path)
    // One fault is reported once: a name that is spelled wrongly is not missing as well, nor is a cut value empty.
    if (issue.code === 'unrecognized_keys' || (isMissing && meant.has(path.join('.')))) return []
    if (cuts.some(cut => cut.join('.') === path.join('.'))) return []
    const message = isMissing ? 'is missing' : issue.message
    return [problemAt(excerpt, lineNumberOf(path), `${formatPath(path)}: ${message}`)]
  })
  const missing = others.filter(({ message }) => message.endsWith(': is missing'))
  if (missing.length < MANY_FIELDS || prefix.length === 0) return [...unknown, ...others]
  const names = missing.map(({ message }) => message.slice(0, message.indexOf(':')))
  const message = `this entry has no ${joinWithOr(names)}: if it goes on with the one above, take the “-” at its start out`
  return [...unknown, ...others.filter(problem => !missing.includes(problem)), { ...missing[0]!, message }]
}

/** The names of the fields at a path of a schema. */
function fieldNames(schema: z.ZodType, path: PropertyKey[]): string[] {
  let at: unknown = schema
  for (const step of [...path, undefined]) {
    while (at && typeof at === 'object' && 'unwrap' in at && typeof at.unwrap === 'function') at = at.unwrap()
    const shape = at && typeof at === 'object' && 'shape' in at ? (at.shape as Record<string, unknown>) : {}
    if (step === undefined) return Object.keys(shape)
    at = shape[String(step)]
  }
  return []
}
