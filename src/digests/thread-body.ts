import { fits } from './fits.ts'
import { type DrawContext, drawMessage } from './layout.ts'
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

/** The news of one story, the most important first. */
export type StoryNews = { story: string; told: EntryRef[] }

/** How many entries some news have. */
export const countTold = (news: StoryNews[]): number => news.reduce((sum, { told }) => sum + told.length, 0)

/**
 * Fills the thread reply: as many entries as fit are told, the others are counted by story, the last stories together.
 */
export function threadBody(selection: Selection, news: StoryNews[], context: DrawContext): MessageBody {
  const total = countTold(news)
  const restsOf = news.map(({ told }) => countRests(told))
  const bodyWith = (toldCount: number, namedCount: number): MessageBody => {
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
  const fitsThread = (body: MessageBody) =>
    fits(drawMessage({ ...selection, body, continued: true }, context).reply, THREAD_BUDGET)

  const everything = bodyWith(total, news.length)
  if (total <= MAX_TRIED && fitsThread(everything)) return everything
  // Tell more and more entries while every story can still be named. Otherwise name more and more stories.
  return (
    (news.length <= MAX_TRIED
      ? lastFitting(fitsThread, total, toldCount => bodyWith(toldCount, news.length))
      : undefined) ??
    lastFitting(fitsThread, news.length, namedCount => bodyWith(0, namedCount)) ??
    bodyWith(0, 0)
  )
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
