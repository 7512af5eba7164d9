import { type Block, type Inline, list, note, text } from '../chat/reply.ts'
import type { Story, Withdrawal } from '../content/story.ts'
import { readableDate } from '../dates/dates.ts'
import { phrases } from '../phrases/phrases.ts'
import type { DrawContext } from './draw-context.ts'
import { drawEntry } from './entries/draw.ts'
import { outletsOf } from './entries/outlets.ts'
import { isStatus } from './news-order.ts'
import type { EntryRef, Selection, StoryEntries } from './selection.ts'
import { shortStoryName, stateAndDates } from './status.ts'

/** How the entries of one story are drawn. `lead` is the entry that the first line of the message shows already. */
type StoryFrame = { selection: Selection; context: DrawContext; isOnlyStory: boolean; lead?: EntryRef }

/**
 * Draws the entries of one story: what belongs to the first line of the message, where the story stands now, why it
 * matters, the other entries as a list, and how many are not shown.
 */
export function storyBlocks(entries: StoryEntries, frame: StoryFrame): Block[] {
  const { context, isOnlyStory, lead, selection } = frame
  const story = context.story(entries.story)
  if (!story) {
    const withdrawal = context.withdrawal?.(entries.story)
    return [withdrawal ? withdrawnBlock(withdrawal) : note(phrases.edition.storyNoLongerThere)]
  }
  const draw = (entry: EntryRef) =>
    (context.drawEntry ?? drawEntry)(entry, {
      story,
      date: selection.date,
      commandLines: context.commandLines,
    })
  const others = entries.told.filter(entry => entry !== lead)
  const isParagraph = ({ kind, part }: EntryRef) => kind === 'STANDS' || isStatus(part)
  const paragraphs = [
    ...(isOnlyStory ? [] : [nameLine(story)]),
    ...entries.told.filter(entry => entry === lead).map(entry => draw(entry).below),
    ...others.filter(isParagraph).map(entry => draw(entry).item),
    ...(entries.why && story.why ? [whyLine(story, story.why)] : []),
  ].filter(paragraph => paragraph.length > 0)
  const items = others.filter(entry => !isParagraph(entry)).map(entry => draw(entry).item)
  return [
    ...(paragraphs.length > 0 ? [text(...joinLines(paragraphs))] : []),
    ...(items.length > 0 ? [list(items)] : []),
    ...countedBlocks(entries, story, frame),
  ]
}

function countedBlocks(
  { told, more }: StoryEntries,
  story: Story,
  { context, selection }: StoryFrame,
): Block[] {
  if (!more) return told.length === 0 ? [note(phrases.edition.inTheReply)] : []
  const lines = more.asks.flatMap(({ verb, since }, index): Inline[] => [
    index > 0 ? ' · ' : '',
    { code: context.commandLines.forStory(story, verb, since) },
  ])
  const { whereItStands, moreEntries, newEntries } = phrases.edition
  if (selection.newsFrom === undefined) return [note(...whereItStands(lines))]
  return [note(...(told.length > 0 ? moreEntries : newEntries)(more.count, lines))]
}

/** The name, state and dates of one story among several. */
const nameLine = (story: Story): Inline[] => [{ bold: shortStoryName(story) }, ` · ${stateAndDates(story)}`]

const whyLine = (story: Story, { text, sources }: NonNullable<Story['why']>): Inline[] => [
  ...phrases.edition.whyItMatters(text),
  ...outletsOf(story, sources),
]

const joinLines = (lines: Inline[][]): Inline[] =>
  lines.flatMap((line, index) => (index > 0 ? ['\n', ...line] : line))

/** The block that replaces a story that was taken down: when and why, and nothing of the story. */
export const withdrawnBlock = ({ on, reason }: Withdrawal): Block =>
  text(...phrases.edition.withdrawn(readableDate(on), reason))
