import { PHONE_BUDGET } from '../chat/reply.ts'
import { namesakeFlags } from '../commands/buttons.ts'
import { exampleWord } from '../commands/help.ts'
import { labelOf, storyPrefix } from '../commands/label.ts'
import { formatLine, type ParsedLine } from '../commands/line.ts'
import { speakerKey } from '../commands/quote/attribution.ts'
import { eventItems } from '../commands/story/event-items.ts'
import { verbsOf } from '../commands/story/story.ts'
import { hasTurningPoints } from '../commands/story/timeline-chart.ts'
import type { Library } from '../content/library.ts'
import type { Story } from '../content/story.ts'

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
  const quotes = library.allSpeakers().flatMap(speaker => {
    const namesake = namesakeFlags(speaker, library)
    const key = speakerKey(speaker.name)
    return speaker.quotes.flatMap((_, index) =>
      [{}, CARD].map(
        flags => `/quote ${formatLine({ args: [key, `#${index + 1}`], flags: { ...flags, ...namesake } })}`,
      ),
    )
  })
  return [
    ...stories,
    ...quotes,
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

/** The lines that open one item of a story, and the item itself. */
function itemLines(story: Story): { typed: string; item: object }[] {
  const prefix = storyPrefix(story)
  const line = (...args: string[]) => `${prefix} ${formatLine({ args, flags: {} })}`
  return [
    ...eventItems(story).map(({ typed, event }) => ({ typed: `${prefix} timeline ${typed}`, item: event })),
    ...story.facts.map(fact => ({ typed: line('facts', fact.id), item: fact })),
    // The stored text of a source is in no answer about it.
    ...story.sources.map(({ text: _, ...item }) => ({ typed: `${prefix} sources #${item.number}`, item })),
    ...story.people.map(person => ({ typed: line('who', person.name), item: person })),
  ]
}

/** The characters that an answer about one item may have beside the item and the label, on any platform. */
const BESIDE = 250
/** A label may be written with so many characters on a platform, and an item too. */
const MAX_SHORT = 450
/** Signs that a platform may write as two or more. */
const SIGNS = /[\\*_~`|<>[\]()#&@+-]/g

/**
 * The lines about items so short that their answers fit everywhere, whatever signs are in them: they need not be drawn to
 * know it. Most items are; drawing them would take half the time of a check.
 */
export function shortLines({ stories }: Library): Set<string> {
  return new Set(
    stories.flatMap(story => {
      const { line } = labelOf(story)
      const room = Math.min(
        MAX_SHORT,
        PHONE_BUDGET - BESIDE - 2 * line.length - (story.checked?.by?.length ?? 0),
      )
      return itemLines(story).flatMap(({ typed, item }) => (sizeOf(item) <= room ? typed : []))
    }),
  )
}

/** As many characters as an item can have at most in an answer: those of its values, of their names, and of all signs twice. */
function sizeOf(item: object): number {
  const written = JSON.stringify(item)
  return written.length + (written.match(SIGNS)?.length ?? 0)
}
