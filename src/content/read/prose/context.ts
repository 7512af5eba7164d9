import type { Problem } from '../../story.ts'
import type { FileExcerpt } from '../excerpt.ts'

/**
 * One piece of prose while it is read: where it is, its problems, and the numbers of the sources that it cites.
 * `doubtful` holds numbers of citations that are reported already, so that nothing else is reported about them.
 */
export type Prose = { excerpt: FileExcerpt; problems: Problem[]; cited: number[]; doubtful: number[] }

/** What a parser of Markdown says about the place of a node. */
export type Positioned = {
  position?: { start: { line: number; offset?: number }; end: { line: number; offset?: number } } | undefined
}

/** Begins a piece of prose. */
export const newProse = (excerpt: FileExcerpt, problems: Problem[]): Prose => ({
  excerpt,
  problems,
  cited: [],
  doubtful: [],
})

/** The line of a node in its file. */
export const lineOfNode = ({ excerpt }: Prose, node: Positioned): number =>
  (node.position?.start.line ?? 1) + excerpt.linesBefore

/** What the editor typed for a node, Markdown marks included. */
export const typedText = ({ excerpt }: Prose, node: Positioned): string =>
  excerpt.text.slice(node.position?.start.offset ?? 0, node.position?.end.offset ?? 0)

/** What is reported already, by the list of problems: a text may have one in each of its lines. */
const reported = new WeakMap<Problem[], Set<string>>()

/** Reports a problem of a node, once a line. */
export function addProseProblem(prose: Prose, node: Positioned, message: string): void {
  const line = lineOfNode(prose, node)
  const { file } = prose.excerpt
  const known = reported.get(prose.problems) ?? new Set()
  reported.set(prose.problems, known)
  const key = `${file}:${line}: ${message}`
  if (known.has(key)) return
  known.add(key)
  prose.problems.push({ file, line, message })
}
