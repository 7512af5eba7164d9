import { plainInlines } from '../chat/plain-text.ts'
import type { DrawContext } from './draw-context.ts'
import { drawEntry } from './entries/draw.ts'
import { fits } from './fits.ts'
import { drawMessage } from './layout.ts'
import {
  countRests,
  type EntryRef,
  type MessageBody,
  type Selection,
  type StoryEntries,
} from './selection.ts'

/** The length of a thread reply: it may be longer than a phone shows at once, but every platform must accept it. */
export const THREAD_BUDGET = 1_200
/** More entries than this fit nowhere, so it is not tried. */
const MAX_TRIED = 30
/** A longer entry is told in one line where not all of them have room. */
const LONG_ENTRY = 300

/** The news of one story, the most important first. */
export type StoryNews = { story: string; told: EntryRef[] }

/** How many entries some news have. */
export const countTold = (news: StoryNews[]): number => news.reduce((sum, { told }) => sum + told.length, 0)

/**
 * Fills the thread reply: as many entries as fit are told, the others are counted by story, the last stories together.
 */
export function threadBody(selection: Selection, news: StoryNews[], context: DrawContext): MessageBody {
  const total = countTold(news)
  const fitsThread = (body: MessageBody) =>
    fits(drawMessage({ ...selection, body, continued: true }, context).reply, THREAD_BUDGET)
  const everything: MessageBody = { stories: news }
  if (total <= MAX_TRIED && fitsThread(everything)) return everything
  const bodyWith = bodiesOf(
    news.map(({ story, told }, index) => ({
      story,
      told: index < MAX_TRIED ? longOnesBriefly(story, told, selection, context) : told,
    })),
  )
  // Tell more and more entries while every story can still be named. Otherwise name more and more stories.
  const best =
    (news.length <= MAX_TRIED
      ? lastFitting(fitsThread, total, toldCount => bodyWith(toldCount, news.length))
      : undefined) ??
    lastFitting(fitsThread, news.length, namedCount => bodyWith(0, namedCount)) ??
    bodyWith(0, 0)
  return inFull(best, fitsThread, (story, entry) => lengthOf(story, entry, selection, context))
}

/**
 * Tells in full what is told in one line, as far as there is room: one entry after another, or the shortest first if more of
 * them have room then.
 */
function inFull(
  body: MessageBody,
  fitsThread: (body: MessageBody) => boolean,
  lengthOf: (story: string, entry: EntryRef) => number,
): MessageBody {
  const shortened = body.stories.flatMap(({ story, told }, storyAt) =>
    told.flatMap(({ brief, ...whole }, at) =>
      brief ? [{ storyAt, at, whole, length: lengthOf(story, whole) }] : [],
    ),
  )
  const fill = (order: typeof shortened) => {
    let best = body
    let count = 0
    for (const { storyAt, at, whole } of order) {
      const candidate = {
        ...best,
        stories: best.stories.map((entries, index) =>
          index === storyAt ? { ...entries, told: entries.told.with(at, whole) } : entries,
        ),
      }
      if (!fitsThread(candidate)) continue
      best = candidate
      count++
    }
    return { best, count }
  }
  const inOrder = fill(shortened)
  if (inOrder.count === shortened.length) return inOrder.best
  const shortestFirst = fill(shortened.toSorted((a, b) => a.length - b.length))
  return (shortestFirst.count > inOrder.count ? shortestFirst : inOrder).best
}

/** Makes bodies that tell some first entries and name some first stories, and count the others. */
function bodiesOf(news: StoryNews[]): (toldCount: number, namedCount: number) => MessageBody {
  const total = countTold(news)
  const restsOf = news.map(({ told }) => countRests(told))
  return (toldCount, namedCount) => {
    let room = toldCount
    let entries = total
    const stories = news.slice(0, namedCount).map(({ story, told }, index): StoryEntries => {
      const fitting = told.slice(0, room)
      room -= fitting.length
      entries -= told.length
      const isWhole = fitting.length === told.length
      return { story, told: fitting, ...(!isWhole && { more: restsOf[index]![fitting.length] }) }
    })
    return {
      stories,
      ...(namedCount < news.length && { rest: { stories: news.length - namedCount, entries } }),
    }
  }
}

/** The entries of a story, the long ones among those that may fit in one line. */
function longOnesBriefly(
  slug: string,
  told: EntryRef[],
  selection: Selection,
  context: DrawContext,
): EntryRef[] {
  if (!context.story(slug)) return told
  return told.map((entry, index) => {
    const isLong = index < MAX_TRIED && lengthOf(slug, entry, selection, context) > LONG_ENTRY
    return isLong ? { ...entry, brief: true } : entry
  })
}

/** How long an entry is among others; 0 if its story is not there any more. */
function lengthOf(
  slug: string,
  entry: EntryRef,
  { date }: Selection,
  { story: find, commandLines, drawEntry: draw = drawEntry }: DrawContext,
): number {
  const story = find(slug)
  return story ? plainInlines(draw(entry, { story, date, commandLines }).item).length : 0
}

/** Makes bodies with 0 to `max` items and returns the last one before the first that does not fit. */
function lastFitting(
  fitsThread: (body: MessageBody) => boolean,
  max: number,
  bodyWith: (count: number) => MessageBody,
): MessageBody | undefined {
  let last: MessageBody | undefined
  for (let count = 0; count <= max; count++) {
    const body = bodyWith(count)
    if (!fitsThread(body)) break
    last = body
  }
  return last
}
