/**
 * A typed line and its words. `words(line(w))` gives `w` back, whatever it holds: adapters build a line only here,
 * and every value is quoted, so a value can never become a flag.
 */
export type Words = { args: string[]; flags: Record<string, string | true> }

const FLAGS_WITH_VALUE = new Set(['page', 'since', 'story'])
const DASHES = /^(?:--|—|–)(?=\p{L})/u
const OPENING = /["“”„]/
const PLAIN = /^[\p{L}\p{N}#][\p{L}\p{N}#_.-]*$/u

type Token = { value: string; bare: boolean }

/**
 * Splits a line into arguments and flags. Quotation marks, straight or curly, keep words together; inside straight
 * ones `\"` and `\\` stand for the sign itself. A flag begins with `--`, `—` or `–` outside quotation marks
 * (phones turn one into the other); its value is the next word, or stands after `=`.
 */
export function words(line: string): Words {
  const tokens = split(line)
  const args: string[] = []
  const flags: Words['flags'] = {}
  for (let index = 0; index < tokens.length; index++) {
    const token = tokens[index]!
    if (!token.bare || !DASHES.test(token.value)) {
      args.push(token.value)
      continue
    }
    const [name = '', value] = token.value.replace(DASHES, '').split(/=(.*)/s)
    const flag = name.toLowerCase()
    if (value !== undefined) flags[flag] = value
    else if (FLAGS_WITH_VALUE.has(flag) && tokens[index + 1] !== undefined)
      flags[flag] = tokens[++index]!.value
    else flags[flag] = true
  }
  return { args, flags }
}

/** Joins arguments and flags to a line that `words` reads back the same. */
export function line(words: Words): string {
  const flags = Object.entries(words.flags).map(([name, value]) =>
    value === true ? `--${name}` : `--${name}=${quoted(value)}`,
  )
  return [...words.args.map(quoted), ...flags].join(' ')
}

/** The head and the rest of a typed line: `/quote sessions` is `quote` and `sessions`; no slash means `/nutgraf`. */
export function headOf(typed: string): { command: string; text: string } {
  const trimmed = typed.trim()
  const head = /^[/@](\S+)\s*(.*)$/s.exec(trimmed)
  if (!head) return { command: 'nutgraf', text: trimmed }
  return { command: head[1]!.toLowerCase(), text: head[2]! }
}

function quoted(value: string): string {
  return PLAIN.test(value) ? value : `"${value.replace(/[\\"]/g, '\\$&')}"`
}

function split(line: string): Token[] {
  const tokens: Token[] = []
  let at = 0
  while (at < line.length) {
    if (/\s/.test(line[at]!)) {
      at++
      continue
    }
    const token = OPENING.test(line[at]!) ? readQuoted(line, at) : readBare(line, at)
    tokens.push({ value: token.value, bare: token.bare })
    at = token.end
  }
  return tokens
}

function readQuoted(line: string, start: number): Token & { end: number } {
  const straight = line[start] === '"'
  let value = ''
  let at = start + 1
  for (; at < line.length; at++) {
    const sign = line[at]!
    if (straight && sign === '\\' && /[\\"]/.test(line[at + 1] ?? '')) value += line[++at]
    else if (straight ? sign === '"' : /["“”]/.test(sign)) return { value, bare: false, end: at + 1 }
    else value += sign
  }
  return { value, bare: false, end: at }
}

function readBare(line: string, start: number): Token & { end: number } {
  let at = start
  while (at < line.length && !/\s/.test(line[at]!)) {
    // --since="last monday": the quoted value belongs to the flag
    if (line[at] === '=' && DASHES.test(line.slice(start)) && OPENING.test(line[at + 1] ?? '')) {
      const rest = readQuoted(line, at + 1)
      return { value: `${line.slice(start, at + 1)}${rest.value}`, bare: true, end: rest.end }
    }
    at++
  }
  return { value: line.slice(start, at), bare: true, end: at }
}
