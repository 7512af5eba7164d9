import { labelOf } from './labels.ts'
import { PARAGRAPH } from './mark-breaks.ts'
import { oneLine } from './one-line.ts'
import { plainParagraphs } from './plain-paragraphs.ts'

/** Elements that begin and end a paragraph. All others stand within one. */
const BLOCKS = new Set(
  'address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p section summary table tbody td tfoot th thead tr ul'.split(
    ' ',
  ),
)
/** Elements whose content nobody reads. */
const UNREAD = new Set(
  'script style noscript template svg math iframe object select textarea button canvas audio video head title'.split(
    ' ',
  ),
)
/** A row of a table with more text than this is laid out with the table, not told by it. */
const MAX_ROW = 300
const TEXT_NODE = 3
const ELEMENT_NODE = 1

/** A `<br>` among the pieces of a paragraph. */
const BREAK = Symbol('br')
type Piece = string | typeof BREAK

/**
 * The text of an element as paragraphs, in order: headings, items of lists and rows of tables are paragraphs of their own,
 * and the cells of a row have ` | ` between them. Words are as they stand in the page; white space is collapsed.
 */
export function paragraphsOf(root: Element): string[] {
  const lines: string[] = []
  let pieces: Piece[] = []
  const flush = () => {
    if (pieces.length > 0) lines.push(...split(pieces))
    pieces = []
  }
  const visit = (node: Node): void => {
    if (node.nodeType === TEXT_NODE) pieces.push(...piecesOf(node.nodeValue ?? ''))
    if (node.nodeType !== ELEMENT_NODE) return
    const name = (node as Element).localName
    if (UNREAD.has(name)) return
    if (name === 'br') return void pieces.push(BREAK)
    const row = name === 'tr' ? rowText(node as Element) : undefined
    if (name === 'pre' || row !== undefined) {
      flush()
      lines.push(...(row === undefined ? plainParagraphs(node.textContent ?? '') : row))
      return
    }
    const isBlock = BLOCKS.has(name)
    if (isBlock) flush()
    // The marks of `<q>` are drawn by the browser.
    if (name === 'q') pieces.push('“')
    for (const child of node.childNodes) visit(child)
    if (name === 'q') pieces.push('”')
    if (isBlock) flush()
  }
  visit(root)
  flush()
  return lines
}

/** The pieces of a text, with two breaks where `markBreaks` saw a paragraph begin. */
const piecesOf = (text: string): Piece[] =>
  text.split(PARAGRAPH).flatMap((part, index) => (index === 0 ? [part] : [BREAK, BREAK, part]))

/** Two line breaks in a row end a paragraph. One is a space, unless someone else begins to speak after it. */
function split(pieces: Piece[]): string[] {
  const runs: string[] = ['']
  for (const piece of pieces) {
    if (piece === BREAK) runs.push('')
    else runs[runs.length - 1] += piece
  }
  const lines = ['']
  for (const text of runs.map(oneLine)) {
    const last = lines.length - 1
    if (text === '' || lines[last] === '' || labelOf(text) !== undefined)
      lines.push(...(lines[last] === '' ? [] : ['']))
    lines[lines.length - 1] += lines.at(-1) === '' ? text : ` ${text}`
  }
  return lines.filter(line => line !== '')
}

/** The cells of a row on one line; undefined if it holds paragraphs, as tables do that lay out a page. */
function rowText(row: Element): string[] | undefined {
  const cells = [...row.children]
  if (cells.some(cell => cell.querySelector('p, div, table, ul, ol, br, blockquote, pre, h1, h2, h3, h4')))
    return undefined
  const texts = cells.map(cell => oneLine(cell.textContent ?? ''))
  const line = texts.filter(text => text !== '').join(' | ')
  return line.length > MAX_ROW ? undefined : line === '' ? [] : [line]
}
