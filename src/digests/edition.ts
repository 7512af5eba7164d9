import { PHONE_BUDGET } from '../chat/reply.ts'
import type { Digest } from '../content/digest.ts'
import type { Story } from '../content/story.ts'
import { type Lines, standsIn } from './entry.ts'
import { fits, isPostable } from './fits.ts'
import { type Drawing, type Drawn, sheet } from './layout.ts'
import { type NewsItem, newsOf, type Revisions } from './news.ts'
import { type Body, countedOnly, type Selection, type StoryTold, type Told, threadOf } from './selection.ts'
import { LATE_MS } from './slots.ts'

/**
 * What an edition is selected from. `slot` is when it was due and `date` the local date that it stands for; `now` is
 * when it is sent, `newsFrom` up to when the last one told (absent: this is the first), `newsTo` up to when this one
 * tells; `next` is the slot after it, for a day without news.
 */
export type Edition = {
  digest: Pick<Digest, 'name' | 'title'>
  stories: Story[]
  revisions: Revisions
  lines: Lines
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
const MOST_STORIES = 3
const MOST_ENTRIES = 2
/** A thread reply may be longer than a phone shows at once, but not longer than every platform takes. */
export const THREAD_BUDGET = 1_200
/** So many entries fit nowhere, so it need not be tried. */
const HOPELESS = 30

/**
 * Selects what an edition says: where each story stands the first time, then what is new. The most important goes into
 * the message, all else into one thread reply; what has no room there is counted, with the lines that show it. Undefined
 * where there is nothing new and nothing is to be said about that. Pure: the same input gives the same selection.
 */
export function select(edition: Edition): Selection | undefined {
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
  const wanted = news ? byStory(news) : stories.map(firstTime)
  if (wanted.length === 0) {
    if (edition.quiet === 'skip') return undefined
    const { next } = edition
    return { ...base, quiet: { stories: stories.length, ...(next !== undefined && { next }) } }
  }
  const named = new Set(wanted.map(({ story }) => story))
  const still = stories.filter(({ slug }) => !named.has(slug)).map(({ slug }) => slug)
  return laidOut(base, wanted, still, drawingOf(edition))
}

/**
 * Draws an edition from what was selected for it, and its thread reply where there is one. What is no longer in the
 * stories is said to be gone; what has grown too long since is counted, with the line that shows it.
 */
export function draw(selection: Selection, from: Drawing): Drawn & { thread?: Drawn } {
  const thread = threadOf(selection)
  return { ...postable(selection, from), ...(thread && { thread: postable(thread, from) }) }
}

function postable(selection: Selection, from: Drawing): Drawn {
  const drawn = sheet(selection, from)
  const less = isPostable(drawn.reply) ? undefined : smaller(selection)
  return less ? postable(less, from) : drawn
}

/** The same with one thing less in full: names of unchanged stories first, then what is told last, then a whole story. */
function smaller(selection: Selection): Selection | undefined {
  const { body, unchanged } = selection
  if (unchanged && unchanged.stories.length > 0)
    return { ...selection, unchanged: { stories: [], more: unchanged.more + unchanged.stories.length } }
  const last = body.stories.findLast(({ told }) => told.length > 0)
  if (last) {
    const told = last.told.slice(0, -1)
    const less = { ...last, told, more: countedOnly(last.told.slice(-1), last.more) }
    const stories = body.stories.map(one => (one === last ? less : one))
    return { ...selection, body: { ...body, stories } }
  }
  const dropped = body.stories.at(-1)
  if (!dropped) return undefined
  const { stories = 0, entries = 0 } = body.rest ?? {}
  const rest = { stories: stories + 1, entries: entries + (dropped.more?.count ?? 0) }
  return { ...selection, body: { stories: body.stories.slice(0, -1), rest } }
}

type Wanted = { story: string; told: Told[] }

const firstTime = (story: Story): Wanted => ({
  story: story.slug,
  told: [{ part: standsIn(story), kind: 'STANDS' }],
})

const byStory = (news: NewsItem[]): Wanted[] =>
  [...Map.groupBy(news, item => item.story)].map(([story, items]) => ({
    story,
    told: items.map(({ story: _, ...told }) => told),
  }))

const drawingOf = ({ stories, revisions, lines }: Edition): Drawing => {
  const bySlug = new Map(stories.map(story => [story.slug, story]))
  return { story: slug => bySlug.get(slug), revisions, lines }
}

/** Fills the message as far as it goes, then the thread reply, and last the line of the stories that did not change. */
function laidOut(base: Selection, wanted: Wanted[], still: string[], from: Drawing): Selection {
  const total = wanted.reduce((sum, { told }) => sum + told.length, 0)
  // Measured as if nearly all of it were in the thread, so that the line that says so has room.
  let selection: Selection = {
    ...base,
    ...(still.length > 0 && { unchanged: { stories: [], more: still.length } }),
    thread: { stories: [], rest: { stories: 0, entries: total } },
  }
  const fit = (next: Selection) => fits(sheet(next, from).reply, PHONE_BUDGET)
  const withBody = (stories: StoryTold[]): Selection => ({ ...selection, body: { stories } })

  const left: Wanted[] = []
  for (const [index, { story, told }] of wanted.entries()) {
    const before = selection.body.stories
    let count = 0
    if (index < MOST_STORIES) {
      while (count < Math.min(MOST_ENTRIES, told.length)) {
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
  return withNames(selection, still, fit)
}

/** Names stories that did not change, as long as there is room; the others are counted. */
function withNames(selection: Selection, still: string[], fit: (next: Selection) => boolean): Selection {
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
function threadBody(selection: Selection, left: Wanted[], from: Drawing): Body {
  const total = left.reduce((sum, { told }) => sum + told.length, 0)
  const bodyWith = (told: number, named: number): Body => {
    let room = told
    let entries = total
    const stories = left.slice(0, named).map((wanted): StoryTold => {
      const now = wanted.told.slice(0, room)
      room -= now.length
      entries -= wanted.told.length
      const rest = wanted.told.slice(now.length)
      return { story: wanted.story, told: now, ...(rest.length > 0 && { more: countedOnly(rest) }) }
    })
    return { stories, ...(named < left.length && { rest: { stories: left.length - named, entries } }) }
  }
  const fit = (body: Body) => fits(sheet({ ...selection, body, continued: true }, from).reply, THREAD_BUDGET)

  const all = bodyWith(total, left.length)
  if (total <= HOPELESS && fit(all)) return all
  // More and more is told while all of the rest can still be counted; else more and more stories are counted.
  const bodies = left.length <= HOPELESS ? growing(told => bodyWith(told, left.length), total) : []
  return (
    lastThat(fit, bodies) ??
    lastThat(
      fit,
      growing(named => bodyWith(0, named), left.length),
    ) ??
    bodyWith(0, 0)
  )
}

function* growing(bodyWith: (count: number) => Body, most: number): Generator<Body> {
  for (let count = 0; count <= most; count++) yield bodyWith(count)
}

/** The last body before the first that does not fit. */
function lastThat(fit: (body: Body) => boolean, bodies: Iterable<Body>): Body | undefined {
  let last: Body | undefined
  for (const body of bodies) {
    if (!fit(body)) break
    last = body
  }
  return last
}
