import type { UsualNode } from './node.ts'

/** How a text without quotation marks begins: with a letter, a digit, a bracket, or a sign that ASCII does not have. */
const PLAIN_START = /^[A-Za-z0-9(\u00a1-\uffff]/
/** What begins a comment or the value of a field, so that it is no part of a text. */
const ENDS_PLAIN = /: | #|:$/

/** Reads a text without quotation marks as what YAML takes it for; undefined where that takes a parser. */
export function readPlain(written: string): string | number | boolean | undefined {
  const text = withoutLastSpaces(written)
  return PLAIN_START.test(text) && !ENDS_PLAIN.test(text) ? resolvePlain(text) : undefined
}

function withoutLastSpaces(text: string): string {
  let end = text.length
  while (end > 0 && text.charCodeAt(end - 1) === 32) end--
  return text.slice(0, end)
}

const INTEGER = /^(?:0|[1-9]\d{0,14})$/
/** Other numbers that YAML knows: of base eight and sixteen, with a fraction, with an exponent. */
const OTHER_NUMBER = /^(?:0o[0-7]+|0x[\da-fA-F]+|\d+\.?\d*(?:[eE][-+]?\d+)?)$/
const WORD_WITH_MEANING = /^(?:null|true|false)$/i

function resolvePlain(text: string): string | number | boolean | undefined {
  if (INTEGER.test(text)) return Number(text)
  if (text === 'true') return true
  if (text === 'false') return false
  return OTHER_NUMBER.test(text) || WORD_WITH_MEANING.test(text) ? undefined : text
}

/** Whether a name of a field is itself, and not what YAML takes for nothing or a truth. */
export const isPlainKey = (name: string): boolean => !WORD_WITH_MEANING.test(name)

const DOUBLE = /^"([^"\\]*(?:\\(?:["\\/nt]|u(?![dD][89a-fA-F])[\da-fA-F]{4})[^"\\]*)*)" *$/
const SINGLE = /^'([^']*(?:''[^']*)*)' *$/

/** Reads a text in quotation marks that ends in its line; undefined for escapes that JSON does not have. */
export function readQuoted(written: string): string | undefined {
  const double = DOUBLE.exec(written)?.[1]
  if (double !== undefined) return double.includes('\\') ? JSON.parse(`"${double}"`) : double
  return SINGLE.exec(written)?.[1]?.replaceAll("''", "'")
}

/** One value of a list or of fields in brackets, up to the comma behind it or the end. */
const FLOW_VALUE =
  / *(?:([A-Za-z][\w-]{0,99}): +)?(?:'([^']*(?:''[^']*)*)' *|"([^"\\]*)" *|([A-Za-z0-9(\u00a1-\uffff][^,:#[\]{}]*))(,|$)/y

/** Reads a list or fields in brackets that end in their line. */
export function readFlow(written: string, line: number): UsualNode | undefined {
  const text = withoutLastSpaces(written)
  const isList = text.startsWith('[')
  if (!text.endsWith(isList ? ']' : '}')) return undefined
  const inside = withoutLastSpaces(text.slice(1, -1))
  const items: UsualNode[] = []
  const fields: NonNullable<UsualNode['fields']> = new Map()
  let isLast = /^ *$/.test(inside)
  for (let at = 0; !isLast; at = FLOW_VALUE.lastIndex) {
    FLOW_VALUE.lastIndex = at
    const [, name, single, double, plain, end] = FLOW_VALUE.exec(inside) ?? []
    const value =
      plain === undefined ? (double ?? single?.replaceAll("''", "'")) : resolvePlain(withoutLastSpaces(plain))
    if (value === undefined || (name === undefined) !== isList) return undefined
    const node = { line, value }
    if (name === undefined) items.push(node)
    else if (fields.has(name) || !isPlainKey(name)) return undefined
    else fields.set(name, { line, node })
    isLast = end === ''
  }
  if (isList) return { line, value: items.map(({ value }) => value), items }
  return {
    line,
    value: Object.fromEntries([...fields].map(([name, { node }]) => [name, node.value])),
    fields,
  }
}
