import type { Paragraph } from 'mdast'

type Position = NonNullable<Paragraph['position']>

/** A line of Markdown, or the rest of one behind its marks: its words, its number, where they begin, and where it does. */
export type Line = { words: string; number: number; start: number; lineStart: number }

/** The lines of a text. */
export function linesOf(text: string): Line[] {
  let start = 0
  return text.split('\n').map((words, index): Line => {
    const lineStart = start
    start += words.length + 1
    return { words, number: index + 1, start: lineStart, lineStart }
  })
}

/** Lines without the mark that each of them begins with; undefined if one does not. */
export const withoutMarks = (lines: Line[], mark: string): Line[] | undefined =>
  lines.every(({ words }) => words.startsWith(mark))
    ? lines.map(({ words, start, ...line }) => ({
        ...line,
        words: words.slice(mark.length),
        start: start + mark.length,
      }))
    : undefined

/** The place of some lines, as a parser of Markdown gives it. */
export const positionOf = (lines: Line[]): Position => ({
  start: pointIn(lines[0]!, 0),
  end: pointIn(lines.at(-1)!, lines.at(-1)!.words.length),
})

/** The place of some characters of lines, which are counted as if one character were between two lines. */
export const positionBetween = (lines: Line[], from: number, to: number): Position => ({
  start: pointAt(lines, from),
  end: pointAt(lines, to, true),
})

function pointAt(lines: Line[], at: number, isEnd = false) {
  let [line] = lines as [Line]
  let rest = at
  for (let next = 1; rest > line.words.length && next < lines.length; next++) {
    rest -= line.words.length + 1
    line = lines[next]!
  }
  // Words that end with a line end do not reach over the marks of the next line.
  return isEnd && rest === 0 && line !== lines[0]
    ? pointIn({ ...line, start: line.lineStart }, 0)
    : pointIn(line, rest)
}

const pointIn = ({ number, start, lineStart }: Line, at: number) => ({
  line: number,
  column: start - lineStart + at + 1,
  offset: start + at,
})
