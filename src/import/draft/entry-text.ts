/** How the entries of a draft are written: one field a line, so that git shows each tick, and no value is cut. */

/** Text that YAML takes for nothing else, and that no later edit of an editor spoils. */
const PLAIN = /^\p{L}[\p{L}\p{M}\p{N} ,.’()/–-]*[\p{L}\p{M}\p{N}.)]$/u
/** Words that YAML takes for something else than text. */
const RESERVED = /^(?:true|false|null|yes|no|on|off|nan|inf)$/i
/** Exact words always stand in marks, whatever they are. */
const ALWAYS_IN_MARKS = new Set(['words', 'text', 'title', 'dek'])

/** A value of YAML, on one line. */
export function valueText(value: unknown, field = ''): string {
  if (Array.isArray(value)) return `[${value.map(each => valueText(each)).join(', ')}]`
  if (typeof value !== 'string') return JSON.stringify(value)
  if (/^\d{4}(?:-\d\d){1,2}$/.test(value) && field !== '') return value
  const isPlain =
    !ALWAYS_IN_MARKS.has(field) &&
    PLAIN.test(value) &&
    !RESERVED.test(value) &&
    (field !== '' || !value.includes(','))
  return isPlain ? value : JSON.stringify(value)
}

/**
 * An entry of a list. `marks` are lines of their own behind the first field, `comments` lines above the others.
 */
export function entryText(
  values: Record<string, unknown>,
  { marks = {}, comments = [] }: { marks?: Record<string, string>; comments?: string[] } = {},
): string {
  const fields = Object.entries(values).filter(([, value]) => value !== undefined)
  const [first, ...rest] = fields.map(([field, value]) => fieldText(field, value))
  const lines = [
    first!,
    ...Object.entries(marks).map(([field, value]) => `${field}: ${value}`),
    ...comments.map(comment => `# ${comment}`),
    ...rest,
  ]
  return `- ${lines.join('\n').replaceAll('\n', '\n  ')}\n`
}

function fieldText(field: string, value: unknown): string {
  if (field === 'words' && Array.isArray(value))
    return `words:\n${value.map(each => `  - ${valueText(each, field)}`).join('\n')}`
  return `${field}: ${valueText(value, field)}`
}
