import type { StoryState } from '../../chat/reply.ts'

/** The lines above and below every answer about a story: its state, the dates it covers, and its sources. */
export const label = {
  state: { developing: 'developing', settled: 'settled', archived: 'archived' } satisfies States,
  stateOfStory: {
    developing: 'developing story',
    settled: 'settled story',
    archived: 'archived story',
  } satisfies States,
  /** The first words of an answer. */
  stateFirst: {
    developing: 'DEVELOPING STORY',
    settled: 'SETTLED STORY',
    archived: 'ARCHIVED STORY',
  } satisfies States,
  /** A short mark, beside the name of a story. */
  stateMark: { developing: 'DEVELOPING', settled: 'SETTLED', archived: 'ARCHIVED' } satisfies States,
  coversTo: (day: string) => `covers to ${day}`,
  covers: (from: string, to: string) => `covers ${from} to ${to}`,
  coversToAgo: (day: string, ago: string) => `covers to ${day} (${ago})`,
  /** Several stories of one state; `cautions` are warnings such as `notCheckedSince`. */
  severalStories: (state: StoryState, stories: { name: string; coversTo: string; cautions: string[] }[]) =>
    `${STATE_NAMES[state]}: ${stories.map(storyReach).join(', ')}`,

  notCheckedSince: (day: string) => `not checked since ${day}`,
  checkNotDated: 'no date for the last check',
  corrected: (day: string) => `corrected ${day}`,

  /** The kind of an answer, before the state. */
  checkedWords: 'checked words',
  notAQuotation: 'not a quotation',

  sources: (numbers: number[]) => `${numbers.length === 1 ? 'Source' : 'Sources'} ${numbers.join(', ')}`,
  checked: (day: string) => `checked ${day}`,
  checkedBy: (day: string, name: string) => `checked ${day} by ${name}`,
}

type States = Record<StoryState, string>

const STATE_NAMES: States = { developing: 'DEVELOPING', settled: 'SETTLED', archived: 'ARCHIVED' }

function storyReach({
  name,
  coversTo,
  cautions,
}: {
  name: string
  coversTo: string
  cautions: string[]
}): string {
  return `${name} covers to ${coversTo}${cautions.length > 0 ? ` (${cautions.join(', ')})` : ''}`
}
