import type { Place } from '../../chat/platform.ts'
import { speakersOf } from '../../content/speakers.ts'
import type { CommandLines } from '../../digests/command-lines.ts'
import { storyPrefix } from '../label.ts'
import { formatLine } from '../line.ts'
import { speakerKey } from '../quote/attribution.ts'

/** The lines that digests mention in a place: each can be typed there and put behind a button. */
export const commandLinesFor = (place: Place): CommandLines => ({
  forStory: (story, verb, since) => {
    const rest = formatLine({ args: [verb], flags: since === undefined ? {} : { since } })
    return `${storyPrefix(story, { place })} ${rest}`
  },
  forQuote: (story, quote) => {
    const numbers = speakersOf(story).map(
      speaker => speaker.quotes.findIndex(spoken => spoken.quote.id === quote.id) + 1,
    )
    const number = numbers.find(position => position > 0) ?? 0
    const args = [speakerKey(quote.speaker), `#${number}`]
    return `/quote ${formatLine({ args, flags: { story: story.slug } })}`
  },
  changes: since => `/nutgraf changes ${formatLine({ args: [], flags: { since } })}`,
  stories: () => '/nutgraf story list',
  settings: digest => `/digest settings ${digest}`,
  wire: () => '/nutgraf wire',
})
