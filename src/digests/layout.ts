import { type Block, type Button, type Inline, type Label, note, type Reply, text } from '../chat/reply.ts'
import { partContentsOf } from '../content/parts.ts'
import type { Story, Withdrawal } from '../content/story.ts'
import { clockAt, localDate, readableDate, readableDay, shortMoment } from '../dates.ts'
import { phrases } from '../phrases/phrases.ts'
import type { ShownPart } from '../store/delivery.ts'
import { type CommandLines, coverageOf, drawEntry, storyName } from './entry.ts'
import type { Revisions } from './news.ts'
import { countEntries, countMore, type Selection, type StoryEntries } from './selection.ts'
import { zoneCity } from './zones.ts'

/** What an edition is drawn from: the stories as they are now, their revisions, and how they are spoken to. */
export type DrawContext = {
  story(slug: string): Story | undefined
  withdrawal?(slug: string): Withdrawal | undefined
  revisions: Revisions
  commandLines: CommandLines
}

/** A message of an edition, and which parts it shows in which revision. */
export type DrawnMessage = { reply: Reply; shown: ShownPart[] }

/** Draws one message of an edition just as it was selected, however long it is. */
export function drawMessage(selection: Selection, from: DrawContext): DrawnMessage {
  if (selection.quiet) return { reply: quietReply(selection), shown: [] }
  const { body, unchanged } = selection
  // With one story alone, its name and dates stand in the first line and nowhere else.
  const alone = body.stories.length === 1 && !body.rest
  const stories = body.stories.flatMap(({ story }) => from.story(story) ?? [])
  const buttons = selection.continued ? [] : actionsFor(selection, from)
  const label = editionLabel(stories, alone, body.rest?.stories ?? 0)
  const parts = [
    ...body.stories.flatMap(one => shownPartsOf(one, from)),
    ...(unchanged?.stories ?? []).flatMap(slug => (from.story(slug) ? [`${slug}/label`] : [])),
  ]
  const shown = [...new Set(parts)]
  return {
    reply: {
      ...(label && { label }),
      title: editionTitle(selection),
      blocks: [
        ...body.stories.flatMap(one => storyBlocks(one, selection, from, alone)),
        ...(body.rest ? [restNote(body.rest, selection, from.commandLines)] : []),
        ...(selection.continued ? [] : closingNotes(selection, from)),
      ],
      ...(buttons.length > 0 && { buttons }),
      parts: shown,
      audience: 'place',
    },
    shown: shown.map(part => ({ part, revision: from.revisions.get(part)?.revision ?? 0 })),
  }
}

/** `Nothing new since Fri 07:30 · 2 stories · next: Tue 07:30`: no story is named, so there is no label either. */
function quietReply(selection: Selection): Reply {
  const { quiet, newsFrom = 0, slot, zone } = selection
  const pieces = [
    phrases.edition.nothingNewSince(shortMoment(newsFrom, zone, slot)),
    phrases.edition.stories(quiet!.stories),
    quiet!.next !== undefined && phrases.edition.next(shortMoment(quiet!.next, zone, slot)),
    lateness(selection),
  ]
  return { blocks: [text(pieces.filter(Boolean).join(' · '))], parts: [], audience: 'place' }
}

/** The first line, which a lock screen shows: the headline; with one story its state and dates, else they stand below. */
function editionLabel(stories: Story[], alone: boolean, unnamed: number): Label | undefined {
  const [first] = stories
  if (!first) return undefined
  const open = stories.find(story => story.state === 'developing')
  const others = stories.length - 1 + unnamed
  const line = alone ? labelLine(first) : phrases.edition.severalStories(storyName(first), others)
  return { state: (open ?? first).state, line }
}

/** A story's name, state and dates: `Chicago v. Sessions · ARCHIVED · covers to 28 Apr 2021`. */
export const labelLine = (story: Story): string =>
  [storyName(story), phrases.label.stateMark[story.state], coverageOf(story)].join(' · ')

/** `Morning brief · Fri 20 Apr 2018 · Chicago`, and when it was sent if it came late. */
function editionTitle(selection: Selection): string {
  const { title, date, zone, continued } = selection
  const more = continued ? [phrases.edition.continued] : [zoneCity(zone), lateness(selection)]
  return [title, readableDay(date), ...more].filter(Boolean).join(' · ')
}

function lateness({ late, slot, zone }: Selection): string | undefined {
  if (late === undefined) return undefined
  const sameDay = localDate(late, zone) === localDate(slot, zone)
  const [sent, due] = [late, slot].map(at => (sameDay ? clockAt(at, zone) : shortMoment(at, zone, slot)))
  return phrases.edition.sentLate(sent!, due!)
}

function storyBlocks(
  { story: slug, told, more }: StoryEntries,
  { newsFrom, date }: Selection,
  { story: find, withdrawal, commandLines }: DrawContext,
  alone: boolean,
): Block[] {
  const story = find(slug)
  if (!story) {
    const down = withdrawal?.(slug)
    return [down ? withdrawnBlock(down) : note(phrases.edition.storyNoLongerThere)]
  }
  const first = newsFrom === undefined
  // News of a story says its state itself; where none is told here, the name does.
  const state = first || told.length === 0 ? ` · ${phrases.label.stateMark[story.state]}` : ''
  const head: Inline[] = alone ? [] : [{ bold: storyName(story) }, `${state} · ${coverageOf(story)}\n`]
  const entries = told.map((one, index) =>
    drawEntry(one, { story, date, commandLines, withState: index === 0 }),
  )
  if (more) {
    const asks = more.asks.flatMap(({ verb, since }, index): Inline[] => [
      index > 0 ? ' · ' : '',
      { code: commandLines.forStory(story, verb, since) },
    ])
    const { whereItStands, moreEntries, newEntries } = phrases.edition
    const counted = told.length > 0 ? moreEntries : newEntries
    entries.push(first ? whereItStands(asks) : counted(more.count, asks))
  } else if (told.length === 0) entries.push([phrases.edition.inTheReply])
  return entries.map((entry, index) => text(...(index === 0 ? head : []), ...entry))
}

function restNote(
  { stories, entries }: NonNullable<Selection['body']['rest']>,
  { newsFrom, zone }: Selection,
  lines: CommandLines,
): Block {
  return newsFrom === undefined
    ? note(...phrases.edition.moreStories(stories, lines.stories()))
    : note(...phrases.edition.moreStoriesNew(stories, entries, lines.changes(localDate(newsFrom, zone))))
}

/** Below the news: stories without any, since when this is new, and how much stands in the thread. */
function closingNotes(selection: Selection, from: DrawContext): Block[] {
  const { unchanged, newsFrom, zone, slot, thread } = selection
  const still = (unchanged?.stories ?? []).flatMap(slug => from.story(slug) ?? [])
  const names = still.map(
    story => `${storyName(story)} (${phrases.label.state[story.state]} · ${coverageOf(story)})`,
  )
  const uncounted = (unchanged?.more ?? 0) + (unchanged?.stories.length ?? 0) - still.length
  const since =
    newsFrom === undefined
      ? phrases.edition.firstDigest
      : phrases.edition.changesSince(shortMoment(newsFrom, zone, slot))
  const below = thread && phrases.edition.moreInTheReply(countEntries(thread))
  return [
    ...(names.length + uncounted > 0 ? [note(phrases.edition.noChange(names, uncounted))] : []),
    note([since, below].filter(Boolean).join(' · ')),
  ]
}

/** Buttons of the first story that is told: what it is about, what it rests on, what changed. */
function actionsFor(
  { body, newsFrom, thread }: Selection,
  { story: find, commandLines }: DrawContext,
): Button[] {
  const [first] = body.stories
  const story = first && find(first.story)
  if (!story) return []
  const several = body.stories.length > 1 || (thread?.stories.length ?? 0) > 1
  const ofStory = several ? (story.command ?? story.slug) : undefined
  const { summary, sources, whatChanged } = phrases.edition.button
  const news = [body, thread].flatMap(
    one => one?.stories.filter(({ story }) => story === first.story).flatMap(({ told }) => told) ?? [],
  )
  const dated = countMore(news).asks.find(({ since }) => since !== undefined)
  return [
    { label: summary(ofStory), line: commandLines.forStory(story, 'summary') },
    ...(story.sources.length > 0
      ? [{ label: sources(ofStory), line: commandLines.forStory(story, 'sources') }]
      : []),
    ...(newsFrom !== undefined && dated
      ? [{ label: whatChanged(ofStory), line: commandLines.forStory(story, dated.verb, dated.since) }]
      : []),
  ]
}

/** What a correction must find a message by: the label of each story that it names, and all that it tells of it. */
function shownPartsOf({ story: slug, told }: StoryEntries, { story: find }: DrawContext): string[] {
  const story = find(slug)
  if (!story) return []
  const contents = partContentsOf(story)
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
  text(...phrases.edition.withdrawn(readableDate(on), reason))
