import type { BlockContent, DefinitionContent, ListItem, PhrasingContent, RootContent } from 'mdast'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { plainInlines } from '../../chat/plain-text.ts'
import type { Block, Inline } from '../../chat/reply.ts'
import { isBreaking } from '../../chat/safe-text.ts'
import type { Cited, Problem, Section } from '../story.ts'
import { addressProblem } from './schemas.ts'
import type { Passage } from './yaml.ts'

const CITATION = /\s*\[(\d+(?:,\s*\d+)*)\]/g

type Reader = { passage: Passage; problems: Problem[]; cited: number[] }
type Placed = { position?: { start: { line: number } } | undefined }

/** A section with the line of its heading. */
export type ReadSection = Section & { line: number }

/**
 * Reads the body of story.md: every `## Heading` begins a section. Paragraphs, lists, bold, italic, code and links are
 * known; `[3]` or `[3, 7]` cites sources and is taken out of the text; a block quote is an editor's note. Anything
 * else is a problem, never silently dropped.
 */
export function readSections(passage: Passage): { sections: ReadSection[]; problems: Problem[] } {
  const problems: Problem[] = []
  const sections: ReadSection[] = []
  const reader = (): Reader => ({ passage, problems, cited: [] })
  for (const node of fromMarkdown(passage.text).children) {
    if (node.type === 'heading' && node.depth === 2) {
      const title = plainOf(node.children)
      const name = slugOf(title)
      if (sections.some(section => section.name === name)) tell(reader(), node, `second section “${title}”`)
      sections.push({ name, title, body: [], sources: [], words: 0, line: lineOf(reader(), node) })
      continue
    }
    const section = sections.at(-1)
    if (!section) {
      tell(reader(), node, 'text before the first “## ” heading')
      continue
    }
    const body = node.type === 'list' ? itemsOf(reader, node.children) : blockOf(reader(), node)
    section.body.push(...body)
    section.sources = [...new Set([...section.sources, ...body.flatMap(one => one.sources)])]
    section.words += body.reduce((sum, one) => sum + wordsOf(one.block), 0)
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
  const inlines = inlinesOf(reader, only.children)
  if (reader.cited.length > 0) tell(reader, only, 'sources are cited in `sources:`, not in the text')
  return { inlines, problems: reader.problems }
}

/** A heading as a verb: `Other cities` is `other-cities`. */
const slugOf = (title: string) =>
  title
    .normalize('NFKD')
    .replace(/[\p{M}'’]/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')

/** Each item of a list is a block of its own, so that it is cited, paged and found by itself. */
function itemsOf(reader: () => Reader, items: ListItem[]): Cited[] {
  return items.map(item => {
    const own = reader()
    const block = { kind: 'list' as const, items: [paragraphOf(own, item, item.children, 'a list item')] }
    return { block, sources: own.cited }
  })
}

function blockOf(reader: Reader, node: RootContent): Cited[] {
  const cited = (block: Block): Cited[] => [{ block, sources: reader.cited }]
  switch (node.type) {
    case 'paragraph':
      return cited({ kind: 'text', text: inlinesOf(reader, node.children) })
    case 'blockquote':
      return cited({ kind: 'note', text: paragraphOf(reader, node, node.children, 'an editor’s note') })
    case 'thematicBreak':
      return cited({ kind: 'divider' })
    default:
      tell(reader, node, `${node.type} is not used in stories`)
      return []
  }
}

function paragraphOf(
  reader: Reader,
  parent: Placed,
  nodes: (BlockContent | DefinitionContent)[],
  what: string,
): Inline[] {
  const only = nodes[0]
  if (nodes.length === 1 && only?.type === 'paragraph') return inlinesOf(reader, only.children)
  tell(reader, only ?? parent, `${what} must be one paragraph`)
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
        for (const problem of linkProblems(node.url)) tell(reader, node, problem)
        return [{ link: node.url, text: plainOf(node.children) }]
      default:
        tell(reader, node, `${node.type} is not used in stories`)
        return []
    }
  })
  // Written as `&#8238;`, such a sign comes to light only here.
  if (isBreaking(plainInlines(inlines)))
    tell(
      reader,
      nodes[0] ?? {},
      'holds a control character, or a sign that turns the direction of what follows',
    )
  return joined(inlines)
}

const linkProblems = (url: string): string[] => [
  ...(/^https?:\/\//.test(url) ? [] : ['a link must begin with http:// or https://']),
  ...[addressProblem(url)].filter(problem => problem !== undefined),
]

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

const lineOf = (reader: Reader, node: Placed) => (node.position?.start.line ?? 1) + reader.passage.linesBefore

function tell(reader: Reader, node: Placed, message: string) {
  reader.problems.push({ file: reader.passage.file, line: lineOf(reader, node), message })
}
