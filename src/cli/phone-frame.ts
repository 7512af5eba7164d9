import { stripControls, widthOf, wrap } from '../platforms/preview/wrap.ts'

/** About what a phone shows in one line. */
const PHONE_COLUMNS = 40

/** One part of a frame: a text, and what stands in the line above it. */
type Section = { heading: string; text: string }

/** Draws texts one below the other in a frame as wide as a phone, each below its heading. Safe for a terminal. */
export function phoneFrame(sections: Section[]): string {
  const inner = PHONE_COLUMNS + 2
  const rule = (left: string, heading: string, right: string) => {
    const title = heading === '' ? '' : ` ${stripControls(heading)} `
    return `${left}${title}${'─'.repeat(Math.max(0, inner - widthOf(title)))}${right}`
  }
  const rows = sections.flatMap(({ heading, text }, index) => [
    rule(index === 0 ? '┌' : '├', heading, index === 0 ? '┐' : '┤'),
    ...wrap(stripControls(text), PHONE_COLUMNS)
      .split('\n')
      .flatMap(fitRow)
      .map(row => `│ ${row}${' '.repeat(PHONE_COLUMNS - widthOf(row))} │`),
  ])
  return [...rows, rule('└', '', '┘')].join('\n')
}

/** Breaks a row that is one long word, such as an address, where the frame ends. */
function fitRow(row: string): string[] {
  if (widthOf(row) <= PHONE_COLUMNS) return [row]
  const pieces = ['']
  for (const character of row) {
    if (widthOf(pieces.at(-1)! + character) > PHONE_COLUMNS) pieces.push('')
    pieces[pieces.length - 1] += character
  }
  return pieces
}
