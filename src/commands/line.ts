/**
 * A typed line and its words. `words(line(w))` gives `w` back, whatever it holds: adapters build a line only here,
 * and every value is quoted, so a value can never become a flag.
 */
export type ParsedLine = { args: string[]; flags: Record<string, string | true> }

/** More than anybody types after the head of a line who wants an answer; what is longer was pasted by mistake. */
export const MAX_LINE_CHARACTERS = 1_000

const FLAGS_WITH_VALUE = new Set(['page', 'since', 'story', 'was', 'now', 'why'])
const DASHES = /^(?:--|—|–)(?=\p{L})/u
const OPENING_QUOTE = /["“”„]/
const PLAIN = /^[\p{L}\p{N}#](?:[\p{L}\p{N}#_.-]*(?:[\p{L}\p{N}#_-]|\.\.))?$/u
/** A full stop at the end of a line is punctuation; two are a range that stays open. */
const FULL_STOP = /(?<!\.)\.$/

/** A word of a line; `closed` by a quotation mark, so that what stands before it is no punctuation of the line. */
type Token = { value: string; bare: boolean; closed: boolean; start: number; end: number }

/**
 * Splits a line into arguments and flags. Quotation marks, straight or curly, keep words together; inside straight
 * ones `\"` and `\\` stand for the sign itself. A flag begins with `--`, `—` or `–` outside quotation marks
 * (phones turn one into the other); its value is the next word, or stands after `=`. A full stop at the end of the
 * line does not count.
 */
export function parseLine(line: string): ParsedLine {
  const { args, flags } = parseTokens(line)
  return { args: args.map(arg => arg.value), flags }
}

/** The text of a line after its first arguments, as it was typed but for its flags: what quotes stand in it stays. */
export function textAfter(line: string, count: number): string {
  const { args, flagTokens } = parseTokens(line)
  const start = count === 0 ? 0 : (args[count - 1]?.end ?? line.length)
  const without = flagTokens.reduceRight(
    (text, token) => (token.start < start ? text : text.slice(0, token.start) + text.slice(token.end)),
    line,
  )
  return without.slice(start).trim()
}

/** Joins arguments and flags to a line that `words` reads back the same. */
export function formatLine(words: ParsedLine): string {
  const flags = Object.entries(words.flags).map(([name, value]) => {
    if (value === true) return `--${name}`
    return FLAGS_WITH_VALUE.has(name) && PLAIN.test(value)
      ? `--${name} ${value}`
      : `--${name}=${quoteValue(value)}`
  })
  return [...words.args.map(quoteValue), ...flags].join(' ')
}

/** The head and the rest of a typed line: `/quote sessions` is `quote` and `sessions`; no slash means `/nutgraf`. */
export function splitCommand(typed: string): { command: string; text: string } {
  const trimmed = typed.trim()
  const head = /^[/@](\S+)\s*(.*)$/s.exec(trimmed)
  if (!head) return { command: 'nutgraf', text: trimmed }
  return { command: head[1]!.toLowerCase(), text: head[2]! }
}

function quoteValue(value: string): string {
  return PLAIN.test(value) ? value : `"${value.replace(/[\\"]/g, '\\$&')}"`
}

function parseTokens(line: string): { args: Token[]; flagTokens: Token[]; flags: ParsedLine['flags'] } {
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
  // Not by assignment: a flag may be called __proto__.
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
  const last = tokens.at(-1)
  if (!last || last.closed || !FULL_STOP.test(last.value)) return tokens
  const value = last.value.replace(FULL_STOP, '')
  return value === '' ? tokens.slice(0, -1) : [...tokens.slice(0, -1), { ...last, value }]
}

function readQuoted(line: string, start: number): Token {
  const straight = line[start] === '"'
  let value = ''
  let at = start + 1
  for (; at < line.length; at++) {
    const sign = line[at]!
    if (straight && sign === '\\' && /[\\"]/.test(line[at + 1] ?? '')) value += line[++at]
    else if (straight ? sign === '"' : /["“”]/.test(sign))
      return { value, bare: false, closed: true, start, end: at + 1 }
    else value += sign
  }
  return { value, bare: false, closed: true, start, end: at }
}

function readBare(line: string, start: number): Token {
  const flag = DASHES.test(line.slice(start, start + 3))
  let at = start
  while (at < line.length && !/\s/.test(line[at]!)) {
    // --since="last monday": the quoted value belongs to the flag
    if (flag && line[at] === '=' && OPENING_QUOTE.test(line[at + 1] ?? '')) {
      const rest = readQuoted(line, at + 1)
      return {
        value: `${line.slice(start, at + 1)}${rest.value}`,
        bare: true,
        closed: true,
        start,
        end: rest.end,
      }
    }
    at++
  }
  return { value: line.slice(start, at), bare: true, closed: false, start, end: at }
}
