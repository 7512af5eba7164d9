import { plainInlines } from '../../chat/plain-text.ts'
import {
  ALT_BUDGET,
  type Block,
  list,
  note,
  notFoundRefusal,
  type Picture,
  type Reply,
  text,
} from '../../chat/reply.ts'
import type { Event, Story } from '../../content/story.ts'
import { readableDate } from '../../dates.ts'
import { phrases } from '../../phrases/phrases.ts'
import { altText } from '../../pictures/glyphs.ts'
import type { StoryRequest } from '../context.ts'
import { eventPart, labelOf, labelPart, sourcesBlock } from '../label.ts'
import { pageNumber } from '../pages.ts'
import { pictureBlock, pictureFooter, themeButton } from '../picture.ts'

/** The turning points among some events as a picture; or why there can be none, for the list that takes its place. */
export function timelineChart(ask: StoryRequest, events: Event[]): Reply | { problem: string } {
  const { story, commandLine } = ask
  const dark = ask.flags.dark !== undefined
  const major = events.filter(event => event.major)
  if (major.length === 0) return noTurningPoints(ask)
  const label = labelOf(story)
  const picture = { ...timelinePicture(story, events, label.line), ...(dark && { dark }) }
  const drawn = pictureBlock(picture, [
    text(...phrases.picture.caption(story.title, major.length, events.length, shownDays(story, events))),
    list(picture.events.map(event => [`${event.date} · ${event.text}`])),
    ...(major.some(hasNote) ? [note(phrases.picture.noteFootnote)] : []),
  ])
  if ('problem' in drawn) return drawn
  const page = pageNumber({ page: ask.flags.page, line: `${commandLine} --chart` }, 1)
  if (typeof page !== 'number') return page
  return {
    label,
    blocks: [
      drawn.block,
      dropLongAddresses(
        sourcesBlock(
          story,
          major.flatMap(event => event.sources),
        ),
      ),
    ],
    // First, since there may be no room for the other.
    buttons: [
      { label: phrases.picture.allEvents, line: commandLine },
      themeButton(dark, flags => `${commandLine} --chart${flags.dark ? ' --dark' : ''}`),
    ],
    parts: [...major.map(event => eventPart(story, event)), labelPart(story)],
    audience: 'caller',
  }
}

function timelinePicture(story: Story, events: Event[], label: string): Chart {
  const major = events.filter(event => event.major)
  return {
    kind: 'chart',
    label: `${phrases.picture.timeline(major.length, events.length, shownDays(story, events))}\n${label}`,
    title: story.title,
    events: major.map(event => ({
      date: readableDate(event.date),
      text: hasNote(event) ? `${shortText(event)} *` : shortText(event),
    })),
    foot: [...(major.some(hasNote) ? [phrases.picture.noteFootnote] : []), pictureFooter(story)].join('\n'),
  }
}

type Chart = Extract<Picture, { kind: 'chart' }>

/** Events that are not all of a story are said to be of some days: alone, a picture would pass for all of it. */
function shownDays(story: Story, events: Event[]): { from: string; to: string } | undefined {
  if (events.length === story.timeline.length) return undefined
  return { from: readableDate(events[0]!.date), to: readableDate(events.at(-1)!.date) }
}

/** What is wrong with the turning points of a story that are too many words for one picture. */
export function chartProblem(story: Story): string | undefined {
  if (!hasTurningPoints(story)) return undefined
  const { line, warnings = 0 } = labelOf(story)
  const over = altText(timelinePicture(story, story.timeline, line)).length - warnings - ALT_BUDGET
  if (over <= 0) return undefined
  return `the drawn timeline has ${over} letters too many: mark fewer events as major, or give them a shorter “short”`
}

/** More letters of addresses than this find no room under a picture. */
const MAX_ADDRESS_CHARACTERS = 2_000

/** An editor's note finds no room in a picture, but that there is one is never left out. */
const hasNote = (event: Event): boolean => event.note !== undefined

/** What is said of an event where there is room for little. */
const shortText = ({ short, text }: Event): string => short ?? plainInlines(text)

/** Many events rest on many sources: their numbers and names stay, their addresses stand in the list of all events. */
function dropLongAddresses(block: Block): Block {
  if (block.kind !== 'sources') return block
  const letters = block.sources.reduce((sum, { url = '' }) => sum + url.length, 0)
  if (letters <= MAX_ADDRESS_CHARACTERS) return block
  return { ...block, sources: block.sources.map(({ number, name }) => ({ number, name })) }
}

/** Whether a story has anything for a picture of its timeline. */
export const hasTurningPoints = ({ timeline }: { timeline: Event[] }): boolean =>
  timeline.some(event => event.major)

function noTurningPoints({ story, storyPrefix, commandLine }: StoryRequest): Reply {
  return hasTurningPoints(story)
    ? notFoundRefusal(phrases.picture.noTurningPointsInTime(`${storyPrefix} timeline --chart`))
    : notFoundRefusal(phrases.picture.noTurningPoints(commandLine))
}
