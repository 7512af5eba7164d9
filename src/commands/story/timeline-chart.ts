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
import { readableDate } from '../../dates/dates.ts'
import { phrases } from '../../phrases/phrases.ts'
import { altText } from '../../pictures/glyphs.ts'
import type { StoryRequest } from '../context.ts'
import { eventPart, labelOf, labelPart, sourcesBlock } from '../label.ts'
import { pageNumber } from '../pages.ts'
import { pictureBlock, pictureFooter, themeButton } from '../picture.ts'

/**
 * Draws the turning points among some events as a picture, or says why it cannot, for the list that is shown instead.
 */
export function timelineChart(request: StoryRequest, events: Event[]): Reply | { problem: string } {
  const { story, commandLine } = request
  const dark = request.flags.dark !== undefined
  const major = events.filter(event => event.major)
  if (major.length === 0) return noTurningPoints(request)
  const label = labelOf(story)
  const picture = { ...timelinePicture(story, events, label.line), ...(dark && { dark }) }
  const chart = pictureBlock(picture, [
    text(...phrases.picture.caption(story.title, major.length, events.length, shownDays(story, events))),
    list(picture.events.map(event => [`${event.date} · ${event.text}`])),
    ...(major.some(hasNote) ? [note(phrases.picture.noteFootnote)] : []),
  ])
  if ('problem' in chart) return chart
  const page = pageNumber({ page: request.flags.page, line: `${commandLine} --chart` }, 1)
  if (typeof page !== 'number') return page
  return {
    label,
    blocks: [
      chart.block,
      dropLongAddresses(
        sourcesBlock(
          story,
          major.flatMap(event => event.sources),
        ),
      ),
    ],
    // The list of all events comes first, since there may be no room for the other button.
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

/** The days that a picture shows where those are not the whole timeline, since readers would take it for the whole. */
function shownDays(story: Story, events: Event[]): { from: string; to: string } | undefined {
  if (events.length === story.timeline.length) return undefined
  return { from: readableDate(events[0]!.date), to: readableDate(events.at(-1)!.date) }
}

/** Says how to fix a story whose turning points have too many words for one picture; undefined where they fit. */
export function chartProblem(story: Story): string | undefined {
  if (!hasTurningPoints(story)) return undefined
  const { line, warnings = 0 } = labelOf(story)
  const over = altText(timelinePicture(story, story.timeline, line)).length - warnings - ALT_BUDGET
  if (over <= 0) return undefined
  const fix = 'mark fewer events as major, or give them a shorter “short”'
  return `the timeline picture has ${over} characters too many: ${fix}`
}

/** More characters of addresses than these do not fit into a message below a picture. */
const MAX_ADDRESS_CHARACTERS = 2_000

/** An editor's note does not fit into a picture, but the picture always marks that there is one. */
const hasNote = (event: Event): boolean => event.note !== undefined

/** The text of an event where there is little room. */
const shortText = ({ short, text }: Event): string => short ?? plainInlines(text)

/**
 * Drops the addresses of sources where they are too long: numbers and names stay, and the list of events has the rest.
 */
function dropLongAddresses(block: Block): Block {
  if (block.kind !== 'sources') return block
  const length = block.sources.reduce((sum, { url = '' }) => sum + url.length, 0)
  if (length <= MAX_ADDRESS_CHARACTERS) return block
  return { ...block, sources: block.sources.map(({ number, name }) => ({ number, name })) }
}

/** Whether a story has any turning points to draw. */
export const hasTurningPoints = ({ timeline }: { timeline: Event[] }): boolean =>
  timeline.some(event => event.major)

function noTurningPoints({ story, storyPrefix, commandLine }: StoryRequest): Reply {
  return hasTurningPoints(story)
    ? notFoundRefusal(phrases.picture.noTurningPointsInTime(`${storyPrefix} timeline --chart`))
    : notFoundRefusal(phrases.picture.noTurningPoints(commandLine))
}
