import { PHONE_BUDGET } from '../chat/reply.ts'
import type { Digest } from '../content/digest.ts'
import type { Story } from '../content/story.ts'
import { type CommandLines, statusPart } from './entry.ts'
import { fits, isPostable } from './fits.ts'
import { type DrawContext, type DrawnMessage, drawMessage } from './layout.ts'
import { type NewsItem, newsOf, type Revisions } from './news.ts'
import {
  countMore,
  type EntryRef,
  type MessageBody,
  type Selection,
  type StoryEntries,
  threadSelection,
} from './selection.ts'
import { LATE_MS } from './slots.ts'

/**
 * What an edition is selected from. `slot` is when it was due and `date` the local date that it stands for; `now` is
 * when it is sent, `newsFrom` up to when the last one told (absent: this is the first), `newsTo` up to when this one
 * tells; `next` is the slot after it, for a day without news.
 */
export type EditionInput = {
  digest: Pick<Digest, 'name' | 'title'>
  stories: Story[]
  revisions: Revisions
  commandLines: CommandLines
  zone: string
  slot: number
  date: string
  now: number
  newsFrom?: number
  newsTo: number
  quiet: Digest['quiet']
  next?: number
}

/** What is told of how many stories, and how much of each, in the message itself. */
const MAX_STORIES = 3
const MAX_ENTRIES = 2
/** A thread reply may be longer than a phone shows at once, but not longer than every platform takes. */
export const THREAD_BUDGET = 1_200
/** So many entries fit nowhere, so it need not be tried. */
const MAX_TRIED = 30

/**
 * Selects what an edition says: where each story stands the first time, then what is new. The most important goes into
 * the message, all else into one thread reply; what has no room there is counted, with the lines that show it. Undefined
 * where there is nothing new and nothing is to be said about that. Pure: the same input gives the same selection.
 */
export function selectEdition(edition: EditionInput): Selection | undefined {
  const { digest, stories, newsFrom, newsTo, slot, date, zone, now } = edition
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
  const news = newsFrom === undefined ? undefined : newsOf({ ...edition, newsFrom })
  const wanted = news ? groupByStory(news) : stories.map(firstNews)
  if (wanted.length === 0) {
    if (edition.quiet === 'skip') return undefined
    const { next } = edition
    return { ...base, quiet: { stories: stories.length, ...(next !== undefined && { next }) } }
  }
  const named = new Set(wanted.map(({ story }) => story))
  const still = stories.filter(({ slug }) => !named.has(slug)).map(({ slug }) => slug)
  return layOut(base, wanted, still, drawContextOf(edition))
}

/**
 * Draws an edition from what was selected for it, and its thread reply where there is one. What is no longer in the
 * stories is said to be gone; what has grown too long since is counted, with the line that shows it.
 */
export function drawEdition(
  selection: Selection,
  from: DrawContext,
): DrawnMessage & { thread?: DrawnMessage } {
  const thread = threadSelection(selection)
  return { ...drawPostable(selection, from), ...(thread && { thread: drawPostable(thread, from) }) }
}

function drawPostable(selection: Selection, from: DrawContext): DrawnMessage {
  const drawn = drawMessage(selection, from)
  const less = isPostable(drawn.reply) ? undefined : shortenByOne(selection)
  return less ? drawPostable(less, from) : drawn
}

/** The same with one thing less in full: names of unchanged stories first, then what is told last, then a whole story. */
function shortenByOne(selection: Selection): Selection | undefined {
  const { body, unchanged } = selection
  if (unchanged && unchanged.stories.length > 0)
    return { ...selection, unchanged: { stories: [], more: unchanged.more + unchanged.stories.length } }
  const last = body.stories.findLast(({ told }) => told.length > 0)
  if (last) {
    const told = last.told.slice(0, -1)
    const less = { ...last, told, more: countMore(last.told.slice(-1), last.more) }
    const stories = body.stories.map(one => (one === last ? less : one))
    return { ...selection, body: { ...body, stories } }
  }
  const dropped = body.stories.at(-1)
  if (!dropped) return undefined
  const { stories = 0, entries = 0 } = body.rest ?? {}
  const rest = { stories: stories + 1, entries: entries + (dropped.more?.count ?? 0) }
  return { ...selection, body: { stories: body.stories.slice(0, -1), rest } }
}

type StoryNews = { story: string; told: EntryRef[] }

const firstNews = (story: Story): StoryNews => ({
  story: story.slug,
  told: [{ part: statusPart(story), kind: 'STANDS' }],
})

const groupByStory = (news: NewsItem[]): StoryNews[] =>
  [...Map.groupBy(news, item => item.story)].map(([story, items]) => ({
    story,
    told: items.map(({ story: _, ...told }) => told),
  }))

const drawContextOf = ({ stories, revisions, commandLines }: EditionInput): DrawContext => {
  const bySlug = new Map(stories.map(story => [story.slug, story]))
  return { story: slug => bySlug.get(slug), revisions, commandLines }
}

/** Fills the message as far as it goes, then the thread reply, and last the line of the stories that did not change. */
function layOut(base: Selection, wanted: StoryNews[], still: string[], from: DrawContext): Selection {
  const total = wanted.reduce((sum, { told }) => sum + told.length, 0)
  // Measured as if nearly all of it were in the thread, so that the line that says so has room.
  let selection: Selection = {
    ...base,
    ...(still.length > 0 && { unchanged: { stories: [], more: still.length } }),
    thread: { stories: [], rest: { stories: 0, entries: total } },
  }
  const fit = (next: Selection) => fits(drawMessage(next, from).reply, PHONE_BUDGET)
  const withBody = (stories: StoryEntries[]): Selection => ({ ...selection, body: { stories } })

  const left: StoryNews[] = []
  for (const [index, { story, told }] of wanted.entries()) {
    const before = selection.body.stories
    let count = 0
    if (index < MAX_STORIES) {
      while (count < Math.min(MAX_ENTRIES, told.length)) {
        const next = withBody([...before, { story, told: told.slice(0, count + 1) }])
        if (!fit(next)) break
        selection = next
        count++
      }
      if (count === 0) {
        // Named all the same, or the message would hide what it is about.
        const next = withBody([...before, { story, told: [] }])
        if (before.length === 0 || fit(next)) selection = next
      }
    }
    if (count < told.length) left.push({ story, told: told.slice(count) })
  }
  const { thread: _, ...message } = selection
  selection = left.length === 0 ? message : { ...message, thread: threadBody(message, left, from) }
  return nameUnchanged(selection, still, fit)
}

/** Names stories that did not change, as long as there is room; the others are counted. */
function nameUnchanged(selection: Selection, still: string[], fit: (next: Selection) => boolean): Selection {
  let named = selection
  for (const count of [1, 2, 3].filter(count => count <= still.length)) {
    const unchanged = { stories: still.slice(0, count), more: still.length - count }
    const next = { ...selection, unchanged }
    if (!fit(next)) break
    named = next
  }
  return named
}

/** What the message has no room for: told as far as it goes, then counted story by story, then counted altogether. */
function threadBody(selection: Selection, left: StoryNews[], from: DrawContext): MessageBody {
  const total = left.reduce((sum, { told }) => sum + told.length, 0)
  const bodyWith = (told: number, named: number): MessageBody => {
    let room = told
    let entries = total
    const stories = left.slice(0, named).map((wanted): StoryEntries => {
      const now = wanted.told.slice(0, room)
      room -= now.length
      entries -= wanted.told.length
      const rest = wanted.told.slice(now.length)
      return { story: wanted.story, told: now, ...(rest.length > 0 && { more: countMore(rest) }) }
    })
    return { stories, ...(named < left.length && { rest: { stories: left.length - named, entries } }) }
  }
  const fit = (body: MessageBody) =>
    fits(drawMessage({ ...selection, body, continued: true }, from).reply, THREAD_BUDGET)

  const all = bodyWith(total, left.length)
  if (total <= MAX_TRIED && fit(all)) return all
  // More and more is told while all of the rest can still be counted; else more and more stories are counted.
  const bodies = left.length <= MAX_TRIED ? growingBodies(told => bodyWith(told, left.length), total) : []
  return (
    lastFitting(fit, bodies) ??
    lastFitting(
      fit,
      growingBodies(named => bodyWith(0, named), left.length),
    ) ??
    bodyWith(0, 0)
  )
}

function* growingBodies(bodyWith: (count: number) => MessageBody, most: number): Generator<MessageBody> {
  for (let count = 0; count <= most; count++) yield bodyWith(count)
}

/** The last body before the first that does not fit. */
function lastFitting(
  fit: (body: MessageBody) => boolean,
  bodies: Iterable<MessageBody>,
): MessageBody | undefined {
  let last: MessageBody | undefined
  for (const body of bodies) {
    if (!fit(body)) break
    last = body
  }
  return last
}
