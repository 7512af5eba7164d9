import { plainInlines } from '../../chat/plain-text.ts'
import {
  ALT_BUDGET,
  type Block,
  list,
  missing,
  note,
  type Picture,
  type Reply,
  text,
} from '../../chat/reply.ts'
import type { Event, Story } from '../../content/story.ts'
import { readable } from '../../dates.ts'
import { phrases } from '../../phrases/phrases.ts'
import { altOf } from '../../pictures/glyphs.ts'
import type { StoryAsk } from '../context.ts'
import { eventPart, labelOf, labelPart, sourcesBlock } from '../label.ts'
import { pageNumber } from '../pages.ts'
import { footOf, otherLight, pictured } from '../picture.ts'

/** The turning points among some events as a picture; or why there can be none, for the list that takes its place. */
export function timelineChart(ask: StoryAsk, events: Event[]): Reply | { problem: string } {
  const { story, again } = ask
  const dark = ask.flags.dark !== undefined
  const major = events.filter(event => event.major)
  if (major.length === 0) return none(ask)
  const label = labelOf(story)
  const picture = { ...chartOf(story, events, label.line), ...(dark && { dark }) }
  const drawn = pictured(picture, [
    text(...phrases.picture.titled(story.title, major.length, events.length, daysOf(story, events))),
    list(picture.events.map(event => [`${event.date} · ${event.text}`])),
    ...(major.some(isNoted) ? [note(phrases.picture.noted)] : []),
  ])
  if ('problem' in drawn) return drawn
  const page = pageNumber({ page: ask.flags.page, line: `${again} --chart` }, 1)
  if (typeof page !== 'number') return page
  return {
    label,
    blocks: [
      drawn.block,
      roomy(
        sourcesBlock(
          story,
          major.flatMap(event => event.sources),
        ),
      ),
    ],
    // First, since there may be no room for the other.
    actions: [
      { label: phrases.picture.allEvents, line: again },
      otherLight(dark, flags => `${again} --chart${flags.dark ? ' --dark' : ''}`),
    ],
    parts: [...major.map(event => eventPart(story, event)), labelPart(story)],
    audience: 'caller',
  }
}

function chartOf(story: Story, events: Event[], label: string): Chart {
  const major = events.filter(event => event.major)
  return {
    kind: 'chart',
    label: `${phrases.picture.timeline(major.length, events.length, daysOf(story, events))}\n${label}`,
    title: story.title,
    events: major.map(event => ({
      date: readable(event.date),
      text: isNoted(event) ? `${shortOf(event)} *` : shortOf(event),
    })),
    foot: [...(major.some(isNoted) ? [phrases.picture.noted] : []), footOf(story)].join('\n'),
  }
}

type Chart = Extract<Picture, { kind: 'chart' }>

/** Events that are not all of a story are said to be of some days: alone, a picture would pass for all of it. */
function daysOf(story: Story, events: Event[]): { from: string; to: string } | undefined {
  if (events.length === story.timeline.length) return undefined
  return { from: readable(events[0]!.date), to: readable(events.at(-1)!.date) }
}

/** What is wrong with the turning points of a story that are too many words for one picture. */
export function chartProblem(story: Story): string | undefined {
  if (!hasTurningPoints(story)) return undefined
  const { line, warnings = 0 } = labelOf(story)
  const over = altOf(chartOf(story, story.timeline, line)).length - warnings - ALT_BUDGET
  if (over <= 0) return undefined
  return `the drawn timeline has ${over} letters too many: mark fewer events as major, or give them a shorter “short”`
}

/** More letters of addresses than this find no room under a picture. */
const MOST_ADDRESSES = 2_000

/** An editor's note finds no room in a picture, but that there is one is never left out. */
const isNoted = (event: Event): boolean => event.note !== undefined

/** What is said of an event where there is room for little. */
const shortOf = ({ short, text }: Event): string => short ?? plainInlines(text)

/** Many events rest on many sources: their numbers and names stay, their addresses stand in the list of all events. */
function roomy(block: Block): Block {
  if (block.kind !== 'sources') return block
  const letters = block.sources.reduce((sum, { url = '' }) => sum + url.length, 0)
  if (letters <= MOST_ADDRESSES) return block
  return { ...block, sources: block.sources.map(({ number, name }) => ({ number, name })) }
}

/** Whether a story has anything for a picture of its timeline. */
export const hasTurningPoints = ({ timeline }: { timeline: Event[] }): boolean =>
  timeline.some(event => event.major)

function none({ story, head, again }: StoryAsk): Reply {
  return hasTurningPoints(story)
    ? missing(phrases.picture.noTurningPointsInTime(`${head} timeline --chart`))
    : missing(phrases.picture.noTurningPoints(again))
}
