import type { Event } from '../content/story.ts'
import { readable } from '../dates.ts'
import { phrases } from '../phrases.ts'
import { plainInlines } from '../plain.ts'
import { type Block, list, missing, type Picture, type Reply, text } from '../reply.ts'
import type { StoryAsk } from './ask.ts'
import { eventPart, labelOf, labelPart, sourcesBlock } from './label.ts'
import { pageNumber } from './pages.ts'
import { footOf, otherLight, pictured } from './pictured.ts'

/**
 * The turning points among some events as a picture; or why there can be none, for the list that takes its place. What is
 * too long for one is an error, which `check` finds before anybody asks.
 */
export function timelineChart(ask: StoryAsk, events: Event[]): Reply | { problem: string } {
  const { story, again } = ask
  const dark = ask.flags.dark !== undefined
  const major = events.filter(event => event.major)
  if (major.length === 0) return none(ask)
  const page = pageNumber({ page: ask.flags.page, line: `${again} --chart` }, 1)
  if (typeof page !== 'number') return page
  const told = major.map(event => ({ date: readable(event.date), text: shortOf(event) }))
  const picture: Picture = {
    kind: 'chart',
    label: `${phrases.picture.timeline(major.length, events.length)}\n${labelOf(story).line}`,
    title: story.title,
    events: told,
    foot: footOf(story),
    ...(dark && { dark }),
  }
  const drawn = pictured(picture, [
    text(...phrases.picture.titled(story.title, major.length, events.length)),
    list(told.map(event => [`${event.date} · ${event.text}`])),
  ])
  if ('problem' in drawn) return drawn
  return {
    label: labelOf(story),
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

/** More letters of addresses than this find no room under a picture. */
const MOST_ADDRESSES = 2_000

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
