import { keepResults } from '../chat/keep-results.ts'
import { type Call, platformOf } from '../chat/platform.ts'
import type { Label, NumberedSource, SourcesBlock } from '../chat/reply.ts'
import { cautionsOf } from '../content/cautions.ts'
import { partOfEvent } from '../content/events/expected.ts'
import { memoizeParts } from '../content/memoize.ts'
import type { Event, Section, Source, Story } from '../content/story.ts'
import { readableDate } from '../dates/dates.ts'
import { phrases } from '../phrases/phrases.ts'
import { cacheForLast } from './cache-per-object.ts'

/**
 * Builds the first line of every reply that shows a story: its state, how far it reaches, what was not checked or not
 * lately, and when it was last corrected. `lead` names a kind of answer that readers must know first (`partial quote`),
 * `remark` a warning about it.
 */
export function labelOf(story: Story, { lead, remark }: { lead?: string; remark?: string } = {}): Label {
  const labels = labelsOf(story)
  const key = JSON.stringify([lead, remark])
  const label = labels.get(key) ?? makeLabel(story, { lead, remark })
  labels.set(key, label)
  return label
}

/** The labels of a story that were made, by what they begin with. */
const labelsOf = cacheForLast((_: Story) => new Map<string, Label>())

function makeLabel(story: Story, first: { lead?: string; remark?: string }): Label {
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
export const sourcesBlock = (story: Story, numbers: number[]): SourcesBlock =>
  sourcesBlocksOf(story)(numbers.join())

/** A story has fewer answers that cite different sources. */
const MAX_KEPT_SOURCES = 500

/** The blocks of sources of a story that were made, by the cited numbers. */
const sourcesBlocksOf = memoizeParts((story: Story) =>
  keepResults(
    numbers => makeSourcesBlock(story, numbers === '' ? [] : numbers.split(',').map(Number)),
    MAX_KEPT_SOURCES,
  ),
)

function makeSourcesBlock(story: Story, numbers: number[]): SourcesBlock {
  const places = placesOfSources(story)
  const sources = [...new Set(numbers)]
    .flatMap(number => places.get(number) ?? [])
    .sort((a, b) => a - b)
    .map(place => nameSource(story.sources[place]!))
  const checked = story.checked && checkedText(story.checked)
  const cited = sources.length > 0 && phrases.label.sources(sources.map(({ number }) => number))
  return { kind: 'sources', sources, line: [cited, checked].filter(Boolean).join(' · '), checked }
}

/** The places of a story's sources in their list, by their numbers. */
const placesOfSources = memoizeParts(
  (story: Story) => new Map(story.sources.map(({ number }, place) => [number, place])),
)

/** A source as answers name it. */
function nameSource({ number, outlet, date, url }: Source): NumberedSource {
  return { number, name: [outlet, date && readableDate(date)].filter(Boolean).join(', '), url }
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
export const eventPart = (story: Story, event: Event) => `${story.slug}/${partOfEvent(event)}`
