import type { UsualNode } from './node.ts'
import { isPlainKey, readFlow, readPlain, readQuoted } from './scalars.ts'

/** Signs that are laid out, or end a text, in ways that only a whole parser knows. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: all of them are meant
const UNUSUAL = /[\x00-\x09\x0b-\x1f\x7f\ufeff]|^(?:---|\.\.\.|%)/m

/**
 * Reads YAML that is written as story files usually are: fields and lists, one value a line, block texts. Undefined for
 * all else, faults too, which the parser must explain. What is read has the values and lines that the parser would give,
 * and no value in it is cut by a comment; it takes a thirtieth of the parser’s time.
 */
export function readUsualYaml(text: string): UsualNode | undefined {
  const plain = text.includes('\r') ? text.replaceAll('\r\n', '\n') : text
  if (UNUSUAL.test(plain)) return undefined
  const reader: Reader = { lines: plain.split('\n'), at: 0 }
  skipToNext(reader)
  const first = reader.lines[reader.at]
  if (first === undefined) return undefined
  const root = first.startsWith('[') ? readValue(reader, first, 0) : readBlock(reader, 0)
  return reader.at === reader.lines.length ? root : undefined
}

/** The lines of a text, and the one that is read next. */
type Reader = { lines: string[]; at: number }

/** Passes empty lines, and comments at the start of a line that cannot be the rest of a value. */
function skipToNext(reader: Reader): void {
  for (; reader.at < reader.lines.length; reader.at++) {
    const line = reader.lines[reader.at]!
    if (line !== '' && !(line.startsWith('#') && !/^#\d/.test(line))) return
  }
}

/** The spaces before the next line that says something; -1 at the end of the text. */
function nextIndent({ lines, at }: Reader): number {
  const line = lines[at]
  return line === undefined ? -1 : indentOf(line)
}

function indentOf(line: string): number {
  let indent = 0
  while (line.charCodeAt(indent) === SPACE) indent++
  return indent
}
const SPACE = 32

const isItem = (line: string, indent: number) => line.startsWith('- ', indent)

function readBlock(reader: Reader, indent: number): UsualNode | undefined {
  if (nextIndent(reader) !== indent) return undefined
  return isItem(reader.lines[reader.at]!, indent)
    ? readItems(reader, indent)
    : readFields(reader, indent, indent)
}

function readItems(reader: Reader, indent: number): UsualNode | undefined {
  const items: UsualNode[] = []
  const line = reader.at + 1
  while (nextIndent(reader) === indent && isItem(reader.lines[reader.at]!, indent)) {
    const start = indent + 2
    const written = reader.lines[reader.at]!
    FIELD.lastIndex = start
    const item = FIELD.test(written)
      ? readFields(reader, start, start)
      : readValue(reader, written.slice(start), indent)
    if (!item) return undefined
    items.push(item)
  }
  return { line, value: items.map(({ value }) => value), items }
}

/** A field: its name, and what follows the colon. */
const FIELD = /([A-Za-z][\w-]{0,99}):(?: +(.*))?$/sy

/** Reads fields that begin in one column; the first of them may stand behind the dash of a list. */
function readFields(reader: Reader, indent: number, start: number): UsualNode | undefined {
  const fields: UsualNode['fields'] = new Map()
  const value: Record<string, unknown> = {}
  const line = reader.at + 1
  do {
    FIELD.lastIndex = start
    const [, name, written] = FIELD.exec(reader.lines[reader.at]!) ?? []
    if (name === undefined || fields.has(name) || !isPlainKey(name)) return undefined
    const at = reader.at + 1
    const node = written === undefined ? readBelow(reader, indent) : readValue(reader, written, indent)
    if (!node) return undefined
    fields.set(name, { line: at, node })
    value[name] = node.value
  } while (nextIndent(reader) === indent && !isItem(reader.lines[reader.at]!, indent))
  return { line, value, fields }
}

/** Reads the value of a field whose line ends with the colon: a list or fields in the lines directly below. */
function readBelow(reader: Reader, indent: number): UsualNode | undefined {
  reader.at++
  const own = nextIndent(reader)
  const line = reader.lines[reader.at]
  if (line === undefined || line === '' || line.startsWith('#')) return undefined
  return own > indent || (own === indent && isItem(line, own)) ? readBlock(reader, own) : undefined
}

/** Reads a value that stands in one line, or the block below a line that ends with `>-`. */
function readValue(reader: Reader, written: string, indent: number): UsualNode | undefined {
  const line = ++reader.at
  const value = written.trimEnd() === '' ? undefined : readOneLine(reader, written, indent, line)
  if (value === undefined) return undefined
  skipToNext(reader)
  return value
}

function readOneLine(reader: Reader, written: string, indent: number, line: number): UsualNode | undefined {
  const [sign] = written
  if (sign === '>' || sign === '|') return readText(reader, written, indent, line)
  if (sign === '[' || sign === '{') return readFlow(written, line)
  const value = sign === '"' || sign === "'" ? readQuoted(written) : readPlain(written)
  return value === undefined ? undefined : { line, value }
}

/** Reads a block text: lines of one indent, without empty ones between them. */
function readText(reader: Reader, header: string, parent: number, line: number): UsualNode | undefined {
  if (!/^[>|]-?$/.test(header)) return undefined
  const { lines } = reader
  const indent = nextIndent(reader)
  if (indent <= parent) return undefined
  const texts: string[] = []
  for (; nextIndent(reader) >= indent; reader.at++) {
    const text = lines[reader.at]!.slice(indent)
    if (text === '' || text.startsWith(' ') || text.endsWith(' ')) return undefined
    texts.push(text)
  }
  const isClosed = reader.at < lines.length
  while (lines[reader.at] === '') reader.at++
  const text = texts.join(header.startsWith('>') ? ' ' : '\n')
  if (header.endsWith('-')) return { line, value: text }
  return isClosed ? { line, value: `${text}\n` } : undefined
}
