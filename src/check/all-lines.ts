import { exampleWord } from '../commands/help.ts'
import { storyPrefix } from '../commands/label.ts'
import { formatLine, type ParsedLine } from '../commands/line.ts'
import { speakerKey } from '../commands/quote/attribution.ts'
import { verbsOf } from '../commands/story/story.ts'
import { hasTurningPoints } from '../commands/story/timeline-chart.ts'
import type { Library } from '../content/library.ts'

const CARD: ParsedLine['flags'] = { card: true }

/** Lines that ask for everything there is; the buttons under their answers lead to the rest. */
export function allLines(books: Library): string[] {
  const stories = books.stories.flatMap(story => {
    const head = storyPrefix(story)
    return [
      ...verbsOf(story).map(verb => `${head} ${verb.name}`),
      ...(hasTurningPoints(story) ? [`${head} timeline --chart`] : []),
      ...story.sources.map(source => `${head} sources #${source.number}`),
      ...story.people.map(person => `${head} ${formatLine({ args: ['who', person.name], flags: {} })}`),
    ]
  })
  const quotes = books
    .allSpeakers()
    .flatMap(speaker =>
      speaker.quotes.flatMap((_, index) =>
        [{}, CARD].map(
          flags => `/quote ${formatLine({ args: [speakerKey(speaker.name), `#${index + 1}`], flags })}`,
        ),
      ),
    )
  return [
    ...stories,
    ...quotes,
    ...books.withdrawn.map(({ slug }) => `/nutgraf story ${slug}`),
    '/nutgraf help',
    '/nutgraf help quote',
    '/nutgraf about',
    '/nutgraf story list',
    '/quote',
    '/nutgraf changes',
    // Also makes the index, so that nobody waits for it later.
    `/nutgraf find ${exampleWord(books)}`,
  ]
}
