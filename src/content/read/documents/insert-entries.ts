import type { Document, Node } from 'yaml'
import { sortKeyOf } from '../../../dates/rough-dates.ts'
import { isMap, isNode, isSeq, readNodes, writeYaml } from '../yaml.ts'

/** A piece of a file with entries in it: what was there, or the entry of this number. The pieces together are the file. */
export type Piece = { text: string; entry?: number }

/** A line that ends a YAML text: entries belong above it. */
const DOCUMENT_END = /(?<=^|\n)\.\.\.\s*$/

/**
 * Inserts entries into the text of a YAML list: at its end, or `byDate` each after those that are no later. The existing
 * text stays as it is, with its comments, line ends and a byte order mark; only a list in brackets that is not empty is
 * written again, with one “- ” an entry. Undefined if the list is written in a way that cannot be added to.
 */
export function insertEntries(
  file: string,
  entries: readonly object[],
  { byDate = false } = {},
): Piece[] | undefined {
  const mark = file.startsWith('\ufeff') ? '\ufeff' : ''
  const end = DOCUMENT_END.exec(file)?.[0] ?? ''
  const text = file.slice(mark.length, file.length - end.length)
  const read = readList(text)
  if (!read) return undefined
  const { document, list: before } = read
  const places = entries.map(entry => (byDate ? placeByDate(entry, before) : before.length))
  const order = [...entries.keys()].sort(
    (a, b) => places[a]! - places[b]! || (byDate ? compareDates(entries[a]!, entries[b]!) : 0) || a - b,
  )
  const inner = insertInto(...asLines(document, text), order, { entries, places })
  const pieces = [{ text: mark }, ...inner, { text: end }].filter(piece => piece.text !== '')
  const wanted = [...before]
  for (const number of order.toReversed()) wanted.splice(places[number]!, 0, entries[number]!)
  const after = plainList(pieces.map(piece => piece.text).join(''))
  return after && isSame(after, wanted) ? pieces : undefined
}

/** The entries of a YAML list as plain values; none of an empty text; undefined if it cannot be read as a list. */
export const plainList = (file: string): object[] | undefined => readList(file.replace(/^\ufeff/, ''))?.list

function readList(text: string): { document: Document; list: object[] } | undefined {
  try {
    const document = readNodes(text)
    const list: unknown = document.errors.length > 0 ? undefined : (document.toJS() ?? [])
    return Array.isArray(list) ? { document, list } : undefined
  } catch {
    // Brackets in each other without end, or names that repeat too much.
    return undefined
  }
}

const lineEndOf = (text: string) => (text.includes('\r\n') ? '\r\n' : '\n')

/** Writes a list in brackets with one “- ” an entry, unless it is empty. */
function asLines(document: Document, text: string): [Document, string] {
  const { contents } = document
  if (!isSeq(contents) || !contents.flow || contents.items.length === 0) return [document, text]
  contents.flow = false
  const lines = document.toString({ lineWidth: 0 }).replaceAll('\n', lineEndOf(text))
  return [readNodes(lines), lines]
}

/** The entries to insert, and before which of the old ones each belongs. */
type Insertion = { entries: readonly object[]; places: number[] }

function insertInto(
  document: Document,
  text: string,
  order: number[],
  { entries, places }: Insertion,
): Piece[] {
  const { contents } = document
  const lineEnd = lineEndOf(text)
  const isList = isSeq(contents) && !contents.flow
  const start = isList ? (contents.range?.[0] ?? 0) : 0
  const lineStart = text.lastIndexOf('\n', start - 1) + 1
  const indent = ' '.repeat(start - lineStart)
  const write = (number: number): Piece => ({
    text: writeYaml([entries[number]])
      .replace(/^(?=.)/gm, indent)
      .replaceAll('\n', lineEnd),
    entry: number,
  })
  if (!isList) {
    // The first entry replaces the brackets of an empty list, or what says that there is nothing.
    const [from = 0, to = 0] = contents?.range ?? []
    const rest = text.slice(0, from) + text.slice(to).replace(/^[ \t]*\r?\n/, to > from ? '' : '$&')
    return [{ text: withLineEnd(rest, lineEnd) }, ...order.map(write)]
  }
  const pieces: Piece[] = []
  let from = 0
  for (const [place, group] of Map.groupBy(order, number => places[number]!)) {
    const at =
      place === 0
        ? lineStart
        : place >= contents.items.length
          ? text.length
          : lineAfter(text, endOf(contents.items[place - 1] as Node))
    const before = text.slice(from, at)
    pieces.push({ text: at === text.length ? withLineEnd(before, lineEnd) : before }, ...group.map(write))
    from = at
  }
  return [...pieces, { text: text.slice(from) }]
}

const withLineEnd = (text: string, lineEnd: string) =>
  text === '' || text.endsWith('\n') ? text : `${text}${lineEnd}`

/** Where the text of an entry ends: comments and empty lines below it belong to what follows. */
function endOf(node: Node): number {
  if (isMap(node) && !node.flow) {
    const last = node.items.at(-1)
    if (isNode(last?.value)) return endOf(last.value)
    if (isNode(last?.key)) return endOf(last.key)
  }
  if (isSeq(node) && !node.flow && isNode(node.items.at(-1))) return endOf(node.items.at(-1) as Node)
  return node.range?.[1] ?? 0
}

/** The beginning of the next line, from somewhere in a line or from its beginning. */
function lineAfter(text: string, at: number): number {
  if (text[at - 1] === '\n') return at
  const end = text.indexOf('\n', at)
  return end < 0 ? text.length : end + 1
}

/** What has happened stands before what is expected, and each in the order of its dates. */
function placeByDate(entry: object, list: readonly object[]): number {
  return list.findLastIndex(known => compareDates(known, entry) <= 0) + 1
}

function compareDates(first: object, second: object): number {
  const [a, b] = [dateKey(first), dateKey(second)]
  return a < b ? -1 : a > b ? 1 : 0
}

function dateKey(entry: object): string {
  const { date, expected } = (entry ?? {}) as { date?: unknown; expected?: unknown }
  return `${expected === true ? 1 : 0} ${sortKeyOf({ date: String(date ?? ''), expected: expected === true })}`
}

const isSame = (first: object[], second: object[]) => JSON.stringify(first) === JSON.stringify(second)
