import { namesakeFlags } from '../commands/buttons.ts'
import { exampleWord } from '../commands/help.ts'
import { storyPrefix } from '../commands/label.ts'
import { formatLine, type ParsedLine } from '../commands/line.ts'
import { speakerKey } from '../commands/quote/attribution.ts'
import { eventItems } from '../commands/story/event-items.ts'
import { verbsOf } from '../commands/story/story.ts'
import { hasTurningPoints } from '../commands/story/timeline-chart.ts'
import type { Library } from '../content/library.ts'

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
      ...eventItems(story).map(({ typed }) => `${prefix} timeline ${typed}`),
      ...story.facts.map(fact => `${prefix} ${formatLine({ args: ['facts', fact.id], flags: {} })}`),
      ...story.sources.map(source => `${prefix} sources #${source.number}`),
      ...story.people.map(person => `${prefix} ${formatLine({ args: ['who', person.name], flags: {} })}`),
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
