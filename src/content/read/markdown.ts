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

/** A section, with the line of its heading. */
export type ReadSection = Section & { line: number }

/**
 * Reads the body of story.md: every `## Heading` begins a section. Paragraphs, lists, bold, italic, code and links are
 * allowed. `[3]` or `[3, 7]` cites sources and is removed from the text. A block quote is an editor's note. Anything
 * else is reported, never silently dropped.
 */
export function readSections(excerpt: FileExcerpt): { sections: ReadSection[]; problems: Problem[] } {
  const problems: Problem[] = []
  const sections: ReadSection[] = []
  const newContext = (): ReadContext => ({ excerpt, problems, cited: [] })
  for (const node of fromMarkdown(excerpt.text).children) {
    if (node.type === 'heading' && node.depth === 2) {
      const title = plainTextOf(node.children)
      const name = sectionNameOf(title)
      if (sections.some(section => section.name === name))
        addProblem(newContext(), node, `second section “${title}”`)
      sections.push({ name, title, body: [], sources: [], words: 0, line: lineNumberOf(newContext(), node) })
      continue
    }
    const section = sections.at(-1)
    if (!section) {
      addProblem(newContext(), node, 'text before the first “## ” heading')
      continue
    }
    const blocks =
      node.type === 'list' ? convertListItems(newContext, node.children) : convertBlock(newContext(), node)
    section.body.push(...blocks)
    section.sources = [...new Set([...section.sources, ...blocks.flatMap(({ sources }) => sources)])]
    section.words += blocks.reduce((sum, { block }) => sum + countWords(block), 0)
  }
  return { sections, problems }
}

/** Reads one paragraph of Markdown from a YAML value. */
export function readInlines(excerpt: FileExcerpt): { inlines: Inline[]; problems: Problem[] } {
  const context: ReadContext = { excerpt, problems: [], cited: [] }
  const nodes = fromMarkdown(excerpt.text).children
  const only = nodes[0]
  if (nodes.length !== 1 || only?.type !== 'paragraph') {
    context.problems.push({
      file: excerpt.file,
      line: excerpt.linesBefore + 1,
      message:
        'must be one paragraph (text that starts with a number and a full stop, “#”, “-” or “>” is something else)',
    })
    return { inlines: [excerpt.text], problems: context.problems }
  }
  const inlines = convertInlines(context, only.children)
  if (context.cited.length > 0) addProblem(context, only, 'sources are cited in `sources:`, not in the text')
  return { inlines, problems: context.problems }
}

/** The verb of a heading: `Other cities` is `other-cities`. */
const sectionNameOf = (title: string) =>
  title
    .normalize('NFKD')
    .replace(/[\p{M}'’]/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')

/** Converts each item of a list to its own block, so that it can be cited, paged and found by itself. */
function convertListItems(newContext: () => ReadContext, items: ListItem[]): CitedBlock[] {
  return items.map(item => {
    const context = newContext()
    const block = {
      kind: 'list' as const,
      items: [convertParagraph(context, item, item.children, 'a list item')],
    }
    return { block, sources: context.cited }
  })
}

function convertBlock(context: ReadContext, node: RootContent): CitedBlock[] {
  const cited = (block: Block): CitedBlock[] => [{ block, sources: context.cited }]
  switch (node.type) {
    case 'paragraph':
      return cited({ kind: 'text', text: convertInlines(context, node.children) })
    case 'blockquote':
      return cited({ kind: 'note', text: convertParagraph(context, node, node.children, 'an editor’s note') })
    case 'thematicBreak':
      return cited({ kind: 'divider' })
    default:
      addProblem(context, node, `${node.type} is not used in stories`)
      return []
  }
}

function convertParagraph(
  context: ReadContext,
  parent: Positioned,
  nodes: (BlockContent | DefinitionContent)[],
  what: string,
): Inline[] {
  const only = nodes[0]
  if (nodes.length === 1 && only?.type === 'paragraph') return convertInlines(context, only.children)
  addProblem(context, only ?? parent, `${what} must be one paragraph`)
  return []
}

function convertInlines(context: ReadContext, nodes: PhrasingContent[]): Inline[] {
  const inlines = nodes.flatMap((node): Inline[] => {
    switch (node.type) {
      case 'text':
        return [extractCitations(context, node.value)]
      case 'strong':
        return [{ bold: extractCitations(context, plainTextOf(node.children)) }]
      case 'emphasis':
        return [{ italic: extractCitations(context, plainTextOf(node.children)) }]
      case 'inlineCode':
        return [{ code: node.value }]
      case 'break':
        return [' ']
      case 'link':
        for (const problem of linkProblems(node.url)) addProblem(context, node, problem)
        return [{ link: node.url, text: plainTextOf(node.children) }]
      default:
        addProblem(context, node, `${node.type} is not used in stories`)
        return []
    }
  })
  // A character that is written as `&#8238;` can only be seen here, after parsing.
  if (isBreaking(plainInlines(inlines)))
    addProblem(
      context,
      nodes[0] ?? {},
      'contains a control character, or a character that changes the text direction',
    )
  return mergeStrings(inlines)
}

const linkProblems = (url: string): string[] => [
  ...(/^https?:\/\//.test(url) ? [] : ['a link must begin with http:// or https://']),
  ...[addressProblem(url)].filter(problem => problem !== undefined),
]

function extractCitations(context: ReadContext, value: string): string {
  return value
    .replace(CITATION, (_, numbers: string) => {
      for (const number of numbers.split(',').map(Number)) {
        if (!context.cited.includes(number)) context.cited.push(number)
      }
      return ''
    })
    .replace(/\s*\n\s*/g, ' ')
}

/** Joins neighbouring strings, and removes the spaces that a citation left at the end. */
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

const lineNumberOf = (context: ReadContext, node: Positioned) =>
  (node.position?.start.line ?? 1) + context.excerpt.linesBefore

function addProblem(context: ReadContext, node: Positioned, message: string) {
  context.problems.push({ file: context.excerpt.file, line: lineNumberOf(context, node), message })
}
