import { keepResults } from '../chat/keep-results.ts'
import { type Block, type Button, type Inline, type Label, note, type Reply, text } from '../chat/reply.ts'
import { partContentsOf } from '../content/parts.ts'
import type { Story, Withdrawal } from '../content/story.ts'
import { clockAt, localDate, readableDate, readableDay, shortMoment } from '../dates/dates.ts'
import { phrases } from '../phrases/phrases.ts'
import type { ShownPart } from '../store/delivery.ts'
import { type CommandLines, coverageOf, drawEntry, storyName } from './draw-entry.ts'
import type { Revisions } from './news.ts'
import { countEntries, countMore, type Selection, type StoryEntries } from './selection.ts'
import { zoneCity } from './zones.ts'

/**
 * What an edition is drawn from: the stories as they are now, their revisions, and the lines that people can type.
 * `drawEntry` draws the entries where they are not to be drawn anew.
 */
export type DrawContext = {
  story(slug: string): Story | undefined
  withdrawal?(slug: string): Withdrawal | undefined
  revisions: Revisions
  commandLines: CommandLines
  drawEntry?: typeof drawEntry
}

/** A message of an edition, and which parts it shows in which revision. */
export type DrawnMessage = { reply: Reply; shown: ShownPart[] }

/** Draws one message of an edition exactly as it was selected, however long it is. */
export function drawMessage(selection: Selection, context: DrawContext): DrawnMessage {
  if (selection.quiet) return { reply: quietReply(selection), shown: [] }
  const { body, unchanged } = selection
  // If there is only one story, its name and dates are in the first line and nowhere else.
  const isOnlyStory = body.stories.length === 1 && !body.rest
  const stories = body.stories.flatMap(({ story }) => context.story(story) ?? [])
  const buttons = selection.continued ? [] : buttonsFor(selection, context)
  const parts = [
    ...body.stories.flatMap(entries => shownPartsOf(entries, context)),
    ...(unchanged?.stories ?? []).flatMap(slug => (context.story(slug) ? [`${slug}/label`] : [])),
  ]
  const shown = [...new Set(parts)]
  return {
    reply: {
      label: editionLabel(stories, isOnlyStory, body.rest?.stories ?? 0),
      title: editionTitle(selection),
      blocks: [
        ...body.stories.flatMap(entries => storyBlocks(entries, selection, context, isOnlyStory)),
        ...(body.rest ? [restNote(body.rest, selection, context.commandLines)] : []),
        ...(selection.continued ? [] : closingNotes(selection, context)),
      ],
      buttons: buttons.length > 0 ? buttons : undefined,
      parts: shown,
      audience: 'place',
    },
    shown: shown.map(part => ({ part, revision: context.revisions.get(part)?.revision ?? 0 })),
  }
}

/** Draws `Nothing new since Fri 07:30 · 2 stories · next: Tue 07:30`. It names no story, so it has no label either. */
function quietReply({ quiet, newsFrom = 0, late, slot, zone }: Selection): Reply {
  const pieces = [
    phrases.edition.nothingNewSince(shortMoment(newsFrom, zone, slot)),
    phrases.edition.stories(quiet!.stories),
    quiet!.next !== undefined && phrases.edition.next(shortMoment(quiet!.next, zone, slot)),
    lateness({ late, slot, zone }),
  ]
  return { blocks: [text(pieces.filter(Boolean).join(' · '))], parts: [], audience: 'place' }
}

/**
 * The first line, which a lock screen shows: the first story and how many others. Its state and dates follow if it is
 * the only one; otherwise they are further down.
 */
function editionLabel(stories: Story[], isOnlyStory: boolean, unnamed: number): Label | undefined {
  const [first] = stories
  if (!first) return undefined
  const developing = stories.find(story => story.state === 'developing')
  const others = stories.length - 1 + unnamed
  const line = isOnlyStory ? labelLine(first) : phrases.edition.severalStories(storyName(first), others)
  return { state: (developing ?? first).state, line }
}

/** A story's name, state and dates: `Chicago v. Sessions · ARCHIVED · covers to 28 Apr 2021`. */
export const labelLine = (story: Story): string =>
  [storyName(story), phrases.label.stateMark[story.state], coverageOf(story)].join(' · ')

/** `Morning brief · Fri 20 Apr 2018 · Chicago`, and when it was sent if that was late. */
function editionTitle(selection: Selection): string {
  const { title, date, zone, continued } = selection
  const more = continued ? [phrases.edition.continued] : [zoneCity(zone), lateness(selection)]
  return [title, readableDay(date), ...more].filter(Boolean).join(' · ')
}

const lateness = ({ late, slot, zone }: Pick<Selection, 'late' | 'slot' | 'zone'>): string | undefined =>
  late === undefined ? undefined : latenessText(JSON.stringify([late, slot, zone]))

/** An edition is drawn many times until it fits: what time zones say is kept, since asking them takes longest. */
const MAX_KEPT_MOMENTS = 100

const latenessText = keepResults((lateSlotZone): string => {
  const [late, slot, zone] = JSON.parse(lateSlotZone) as [number, number, string]
  const sameDay = localDate(late, zone) === localDate(slot, zone)
  const [sent, due] = [late, slot].map(at => (sameDay ? clockAt(at, zone) : shortMoment(at, zone, slot)))
  return phrases.edition.sentLate(sent!, due!)
}, MAX_KEPT_MOMENTS)

const changesSince = keepResults((newsFromZoneSlot): string => {
  const [newsFrom, zone, slot] = JSON.parse(newsFromZoneSlot) as [number, string, number]
  return phrases.edition.changesSince(shortMoment(newsFrom, zone, slot))
}, MAX_KEPT_MOMENTS)

function storyBlocks(
  { story: slug, told, more }: StoryEntries,
  { newsFrom, date }: Selection,
  context: DrawContext,
  isOnlyStory: boolean,
): Block[] {
  const { commandLines } = context
  const story = context.story(slug)
  if (!story) {
    const withdrawal = context.withdrawal?.(slug)
    return [withdrawal ? withdrawnBlock(withdrawal) : note(phrases.edition.storyNoLongerThere)]
  }
  const isFirst = newsFrom === undefined
  // The first entry shows the state of the story. If there is none, or this is the first edition, the name does.
  const state = isFirst || told.length === 0 ? ` · ${phrases.label.stateMark[story.state]}` : ''
  const name: Inline[] = isOnlyStory ? [] : [{ bold: storyName(story) }, `${state} · ${coverageOf(story)}\n`]
  const entries = told.map((entry, index) =>
    (context.drawEntry ?? drawEntry)(entry, { story, date, commandLines, withState: index === 0 }),
  )
  if (more) {
    const lines = more.asks.flatMap(({ verb, since }, index): Inline[] => [
      index > 0 ? ' · ' : '',
      { code: commandLines.forStory(story, verb, since) },
    ])
    const { whereItStands, moreEntries, newEntries } = phrases.edition
    const countLine = told.length > 0 ? moreEntries : newEntries
    entries.push(isFirst ? whereItStands(lines) : countLine(more.count, lines))
  } else if (told.length === 0) entries.push([phrases.edition.inTheReply])
  return entries.map((entry, index) => text(...(index === 0 ? name : []), ...entry))
}

function restNote(
  { stories, entries }: NonNullable<Selection['body']['rest']>,
  { newsFrom, zone }: Selection,
  commandLines: CommandLines,
): Block {
  return newsFrom === undefined
    ? note(...phrases.edition.moreStories(stories, commandLines.stories()))
    : note(
        ...phrases.edition.moreStoriesNew(stories, entries, commandLines.changes(localDate(newsFrom, zone))),
      )
}

/** The notes below the news: stories without any, since when the news are new, and how many more are in the thread. */
function closingNotes(selection: Selection, context: DrawContext): Block[] {
  const { unchanged, newsFrom, zone, slot, thread } = selection
  const stories = (unchanged?.stories ?? []).flatMap(slug => context.story(slug) ?? [])
  const names = stories.map(
    story => `${storyName(story)} (${phrases.label.state[story.state]} · ${coverageOf(story)})`,
  )
  const unnamed = (unchanged?.more ?? 0) + (unchanged?.stories.length ?? 0) - stories.length
  const since =
    newsFrom === undefined
      ? phrases.edition.firstDigest
      : changesSince(JSON.stringify([newsFrom, zone, slot]))
  const inThread = thread && phrases.edition.moreInTheReply(countEntries(thread))
  return [
    ...(names.length + unnamed > 0 ? [note(phrases.edition.noChange(names, unnamed))] : []),
    note([since, inThread].filter(Boolean).join(' · ')),
  ]
}

/** The buttons for the first story: its summary, its sources, and what changed. */
function buttonsFor({ body, newsFrom, thread }: Selection, context: DrawContext): Button[] {
  const { commandLines } = context
  const [first] = body.stories
  const story = first && context.story(first.story)
  if (!story) return []
  const hasSeveral = body.stories.length > 1 || (thread?.stories.length ?? 0) > 1
  const storyLabel = hasSeveral ? (story.command ?? story.slug) : undefined
  const { summary, sources, whatChanged } = phrases.edition.button
  const entries = [body, thread].flatMap(
    part => part?.stories.filter(({ story }) => story === first.story).flatMap(({ told }) => told) ?? [],
  )
  const changes = countMore(entries).asks.find(({ since }) => since !== undefined)
  const buttons: Button[] = [{ label: summary(storyLabel), line: commandLines.forStory(story, 'summary') }]
  if (story.sources.length > 0)
    buttons.push({ label: sources(storyLabel), line: commandLines.forStory(story, 'sources') })
  if (newsFrom !== undefined && changes)
    buttons.push({
      label: whatChanged(storyLabel),
      line: commandLines.forStory(story, changes.verb, changes.since),
    })
  return buttons
}

/**
 * The parts by which a correction finds a message: the label of each story that it names, and every part that it tells.
 */
function shownPartsOf({ story: slug, told }: StoryEntries, context: DrawContext): string[] {
  const story = context.story(slug)
  if (!story) return []
  const contents = partContentsOf(story)
  return [
    `${slug}/label`,
    ...told.flatMap(({ part }) => {
      const content = contents.get(part)
      if (!content) return []
      // A correction shows what is right now too, and that may turn out to be wrong once more.
      return content.kind === 'correction' ? [part, `${slug}/${content.correction.part}`] : [part]
    }),
  ]
}

/** The block that replaces a story that was taken down: when and why, and nothing of the story. */
export const withdrawnBlock = ({ on, reason }: Withdrawal): Block =>
  text(...phrases.edition.withdrawn(readableDate(on), reason))
