import { type Call, platformOf } from '../chat/platform.ts'
import type { Block, Label, NumberedSource } from '../chat/reply.ts'
import { cautionsOf } from '../content/cautions.ts'
import type { Event, Section, Story } from '../content/story.ts'
import { readableDate } from '../dates/dates.ts'
import { phrases } from '../phrases/phrases.ts'

/**
 * Builds the first line of every reply that shows a story: its state, how far it reaches, what was not checked or not
 * lately, and when it was last corrected. `lead` names a kind of answer that readers must know first (`partial quote`),
 * `remark` a warning about it.
 */
export function labelOf(story: Story, first: { lead?: string; remark?: string } = {}): Label {
  const to = readableDate(story.coversTo)
  const { label } = phrases
  const covers = story.from ? label.covers(readableDate(story.from), to) : label.coversTo(to)
  const state = first.lead ? label.stateOfStory[story.state] : label.stateFirst[story.state]
  const line = [first.lead?.toUpperCase(), first.remark, state, covers, story.notChecked]
    .filter(Boolean)
    .join(' · ')
  return withWarnings(
    story.state,
    line,
    cautionsOf(story)
      .map(caution => ` · ${caution}`)
      .join(''),
  )
}

const withWarnings = (state: Story['state'], line: string, warnings: string): Label => ({
  state,
  line: line + warnings,
  warnings: warnings.length || undefined,
})

/** Builds the first line of a reply that shows several stories: each by its name, grouped by state. */
export function labelOfAll(stories: Story[]): Label {
  const [first] = stories
  if (first && stories.length === 1) return labelOf(first)
  const groups = Map.groupBy(stories, story => `${story.state} ${story.notChecked ?? ''}`)
  const line = [...groups.values()]
    .map(group => {
      const { state, notChecked } = group[0]!
      return [phrases.label.severalStories(state, group.map(storyReach)), notChecked]
        .filter(Boolean)
        .join(' · ')
    })
    .join(' · ')
  const isDeveloping = stories.some(story => story.state === 'developing')
  return { state: isDeveloping ? 'developing' : (first?.state ?? 'settled'), line }
}

const storyReach = (story: Story) => ({
  name: story.slug,
  coversTo: readableDate(story.coversTo),
  cautions: cautionsOf(story),
})

/** The label of a story in a list: `archived, covers to 28 Apr 2021, later events not checked`. */
export function shortLabel(story: Story): string {
  const { state, coversTo } = phrases.label
  return [state[story.state], coversTo(readableDate(story.coversTo)), story.notChecked, ...cautionsOf(story)]
    .filter(Boolean)
    .join(', ')
}

/** Builds the numbered sources under an answer, with the day on which the story was last checked. */
export function sourcesBlock(story: Story, numbers: number[]): Block {
  const wanted = new Set(numbers)
  const sources = story.sources
    .filter(source => wanted.has(source.number))
    .map((source): NumberedSource => {
      const name = [source.outlet, source.date && readableDate(source.date)].filter(Boolean).join(', ')
      return { number: source.number, name, url: source.url }
    })
  const checked = story.checked && checkedText(story.checked)
  const cited = sources.length > 0 && phrases.label.sources(sources.map(({ number }) => number))
  return { kind: 'sources', sources, line: [cited, checked].filter(Boolean).join(' · '), checked }
}

function checkedText({ on, by }: NonNullable<Story['checked']>): string {
  return by ? phrases.label.checkedBy(readableDate(on), by) : phrases.label.checked(readableDate(on))
}

/**
 * How a story is addressed: `/lawsuit`, or `/nutgraf welcoming-city` where it has no command of its own. Discord
 * accepts no free words after a command, only values of its options, so there it is `/nutgraf story welcoming-city`.
 */
export function storyPrefix(
  story: Story,
  { place }: Pick<Call, 'place'> = { place: 'preview:local' },
): string {
  if (story.command !== undefined) return `/${story.command}`
  return platformOf(place) === 'discord' ? `/nutgraf story ${story.slug}` : `/nutgraf ${story.slug}`
}

/** The part id of a story's label: every reply that shows it can be corrected. */
export const labelPart = (story: Story) => `${story.slug}/label`

/** The part id of a section. */
export const sectionPart = (story: Story, section: Section) => `${story.slug}/section:${section.name}`

/** The part id of an event. */
export const eventPart = (story: Story, event: Event) => `${story.slug}/event:${event.id}`
