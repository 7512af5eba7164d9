/** A line of YAML as people read it: what is before the name of a field, and its value; undefined if there is none. */
type FieldLine = { before: string; value: string | undefined }

const BEFORE_NAME = /^\s*(?:- +)*/
/** Signs that no name begins with. Behind a dash everything is a name: there people forget quotation marks. */
const NO_NAME_START = /^[\s:#"'[\]{},]|^$/

/**
 * Reads a line as a field, `- name: value`; undefined if it is none. By hand: a pattern for all of it takes a line of
 * dashes and spaces apart in every possible way.
 */
export function readFieldLine(line: string): FieldLine | undefined {
  const before = beforeName(line)
  const rest = line.slice(before.length)
  if (NO_NAME_START.test(rest) && !before.includes('-')) return undefined
  const end = rest.search(/[:#]/)
  if (rest[end] !== ':') return undefined
  const behind = rest.slice(end + 1)
  if (behind !== '' && !/^[ \t]/.test(behind)) return undefined
  const value = behind.replace(/^[ \t]+/, '')
  // A line that an old Mac ended is no line to YAML.
  return /[\r\u2028\u2029]/.test(value) ? undefined : { before, value: behind === '' ? undefined : value }
}

/** The spaces and dashes before the name of a field. */
export const beforeName = (line: string): string => BEFORE_NAME.exec(line)![0]
