import type { Event, Section, Story } from '../content/story.ts'
import { readable } from '../dates.ts'
import type { Block, Label, SourceLine } from '../reply.ts'

const STATES = { archived: 'archived story', developing: 'developing story', settled: 'settled story' }

/**
 * The first line of every reply that shows a story: what it is, its state, how far it reaches and what was not
 * checked. `lead` names a kind of answer that a reader must know first (`partial quote`), `remark` a warning about it.
 */
export function labelOf(story: Story, first: { lead?: string; remark?: string } = {}): Label {
  const covers = story.from
    ? `covers ${readable(story.from)} to ${readable(story.coversTo)}`
    : `covers to ${readable(story.coversTo)}`
  const state = first.lead ? STATES[story.state] : STATES[story.state].toUpperCase()
  const line = [first.lead?.toUpperCase(), first.remark, state, covers, story.notChecked]
    .filter(Boolean)
    .join(' · ')
  return { state: story.state, line }
}

/** The label of a story in a list: `archived, covers to 28 Apr 2021, later events not checked`. */
export function shortLabel(story: Story): string {
  return [story.state, `covers to ${readable(story.coversTo)}`, story.notChecked].filter(Boolean).join(', ')
}

/** The numbered sources under an answer, with the day on which the story was last checked. */
export function sourcesBlock(story: Story, numbers: number[]): Block {
  const sources = story.sources
    .filter(source => numbers.includes(source.number))
    .map((source): SourceLine => {
      const name = [source.outlet, source.date && readable(source.date)].filter(Boolean).join(', ')
      return { number: source.number, name, ...(source.url !== undefined && { url: source.url }) }
    })
  const by = story.checked?.by ? ` by ${story.checked.by}` : ''
  const checked = story.checked && `checked ${readable(story.checked.on)}${by}`
  return { kind: 'sources', sources, ...(checked && { checked }) }
}

/** How a story is spoken to: `/lawsuit`, or `/nutgraf welcoming-city` where it has no command of its own. */
export const headOfStory = (story: Story) => (story.command ? `/${story.command}` : `/nutgraf ${story.slug}`)

/** The id of a section as a part. */
export const sectionPart = (story: Story, section: Section) => `${story.slug}/section:${section.name}`

/** The id of an event as a part. */
export const eventPart = (story: Story, event: Event) => `${story.slug}/event:${event.id}`
