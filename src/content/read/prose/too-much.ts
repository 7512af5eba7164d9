import type { Problem } from '../../story.ts'
import { type FileExcerpt, problemAt } from '../excerpt.ts'

// A page has room for 1,400 characters, marks not counted. What is far beyond would be refused when it is drawn, but
// reading it first takes a parser of Markdown minutes: it tries every mark with every other one.
const MAX_CHARACTERS = 20_000
const MAX_LINES = 500
const MAX_MARKS = 500
/** How deep a list or note may be in another. Anything in a list item but one paragraph is refused anyway. */
const MAX_DEPTH = 4
const MAX_INDENT = 10
const MAX_NOTES = 500
const MAX_UNDERLINES = 20

const MARK = /[*_[\]<`]/g
/** What puts a line into lists and notes: `>`, `-`, `1.` and the blanks between. */
const AROUND_TEXT = /^(?:[ \t>]|[-+*](?=[ \t])|\d{1,9}[.)](?=[ \t]))*/
const CONTAINER = />|[-+*](?=[ \t])|\d[.)]/g
/** A line between two texts, which is drawn and holds nothing. */
const RULE = /^[ \t]*([-*_])[ \t]*(?:\1[ \t]*)*$/
const HEADING = /^#{1,6}[ \t]/
const ITEM = /^[ \t>]*(?:[-+*]|\d{1,9}[.)])[ \t]/
const UNDERLINE = /^[ \t>]*(?:=+|-+)[ \t]*$/

/**
 * Finds text that is too much to be read as Markdown: a paragraph that no page has room for, or lists and notes inside
 * each other without end. Undefined if there is none. Looks once at each sign, before any parser does.
 */
export function findTooMuch(excerpt: FileExcerpt): Problem | undefined {
  let paragraph = { line: 1, characters: 0, lines: 0, marks: 0 }
  let notes = 0
  let underlines = 0
  for (const [index, line] of excerpt.text.split(/\r\n?|\n/).entries()) {
    const at = index + 1
    const refuse = (message: string, from = at) => problemAt(excerpt, from + excerpt.linesBefore, message)
    const isUnderline = UNDERLINE.test(line)
    if (/^[ \t]*$/.test(line)) {
      paragraph = { line: at + 1, characters: 0, lines: 0, marks: 0 }
      continue
    }
    if (isUnderline && paragraph.lines > 0 && ++underlines > MAX_UNDERLINES)
      return refuse(
        'a line of “---” or “===” under a text makes it a heading: leave an empty line between them',
      )
    const around = AROUND_TEXT.exec(line)![0]
    if (isTooDeep(around) && !RULE.test(line))
      return refuse(
        `lists and notes are more than ${MAX_DEPTH} deep in each other: write them below each other`,
      )
    if (HEADING.test(line) || ITEM.test(line)) paragraph = { line: at, characters: 0, lines: 0, marks: 0 }
    if (around.includes('>') && paragraph.lines === 0 && ++notes > MAX_NOTES)
      return refuse(`has more than ${MAX_NOTES} editor’s notes: write them into the text`)
    paragraph.lines++
    paragraph.characters += line.length + 1
    paragraph.marks += line.match(MARK)?.length ?? 0
    const { characters, lines, marks } = paragraph
    if (characters > MAX_CHARACTERS || lines > MAX_LINES)
      return refuse(
        `a paragraph has at most ${MAX_CHARACTERS} characters and ${MAX_LINES} lines: put an empty line into this one`,
        paragraph.line,
      )
    if (marks > MAX_MARKS)
      return refuse(
        `a paragraph has at most ${MAX_MARKS} signs of Markdown (such as * _ [ ]): take some out, or divide it by an empty line`,
        paragraph.line,
      )
  }
  return undefined
}

/** Whether a line begins too many lists and notes, or is indented for too many. */
const isTooDeep = (around: string): boolean =>
  (around.match(CONTAINER)?.length ?? 0) > MAX_DEPTH ||
  (around.replaceAll('\t', '    ').match(/ {4}/g)?.length ?? 0) > MAX_INDENT

/** A text with nothing but its headings, each in its own line as before. */
export const headingsOf = (text: string): string =>
  text
    .split('\n')
    .map(line => (/^## .{1,200}$/.test(line.trimEnd()) ? line : ''))
    .join('\n')
