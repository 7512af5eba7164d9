import type { Place } from '../../chat/platform.ts'
import { speakersOf } from '../../content/speakers.ts'
import type { Lines } from '../../digests/entry.ts'
import { headOfStory } from '../label.ts'
import { line } from '../line.ts'
import { speakerKey } from '../quote/attribution.ts'

/** The lines that digests name in a place: each can be typed there, and stand behind a button. */
export const linesAt = (place: Place): Lines => ({
  ask: (story, verb, since) => {
    const rest = line({ args: [verb], flags: since === undefined ? {} : { since } })
    return `${headOfStory(story, { place })} ${rest}`
  },
  quote: (story, quote) => {
    const speakers = speakersOf(story.quotes.map(one => ({ story, quote: one }))).all
    const said = speakers.find(speaker => speaker.said.some(one => one.quote === quote))?.said ?? []
    const number = said.findIndex(one => one.quote === quote) + 1
    const args = [speakerKey(quote.speaker), `#${number}`]
    return `/quote ${line({ args, flags: { story: story.slug } })}`
  },
  changes: since => `/nutgraf changes ${line({ args: [], flags: { since } })}`,
  stories: () => '/nutgraf story list',
})
