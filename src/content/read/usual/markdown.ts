import type { ListItem, Paragraph, PhrasingContent, RootContent } from 'mdast'
import { type Line, linesOf, positionOf, withoutMarks } from './lines.ts'
import { readRuns } from './runs.ts'

/** Signs that only a whole parser knows at any place. `]:` could give a meaning to all brackets of a text. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: all of them are meant
const UNUSUAL = /[\x00-\x09\x0b-\x1f\x7f\ufeff]| (?:\n|$)|\]:/
/** How a line of words begins, in which no parser finds anything else. */
const WORDS = /^[\p{L}“”„‘’‚«»(…"'$€£§©]|^\*\*[\p{L}\p{N}]|^\[\d/u
/** A number at the start of a line, which begins a list with a full stop behind it; inside a paragraph only 1 does. */
const NUMBER = /^\d(?!\d{0,8}[.)])/
const NUMBER_INSIDE = /^[2-9]|^1(?![.)])/

/**
 * Reads Markdown that is written as stories usually are: headings, paragraphs, lists with “- ” and notes with “> ”, of
 * words, bold words and numbers in brackets. Undefined for all else. What is read is what the parser would give; it
 * takes a twentieth of the parser’s time.
 */
export function readUsualMarkdown(text: string): RootContent[] | undefined {
  if (UNUSUAL.test(text)) return undefined
  const lines = linesOf(text)
  const nodes: RootContent[] = []
  for (let from = 0; from < lines.length; from++) {
    if (lines[from]!.words === '') continue
    let to = from + 1
    while (to < lines.length && lines[to]!.words !== '') to++
    const block = lines.slice(from, to)
    const read = readBlock(block)
    // Two lists in a row are one, with empty lines between its items.
    if (!read || (read[0]!.type === 'list' && nodes.at(-1)?.type === 'list')) return undefined
    nodes.push(...read)
    from = to
  }
  return nodes
}

function readBlock(lines: Line[]): RootContent[] | undefined {
  const [{ words: first }] = lines as [Line]
  if (first.startsWith('## ')) return readHeading(lines)
  if (first.startsWith('> ')) {
    const paragraph = readParagraph(withoutMarks(lines, '> '))
    return paragraph && [{ type: 'blockquote', children: [paragraph], position: positionOf(lines) }]
  }
  if (first.startsWith('- ')) return readList(lines)
  const paragraph = readParagraph(lines)
  return paragraph && [paragraph]
}

function readHeading([line, ...more]: Line[]): RootContent[] | undefined {
  const [title] = withoutMarks([line!], '## ') ?? []
  if (!title || title.words.endsWith('#') || !WORDS.test(title.words)) return undefined
  const children = readRuns([title])
  const rest = more.length > 0 ? readBlock(more) : []
  return children && rest && [{ type: 'heading', depth: 2, children, position: positionOf([line!]) }, ...rest]
}

function readList(lines: Line[]): RootContent[] | undefined {
  const children: ListItem[] = []
  for (let from = 0; from < lines.length; ) {
    let to = from + 1
    while (lines[to]?.words.startsWith('  ')) to++
    const own = lines.slice(from, to)
    const words = [
      ...(withoutMarks(own.slice(0, 1), '- ') ?? []),
      ...(withoutMarks(own.slice(1), '  ') ?? []),
    ]
    const paragraph = words.length === own.length ? readParagraph(words) : undefined
    if (!paragraph) return undefined
    children.push({
      type: 'listItem',
      spread: false,
      checked: null,
      children: [paragraph],
      position: positionOf(own),
    })
    from = to
  }
  return [{ type: 'list', ordered: false, start: null, spread: false, children, position: positionOf(lines) }]
}

function readParagraph(lines: Line[] | undefined): Paragraph | undefined {
  const isUsual = lines?.every(
    ({ words }, index) => WORDS.test(words) || (index === 0 ? NUMBER : NUMBER_INSIDE).test(words),
  )
  const children: PhrasingContent[] | undefined = isUsual ? readRuns(lines!) : undefined
  return children && { type: 'paragraph', children, position: positionOf(lines!) }
}
