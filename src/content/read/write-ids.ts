import { type FieldPosition, fieldPositions, plainEntries } from './yaml.ts'

/** An id to write, and the place of its entry in the list. */
export type NewId = { index: number; id: string }

/**
 * Adds ids to entries of a YAML list, each below the entry's date. Everything else stays as it is, byte for byte.
 * Undefined if an entry is written in a way that cannot be added to, such as an alias.
 */
export function addIds(text: string, ids: NewId[]): string | undefined {
  // The parser counts without the byte order mark that some editors put before a text.
  const mark = text.startsWith('\ufeff') ? '\ufeff' : ''
  const body = text.slice(mark.length)
  const dates = fieldPositions(body, 'date')
  const insertions = ids.map(({ index, id }) => insertionFor(body, dates[index], id))
  if (insertions.includes(undefined)) return undefined
  const added = insertions
    .filter(insertion => insertion !== undefined)
    .sort((a, b) => b.at - a.at)
    .reduce((result, { at, added }) => result.slice(0, at) + added + result.slice(at), body)
  return isSameWithIds(body, added, ids) ? mark + added : undefined
}

type Insertion = { at: number; added: string }

function insertionFor(text: string, date: FieldPosition | undefined, id: string): Insertion | undefined {
  if (!date) return undefined
  const { start, end, braces } = date
  if (braces) return { at: start, added: `id: ${id}, ` }
  const indent = ' '.repeat(start - (text.lastIndexOf('\n', start - 1) + 1))
  const lineEnd = text.indexOf('\n', end)
  const newLine = text.includes('\r\n') ? '\r\n' : '\n'
  if (lineEnd < 0) return { at: text.length, added: `${newLine}${indent}id: ${id}` }
  return { at: lineEnd + 1, added: `${indent}id: ${id}${newLine}` }
}

/** Whether a text now has these ids, and is the same otherwise. */
function isSameWithIds(before: string, after: string, ids: NewId[]): boolean {
  const [old = [], now = []] = [plainEntries(before), plainEntries(after)]
  const idByIndex = new Map(ids.map(({ index, id }) => [index, id]))
  const wanted = old.map((entry, index) => {
    const id = idByIndex.get(index)
    return id === undefined ? entry : { ...entry, id }
  })
  return JSON.stringify(now.map(sortedFields)) === JSON.stringify(wanted.map(sortedFields))
}

const sortedFields = (entry: object) => Object.entries(entry).sort(([a], [b]) => (a < b ? -1 : 1))
