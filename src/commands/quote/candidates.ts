import type { Library } from '../../content/library.ts'
import { memoize } from '../../content/memoize.ts'
import type { SourceLine } from '../../content/search/source-lines.ts'
import type { StoryQuote } from '../../content/speakers.ts'
import type { Source, Story } from '../../content/story.ts'
import type { Match } from './match.ts'

/** How many quotations, and how many source lines, with the same words are looked at. */
const MAX_SAME = 200
/** How many of them are compared word by word if none is exact. */
const MAX_COMPARED = 3

/** Finds the quotations and source lines with all typed words in a row, whatever the punctuation between them. */
export function matchesInRow(library: Library, typed: string): Match[] {
  const quotes = library.quotesContaining(typed)
  const matches = Array.from({ length: Math.min(quotes.count, MAX_SAME) }, (_, index) =>
    quotationMatch(quotes.nth(index)!),
  )
  return [...matches, ...firstLines(library, typed).map(lineMatch)]
}

/** Finds the quotations, and the sources in whole, that have one piece of words typed with ellipses. */
export function matchesOfPieces(library: Library, pieces: string[]): Match[] {
  const longest = pieces.toSorted((a, b) => b.length - a.length)[0] ?? ''
  const quotes = library.quotesContaining(longest)
  const matches = Array.from({ length: Math.min(quotes.count, MAX_SAME) }, (_, index) =>
    quotationMatch(quotes.nth(index)!),
  )
  const sources = new Map(firstLines(library, longest).map(line => [line.source, line]))
  return [...matches, ...[...sources.values()].flatMap(({ story, source }) => stretchesOf(story, source))]
}

/** Finds the texts that have most of the typed words: those with all of them, quotations, and lines with those around. */
export function closestMatches(library: Library, typed: string, inRow: Match[]): Match[] {
  return [
    ...inRow.slice(0, MAX_COMPARED),
    ...library.closestQuotes(typed).map(quotationMatch),
    ...library.closestSourceLines(typed).map(line => linesAround(line, typed.length)),
  ]
}

function firstLines(library: Library, words: string): SourceLine[] {
  const lines: SourceLine[] = []
  for (const line of library.sourceLinesContaining(words)) {
    if (lines.push(line) === MAX_SAME) break
  }
  return lines
}

const quotationMatch = memoize(
  (storyQuote: StoryQuote): Match => ({
    story: storyQuote.story,
    source: storyQuote.quote.source,
    words: storyQuote.quote.words,
    storyQuote,
  }),
)

const lineMatch = ({ story, source, text: words, start }: SourceLine): Match => ({
  story,
  source,
  words,
  start,
})

/** The parts of a stored source that belong to its story: the lines between those that are skipped. */
function stretchesOf(story: Story, source: Source): (Match & { start: number })[] {
  const stretches: (Match & { start: number })[] = []
  let start = 0
  let isOpen = false
  for (const [index, line] of (source.text ?? '').split('\n').entries()) {
    const isSkipped = source.skip.includes(index + 1)
    if (!isSkipped && isOpen) stretches.at(-1)!.words += `\n${line}`
    else if (!isSkipped) stretches.push({ story, source, words: line, start })
    isOpen = !isSkipped
    start += line.length + 1
  }
  return stretches
}

/** A line with so many characters before and after it as may be meant too, if people typed words of several lines. */
function linesAround({ story, source, start, text }: SourceLine, length: number): Match {
  const stretch = stretchesOf(story, source).findLast(candidate => candidate.start <= start)
  if (!stretch) return { story, source, words: text, start }
  const { words, start: offset } = stretch
  const lineStart = start - offset
  const from = Math.max(0, words.lastIndexOf('\n', Math.max(0, lineStart - length)) + 1)
  const end = words.indexOf('\n', lineStart + text.length + length)
  return { story, source, words: words.slice(from, end < 0 ? undefined : end), start: offset + from }
}
