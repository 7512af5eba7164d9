import { PHONE_BUDGET } from '../chat/reply.ts'
import { namesakeFlags } from '../commands/buttons.ts'
import { cacheForLast } from '../commands/cache-per-object.ts'
import { exampleWord } from '../commands/help.ts'
import { labelOf, storyPrefix } from '../commands/label.ts'
import { formatLine, type ParsedLine } from '../commands/line.ts'
import { speakerKey } from '../commands/quote/attribution.ts'
import { eventItems } from '../commands/story/event-items.ts'
import { verbsOf } from '../commands/story/story.ts'
import { hasTurningPoints } from '../commands/story/timeline-chart.ts'
import type { Library } from '../content/library.ts'
import type { Fact, Quote, Story } from '../content/story.ts'

const CARD: ParsedLine['flags'] = { card: true }

/**
 * Lists lines that ask for everything in the content; the page buttons under their answers lead to the rest. Of lists, each
 * item in full is among them: an index only has shorter lines of the same, and a quote of a list is that of `/quote`.
 */
export function allLines(library: Library): string[] {
  const stories = library.stories.flatMap(story => {
    const prefix = storyPrefix(story)
    return [
      ...verbsOf(story).map(verb => `${prefix} ${verb.name}`),
      ...(hasTurningPoints(story) ? [`${prefix} timeline --chart`] : []),
      ...itemLines(story).map(({ typed }) => typed),
    ]
  })
  return [
    ...stories,
    ...quoteLines(library).map(({ typed }) => typed),
    ...library.withdrawn.map(({ slug }) => `/nutgraf story ${slug}`),
    '/nutgraf help',
    '/nutgraf help quote',
    '/nutgraf about',
    '/nutgraf story list',
    '/quote',
    '/nutgraf changes',
    `/nutgraf find ${exampleWord(library)}`,
  ]
}

/** A line that opens one item, and everything of the item that its answer shows; without it, the answer is always drawn. */
type ItemLine = { typed: string; item?: object }

/** The lines that show a quote, in words and as a card. The words of a card are read in the picture, so it shows no more. */
const quoteLines = cacheForLast((library: Library): ItemLine[] =>
  library.allSpeakers().flatMap(speaker => {
    const namesake = namesakeFlags(speaker, library)
    const key = speakerKey(speaker.name)
    return speaker.quotes.flatMap(({ quote }, index) => {
      // A button says what the next quote is about, and has less room than an answer.
      const item = (quote.next?.length ?? 0) > MAX_NEXT ? undefined : shownOfQuote(quote)
      return [{}, CARD].map(flags => ({
        typed: `/quote ${formatLine({ args: [key, `#${index + 1}`], flags: { ...flags, ...namesake } })}`,
        item,
      }))
    })
  }),
)

/** The outlet may be named thrice: as the source, where its excerpt leaves words out, and below the answer. */
const shownOfQuote = ({ speaker, role, words, note, remark, next, spans, source }: Quote) => [
  ...[speaker, role, words, note, remark, next, source.outlet, source.outlet, source.outlet, source.dateNote],
  ...spans.map(({ line }) => line),
]

/** The lines that open one item of a story. */
const itemLines = cacheForLast((story: Story): ItemLine[] => {
  const prefix = storyPrefix(story)
  const line = (...args: string[]) => `${prefix} ${formatLine({ args, flags: {} })}`
  return [
    ...eventItems(story).map(({ typed, event }) => ({ typed: `${prefix} timeline ${typed}`, item: event })),
    ...story.facts.map(fact => ({ typed: line('facts', fact.id), item: shownOfFact(fact) })),
    // The stored text of a source is in no answer about it, nor is where it is stored.
    ...story.sources.map(({ text: _, file: __, skip: ___, ...item }) => ({
      typed: `${prefix} sources #${item.number}`,
      item,
    })),
    ...story.people.map(person => ({ typed: line('who', person.name), item: person })),
  ]
})

/** Of the source of a claim, an answer names only the outlet. */
const shownOfFact = ({ claim, ...fact }: Fact) =>
  claim ? { ...fact, claim: [claim.says, claim.verdict, claim.source.outlet, ...claim.spans] } : fact

/** The characters that an answer about one item may have beside the item and the label, on any platform. */
const BESIDE = 250
/** A label may be written with so many characters on a platform, and an item too. */
const MAX_SHORT = 500
/** A button has room for 75 characters, and says a little more. */
const MAX_NEXT = 50
/** Signs that a platform may write as two or more. */
const SIGNS = new Set([...'\\*_~`|<>[]()#&@+-'].map(sign => sign.charCodeAt(0)))

/**
 * The lines about items so short that their answers fit everywhere, whatever signs are in them: they need not be drawn to
 * know it. Most items are; drawing them would take half the time of a check.
 */
export function shortLines(library: Library): Set<string> {
  const shortOf = (lines: ItemLine[], room: number) =>
    lines.flatMap(({ typed, item }) => (item && isShort(item, room) ? typed : []))
  const rooms = library.stories.map(roomBeside)
  return new Set([
    ...library.stories.flatMap((story, at) => shortOf(itemLines(story), rooms[at]!)),
    ...shortOf(quoteLines(library), Math.min(...rooms)),
  ])
}

function roomBeside(story: Story): number {
  const { line } = labelOf(story)
  return Math.min(MAX_SHORT, PHONE_BUDGET - BESIDE - 2 * line.length - (story.checked?.by?.length ?? 0))
}

/**
 * Whether an item has room in an answer at its longest: the characters of its values and of their names, and all signs twice.
 */
function isShort(item: object, room: number): boolean {
  const written = JSON.stringify(item)
  let size = written.length
  for (let at = 0; at < written.length && size <= room; at++) if (SIGNS.has(written.charCodeAt(at))) size++
  return size <= room
}
