import { PHONE_BUDGET } from '../chat/reply.ts'
import type { Digest } from '../content/digest.ts'
import type { Story } from '../content/story.ts'
import { type CommandLines, drawEachEntryOnce, statusPart } from './draw-entry.ts'
import { fits, isPostable } from './fits.ts'
import { type DrawContext, type DrawnMessage, drawMessage } from './layout.ts'
import { type NewsItem, newsOf, type OwedPart, type Revisions } from './news.ts'
import { countMore, type Selection, type StoryEntries, threadSelection } from './selection.ts'
import { LATE_MS } from './slots.ts'
import { countTold, type StoryNews, threadBody } from './thread-body.ts'

/**
 * What an edition is selected from. `slot` is when it was due, `date` its local date, and `now` when it
 * is sent. Its news are those after `newsFrom`, where the last edition ended (absent for the first edition), up to
 * `newsTo`, and what earlier editions owed; `news` are those, where they are known already. `next` is the slot after it,
 * for an edition without news.
 */
export type EditionInput = {
  digest: Pick<Digest, 'name' | 'title'>
  stories: Story[]
  revisions: Revisions
  news?: NewsItem[]
  commandLines: CommandLines
  zone: string
  slot: number
  date: string
  now: number
  newsFrom?: number
  newsTo: number
  owed?: OwedPart[]
  quiet: Digest['quiet']
  next?: number
}

/** How many stories the message itself shows, and how many entries of each. */
const MAX_STORIES = 3
const MAX_ENTRIES = 2

/**
 * Selects the content of an edition: first the status of each story, afterwards what is new. The most important goes
 * into the message, the rest into one thread reply, and what does not fit there is counted, with the lines that show
 * it. Undefined if nothing is new and the digest skips such days. Pure: the same input gives the same selection.
 */
export function selectEdition(edition: EditionInput): Selection | undefined {
  const { digest, stories, newsFrom, newsTo, slot, date, zone, now, next } = edition
  if (stories.length === 0) return undefined
  const base: Selection = {
    version: 1,
    digest: digest.name,
    title: digest.title,
    slot,
    date,
    zone,
    ...(now - slot > LATE_MS && { late: now }),
    ...(newsFrom !== undefined && { newsFrom }),
    newsTo,
    body: { stories: [] },
  }
  const news =
    newsFrom === undefined
      ? stories.map(firstNews)
      : groupByStory(edition.news ?? newsOf({ ...edition, newsFrom }))
  if (news.length === 0) {
    if (edition.quiet === 'skip') return undefined
    return { ...base, quiet: { stories: stories.length, ...(next !== undefined && { next }) } }
  }
  const withNews = new Set(news.map(({ story }) => story))
  const unchanged = stories.map(({ slug }) => slug).filter(slug => !withNews.has(slug))
  return fillEdition(base, news, unchanged, drawContextOf(edition))
}

/**
 * Draws an edition from its selection, with its thread reply if it has one. What is no longer in the stories is
 * replaced by a line that says so; what has grown too long since is counted, with the line that shows it.
 */
export function drawEdition(
  selection: Selection,
  context: DrawContext,
): DrawnMessage & { thread?: DrawnMessage } {
  const thread = threadSelection(selection)
  return { ...drawPostable(selection, context), thread: thread && drawPostable(thread, context) }
}

function drawPostable(selection: Selection, context: DrawContext): DrawnMessage {
  const message = drawMessage(selection, context)
  const shorter = isPostable(message.reply) ? undefined : shortenByOne(selection)
  return shorter ? drawPostable(shorter, context) : message
}

/**
 * Shortens a selection by one step; undefined if nothing is left. First the names of unchanged stories go, then the
 * last entry that is told, then the last story.
 */
function shortenByOne(selection: Selection): Selection | undefined {
  const { body, unchanged } = selection
  if (unchanged && unchanged.stories.length > 0)
    return { ...selection, unchanged: { stories: [], more: unchanged.more + unchanged.stories.length } }
  const last = body.stories.findLast(({ told }) => told.length > 0)
  if (last) {
    const shorter: StoryEntries = {
      ...last,
      told: last.told.slice(0, -1),
      more: countMore(last.told.slice(-1), last.more),
    }
    const stories = body.stories.map(story => (story === last ? shorter : story))
    return { ...selection, body: { ...body, stories } }
  }
  const dropped = body.stories.at(-1)
  if (!dropped) return undefined
  const { stories = 0, entries = 0 } = body.rest ?? {}
  const rest = { stories: stories + 1, entries: entries + (dropped.more?.count ?? 0) }
  return { ...selection, body: { stories: body.stories.slice(0, -1), rest } }
}

const firstNews = (story: Story): StoryNews => ({
  story: story.slug,
  told: [{ part: statusPart(story), kind: 'STANDS' }],
})

const groupByStory = (news: NewsItem[]): StoryNews[] =>
  [...Map.groupBy(news, item => item.story)].map(([story, items]) => ({
    story,
    told: items.map(({ story: _, ...entry }) => entry),
  }))

const drawContextOf = ({ stories, revisions, commandLines }: EditionInput): DrawContext => {
  const bySlug = new Map(stories.map(story => [story.slug, story]))
  // The same entries are tried in one message after another.
  return { story: slug => bySlug.get(slug), revisions, commandLines, drawEntry: drawEachEntryOnce() }
}

/** Fills first the message, then the thread reply, and last the line about unchanged stories. */
function fillEdition(
  base: Selection,
  news: StoryNews[],
  unchanged: string[],
  context: DrawContext,
): Selection {
  // Measured as if nearly everything were in the thread, so that there is room for the line that says so.
  let selection: Selection = {
    ...base,
    ...(unchanged.length > 0 && { unchanged: { stories: [], more: unchanged.length } }),
    thread: { stories: [], rest: { stories: 0, entries: countTold(news) } },
  }
  const fitsPhone = (candidate: Selection) => fits(drawMessage(candidate, context).reply, PHONE_BUDGET)
  const withStories = (stories: StoryEntries[]): Selection => ({ ...selection, body: { stories } })

  const leftOver: StoryNews[] = []
  for (const [index, { story, told }] of news.entries()) {
    const before = selection.body.stories
    let count = 0
    if (index < MAX_STORIES) {
      while (count < Math.min(MAX_ENTRIES, told.length)) {
        const candidate = withStories([...before, { story, told: told.slice(0, count + 1) }])
        if (!fitsPhone(candidate)) break
        selection = candidate
        count++
      }
      if (count === 0) {
        // The story is named even so: otherwise the message would hide what it is about.
        const candidate = withStories([...before, { story, told: [] }])
        if (before.length === 0 || fitsPhone(candidate)) selection = candidate
      }
    }
    if (count < told.length) leftOver.push({ story, told: told.slice(count) })
  }
  const { thread: _, ...message } = selection
  selection = leftOver.length === 0 ? message : { ...message, thread: threadBody(message, leftOver, context) }
  return nameUnchanged(selection, unchanged, fitsPhone)
}

/** Names up to three unchanged stories if there is room, and counts the others. */
function nameUnchanged(
  selection: Selection,
  slugs: string[],
  fitsPhone: (candidate: Selection) => boolean,
): Selection {
  let fitting = selection
  for (const count of [1, 2, 3].filter(count => count <= slugs.length)) {
    const unchanged = { stories: slugs.slice(0, count), more: slugs.length - count }
    const candidate = { ...selection, unchanged }
    if (!fitsPhone(candidate)) break
    fitting = candidate
  }
  return fitting
}
