import { keepResults } from '../chat/keep-results.ts'

/**
 * The arguments and flags of a typed line. `parseLine(formatLine(parsed))` returns `parsed` whatever it holds.
 * Platforms build lines only with `formatLine`, which quotes every value, so that a value can never become a flag.
 */
export type ParsedLine = { args: string[]; flags: Record<string, string | true> }

/** More than anybody types after a command to get an answer; a longer line was pasted by mistake. */
export const MAX_LINE_CHARACTERS = 1_000

const FLAGS_WITH_VALUE = new Set([
  ...['page', 'since', 'story', 'was', 'now', 'why'],
  ...['into', 'as', 'name', 'role', 'date', 'text', 'title', 'status', 'summary', 'confidence'],
])
const DASHES = /^(?:--|—|–)(?=\p{L})/u
const OPENING_QUOTE = /["“”„]/
const PLAIN = /^[\p{L}\p{N}#](?:[\p{L}\p{N}#_.-]*(?:[\p{L}\p{N}#_-]|\.\.))?$/u
/** Flags whose value is a sentence, which keeps its signs. */
const SENTENCE_FLAGS = new Set(['was', 'now', 'why', 'name', 'role', 'text', 'title', 'status', 'summary'])

/** A word of a line. `closed` means that a quotation mark ends it, so the signs at its end belong to the value. */
type Token = { value: string; bare: boolean; closed: boolean; start: number; end: number }

/**
 * Splits a line into arguments and flags. Quotation marks, straight or curly, keep words together; inside straight
 * ones `\"` and `\\` are the character itself. A flag begins with `--`, `—` or `–` outside quotation marks (phones
 * turn one into the other); its value is the next word, or follows `=`. A full stop, question mark or
 * exclamation mark at the end of the line is ignored.
 */
export function parseLine(line: string): ParsedLine {
  const { args, flags } = parseTokens(line)
  return { args: args.map(arg => arg.value), flags: { ...flags } }
}

/** Returns the text after the first `count` arguments as typed, quotation marks included, without the flags. */
export function textAfter(line: string, count: number): string {
  const { args, flagTokens } = parseTokens(line)
  const start = count === 0 ? 0 : (args[count - 1]?.end ?? line.length)
  const withoutFlags = flagTokens.reduceRight(
    (text, token) => (token.start < start ? text : text.slice(0, token.start) + text.slice(token.end)),
    line,
  )
  return withoutFlags.slice(start).trim()
}

/** Joins arguments and flags into a line that `parseLine` reads back unchanged. */
export function formatLine(parsed: ParsedLine): string {
  const flags = Object.entries(parsed.flags).map(([name, value]) => {
    if (value === true) return `--${name}`
    return FLAGS_WITH_VALUE.has(name) && PLAIN.test(value)
      ? `--${name} ${value}`
      : `--${name}=${quoteValue(value)}`
  })
  return [...parsed.args.map(quoteValue), ...flags].join(' ')
}

/**
 * Splits a typed line into its command and the rest: `/quote sessions` is `quote` and `sessions`; no slash means
 * `/nutgraf`.
 */
export function splitCommand(typed: string): { command: string; text: string } {
  const trimmed = typed.trim()
  const match = /^[/@](\S+)\s*(.*)$/s.exec(trimmed)
  if (!match) return { command: 'nutgraf', text: trimmed }
  return { command: match[1]!.toLowerCase(), text: match[2]! }
}

function quoteValue(value: string): string {
  return PLAIN.test(value) ? value : `"${value.replace(/[\\"]/g, '\\$&')}"`
}

/** The tokens of a line. Those of the last one are kept: a line passes through several commands that read it. */
const parseTokens = keepResults(readTokens, 1)

function readTokens(line: string): { args: Token[]; flagTokens: Token[]; flags: ParsedLine['flags'] } {
  const tokens = tokenize(line)
  const args: Token[] = []
  const flagTokens: Token[] = []
  const flags: [string, string | true][] = []
  const isFlag = (token: Token | undefined) => token?.bare && DASHES.test(token.value)
  for (let index = 0; index < tokens.length; index++) {
    const token = tokens[index]!
    if (!isFlag(token)) {
      args.push(token)
      continue
    }
    const [typed = '', value] = token.value.replace(DASHES, '').split(/=(.*)/s)
    const name = typed.toLowerCase()
    flagTokens.push(token)
    const next = tokens[index + 1]
    if (value !== undefined) flags.push([name, value])
    else if (FLAGS_WITH_VALUE.has(name) && next && !isFlag(next)) {
      flags.push([name, next.value])
      flagTokens.push(next)
      index++
    } else flags.push([name, true])
  }
  // Not by assignment, since a flag may be called __proto__.
  return { args, flagTokens, flags: Object.fromEntries(flags) }
}

function tokenize(line: string): Token[] {
  const tokens: Token[] = []
  let at = 0
  while (at < line.length) {
    if (/\s/.test(line[at]!)) {
      at++
      continue
    }
    const token = OPENING_QUOTE.test(line[at]!) ? readQuoted(line, at) : readBare(line, at)
    tokens.push(token)
    at = token.end
  }
  return withoutLastSigns(tokens)
}

/** Removes the signs that end a line, but not those of a quoted value or of a sentence for the desk. */
function withoutLastSigns(tokens: Token[]): Token[] {
  const last = tokens.at(-1)
  const before = tokens.at(-2)
  const isSentence = (token: Token | undefined) =>
    token?.bare &&
    DASHES.test(token.value) &&
    SENTENCE_FLAGS.has(token.value.replace(DASHES, '').split('=')[0]!)
  if (!last || last.closed || isSentence(last) || isSentence(before)) return tokens
  const value = withoutSigns(last.value)
  // `status ?` is French; `who !!!` asks for something, and no word is dropped in silence.
  if (value === '') return last.value.length > 1 && tokens.length > 1 ? tokens : tokens.slice(0, -1)
  return [...tokens.slice(0, -1), { ...last, value }]
}

/** A word without the punctuation that ends a line: `status?`, one full stop. Two are an open range (`2018..`). */
function withoutSigns(word: string): string {
  let end = word.length
  while (/[?!？！。؟]/.test(word[end - 1] ?? '') || (word[end - 1] === '.' && word[end - 2] !== '.')) end--
  return word.slice(0, end)
}

function readQuoted(line: string, start: number): Token {
  const straight = line[start] === '"'
  let value = ''
  let at = start + 1
  for (; at < line.length; at++) {
    const character = line[at]!
    if (straight && character === '\\' && /[\\"]/.test(line[at + 1] ?? '')) value += line[++at]
    else if (straight ? character === '"' : /["“”]/.test(character))
      return { value, bare: false, closed: true, start, end: at + 1 }
    else value += character
  }
  return { value, bare: false, closed: true, start, end: at }
}

function readBare(line: string, start: number): Token {
  const isFlag = DASHES.test(line.slice(start, start + 3))
  let at = start
  while (at < line.length && !/\s/.test(line[at]!)) {
    // In --since="last monday" the quoted value belongs to the flag.
    if (isFlag && line[at] === '=' && OPENING_QUOTE.test(line[at + 1] ?? '')) {
      const { value, end } = readQuoted(line, at + 1)
      return { value: `${line.slice(start, at + 1)}${value}`, bare: true, closed: true, start, end }
    }
    at++
  }
  return { value: line.slice(start, at), bare: true, closed: false, start, end: at }
}
