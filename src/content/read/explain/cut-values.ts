import { shorten } from '../../../chat/shorten.ts'

type Range = [start: number, end: number, last: number]

/**
 * A value where it is written: its field, the range of the field's name if the value belongs to it alone, its own range
 * (to its end, and to the end of what follows it), and how it is written. A list in brackets has items.
 */
type WrittenValue = {
  field: string
  keyStart: number
  keyEnd?: number
  style: string
  range: Range
  items: (Range | null | undefined)[]
}

/** What a comment cuts from a value, as a sentence, and where the comment begins. */
export type Cut = { at: number; message: string }

/** Fields whose words are ours or somebody else's exactly: a comment after them was never meant. */
const EXACT_FIELDS = new Set(['words', 'says', 'was', 'now'])
/** Fields that hold a date, a number, a name for the machine or one of a few words: nothing in them can be cut. */
const CLOSED_FIELDS = new Set(
  'state coversTo on published embargo command number kind date seen skip source saidOn confidence sources major added expected print id repeat notice part time days zone quiet stories'.split(
    ' ',
  ),
)
/** A comment that was meant as one: two spaces or a tab before it, one behind its sign, and no number after that. */
const ON_PURPOSE = /^(?:[ \t]{2,}|\t)#[ \t]+(?!\d)/

/** Finds what comments cut from a value: before it, behind it, in its first line, or between the items of a list. */
export function cutsOf(written: WrittenValue, text: string): Cut[] {
  const { field, keyStart, keyEnd, style, range, items } = written
  const [start, end, last] = range
  const value = text.slice(start, end)
  if (CLOSED_FIELDS.has(field) && value !== '') return []
  const isExact = EXACT_FIELDS.has(field)
  const cutAt = (from: number, to: number, isEmpty = false) => sameLineCut(text, from, to, isExact, isEmpty)
  if (style === 'LIST') {
    const starts = [...items.map(item => item?.[0] ?? end), end]
    const ends = [start + 1, ...items.map(item => item?.[1] ?? end)]
    return ends.flatMap((from, index) => {
      const comma = text.slice(from, starts[index]).indexOf(',') + 1
      return comma > 0 || index === 0 ? cutAt(from + comma, starts[index]!) : []
    })
  }
  const before =
    keyEnd === undefined
      ? []
      : [...cutAt(keyEnd + 1, start), ...ownLineCut(text, keyEnd + 1, start, isExact ? /^#/ : /^#\S/)]
  const header = style.startsWith('BLOCK') ? /^[|>][+-]?\d?[+-]?/.exec(value) : undefined
  if (header) return [...before, ...cutAt(start + header[0].length, start + value.indexOf('\n'))]
  if (style !== 'PLAIN') return before
  const column = keyStart - (text.lastIndexOf('\n', keyStart - 1) + 1)
  const behind = value === '' ? [] : ownLineCut(text, end, last, /^#\d/, column)
  return [...before, ...cutAt(end, last, value === ''), ...behind]
}

/** Finds a comment in the rest of a line, if it was not meant as one. */
function sameLineCut(text: string, from: number, to: number, isExact: boolean, isEmpty: boolean): Cut[] {
  const [line] = /^[ \t]*#[^\r\n]*/.exec(text.slice(from, to)) ?? []
  if (line === undefined || (!isEmpty && !isExact && ON_PURPOSE.test(line))) return []
  return [{ at: from + line.indexOf('#'), message: cutMessage(line.trim(), isExact) }]
}

/**
 * Finds a comment on the next line that looks as if the value went on there: it begins as `likeText` does, or is
 * indented more than the `column` of the field.
 */
function ownLineCut(
  text: string,
  from: number,
  to: number,
  likeText: RegExp,
  column = Number.POSITIVE_INFINITY,
): Cut[] {
  const [lines, indent = '', comment = ''] =
    /^(?:[ \t]*\r?\n)+([ \t]*)(#[^\r\n]*)/.exec(text.slice(from, to)) ?? []
  if (lines === undefined || !(likeText.test(comment) || indent.length > column)) return []
  return [{ at: from + lines.length - comment.length, message: cutMessage(comment, true) }]
}

const MAX_SHOWN = 30

function cutMessage(lost: string, isExact: boolean): string {
  const shown = shorten(lost, MAX_SHOWN)
  const comment = isExact
    ? 'a comment belongs on a line of its own, which begins where the name of the field does'
    : 'a comment has two spaces before its # and one after it'
  return `“#” begins a comment, so “${shown}” would be lost: put the value in quotation marks (${comment})`
}
