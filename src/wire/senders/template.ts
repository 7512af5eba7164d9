import type { Condition, Template } from '../../content/senders/sender-row.ts'

/** A call whose body is read: what rows look at. Header names are in small letters. */
export type ReadableCall = { body: unknown; headers: Record<string, string | undefined> }

const HEADER = 'header:'
const PLACE = /\{([^{}]+)\}/g

/** Finds what stands at a path (`post.current.title`, `docs.0.url`, `title.*`); undefined where there is nothing. */
export function valueAt(root: unknown, path: string): unknown {
  let value = root
  for (const step of path.split('.')) {
    if (typeof value !== 'object' || value === null) return undefined
    if (step === '*') value = Object.values(value)[0]
    else if (!Object.hasOwn(value, step)) return undefined
    else value = (value as Record<string, unknown>)[step]
  }
  return value ?? undefined
}

const valueIn = ({ body, headers }: ReadableCall, path: string): unknown =>
  path.startsWith(HEADER) ? headers[path.slice(HEADER.length)] : valueAt(body, path)

/** Tells whether a condition holds for a call. */
export function holds({ at, is, begins, exists }: Condition, call: ReadableCall): boolean {
  const value = valueIn(call, at)
  if (exists !== undefined && (value !== undefined) !== exists) return false
  if (is !== undefined && !is.some(wanted => wanted === value)) return false
  return begins === undefined || (typeof value === 'string' && value.startsWith(begins))
}

/** Fills the first of a template's texts of which every path has a value; undefined where none can be filled. */
export function fillTemplate(template: Template, call: ReadableCall): string | undefined {
  for (const text of template) {
    let isWhole = true
    const filled = text.replaceAll(PLACE, (_, path: string) => {
      const value = valueIn(call, path)
      const isText = typeof value === 'string' ? value.trim() !== '' : Number.isFinite(value)
      if (!isText) isWhole = false
      return isText ? String(value) : ''
    })
    if (isWhole) return filled
  }
  return undefined
}

/** The paths that a template looks at, for whoever has to be told which field is missing. */
export const fieldsOf = (template: Template): string =>
  [...new Set(template.flatMap(text => [...text.matchAll(PLACE)].map(([, path]) => path!)))].join(' or ')
