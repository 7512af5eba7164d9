import { diffWords } from 'diff'
import { tokens } from '../content/fold.ts'
import type { Library, SourceLine } from '../content/library.ts'
import type { Source, Story } from '../content/story.ts'
import { insideMarks } from '../content/verify.ts'
import type { Call } from '../platform.ts'
import { type Inline, note, type Reply, refusal, text } from '../reply.ts'
import { headOfStory, labelOf } from './label.ts'
import { line } from './line.ts'
import { kindOf, quotePart, speakerKey } from './quoted.ts'

/** How many of the typed words must stand in a quote for it to be shown as the one that was meant. */
const ALIKE = 0.6
const FEWEST_WORDS = 3
const MOST_TYPED = 700

/**
 * `/quote check "<text>"`: exact match with our copy, or differs here (marked), or not found in our sources.
 * It never says that something is true, nor that it was not said.
 */
export function checkWords(library: Library, typed: string, call: Call): Reply {
  if (tokens(typed).length < FEWEST_WORDS) return refusal(['Give me at least three words in a row to check.'])
  if (typed.length > MOST_TYPED)
    return refusal([
      `That is ${typed.length} characters. Check at most ${MOST_TYPED} at a time, sentence by sentence.`,
    ])
  const exact = library.linesHolding(typed).find(found => found.text.includes(typed.trim()))
  if (exact) return exactReply(library, exact, typed.trim())
  return closeReply(library, typed, call) ?? notFound(library)
}

function exactReply(library: Library, found: SourceLine, typed: string): Reply {
  const { story, source } = found
  const start = found.start + found.text.indexOf(typed)
  const span = { start, end: start + typed.length }
  const quote = library
    .saying(typed)
    .find(said => said.quote.source === source && said.quote.kind !== 'reported')
  const bySource = quote
    ? ` They are the words of ${quote.quote.speaker}, ${quote.quote.role}.`
    : insideMarks(source.text ?? '', span)
      ? ' They stand inside quotation marks there.'
      : ' They stand there as the outlet’s own words, not inside quotation marks.'
  return {
    ...refusal([
      { bold: 'Exact match' },
      ` with our copy of ${nameOf(source)}, line ${found.line}.${bySource} This says what our copy holds, not whether it is true.`,
    ]),
    label: labelOf(story, { lead: quote ? kindOf(quote.quote) : 'checked words' }),
    parts: quote ? [quotePart(quote)] : [],
    actions: [{ label: 'Source', line: `${headOfStory(story)} sources #${source.number}` }],
  }
}

function closeReply(library: Library, typed: string, call: Call): Reply | undefined {
  const wanted = new Set(tokens(typed))
  const close = library
    .closestSaid(typed)
    .filter(said => said.quote.kind !== 'reported')
    .find(said => {
      const words = new Set(tokens(said.quote.words))
      return [...wanted].filter(word => words.has(word)).length / wanted.size >= ALIKE
    })
  if (!close) return undefined
  const { story, quote } = close
  return {
    ...refusal(
      [
        { bold: 'Differs from our copy' },
        ` of ${nameOf(quote.source)}. Our copy has, with what differs in bold:`,
      ],
      text('“', ...differing(quote.words, typed), '”'),
      text(`${quote.speaker}, ${quote.role} (line ${quote.spans.map(span => span.line).join(', ')})`),
      ...(call.audience === 'caller'
        ? [note('Bold words are in our copy and not in yours, or stand elsewhere in yours.')]
        : []),
    ),
    label: labelOf(story, { lead: kindOf(quote) }),
    parts: [quotePart(close)],
    actions: [
      {
        label: 'The quote',
        line: `/quote ${line({ args: [speakerKey(quote.speaker), `#${rank(library, close)}`], flags: {} })}`,
      },
    ],
  }
}

function rank(library: Library, close: { story: Story; quote: { speaker: string } }): number {
  const said = library.speakers(close.quote.speaker)[0]?.said ?? []
  return said.findIndex(one => one.quote === close.quote) + 1
}

/** Our words, those that the typed text does not have at this place in bold. */
function differing(ours: string, typed: string): Inline[] {
  return diffWords(typed, ours)
    .filter(piece => !piece.removed)
    .map(piece => (piece.added ? { bold: piece.value } : piece.value))
}

function notFound(library: Library): Reply {
  const kept = library.stories
    .flatMap(story => story.sources)
    .filter(source => source.text !== undefined).length
  return refusal([
    { bold: 'Not found' },
    ` in our ${kept} stored sources. That does not mean it was not said: we keep only what our stories rest on.`,
  ])
}

const nameOf = (source: Source) => `${source.outlet} (source ${source.number})`
