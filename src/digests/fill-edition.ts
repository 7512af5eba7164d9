import { PHONE_BUDGET } from '../chat/reply.ts'
import type { Story } from '../content/story.ts'
import { isSoon, nextComing } from './coming.ts'
import type { DrawContext } from './draw-context.ts'
import { fits } from './fits.ts'
import { drawMessage } from './layout.ts'
import { isQuote, isStatus } from './news-order.ts'
import type { EntryRef, Selection, StoryEntries } from './selection.ts'
import { countTold, type StoryNews, threadBody } from './thread-body.ts'
import { isTurn, saysWhy } from './turning-point.ts'

/** How many stories the message itself shows. */
const MAX_STORIES = 3
/** How many entries of a story it shows: of the only one, of the first of several, and of the others. */
const MAX_ENTRIES = { only: 5, first: 3, others: 2 }

/** The same entry in one line, for where all of it has no room. */
export const briefly = (entry: EntryRef): EntryRef => ({ ...entry, brief: true })

/**
 * Fills the message with news, the most important first, and the thread reply with what has no room there. What belongs
 * to the first line comes first: where the story stands now, why it matters, and what comes next.
 */
export function fillEdition(base: Selection, news: StoryNews[], context: DrawContext): Selection {
  // Measured as if everything were in the thread, so that there is room for the line that says so.
  let selection: Selection = {
    ...base,
    thread: {
      stories: news.map(({ story }) => ({ story, told: [] })),
      rest: { stories: 0, entries: countTold(news) },
    },
  }
  /** Takes a change if all of the message fits with it. */
  const take = (candidate: Selection): boolean => {
    const isTaken = fits(drawMessage(candidate, context).reply, PHONE_BUDGET)
    if (isTaken) selection = candidate
    return isTaken
  }
  const withStories = (stories: StoryEntries[]): Selection => ({ ...selection, body: { stories } })
  const change = (index: number, changed: Partial<StoryEntries>): Selection =>
    withStories(
      selection.body.stories.map((entries, at) => (at === index ? { ...entries, ...changed } : entries)),
    )

  /** Tells an entry, in one line if it must be; false if it has no room. */
  const tell = (index: number, entry: EntryRef): boolean => {
    const { told } = selection.body.stories[index]!
    if (take(change(index, { told: [...told, entry] }))) return true
    // Words that were said are shown, or shown in the thread: merely announced, they would say nothing.
    if (isQuote(entry.part) && told.length > 0) return false
    return take(change(index, { told: [...told, briefly(entry)] }))
  }
  const tellUpTo = (index: number, most: number) => {
    for (const entry of leftOf(news[index]!, selection.body.stories[index]!)) {
      if (selection.body.stories[index]!.told.length >= most) break
      if (!tell(index, entry) && !isQuote(entry.part)) break
    }
  }
  const sayWhy = (index: number) => {
    const { story: slug, told } = news[index]!
    const story = context.story(slug)
    if (story && saysWhy(story, told, base.date)) take(change(index, { why: true }))
  }

  const shown = news.slice(0, MAX_STORIES)
  for (const [index, { story, told }] of shown.entries()) {
    const named = withStories([...selection.body.stories, { story, told: [] }])
    // The first story is named even so: otherwise the message would hide what it is about.
    if (index === 0) selection = named
    else if (!take(named)) break
    if (index > 0) {
      tellUpTo(index, MAX_ENTRIES.others)
      continue
    }
    for (const [place, entry] of told.slice(0, 2).entries())
      if (place === 0 || isStatus(entry.part)) tell(index, entry)
    sayWhy(index)
    const coming = nextComing(storiesOf(shown, context), base.date, partsOf(news))
    if (coming && (changesCourse(shown, context) || isSoon(coming.event, base.date)))
      take({ ...selection, coming: coming.part })
    tellUpTo(index, news.length === 1 ? MAX_ENTRIES.only : MAX_ENTRIES.first)
  }
  for (let index = 1; index < selection.body.stories.length; index++) sayWhy(index)

  const leftOver = news.flatMap((own, index): StoryNews[] => {
    const left = leftOf(own, selection.body.stories[index])
    return left.length > 0 ? [{ story: own.story, told: left }] : []
  })
  const { thread: _, ...message } = selection
  return leftOver.length === 0 ? message : { ...message, thread: threadBody(message, leftOver, context) }
}

/** The news of a story that its entries do not tell. */
function leftOf({ told }: StoryNews, entries: StoryEntries | undefined): EntryRef[] {
  const shown = new Set(entries?.told.map(({ part }) => part))
  return told.filter(({ part }) => !shown.has(part))
}

/** Whether some news are a turn of their story, or another event to come: then people ask what comes next. */
const changesCourse = (news: StoryNews[], context: DrawContext): boolean =>
  news.some(({ story: slug, told }) => {
    const story = context.story(slug)
    return story !== undefined && (isTurn(story, told) || told.some(({ kind }) => kind === 'COMING'))
  })

const storiesOf = (news: StoryNews[], context: DrawContext): Story[] =>
  news.flatMap(({ story }) => context.story(story) ?? [])

const partsOf = (news: StoryNews[]): Set<string> =>
  new Set(news.flatMap(({ told }) => told.map(({ part }) => part)))
