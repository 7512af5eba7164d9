import { readQuotations } from '../../content/quotation-marks.ts'

/**
 * Words between marks in one paragraph, the outermost ones only. `start` and `end` are those of the words, `from` and `to`
 * include the marks. `closed` is false where the paragraph ends first.
 */
export type Run = { start: number; end: number; from: number; to: number; mark: string; closed: boolean }

/** How many marks without a partner are looked at. More would let a hostile text cost its length squared. */
const MAX_ORPHANS = 20

const TYPESET_OPEN = /``/g

const TWO_APOSTROPHES = /''/g

const DOUBLE = /["“”„]/g

/** Finds what stands between marks in a paragraph of a text, from one offset to another. */
export function findRuns(text: string, from: number, to: number, cuts = 0): Run[] {
  const cut = cuts < MAX_GLUED ? gluedMark(text, from, to) : undefined
  if (cut !== undefined)
    return [...findRuns(text, from, cut, MAX_GLUED), ...findRuns(text, cut, to, cuts + 1)]
  const paragraph = asUsualMarks(text.slice(from, to))
  if (!/["“”„‟＂«»‘’'‹›「『]/.test(paragraph)) return []
  const runs: Run[] = []
  for (const { start, end, open } of readQuotations(paragraph, true)) {
    if (start >= end || start < (runs.at(-1)?.to ?? 0)) continue
    const closed = /^\s*["”“«»‘’'›‹」』]/.test(paragraph.slice(end, end + 4))
    const closing = closed ? paragraph.slice(end).search(/\S/) + 1 : 0
    runs.push({
      start,
      end,
      from: paragraph.lastIndexOf(open, start - 1),
      to: end + closing,
      mark: open,
      closed,
    })
  }
  const all = [...runs, ...misplaced(paragraph, runs)].sort((a, b) => a.start - b.start)
  return all.map(run => {
    // Marks of two characters take both with them.
    const before = /^(?:``|'')/.test(text.slice(from + run.from - 1, from + run.from + 1)) ? 1 : 0
    const after = text.slice(from + run.to - 1, from + run.to + 1) === "''" ? 1 : 0
    return {
      ...run,
      start: run.start + from,
      end: run.end + from,
      from: run.from + from - before,
      to: run.to + from + after,
    }
  })
}

/** How many closing marks without a space behind them are looked for. More would let a hostile text cost its length squared. */
const MAX_GLUED = 4

const GLUED = /[\p{L}\p{N}][,.?!]"(?=\p{Lu}\p{Ll})/gu

/** Where a quotation ends whose closing mark has no space behind it: `… audiences,"Katie Packer said`. */
function gluedMark(text: string, from: number, to: number): number | undefined {
  const paragraph = text.slice(from, to)
  let seen = 0
  let marks = 0
  for (const { 0: found, index } of paragraph.matchAll(GLUED)) {
    const at = index + found.length - 1
    for (; seen < at; seen++) if (paragraph[seen] === '"') marks++
    if (marks % 2 === 1) return from + at + 1
  }
  return undefined
}

/** A typesetter’s marks, ``so'', and doubled apostrophes as curly marks, in as many characters. */
function asUsualMarks(paragraph: string): string {
  if (!paragraph.includes("''")) return paragraph
  const opened = paragraph.replace(TYPESET_OPEN, ' “')
  return opened.replace(TWO_APOSTROPHES, (_, at: number) =>
    /^$|[\s([—–-]/.test(opened.charAt(at - 1)) && /\S/.test(opened.charAt(at + 2)) ? ' “' : '” ',
  )
}

/** Words between two double marks of which the first was typed without its space: `schools," For example, … exercise".` */
function misplaced(paragraph: string, runs: Run[]): Run[] {
  const found: Run[] = []
  const orphans = orphanMarks(paragraph, runs).slice(0, MAX_ORPHANS)
  for (let index = 0; index + 1 < orphans.length; index++) {
    const [first, second] = [orphans[index]!, orphans[index + 1]!]
    const words = paragraph.slice(first + 1, second)
    if (!/^\s?[\p{L}\p{N}[]/u.test(words) || /\s$/.test(words) || !/\s/.test(words.trim())) continue
    if (runs.some(({ from }) => from > first && from < second)) continue
    const start = first + 1 + (words.length - words.trimStart().length)
    found.push({ start, end: second, from: first, to: second + 1, mark: paragraph[first]!, closed: true })
    index++
  }
  return found
}

/** How far into a paragraph the end of the one before is looked for. */
const MAX_REST = 2000

/**
 * The words up to the first mark of a paragraph where it can only close what the paragraph before left open: “… game.” and
 * “It was a day … better."” without a mark between.
 */
export function restOfQuotation(
  text: string,
  from: number,
  runs: Run[],
  open: Run | undefined,
): Run | undefined {
  if (!open || open.closed || /["“”]/.test(text[from]!)) return undefined
  const next = runs[0]?.from ?? from + MAX_REST
  const piece = text.slice(from, Math.min(next, from + MAX_REST))
  const at = piece.search(/["”\n\r]/)
  if (at <= 0 || !/["”]/.test(piece[at]!) || !/[\p{L}.,?!…]/u.test(piece[at - 1]!)) return undefined
  if (/\p{L}/u.test(text[from + at + 1] ?? '')) return undefined
  return { start: from, end: from + at, from, to: from + at + 1, mark: open.mark, closed: true }
}

function orphanMarks(paragraph: string, runs: Run[]): number[] {
  const orphans: number[] = []
  let next = 0
  for (const { index } of paragraph.matchAll(DOUBLE)) {
    while (next < runs.length && runs[next]!.to <= index) next++
    const run = runs[next]
    if (run && index >= run.from) continue
    const inches = /\d/.test(paragraph.charAt(index - 1)) && !/[.,?!]/.test(paragraph.charAt(index - 1))
    if (!inches) orphans.push(index)
  }
  return orphans
}
