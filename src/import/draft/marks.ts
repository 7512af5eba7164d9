/** The marks of a draft's entries, `tick` and `sure`, in the text of its lists. All else stays as it is written. */
import { type FieldPosition, fieldPositions } from '../../content/read/yaml.ts'

const MARKS = ['tick', 'sure'] as const

/** A list without its marks, line by line the same as before: for checks, which name lines. */
export const withoutMarks = (text: string): string => cutAll(text, false)

/** The entries of these places in a list, as a story has them: without marks, without the line on top for editors. */
export function onlyEntries(text: string, places: readonly number[], lines: readonly number[]): string {
  const all = text.split('\n')
  const starts = lines.map(line => line - 1)
  const kept = starts.flatMap((start, place) => {
    const next = starts[place + 1]
    const end = next === undefined ? all.length : aboveComments(all, next, start)
    return places.includes(place) ? [all.slice(aboveComments(all, start, starts[place - 1] ?? -1), end)] : []
  })
  const entries = kept.map(entry => `${entry.join('\n').trim()}\n`).join('\n')
  return cutAll(entries, true)
}

/** A list whose entries at these places are ticked, or not ticked any more. */
export function withTicks(text: string, places: readonly number[], ticked: boolean): string {
  const ticks = fieldPositions(text, 'tick')
  const changes = places.flatMap(place => {
    const tick = ticks[place]
    return tick
      ? [{ ...tick, to: text.slice(tick.start, tick.end).replace(/\S+$/, ticked ? 'yes' : 'no') }]
      : []
  })
  return replaced(text, changes)
}

/** Where what stands above an entry begins: its own comments. The line on top of the file is nobody's. */
function aboveComments(lines: string[], start: number, before: number): number {
  let at = start
  while (at - 1 > before && lines[at - 1]!.startsWith('#') && at - 1 > 0) at--
  return at
}

/** One mark after the other: where both stand in one pair of braces, a cut of the first moves the second. */
const cutAll = (text: string, areLinesCut: boolean): string =>
  MARKS.reduce((cut, mark) => {
    const positions = fieldPositions(cut, mark).filter(position => position !== undefined)
    return replaced(
      cut,
      positions.map(position => cutOf(cut, position, areLinesCut)),
    )
  }, text)

function cutOf(text: string, { start, end, braces }: FieldPosition, isLineCut: boolean) {
  if (braces) {
    const behind = /^\s*,\s*/.exec(text.slice(end))?.[0].length ?? 0
    const before =
      behind > 0 ? 0 : (/\s*,\s*$/.exec(text.slice(Math.max(0, start - 20), start))?.[0].length ?? 0)
    return { start: start - before, end: end + behind, to: '' }
  }
  const lineStart = text.lastIndexOf('\n', start - 1) + 1
  const lineEnd = text.indexOf('\n', end)
  const isFirst = /-\s*$/.test(text.slice(lineStart, start))
  if (isFirst) {
    // The dash stays, and the next field follows it.
    const next = /^[^\n]*\n\s*/.exec(text.slice(end))?.[0].length ?? 0
    return { start, end: end + next, to: '' }
  }
  const to = lineEnd < 0 ? text.length : lineEnd
  return { start: lineStart, end: isLineCut ? Math.min(text.length, to + 1) : to, to: '' }
}

const replaced = (text: string, changes: { start: number; end: number; to: string }[]) =>
  changes
    .toSorted((a, b) => b.start - a.start)
    .reduce((result, { start, end, to }) => result.slice(0, start) + to + result.slice(end), text)
