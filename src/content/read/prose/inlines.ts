import type { Link, PhrasingContent } from 'mdast'
import { plainInlines } from '../../../chat/plain-text.ts'
import type { Inline } from '../../../chat/reply.ts'
import { isBreaking } from '../../../chat/safe-text.ts'
import { addressProblem } from '../explain/address-problem.ts'
import {
  extractCitations,
  findMistypedCitation,
  markLiteralBrackets,
  withLiteralBrackets,
} from './citations.ts'
import { addProseProblem, type Positioned, type Prose, typedText } from './context.ts'
import { findStrayMark, isTable } from './stray-marks.ts'

type Style = 'plain' | 'bold' | 'italic'

/** What cannot be shown, and what to write instead. */
export const REFUSED_MARKUP: Record<string, string> = {
  html: String.raw`HTML is not shown: take it out; for the sign itself write \<`,
  image: 'pictures are not shown in a story: take it out, or link to it with [words](https://example.org)',
  imageReference:
    'pictures are not shown in a story: take it out, or link to it with [words](https://example.org)',
  linkReference: 'a link needs its address behind its words: [words](https://example.org)',
  definition:
    'a line that begins with “[…]:” is not shown: write [words](https://example.org) for a link, and cite at the end of a sentence',
  code: 'four spaces, a tab or three backticks at the start of a line make it program code, which is not shown: take them out',
}

/** Converts the text of one paragraph. What cannot be shown as it was meant is reported. */
export function convertInlines(prose: Prose, paragraph: Positioned, nodes: PhrasingContent[]): Inline[] {
  if (isTable(typedText(prose, paragraph)))
    addProseProblem(prose, paragraph, 'tables are not shown: write a list, one line “- ” for each row')
  const marked = mergeRuns(nodes.flatMap(node => convertInline(prose, node, 'plain')))
  // Code is shown as it is typed.
  const shown = plainInlines(marked.filter(inline => typeof inline === 'string' || !('code' in inline)))
  const mistyped = findMistypedCitation(prose, shown)
  if (mistyped) addProseProblem(prose, paragraph, mistyped)
  const inlines = marked.map(restoreBrackets)
  // A character that is written as `&#8238;` can only be seen here, after parsing.
  if (isBreaking(plainInlines(inlines)))
    addProseProblem(
      prose,
      nodes[0] ?? paragraph,
      'contains a control character, or a character that changes the text direction',
    )
  return inlines
}

function restoreBrackets(inline: Inline): Inline {
  if (typeof inline === 'string') return withLiteralBrackets(inline)
  if ('bold' in inline) return { bold: withLiteralBrackets(inline.bold) }
  if ('italic' in inline) return { italic: withLiteralBrackets(inline.italic) }
  return 'link' in inline ? { ...inline, text: withLiteralBrackets(inline.text) } : inline
}

function convertInline(prose: Prose, node: PhrasingContent, style: Style): Inline[] {
  switch (node.type) {
    case 'text':
      reportStrayMarks(prose, node)
      return [styled(extractCitations(prose, markLiteralBrackets(node.value, typedText(prose, node))), style)]
    case 'strong':
      return node.children.flatMap(child => convertInline(prose, child, 'bold'))
    case 'emphasis':
      return node.children.flatMap(child => convertInline(prose, child, style === 'bold' ? 'bold' : 'italic'))
    case 'inlineCode':
      return [{ code: node.value }]
    case 'break':
      return [styled(' ', style)]
    case 'link':
      return [convertLink(prose, node)]
    default:
      addProseProblem(prose, node, REFUSED_MARKUP[node.type] ?? 'this kind of text is not shown in stories')
      return []
  }
}

const styled = (text: string, style: Style): Inline =>
  style === 'bold' ? { bold: text } : style === 'italic' ? { italic: text } : text

function reportStrayMarks(prose: Prose, node: Positioned): void {
  const { text } = prose.excerpt
  const { start, end } = node.position ?? {}
  const problem = findStrayMark(
    typedText(prose, node),
    text[(start?.offset ?? 0) - 1],
    text[end?.offset ?? text.length],
  )
  if (problem) addProseProblem(prose, node, problem)
}

function convertLink(prose: Prose, node: Link): Inline {
  // Words that are marked inside a link are shown without the marks; a citation belongs behind it.
  const inside: Prose = { ...prose, cited: [], doubtful: [] }
  const text = plainInlines(mergeRuns(node.children.flatMap(child => convertInline(inside, child, 'plain'))))
  const problems = [
    ...(/^https?:\/\//.test(node.url) ? [] : ['a link must begin with http:// or https://']),
    ...[addressProblem(node.url)].filter(problem => problem !== undefined),
    ...(text.trim() === '' ? ['a link needs words: [words](https://example.org)'] : []),
    ...(node.title ? [`a link has no title: take “${node.title}” out of its brackets`] : []),
    ...(inside.cited.length > 0 ? ['a citation is behind a link, not in it'] : []),
  ]
  for (const problem of problems) addProseProblem(prose, node, problem)
  return { link: node.url, text }
}

/** Joins neighbouring runs of one style, and removes the spaces that a citation left at both ends. */
export function mergeRuns(inlines: Inline[]): Inline[] {
  const result: Inline[] = []
  for (const inline of inlines) {
    const last = result.at(-1)
    const joined = last === undefined ? undefined : joinRuns(last, inline)
    if (joined === undefined) result.push(inline)
    else result[result.length - 1] = joined
  }
  const last = result.at(-1)
  if (typeof last === 'string') result[result.length - 1] = last.trimEnd()
  if (typeof result[0] === 'string') result[0] = result[0].trimStart()
  return result.filter(inline => plainInlines([inline]) !== '')
}

function joinRuns(first: Inline, second: Inline): Inline | undefined {
  if (typeof first === 'string' || typeof second === 'string')
    return typeof first === typeof second ? `${first}${second}` : undefined
  if ('bold' in first && 'bold' in second) return { bold: first.bold + second.bold }
  if ('italic' in first && 'italic' in second) return { italic: first.italic + second.italic }
  return undefined
}
