import { shorten } from '../../../chat/shorten.ts'
import { nameOfUnseen } from '../unseen-characters.ts'
import { beforeName, readFieldLine } from './field-line.ts'

/** What a YAML parser reports: a code, its own sentence, and the line, counted from 1. */
type ParserError = { code: string; message: string; line: number }

/** A problem in an editor's words, with its line, counted from 1. */
type Explained = { line: number; message: string }

const UNSEEN_IN_LAYOUT =
  /^[ \t]*([^\S \t\n\r]|[\u00ad\u200b-\u200f\u2060\ufeff])|:([^\S \t\n\r]|[\u200b\u2060\ufeff])/u

/** So much of a line is repeated, to find it by. */
const MAX_SHOWN = 40

/** Says in plain words what is wrong with a YAML text that a parser refused. Only the first fault counts: the parser's others are its consequences. */
export function explainYaml(text: string, errors: ParserError[]): Explained {
  const lines = text.split(/\r?\n/)
  const first = errors.reduce((a, b) => (b.line < a.line ? b : a))
  return (
    tabs(lines, first.line) ??
    byCode(lines, first) ??
    (/^\s*[[{]/.test(text) ? undefined : byLines(lines, first.line)) ?? {
      line: Math.min(first.line, lines.length),
      message:
        'cannot be read from here on: look in this line and the one above for a missing quotation mark, bracket, comma, colon or space',
    }
  )
}

function tabs(lines: string[], errorLine: number): Explained | undefined {
  const tabbed = lines.flatMap((line, index) =>
    /^[ ]*(?:- *)?\t/.test(line) && line.trim() !== '' ? [index + 1] : [],
  )
  const [first] = tabbed
  if (first === undefined || first > errorLine + 1) return undefined
  const others = tabbed.length - 1
  const more = others === 0 ? '' : ` (so do ${others === 1 ? '1 other line' : `${others} other lines`})`
  return { line: first, message: `this line begins with a tab${more}: use spaces` }
}

function byCode(lines: string[], { code, message, line }: ParserError): Explained | undefined {
  const typed = lines[line - 1] ?? ''
  if (code === 'DUPLICATE_KEY') {
    const name = /(?<![\w-])([\w-]+)["']?\s*:/.exec(typed.slice(beforeName(typed).length))?.[1]
    return {
      line,
      message: `the field “${name ?? typed.trim()}” is here for the second time: take one out, or begin the next entry with “- ”`,
    }
  }
  if (code === 'MULTIPLE_DOCS')
    return {
      line,
      message: 'a line of “---” or “...” ends the file, and the rest would be lost: take it out',
    }
  if (code === 'BAD_DQ_ESCAPE')
    return {
      line,
      message:
        'a backslash between " and " has a meaning of its own: put the value between single marks, \'…\'',
    }
  if (code === 'TAG_RESOLVE_FAILED') return { line, message: cannotBegin('!') }
  if (code === 'BAD_DIRECTIVE') return { line, message: cannotBegin('%') }
  if (/^Missing closing/.test(message)) {
    const mark = message.includes("'") ? "'" : '"'
    const open = lines.findIndex(other => opensOnly(other, mark)) + 1
    return {
      line: open > 0 ? open : Math.min(line, lines.length),
      message: `the value begins with ${mark} but does not end with it: add the closing mark`,
    }
  }
  return undefined
}

/** Whether a line has a value that begins with a quotation mark and does not end with one. */
function opensOnly(line: string, mark: string): boolean {
  const value = readFieldLine(line)?.value ?? /^\s*- +(.*)/.exec(line)?.[1] ?? ''
  if (!value.startsWith(mark)) return false
  const rest = mark === '"' ? value.slice(1).replace(/\\./g, '') : value.slice(1).replaceAll("''", '')
  return !rest.includes(mark)
}

function byLines(lines: string[], errorLine: number): Explained | undefined {
  const inBlock = blockScalarLines(lines)
  for (const line of [errorLine, errorLine + 1, errorLine - 1]) {
    const typed = lines[line - 1]
    if (typed === undefined || typed.trim() === '' || /^\s*#/.test(typed) || inBlock.has(line)) continue
    const message = lineProblem(typed)
    if (message !== undefined) return { line, message }
  }
  for (const line of [errorLine, errorLine + 1]) {
    const message = indentProblem(lines, line, inBlock)
    if (message !== undefined) return { line, message }
  }
  return undefined
}

function lineProblem(typed: string): string | undefined {
  const [, atStart, afterColon] = UNSEEN_IN_LAYOUT.exec(typed) ?? []
  const unseen = atStart ?? afterColon
  if (unseen !== undefined) {
    const cure =
      /\s/.test(unseen) && unseen !== '\ufeff' ? 'put an ordinary space in its place' : 'take it out'
    return `there is ${nameOfUnseen(unseen)} ${atStart === undefined ? 'after the colon' : 'at the start of this line'}: ${cure}`
  }
  const entry = typed.slice(beforeName(typed).length)
  if (/^\s*-[\p{L}\d]/u.test(typed))
    return `“${shorten(entry.trim(), MAX_SHOWN)}” needs a space after the dash`
  const field = readFieldLine(typed)
  if (!field) {
    if (/^[\w-]+：/.test(entry)) return `“${shorten(entry.trim(), MAX_SHOWN)}” has a wide colon: write “: ”`
    if (/^["'][\w-]+["']\s*:/.test(entry)) return undefined
    if (/^[\w-]+:\S/.test(entry)) return `“${shorten(entry.trim(), MAX_SHOWN)}” needs a space after the colon`
    const value = valueProblem(entry)
    if (value !== undefined) return value
    if (/^[\w-]+ *#.*:/.test(entry)) return 'the name of a field has no “#” in it'
    if (/^["'[{]/.test(entry)) return undefined
    return `“${shorten(entry.trim(), MAX_SHOWN)}” is no field: write “name: value”, or begin the line with more spaces if it goes on with the value above`
  }
  return valueProblem(field.value ?? '')
}

function valueProblem(value: string): string | undefined {
  const trimmed = value.trim()
  const [sign = ''] = trimmed
  if (sign === '"' || sign === "'") return quotedProblem(trimmed, sign)
  if (/^[[{]/.test(trimmed)) return bracketProblem(trimmed)
  if (/^[|>]/.test(trimmed))
    return /^[|>][+-]?\d?[+-]?\s*(?:#.*)?$/.test(trimmed) ? undefined : cannotBegin(sign)
  if (/^(?:[@`%*&!\]},]|[-?](?:\s|$))/.test(trimmed)) return cannotBegin(sign)
  if (/:(?:\s|$)/.test(trimmed.replace(/\s#.*$/s, '')))
    return "a value with a colon and a space in it must be in quotation marks: '…'"
  return undefined
}

function quotedProblem(value: string, mark: string): string | undefined {
  const body = mark === '"' ? value.slice(1).replace(/\\./g, '..') : value.slice(1).replaceAll("''", '..')
  const end = body.indexOf(mark)
  if (end < 0) return `the value begins with ${mark} but does not end with it: add the closing mark`
  if (/^\s*(?:#.*)?$/.test(body.slice(end + 1))) return undefined
  return mark === '"'
    ? "there is text after the closing \": put the whole value between single marks, '…'"
    : "there is text after the closing ': write '' for an apostrophe inside '…', or put the whole value between \" and \""
}

function bracketProblem(value: string): string | undefined {
  const closing = value.startsWith('[') ? ']' : '}'
  const end = value.lastIndexOf(closing)
  if (/\s#/.test(value.slice(0, end < 0 ? undefined : end)))
    return '“ #” begins a comment, so the rest of the line would be lost: put the value in quotation marks'
  if (end < 0) return `the list in brackets has no closing “${closing}”`
  if (/^\s*(?:#.*)?$/.test(value.slice(end + 1))) {
    return /,\s*,|^[[{]\s*,/.test(value) ? 'there is a comma too much between the brackets' : undefined
  }
  return cannotBegin(value[0]!)
}

function indentProblem(lines: string[], line: number, inBlock: Set<number>): string | undefined {
  const column = (typed: string) => beforeName(typed).length
  const typed = lines[line - 1]
  const above = lines
    .slice(0, line - 1)
    .findLastIndex((other, index) => readFieldLine(other) && !inBlock.has(index + 1))
  if (typed === undefined || above < 0 || !readFieldLine(typed)) return undefined
  const [own, theirs] = [column(typed), column(lines[above]!)]
  if (own === theirs) return undefined
  return `the fields of an entry begin in one column: this one has ${spaces(own)} before it, the one above has ${spaces(theirs)} (“- ” counts as two)`
}

const spaces = (count: number) => (count === 1 ? '1 space' : `${count} spaces`)

/** The lines of texts that begin with `|` or `>` in the line above: nothing in them is YAML. */
function blockScalarLines(lines: string[]): Set<number> {
  const inBlock = new Set<number>()
  let indent: number | undefined
  for (const [index, line] of lines.entries()) {
    const own = /^\s*/.exec(line)![0].length
    if (indent !== undefined && (line.trim() === '' || own > indent)) inBlock.add(index + 1)
    else indent = /(?::|^\s*-) +[|>][+-]?\d?[+-]?\s*(?:#.*)?$/s.test(line) ? own : undefined
  }
  return inBlock
}

/** Says that a value may not begin with a sign. */
export const cannotBegin = (sign: string): string =>
  `a value that begins with “${sign}” must be in quotation marks: '…'`
