import type { BlockContent, DefinitionContent, PhrasingContent, RootContent } from 'mdast'
import { fromMarkdown } from 'mdast-util-from-markdown'
import type { Block, Inline } from '../reply.ts'
import type { Problem, Section } from './story.ts'
import type { Passage } from './yaml.ts'

const CITATION = /\s*\[(\d+(?:,\s*\d+)*)\]/g

type Reader = { passage: Passage; problems: Problem[]; cited: number[] }

/** A section with the line of its heading, and each citation in it. */
export type ReadSection = Section & { line: number }

/**
 * Reads the body of story.md: every `## Heading` begins a section. Paragraphs, lists, bold, italic, code and links are
 * known; `[3]` or `[3, 7]` cites sources and is taken out of the text; a block quote is an editor's note. Anything
 * else is a problem, never silently dropped.
 */
export function readSections(passage: Passage): { sections: ReadSection[]; problems: Problem[] } {
  const problems: Problem[] = []
  const sections: ReadSection[] = []
  let reader: Reader = { passage, problems, cited: [] }
  for (const node of fromMarkdown(passage.text).children) {
    if (node.type === 'heading' && node.depth === 2) {
      reader = { passage, problems, cited: [] }
      const title = plainOf(node.children)
      const name = slugOf(title)
      const line = lineOf(reader, node)
      if (sections.some(section => section.name === name)) tell(reader, node, `second section “${title}”`)
      sections.push({ name, title, body: [], sources: reader.cited, words: 0, line })
      continue
    }
    const section = sections.at(-1)
    if (!section) {
      tell(reader, node, 'text before the first “## ” heading')
      continue
    }
    const block = blockOf(reader, node)
    if (!block) continue
    section.body.push(block)
    section.words += wordsOf(block)
  }
  return { sections, problems }
}

/** Reads one paragraph of Markdown, as it stands in a YAML value. */
export function readInlines(passage: Passage): { inlines: Inline[]; problems: Problem[] } {
  const reader: Reader = { passage, problems: [], cited: [] }
  const nodes = fromMarkdown(passage.text).children
  const only = nodes[0]
  if (nodes.length !== 1 || only?.type !== 'paragraph') {
    reader.problems.push({
      file: passage.file,
      line: passage.linesBefore + 1,
      message:
        'must be one paragraph (a number with a full stop, “#”, “-” or “>” at its start begins something else)',
    })
    return { inlines: [passage.text], problems: reader.problems }
  }
  return { inlines: inlinesOf(reader, only.children), problems: reader.problems }
}

/** A heading as a verb: `Other cities` is `other-cities`. */
export const slugOf = (title: string) =>
  title
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')

function blockOf(reader: Reader, node: RootContent): Block | undefined {
  switch (node.type) {
    case 'paragraph':
      return { kind: 'text', text: inlinesOf(reader, node.children) }
    case 'list':
      return {
        kind: 'list',
        items: node.children.map(item => paragraphOf(reader, item.children, 'a list item')),
      }
    case 'blockquote':
      return { kind: 'note', text: paragraphOf(reader, node.children, 'an editor’s note') }
    case 'thematicBreak':
      return { kind: 'divider' }
    default:
      tell(reader, node, `${node.type} is not used in stories`)
      return undefined
  }
}

function paragraphOf(reader: Reader, nodes: (BlockContent | DefinitionContent)[], what: string): Inline[] {
  const only = nodes[0]
  if (nodes.length === 1 && only?.type === 'paragraph') return inlinesOf(reader, only.children)
  if (nodes[0]) tell(reader, nodes[0], `${what} must be one paragraph`)
  return []
}

function inlinesOf(reader: Reader, nodes: PhrasingContent[]): Inline[] {
  const inlines = nodes.flatMap((node): Inline[] => {
    switch (node.type) {
      case 'text':
        return [withoutCitations(reader, node.value)]
      case 'strong':
        return [{ bold: withoutCitations(reader, plainOf(node.children)) }]
      case 'emphasis':
        return [{ italic: withoutCitations(reader, plainOf(node.children)) }]
      case 'inlineCode':
        return [{ code: node.value }]
      case 'break':
        return [' ']
      case 'link':
        if (!/^https?:\/\//.test(node.url)) tell(reader, node, 'a link must begin with http:// or https://')
        return [{ link: node.url, text: plainOf(node.children) }]
      default:
        tell(reader, node, `${node.type} is not used in stories`)
        return []
    }
  })
  return joined(inlines)
}

function withoutCitations(reader: Reader, value: string): string {
  return value
    .replace(CITATION, (_, numbers: string) => {
      for (const number of numbers.split(',').map(Number)) {
        if (!reader.cited.includes(number)) reader.cited.push(number)
      }
      return ''
    })
    .replace(/\s*\n\s*/g, ' ')
}

/** Neighbouring strings become one, and the spaces that a citation left at the end go. */
function joined(inlines: Inline[]): Inline[] {
  const result: Inline[] = []
  for (const inline of inlines) {
    const last = result.at(-1)
    if (typeof inline === 'string' && typeof last === 'string') result[result.length - 1] = last + inline
    else result.push(inline)
  }
  const last = result.at(-1)
  if (typeof last === 'string') result[result.length - 1] = last.trimEnd()
  return result.filter(inline => inline !== '')
}

function plainOf(nodes: PhrasingContent[]): string {
  return nodes
    .map(node => ('value' in node ? node.value : 'children' in node ? plainOf(node.children) : ''))
    .join('')
    .replace(/\s*\n\s*/g, ' ')
}

function wordsOf(block: Block): number {
  if (block.kind !== 'text' && block.kind !== 'list') return 0
  const runs = block.kind === 'text' ? [block.text] : block.items
  const plain = runs.flat().map(run => (typeof run === 'string' ? run : Object.values(run).at(-1)))
  return plain
    .join(' ')
    .split(/\s+/)
    .filter(word => /[\p{L}\p{N}]/u.test(word)).length
}

const lineOf = (reader: Reader, node: { position?: { start: { line: number } } | undefined }) =>
  (node.position?.start.line ?? 1) + reader.passage.linesBefore

function tell(reader: Reader, node: { position?: { start: { line: number } } | undefined }, message: string) {
  reader.problems.push({ file: reader.passage.file, line: lineOf(reader, node), message })
}
