import type { BlockContent, DefinitionContent, Heading, List, ListItem, Paragraph, RootContent } from 'mdast'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { plainInlines } from '../../chat/plain-text.ts'
import type { Block, Inline } from '../../chat/reply.ts'
import type { Problem, Section } from '../story.ts'
import type { FileExcerpt } from './excerpt.ts'
import {
  addProseProblem,
  lineOfNode,
  newProse,
  type Positioned,
  type Prose,
  typedText,
} from './prose/context.ts'
import { convertInlines, mergeRuns, REFUSED_MARKUP } from './prose/inlines.ts'
import { findTooMuch, headingsOf } from './prose/too-much.ts'
import { readUsualMarkdown } from './usual/markdown.ts'

/** A section, with the line of its heading, and the numbers of citations in it that are reported already. */
export type ReadSection = Section & { line: number; doubtful: number[] }

type Nodes = (BlockContent | DefinitionContent)[]

/**
 * Reads the body of story.md: every `## Heading` begins a section. Paragraphs, lists, bold, italic, code and links are
 * allowed, and a number at the start of a paragraph stays. `[3]` or `[3, 7]` cites sources and is removed from the text.
 * A block quote is an editor's note. Anything else is reported, never silently dropped.
 */
export function readSections(excerpt: FileExcerpt): { sections: ReadSection[]; problems: Problem[] } {
  const tooMuch = findTooMuch(excerpt)
  if (!tooMuch) return readAllSections(excerpt)
  // With its headings, so that no section is said to be missing as well.
  return { ...readAllSections({ ...excerpt, text: headingsOf(excerpt.text) }), problems: [tooMuch] }
}

function readAllSections(excerpt: FileExcerpt): { sections: ReadSection[]; problems: Problem[] } {
  const problems: Problem[] = []
  const sections: ReadSection[] = []
  const names = new Set<string>()
  let isStrayTextReported = false
  const nodes = readMarkdown(excerpt.text)
  for (const [index, node] of nodes.entries()) {
    const prose = newProse(excerpt, problems)
    const title = headingOf(prose, node, sections.length === 0)
    if (title !== undefined) {
      const name = sectionNameOf(title)
      if (names.has(name)) addProseProblem(prose, node, `second section “${title}”`)
      names.add(name)
      const line = lineOfNode(prose, node)
      sections.push({ name, title, body: [], sources: [], words: 0, line, doubtful: [] })
      continue
    }
    const section = sections.at(-1)
    if (!section) {
      if (!isStrayTextReported) addProseProblem(prose, node, 'text before the first “## ” heading')
      isStrayTextReported = true
      continue
    }
    if (node.type === 'list') reportListInParagraph(prose, nodes[index - 1], node)
    const pieces =
      node.type === 'list'
        ? node.children.map(item => convertItem(prose, node, item))
        : [convertBlock(prose, node)]
    for (const { block, cited, doubtful } of pieces) {
      section.sources = [...new Set([...section.sources, ...cited, ...doubtful])]
      section.doubtful.push(...doubtful.filter(number => !cited.includes(number)))
      if (!block) continue
      section.body.push({ block, sources: cited })
      section.words += countWords(block)
    }
  }
  return { sections, problems }
}

/** Reads one paragraph of Markdown from a YAML value. */
export function readInlines(excerpt: FileExcerpt): { inlines: Inline[]; problems: Problem[] } {
  const { inlines, cited, problems } = readCitedInlines(excerpt)
  if (cited.length > 0)
    addProseProblem(newProse(excerpt, problems), {}, 'sources are cited in `sources:`, not in the text')
  return { inlines, problems }
}

/** Reads one paragraph of Markdown that cites its sources in the text, as those of story.md do. */
export function readCitedInlines(excerpt: FileExcerpt): {
  inlines: Inline[]
  cited: number[]
  problems: Problem[]
} {
  const tooMuch = findTooMuch(excerpt)
  if (tooMuch) return { inlines: [excerpt.text], cited: [], problems: [tooMuch] }
  const prose = newProse(excerpt, [])
  const inlines = paragraphOf(prose, readMarkdown(excerpt.text) as Nodes)
  if (!inlines) {
    prose.problems.push({
      file: excerpt.file,
      line: excerpt.linesBefore + 1,
      message:
        String.raw`must be one paragraph: an empty line in it, or “#”, “-”, “+”, “>” or four spaces at its start make it something else (for the sign itself write \#)`.replace(
          '\\\\',
          '\\',
        ),
    })
    return { inlines: [excerpt.text], cited: [], problems: prose.problems }
  }
  return { inlines, cited: prose.cited, problems: prose.problems }
}

/** Reads Markdown in the usual way of writing quickly, and any other with the parser. */
const readMarkdown = (text: string): RootContent[] => readUsualMarkdown(text) ?? fromMarkdown(text).children

/** The verb of a heading: `Other cities` is `other-cities`. */
const sectionNameOf = (title: string) =>
  title
    .normalize('NFKD')
    .replace(/[\p{M}'’]/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')

type Piece = { block?: Block } & Pick<Prose, 'cited' | 'doubtful'>

/**
 * Reads the title of a node that begins a section; undefined if it does not. A heading that is written wrongly is
 * reported, and read as it was meant, so that nothing else seems to be missing.
 */
function headingOf(prose: Prose, node: RootContent, isFirst: boolean): string | undefined {
  const typed = typedText(prose, node)
  if (node.type === 'paragraph' && /^#{2,6}[^\s#]/.test(typed)) {
    addProseProblem(prose, node, 'a heading has a space after “##”')
    return /^#+(.*)/.exec(typed)![1]!.trim()
  }
  if (node.type !== 'heading' || !typed.startsWith('#')) return undefined
  if (node.depth !== 2) addProseProblem(prose, node, 'a heading begins with two signs and a space: “## ”')
  return node.depth < 3 || isFirst ? titleOf(prose, node) : undefined
}

function titleOf(prose: Prose, node: Heading): string {
  const inlines = convertInlines(prose, node, node.children)
  if (inlines.some(inline => typeof inline !== 'string' && 'link' in inline))
    addProseProblem(prose, node, 'a heading has no links: put the link into the text')
  if (prose.cited.length > 0)
    addProseProblem(prose, node, 'a heading cites no sources: cite them in the text')
  return plainInlines(inlines)
}

/** Reports a list that a line of a paragraph began by accident, since editors wrap their lines. */
function reportListInParagraph(prose: Prose, before: RootContent | undefined, list: List): void {
  const touches = before?.type === 'paragraph' && before.position?.end.line === list.position!.start.line - 1
  if (!touches || (!list.ordered && /[.:;!?…)”"。：！？]\s*$/.test(typedText(prose, before)))) return
  const [sign] = typedText(prose, list).split(/\s/, 1)
  addProseProblem(
    prose,
    list,
    `“${sign}” at the start of a line begins a list: join it to the line before, or leave an empty line above the list`,
  )
}

/** Converts an item of a list to its own block, so that it can be cited, paged and found by itself. */
function convertItem({ excerpt, problems }: Prose, list: List, item: ListItem): Piece {
  const prose = newProse(excerpt, problems)
  if (list.ordered) return { ...prose, block: { kind: 'text', text: numbered(prose, item) } }
  if (typedText(prose, item).startsWith('+'))
    addProseProblem(
      prose,
      item,
      String.raw`“+” at the start of a line makes a list item: write “- ” for one, or \+ for the sign`,
    )
  const text = convertParagraph(prose, item, item.children, 'a list item')
  return { ...prose, block: { kind: 'list', items: [text] } }
}

/** Reads an item whose number is part of its text: `1968. The year` is a sentence and not a list. */
function numbered(prose: Prose, item: ListItem): Inline[] {
  const [number] = typedText(prose, item).split(/\s/, 1)
  const rest =
    item.children.length === 0 ? [] : convertParagraph(prose, item, item.children, 'a numbered item')
  return mergeRuns([`${number} `, ...rest])
}

function convertBlock(prose: Prose, node: RootContent): Piece {
  switch (node.type) {
    case 'paragraph':
      return { ...prose, block: { kind: 'text', text: convertInlines(prose, node, node.children) } }
    case 'blockquote':
      return {
        ...prose,
        block: { kind: 'note', text: convertParagraph(prose, node, node.children, 'an editor’s note') },
      }
    case 'thematicBreak':
      return { ...prose, block: { kind: 'divider' } }
    case 'heading':
      if (!typedText(prose, node).startsWith('#'))
        addProseProblem(
          prose,
          node,
          'a line of “---” or “===” under a text makes it a heading: leave an empty line between them',
        )
      return { ...prose, block: { kind: 'text', text: convertInlines(prose, node, node.children) } }
    default:
      addProseProblem(prose, node, REFUSED_MARKUP[node.type] ?? 'this kind of text is not shown in stories')
      return prose
  }
}

function convertParagraph(prose: Prose, parent: Positioned, nodes: Nodes, what: string): Inline[] {
  const inlines = paragraphOf(prose, nodes)
  if (!inlines) addProseProblem(prose, nodes[0] ?? parent, `${what} must be one paragraph`)
  return inlines ?? []
}

/** Converts nodes that are one paragraph, or one that begins with a number; undefined if they are something else. */
function paragraphOf(prose: Prose, [only, ...more]: Nodes): Inline[] | undefined {
  if (more.length > 0) return undefined
  if (only?.type === 'paragraph') return convertInlines(prose, only as Paragraph, only.children)
  if (only?.type !== 'list' || !only.ordered || only.children.length !== 1) return undefined
  return numbered(prose, only.children[0]!)
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
