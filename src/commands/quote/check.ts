import { phoneLength } from '../../chat/plain-text.ts'
import type { Call } from '../../chat/platform.ts'
import {
  type Action,
  type Inline,
  list,
  note,
  PHONE_BUDGET,
  type Reply,
  refusal,
  text,
} from '../../chat/reply.ts'
import { harmless } from '../../chat/safe-text.ts'
import { tokens } from '../../content/fold.ts'
import type { Library } from '../../content/library.ts'
import type { Said } from '../../content/speakers.ts'
import { phrases } from '../../phrases/phrases.ts'
import { headOfStory } from '../label.ts'
import { line } from '../line.ts'
import { speakerKey } from './attribution.ts'
import { type Comparison, compare, type Difference } from './compare.ts'
import { sameButForEnd } from './ending.ts'
import { labelOfOurs, type Ours, partsOf, recordLine, warningOf, whereOf, whose } from './match.ts'

/** How many of the typed words must stand in a text for it to be shown as the one that was meant. */
const ALIKE = 0.6
const FEWEST_WORDS = 3
const MOST_CHECKED = 500
const MOST_SAME = 20
/** Room that is left for the list of differences. */
const SPARE = 60

/**
 * `/quote check "<text>"`: exact match with our copy, or differs here (marked), or not found in our sources.
 * It never says that something is true, nor that it was not said.
 */
export function checkWords(library: Library, typed: string, call: Call): Reply {
  if (tokens(typed).length < FEWEST_WORDS) return refusal(phrases.check.tooFew())
  const long = tooLong(typed)
  if (long) return long
  const same = [...sameWords(library, typed)]
  const exact = exactly(same, typed)
  if (exact) return exactReply(library, exact, typed, call)
  const close = same[0] ?? likest(library, typed)
  return close ? differsReply(library, close, typed, call) : notFound(library)
}

/** Why words are too many to be checked; undefined where they are not. */
export const tooLong = (words: string): Reply | undefined =>
  words.length <= MOST_CHECKED ? undefined : refusal(phrases.check.tooLong(words.length, MOST_CHECKED))

type Exact = { ours: Ours; end: NonNullable<ReturnType<typeof sameButForEnd>> }

/** Those that have the words sign for sign, else those that differ in nothing but the sign at the end. */
function exactly(same: Ours[], typed: string): Exact | undefined {
  const found = same.flatMap((ours): Exact[] => {
    const end = sameButForEnd(ours.words, typed)
    return end ? [{ ours, end }] : []
  })
  return found.find(({ ours }) => ours.words.includes(typed)) ?? found[0]
}

/** Quotations and lines that have all the typed words in a row, whatever the signs between them. */
function* sameWords(library: Library, typed: string): Iterable<Ours> {
  const saying = library.saying(typed)
  for (let index = 0; index < Math.min(saying.count, MOST_SAME); index++) yield quoted(saying.nth(index)!)
  let lines = 0
  for (const { story, source, text: words, line: number, start } of library.linesHolding(typed)) {
    if (lines++ === MOST_SAME) return
    yield { story, source, words, lines: [number], start }
  }
}

function likest(library: Library, typed: string): Ours | undefined {
  const wanted = [...new Set(tokens(typed))]
  const near = [
    ...library.closestSaid(typed).map(quoted),
    ...library.closestLines(typed).map(({ story, source, text: words, line: number, start }) => ({
      story,
      source,
      words,
      lines: [number],
      start,
    })),
  ]
  return near.find(({ words }) => {
    const own = new Set(tokens(words))
    return wanted.filter(word => own.has(word)).length / wanted.length >= ALIKE
  })
}

const quoted = (said: Said): Ours & { said: Said } => ({
  story: said.story,
  source: said.quote.source,
  words: said.quote.words,
  lines: [...new Set(said.quote.spans.map(span => span.line))],
  said,
})

function exactReply(library: Library, { ours, end }: Exact, typed: string, call: Call): Reply {
  const included = ours.words.includes(typed)
  const shown = included ? typed : end.words
  const { exactMatch, exactWords, endDiffers, notWhetherTrue } = phrases.check
  const at = whereOf(ours)
  return warned(library, ours, shown, call, {
    label: labelOfOurs(ours),
    blocks: [
      text(...(included || !end.differs ? exactMatch(at) : exactWords(at))),
      text('“', harmless(shown), '”'),
      text(whose(ours, shown)),
      note(...(end.differs ? [endDiffers(end.differs), ' '] : []), notWhetherTrue),
    ],
    parts: partsOf(ours),
    actions: [...quoteAction(library, ours), ...sourceAction(ours, call)],
    audience: 'caller',
    guide: true,
  })
}

function differsReply(library: Library, ours: Ours, typed: string, call: Call): Reply {
  const comparison = compare(ours.words, typed)
  const { pieces, differences, sameWords } = comparison
  const { signsDiffer, differs } = phrases.check
  const at = whereOf(ours)
  const shown = pieces.map(piece => piece.text).join(' ')
  const reply = warned(library, ours, shown, call, {
    label: labelOfOurs(ours),
    blocks: [
      text(...(sameWords ? signsDiffer(at) : differs(at))),
      text(...marked(comparison)),
      ...(ours.said ? [text(whose(ours, ''))] : []),
    ],
    parts: partsOf(ours),
    actions: [...quoteAction(library, ours), ...sourceAction(ours, call)],
    audience: 'caller',
    guide: true,
  })
  return { ...reply, blocks: [...reply.blocks, ...listed(reply, differences, call)] }
}

/** A reply with what must be known of the words; where a phone has no room for it, with the line that tells it. */
function warned(library: Library, ours: Ours, shown: string, call: Call, reply: Reply): Reply {
  const warning = warningOf(ours, shown)
  if (!warning) return reply
  const full = { ...reply, blocks: [...reply.blocks, note(...warning)] }
  if (phoneLength(full) + SPARE <= PHONE_BUDGET) return full
  const [quote] = ours.said?.quote.note ? quoteAction(library, ours) : []
  const { noteGoesWith, recordAt } = phrases.check
  const where = quote ? noteGoesWith(quote.line) : recordAt(recordLine(ours.story, call))
  return { ...reply, blocks: [...reply.blocks, note(...where)] }
}

/** Our words, what differs in bold, and `…` where ours goes on. */
function marked({ pieces, before, after }: Comparison): Inline[] {
  const runs = pieces.flatMap(({ text: words, differs }, index): Inline[] => [
    ...(index > 0 ? [' '] : []),
    differs ? { bold: harmless(words) } : harmless(words),
  ])
  return [before ? '“… ' : '“', ...runs, after ? ' …”' : '”']
}

/** The differences in words, as many as a phone shows; the others read only our side. */
function listed(reply: Reply, differences: Difference[], call: Call) {
  const items: Inline[][] = []
  let room = PHONE_BUDGET - phoneLength(reply) - SPARE
  for (const difference of differences) {
    const item = differenceLine(difference, call.audience === 'caller')
    room -= item.length + 3
    if (room < 0) break
    items.push([item])
  }
  const rest = differences.length - items.length
  const more = rest > 0 ? [note(phrases.check.moreDifferences(rest))] : []
  return [...(items.length > 0 ? [list(items)] : []), ...more]
}

function differenceLine({ ours, theirs, after }: Difference, own: boolean): string {
  const say = phrases.check.difference
  const place = after === '' ? undefined : short(after)
  if (ours === '') return own ? say.added(place, short(theirs)) : say.addedUnseen(place)
  if (!own) return say.ours(place, short(ours))
  return theirs === '' ? say.leftOut(place, short(ours)) : say.changed(place, short(ours), short(theirs))
}

/** Words as they are shown; a long passage by its ends, with how many words it has. */
function short(given: string): { shown: string; of?: number } {
  const words = harmless(given)
  const shown = endsOf(words)
  return shown === words ? { shown } : { shown, of: words.split(' ').length }
}

const notFound = (library: Library): Reply => refusal(phrases.check.notFound(library.storedSources()))

const sourceAction = ({ story, source }: Ours, call: Call): Action[] => [
  { label: phrases.quote.source, line: `${headOfStory(story, call)} sources #${source.number}` },
]

function quoteAction(library: Library, { said }: Ours): Action[] {
  const all = said ? (library.speakers(said.quote.speaker)[0]?.said ?? []) : []
  const number = all.findIndex(one => one.quote === said?.quote) + 1
  const args = [speakerKey(said?.quote.speaker ?? ''), `#${number}`]
  return number > 0 ? [{ label: phrases.check.theQuote, line: `/quote ${line({ args, flags: {} })}` }] : []
}

/** As many letters as a phone shows of a passage. */
const MOST_SHOWN = 80
/** A passage as it stands; a long one by its ends. */
export function endsOf(words: string): string {
  // Letter by letter: half an emoji is none.
  const letters = [...words]
  if (letters.length <= MOST_SHOWN) return words
  const ends = [letters.slice(0, MOST_SHOWN / 2), letters.slice(-MOST_SHOWN / 2)]
  return ends.map(end => end.join('').trim()).join(' … ')
}
