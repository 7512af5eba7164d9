import { contentsOf } from '../content/parts.ts'
import type { Story, Withdrawal } from '../content/story.ts'
import { dayOf, readable, readableDay, readableMoment } from '../dates.ts'
import { type Action, type Block, type Inline, type Label, note, type Reply, text } from '../reply.ts'
import type { Shown } from '../store/delivery.ts'
import type { Revisions } from './news.ts'
import { countedOnly, entriesIn, type Selection, type StoryTold } from './selection.ts'
import { type Lines, nameOf, reachOf, telling } from './telling.ts'
import { zoneLabel } from './zones.ts'

/** What an edition is drawn from: the stories as they are now, their revisions, and how they are spoken to. */
export type Drawing = {
  story(slug: string): Story | undefined
  withdrawal?(slug: string): Withdrawal | undefined
  revisions: Revisions
  lines: Lines
}

/** A message of an edition, and which parts it shows in which revision. */
export type Drawn = { reply: Reply; shown: Shown[] }

/** Draws one message of an edition just as it was selected, however long it is. */
export function sheet(selection: Selection, from: Drawing): Drawn {
  if (selection.quiet) return { reply: quietDay(selection), shown: [] }
  const { body, unchanged } = selection
  // With one story alone, its name and dates stand in the first line and nowhere else.
  const alone = body.stories.length === 1 && !body.rest
  const stories = body.stories.flatMap(({ story }) => from.story(story) ?? [])
  const actions = selection.continued ? [] : actionsFor(selection, from)
  const label = labelOf(stories, alone, body.rest?.stories ?? 0)
  const parts = [
    ...body.stories.flatMap(one => partsOf(one, from)),
    ...(unchanged?.stories ?? []).flatMap(slug => (from.story(slug) ? [`${slug}/label`] : [])),
  ]
  const shown = [...new Set(parts)]
  return {
    reply: {
      ...(label && { label }),
      title: titleOf(selection),
      blocks: [
        ...body.stories.flatMap(one => storyBlocks(one, selection, from, alone)),
        ...(body.rest ? [restNote(body.rest, selection, from.lines)] : []),
        ...(selection.continued ? [] : closing(selection, from)),
      ],
      ...(actions.length > 0 && { actions }),
      parts: shown,
      audience: 'place',
    },
    shown: shown.map(part => ({ part, revision: from.revisions.get(part)?.revision ?? 0 })),
  }
}

/** `Nothing new since Fri 07:30 · 2 stories · next brief Tue 07:30`: no story is named, so there is no label either. */
function quietDay(selection: Selection): Reply {
  const { quiet, newsFrom = 0, slot, zone } = selection
  const pieces = [
    `Nothing new since ${shortMoment(newsFrom, zone, slot)}`,
    counted(quiet!.stories, 'story', 'stories'),
    quiet!.next !== undefined && `next brief ${shortMoment(quiet!.next, zone, slot)}`,
    lateness(selection),
  ]
  return { blocks: [text(pieces.filter(Boolean).join(' · '))], parts: [], audience: 'place' }
}

/** The first line, which a lock screen shows: the headline; with one story its state and dates, else they stand below. */
function labelOf(stories: Story[], alone: boolean, unnamed: number): Label | undefined {
  const [first] = stories
  if (!first) return undefined
  const open = stories.find(story => story.state === 'developing')
  const others = stories.length - 1 + unnamed
  const more = others > 0 ? ` and ${counted(others, 'more story', 'more stories')}` : ''
  const line = alone ? labelLine(first) : `${nameOf(first)}${more} · dates stand with each story`
  return { state: (open ?? first).state, line }
}

/** A story's name, state and dates: `Chicago v. Sessions · ARCHIVED · covers to 28 Apr 2021`. */
export const labelLine = (story: Story): string =>
  `${nameOf(story)} · ${story.state.toUpperCase()} · ${reachOf(story)}`

/** `Morning brief · Fri 20 Apr 2018 · Chicago`, and when it was sent if it came late. */
function titleOf(selection: Selection): string {
  const { title, date, zone, continued } = selection
  const place = zoneLabel(zone).replace(/ (?:time )?\(.*$/, '')
  const more = continued ? ['continued'] : [place, lateness(selection)]
  return [title, readableDay(date), ...more].filter(Boolean).join(' · ')
}

function lateness({ late, slot, zone }: Selection): string | undefined {
  if (late === undefined) return undefined
  const [sent, due] = [late, slot].map(at => shortMoment(at, zone, slot)) as [string, string]
  const sameDay = dayOf(late, zone) === dayOf(slot, zone)
  return `sent ${sameDay ? clockOf(sent) : sent} instead of ${sameDay ? clockOf(due) : due}`
}

function storyBlocks(
  { story: slug, told, more }: StoryTold,
  { newsFrom, date }: Selection,
  { story: find, withdrawal, lines }: Drawing,
  alone: boolean,
): Block[] {
  const story = find(slug)
  if (!story) {
    const down = withdrawal?.(slug)
    return [down ? withdrawnBlock(down) : note('What stood here about one story is no longer available.')]
  }
  const first = newsFrom === undefined
  // News of a story says its state itself; where none is told here, the name does.
  const state = first || told.length === 0 ? ` · ${story.state.toUpperCase()}` : ''
  const head: Inline[] = alone ? [] : [{ bold: nameOf(story) }, `${state} · ${reachOf(story)}\n`]
  const entries = told.map((one, index) => telling(one, { story, date, lines, state: index === 0 }))
  if (more) {
    const asks = more.asks.flatMap(({ verb, since }, index): Inline[] => [
      index > 0 ? ' · ' : '',
      { code: lines.ask(story, verb, since) },
    ])
    const count = told.length > 0 ? `${more.count} more: ` : `${more.count} new: `
    entries.push([first ? 'Where it stands: ' : count, ...asks])
  } else if (told.length === 0) entries.push(['In the reply below.'])
  return entries.map((entry, index) => text(...(index === 0 ? head : []), ...entry))
}

function restNote(
  { stories, entries }: NonNullable<Selection['body']['rest']>,
  { newsFrom, zone }: Selection,
  lines: Lines,
): Block {
  const more = counted(stories, 'more story', 'more stories')
  return newsFrom === undefined
    ? note(`And ${more}: `, { code: lines.stories() })
    : note(`And ${more} with ${entries} new: `, { code: lines.changes(dayOf(newsFrom, zone)) })
}

/** Below the news: stories without any, since when this is new, and how much stands in the thread. */
function closing(selection: Selection, from: Drawing): Block[] {
  const { unchanged, newsFrom, zone, slot, thread } = selection
  const still = (unchanged?.stories ?? []).flatMap(slug => from.story(slug) ?? [])
  const names = still.map(story => `${nameOf(story)} (${story.state} · ${reachOf(story)})`)
  const uncounted = (unchanged?.more ?? 0) + (unchanged?.stories.length ?? 0) - still.length
  if (uncounted > 0)
    names.push(names.length > 0 ? `${uncounted} more` : counted(uncounted, 'other story', 'other stories'))
  const since =
    newsFrom === undefined
      ? 'First brief: where each story stands. From now on: what is new.'
      : `Changes since ${shortMoment(newsFrom, zone, slot)}`
  const below = thread && `${entriesIn(thread)} more in the reply below`
  return [
    ...(names.length > 0 ? [note(`No change: ${names.join(' · ')}`)] : []),
    note([since, below].filter(Boolean).join(' · ')),
  ]
}

/** Buttons of the first story that is told: what it is about, what it rests on, what changed. */
function actionsFor({ body, newsFrom, thread }: Selection, { story: find, lines }: Drawing): Action[] {
  const [first] = body.stories
  const story = first && find(first.story)
  if (!story) return []
  const several = body.stories.length > 1 || (thread?.stories.length ?? 0) > 1
  const action = (label: string, line: string): Action => ({
    label: several ? `${label}: ${story.command ?? story.slug}` : label,
    line,
  })
  const news = [body, thread].flatMap(
    one => one?.stories.filter(({ story }) => story === first.story).flatMap(({ told }) => told) ?? [],
  )
  const dated = countedOnly(news).asks.find(({ since }) => since !== undefined)
  return [
    action('Summary', lines.ask(story, 'summary')),
    ...(story.sources.length > 0 ? [action('Sources', lines.ask(story, 'sources'))] : []),
    ...(newsFrom !== undefined && dated
      ? [action('What changed', lines.ask(story, dated.verb, dated.since))]
      : []),
  ]
}

/** What a correction must find a message by: the label of each story that it names, and all that it tells of it. */
function partsOf({ story: slug, told }: StoryTold, { story: find }: Drawing): string[] {
  const story = find(slug)
  if (!story) return []
  const contents = contentsOf(story)
  return [
    `${slug}/label`,
    ...told.flatMap(({ part }) => {
      const content = contents.get(part)
      if (!content) return []
      // What was wrong is told together with what is right now, which may be wrong once more.
      return content.kind === 'correction' ? [part, `${slug}/${content.correction.part}`] : [part]
    }),
  ]
}

/** What stands where a story stood that was taken down: when and why, and nothing of the story. */
export const withdrawnBlock = ({ on, reason }: Withdrawal): Block =>
  text({ bold: 'WITHDRAWN' }, ` ${readable(on)} · this story was taken down: ${reason}`)

const counted = (count: number, one: string, many: string) => `${count} ${count === 1 ? one : many}`

const WEEK_MS = 6 * 86_400_000

/** A moment near another: `Fri 07:30`; with its date where that would not say which Friday. */
function shortMoment(at: number, zone: string, near: number): string {
  const full = readableMoment(at, zone, near)
  return Math.abs(at - near) < WEEK_MS ? `${full.slice(0, 3)} ${clockOf(full)}` : full
}

const clockOf = (moment: string) => moment.slice(-5)
