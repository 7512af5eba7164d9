import { type Digest, MOST_ITEMS } from '../content/digest.ts'
import type { Story } from '../content/story.ts'
import type { Item } from '../store/wire/items.ts'
import type { CommandLines } from './command-lines.ts'
import type { DrawContext } from './draw-context.ts'
import { drawEachEntryOnce } from './entries/draw.ts'
import { briefly, fillEdition } from './fill-edition.ts'
import { isPostable } from './fits.ts'
import { fillItems, keepRoomForItems } from './items/fill.ts'
import { type DrawnMessage, drawMessage } from './layout.ts'
import { newsOf, type OwedPart, type Revisions } from './news.ts'
import { isStatus, type NewsItem } from './news-order.ts'
import {
  countMore,
  type EntryRef,
  type FeedsTold,
  type Selection,
  type StoryEntries,
  threadSelection,
} from './selection.ts'
import { LATE_MS } from './slots.ts'
import { statusPart } from './status.ts'
import type { StoryNews } from './thread-body.ts'

/**
 * What an edition is selected from. `slot` is when it was due, `date` its local date, and `now` when it
 * is sent. Its news are those after `newsFrom`, where the last edition ended (absent for the first edition), up to
 * `newsTo`, and what earlier editions owed; `news` are those, where they are known already, and `leftOut` counts those that a
 * place did not choose. `next` is the slot after it, for an edition without news. `items` are what others report, the
 * newest first, up to the arrival `itemsTo`, of which it shows at most `most`; `feeds` says which of the feeds were not reached, and `tellsFeeds`
 * that people must be told of it now.
 */
export type EditionInput = {
  digest: Pick<Digest, 'name' | 'title'>
  stories: Story[]
  revisions: Revisions
  news?: NewsItem[]
  leftOut?: number
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
  items?: Item[]
  itemsTo?: number
  most?: number
  feeds?: FeedsTold
  tellsFeeds?: boolean
}

/**
 * Selects the content of an edition: first the status of each story, afterwards what is new. The most important goes
 * into the message, the rest into one thread reply, and what does not fit there is counted, with the lines that show
 * it. Undefined if nothing is new and the digest skips such days. Pure: the same input gives the same selection.
 */
export function selectEdition(edition: EditionInput): Selection | undefined {
  const { digest, stories, newsFrom, newsTo, slot, date, zone, now, next, leftOut = 0 } = edition
  const { items = [], itemsTo, feeds, tellsFeeds = false } = edition
  if (stories.length === 0) return undefined
  const base: Selection = {
    version: 2,
    digest: digest.name,
    title: digest.title,
    slot,
    date,
    zone,
    ...(now - slot > LATE_MS && { late: now }),
    ...(newsFrom !== undefined && { newsFrom }),
    newsTo,
    body: { stories: [] },
    ...(itemsTo !== undefined && { itemsTo }),
    ...(tellsFeeds && { feeds }),
  }
  const news =
    newsFrom === undefined
      ? stories.map(firstNews)
      : groupByStory(edition.news ?? newsOf({ ...edition, newsFrom }))
  if (news.length === 0 && items.length === 0) {
    if (edition.quiet === 'skip' && !tellsFeeds) return undefined
    const quiet = { stories: stories.length, ...(next !== undefined && { next }) }
    return { ...base, ...(feeds && { feeds }), quiet: { ...quiet, ...(leftOut > 0 && { leftOut }) } }
  }
  const context = drawContextOf(edition)
  const roomy = keepRoomForItems(base, items)
  const filled = news.length === 0 ? roomy : fillEdition(roomy, news, context)
  return fillItems(filled, items, { most: edition.most ?? MOST_ITEMS, context })
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
 * Shortens a selection by one step; undefined if nothing is left. First goes what is no news, then items but the first,
 * then the last entry that is told is told in one line, then not at all, then the last story.
 */
function shortenByOne(selection: Selection): Selection | undefined {
  const { coming, body, items } = selection
  if (coming !== undefined || body.stories.some(({ why }) => why)) {
    const { coming: _, ...rest } = selection
    return { ...rest, body: { ...body, stories: body.stories.map(({ why: _, ...entries }) => entries) } }
  }
  if (items && items.ids.length > 1)
    return { ...selection, items: { ids: items.ids.slice(0, -1), more: (items.more ?? 0) + 1 } }
  const last = body.stories.findLast(({ told }) => told.length > 0)
  const lastEntry = last?.told.at(-1)
  if (last && lastEntry) {
    const before = last.told.slice(0, -1)
    const shorter: StoryEntries = lastEntry.brief
      ? { ...last, told: before, more: countMore([lastEntry], last.more) }
      : { ...last, told: [...before, briefly(lastEntry)] }
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
    told: statusSecond(items.map(({ story: _, major: __, quoted: ___, ...entry }) => entry)),
  }))

/** Puts a changed status behind the first entry: where the story stands now belongs to the news. */
function statusSecond(told: EntryRef[]): EntryRef[] {
  const at = told.findIndex(({ part }) => isStatus(part))
  return at < 2 ? told : [told[0]!, told[at]!, ...told.slice(1, at), ...told.slice(at + 1)]
}

const drawContextOf = ({ stories, revisions, commandLines, items = [] }: EditionInput): DrawContext => {
  const bySlug = new Map(stories.map(story => [story.slug, story]))
  const byId = new Map(items.map(item => [item.id, item]))
  // The same entries are tried in one message after another.
  return {
    story: slug => bySlug.get(slug),
    item: id => byId.get(id),
    revisions,
    commandLines,
    drawEntry: drawEachEntryOnce(),
  }
}
