import { stripVTControlCharacters } from 'node:util'

// C0 and C1 controls drive a terminal; characters that change the text direction can make a line read as another one.
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to remove
const CONTROL = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g

/** Makes text safe for a terminal: removes escape sequences, and all control characters except line ends. */
export function stripControls(text: string): string {
  return stripVTControlCharacters(text.replace(/\r\n?/g, '\n').replace(/\t/g, '  ')).replace(CONTROL, '')
}

/** Wraps lines between words at a width. Continuation lines of a bullet are indented to its text. */
export function wrap(text: string, width: number): string {
  return text
    .split('\n')
    .map(line => wrapLine(line, Math.max(20, width)))
    .join('\n')
}

function wrapLine(line: string, width: number): string {
  const hang = ' '.repeat(/^\s*(?:[•-] |\d+ {2})?/.exec(line)![0].length)
  const rows: string[] = []
  let row = ''
  for (const word of line.split(/(?<= )(?! )/)) {
    if (row.trim() !== '' && widthOf(row + word.trimEnd()) > width) {
      rows.push(row.trimEnd())
      row = hang
    }
    row += word
  }
  return [...rows, row.trimEnd()].join('\n')
}

const WIDE =
  /\p{Emoji_Presentation}|[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60]/u
const ZERO_WIDTH = /\p{Mark}|\p{Format}/u

/** The number of terminal columns of a text. */
export const widthOf = (text: string): number =>
  Array.from(text).reduce(
    (sum, character) => sum + (ZERO_WIDTH.test(character) ? 0 : WIDE.test(character) ? 2 : 1),
    0,
  )
