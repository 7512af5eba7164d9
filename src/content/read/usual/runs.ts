import type { PhrasingContent } from 'mdast'
import { type Line, positionBetween } from './lines.ts'

/** What may be markup: all but words, bold marks, and numbers in brackets such as those of citations. */
const MARKUP = /[\\`_<*]|!\[|&(?! )|\[(?![\d, ]+\](?![([]))|(?<!\[[\d, ]+)\]/
const FIRST_LETTER = /^[\p{L}\p{N}]/u
const LAST_LETTER = /[\p{L}\p{N}]$/u
const BEFORE_BOLD = /^$|[ \n]$/
const BEHIND_BOLD = /^(?:$|[ \n.,:;)])/

/** Reads the words of a paragraph, some of them bold; undefined if there may be other markup. */
export function readRuns(lines: Line[]): PhrasingContent[] | undefined {
  const runs = lines
    .map(({ words }) => words)
    .join('\n')
    .split('**')
  if (runs.length % 2 === 0 || runs.some(run => MARKUP.test(run))) return undefined
  const nodes: PhrasingContent[] = []
  let at = 0
  for (const [index, run] of runs.entries()) {
    const end = at + run.length
    const text = { type: 'text', value: run, position: positionBetween(lines, at, end) } as const
    if (index % 2 === 1) {
      if (!isBold(runs, index)) return undefined
      nodes.push({ type: 'strong', children: [text], position: positionBetween(lines, at - 2, end + 2) })
    } else if (run !== '') nodes.push(text)
    at = end + 2
  }
  return nodes
}

/** Whether the marks round a run surely make it bold: they touch its letters, and have a space or a sign outside. */
function isBold(runs: string[], index: number): boolean {
  const [before = '', run = '', behind = ''] = runs.slice(index - 1, index + 2)
  const isFirst = index === 1
  const isLast = index === runs.length - 2
  return (
    FIRST_LETTER.test(run) &&
    LAST_LETTER.test(run) &&
    BEFORE_BOLD.test(before) &&
    BEHIND_BOLD.test(behind) &&
    (before !== '' || isFirst) &&
    (behind !== '' || isLast)
  )
}
