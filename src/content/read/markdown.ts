import type { BlockContent, DefinitionContent, ListItem, PhrasingContent, RootContent } from 'mdast'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { plainInlines } from '../../chat/plain-text.ts'
import type { Block, Inline } from '../../chat/reply.ts'
import { isBreaking } from '../../chat/safe-text.ts'
import type { CitedBlock, Problem, Section } from '../story.ts'
import { addressProblem } from './schemas.ts'
import type { FileExcerpt } from './yaml.ts'

const CITATION = /\s*\[(\d+(?:,\s*\d+)*)\]/g

type ReadContext = { excerpt: FileExcerpt; problems: Problem[]; cited: number[] }
type Positioned = { position?: { start: { line: number } } | undefined }

/** A section with the line of its heading. */
export type ReadSection = Section & { line: number }

/**
 * Reads the body of story.md: every `## Heading` begins a section. Paragraphs, lists, bold, italic, code and links are
 * known; `[3]` or `[3, 7]` cites sources and is taken out of the text; a block quote is an editor's note. Anything
 * else is a problem, never silently dropped.
 */
export function readSections(excerpt: FileExcerpt): { sections: ReadSection[]; problems: Problem[] } {
  const problems: Problem[] = []
  const sections: ReadSection[] = []
  const reader = (): ReadContext => ({ excerpt, problems, cited: [] })
  for (const node of fromMarkdown(excerpt.text).children) {
    if (node.type === 'heading' && node.depth === 2) {
      const title = plainTextOf(node.children)
      const name = sectionNameOf(title)
      if (sections.some(section => section.name === name))
        addProblem(reader(), node, `second section “${title}”`)
      sections.push({ name, title, body: [], sources: [], words: 0, line: lineNumberOf(reader(), node) })
      continue
    }
    const section = sections.at(-1)
    if (!section) {
      addProblem(reader(), node, 'text before the first “## ” heading')
      continue
    }
    const body = node.type === 'list' ? convertListItems(reader, node.children) : convertBlock(reader(), node)
    section.body.push(...body)
    section.sources = [...new Set([...section.sources, ...body.flatMap(one => one.sources)])]
    section.words += body.reduce((sum, one) => sum + countWords(one.block), 0)
  }
  return { sections, problems }
}

/** Reads one paragraph of Markdown, as it stands in a YAML value. */
export function readInlines(excerpt: FileExcerpt): { inlines: Inline[]; problems: Problem[] } {
  const reader: ReadContext = { excerpt, problems: [], cited: [] }
  const nodes = fromMarkdown(excerpt.text).children
  const only = nodes[0]
  if (nodes.length !== 1 || only?.type !== 'paragraph') {
    reader.problems.push({
      file: excerpt.file,
      line: excerpt.linesBefore + 1,
      message:
        'must be one paragraph (a number with a full stop, “#”, “-” or “>” at its start begins something else)',
    })
    return { inlines: [excerpt.text], problems: reader.problems }
  }
  const inlines = convertInlines(reader, only.children)
  if (reader.cited.length > 0) addProblem(reader, only, 'sources are cited in `sources:`, not in the text')
  return { inlines, problems: reader.problems }
}

/** A heading as a verb: `Other cities` is `other-cities`. */
const sectionNameOf = (title: string) =>
  title
    .normalize('NFKD')
    .replace(/[\p{M}'’]/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')

/** Each item of a list is a block of its own, so that it is cited, paged and found by itself. */
function convertListItems(reader: () => ReadContext, items: ListItem[]): CitedBlock[] {
  return items.map(item => {
    const own = reader()
    const block = {
      kind: 'list' as const,
      items: [convertParagraph(own, item, item.children, 'a list item')],
    }
    return { block, sources: own.cited }
  })
}

function convertBlock(reader: ReadContext, node: RootContent): CitedBlock[] {
  const cited = (block: Block): CitedBlock[] => [{ block, sources: reader.cited }]
  switch (node.type) {
    case 'paragraph':
      return cited({ kind: 'text', text: convertInlines(reader, node.children) })
    case 'blockquote':
      return cited({ kind: 'note', text: convertParagraph(reader, node, node.children, 'an editor’s note') })
    case 'thematicBreak':
      return cited({ kind: 'divider' })
    default:
      addProblem(reader, node, `${node.type} is not used in stories`)
      return []
  }
}

function convertParagraph(
  reader: ReadContext,
  parent: Positioned,
  nodes: (BlockContent | DefinitionContent)[],
  what: string,
): Inline[] {
  const only = nodes[0]
  if (nodes.length === 1 && only?.type === 'paragraph') return convertInlines(reader, only.children)
  addProblem(reader, only ?? parent, `${what} must be one paragraph`)
  return []
}

function convertInlines(reader: ReadContext, nodes: PhrasingContent[]): Inline[] {
  const inlines = nodes.flatMap((node): Inline[] => {
    switch (node.type) {
      case 'text':
        return [extractCitations(reader, node.value)]
      case 'strong':
        return [{ bold: extractCitations(reader, plainTextOf(node.children)) }]
      case 'emphasis':
        return [{ italic: extractCitations(reader, plainTextOf(node.children)) }]
      case 'inlineCode':
        return [{ code: node.value }]
      case 'break':
        return [' ']
      case 'link':
        for (const problem of linkProblems(node.url)) addProblem(reader, node, problem)
        return [{ link: node.url, text: plainTextOf(node.children) }]
      default:
        addProblem(reader, node, `${node.type} is not used in stories`)
        return []
    }
  })
  // Written as `&#8238;`, such a sign comes to light only here.
  if (isBreaking(plainInlines(inlines)))
    addProblem(
      reader,
      nodes[0] ?? {},
      'holds a control character, or a sign that turns the direction of what follows',
    )
  return mergeStrings(inlines)
}

const linkProblems = (url: string): string[] => [
  ...(/^https?:\/\//.test(url) ? [] : ['a link must begin with http:// or https://']),
  ...[addressProblem(url)].filter(problem => problem !== undefined),
]

function extractCitations(reader: ReadContext, value: string): string {
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
function mergeStrings(inlines: Inline[]): Inline[] {
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

function plainTextOf(nodes: PhrasingContent[]): string {
  return nodes
    .map(node => ('value' in node ? node.value : 'children' in node ? plainTextOf(node.children) : ''))
    .join('')
    .replace(/\s*\n\s*/g, ' ')
}

function countWords(block: Block): number {
  if (block.kind !== 'text' && block.kind !== 'list') return 0
  const runs = block.kind === 'text' ? [block.text] : block.items
  const plain = runs.flat().map(run => (typeof run === 'string' ? run : Object.values(run).at(-1)))
  return plain
    .join(' ')
    .split(/\s+/)
    .filter(word => /[\p{L}\p{N}]/u.test(word)).length
}

const lineNumberOf = (reader: ReadContext, node: Positioned) =>
  (node.position?.start.line ?? 1) + reader.excerpt.linesBefore

function addProblem(reader: ReadContext, node: Positioned, message: string) {
  reader.problems.push({ file: reader.excerpt.file, line: lineNumberOf(reader, node), message })
}
