import { type Block, type Inline, note, type Reply, text } from '../chat/reply.ts'
import { partContentsOf } from '../content/parts.ts'
import { localDate, readableDay, shortMoment } from '../dates/dates.ts'
import { phrases } from '../phrases/phrases.ts'
import type { ShownPart } from '../store/delivery.ts'
import type { CommandLines } from './command-lines.ts'
import type { DrawContext } from './draw-context.ts'
import { editionButtons } from './edition-buttons.ts'
import { editionLabel, latenessOf, newsFromText } from './edition-label.ts'
import { drawEntry } from './entries/draw.ts'
import { outletsOf } from './entries/outlets.ts'
import { shortEvent } from './entries/words.ts'
import { itemBlocks, itemLead, itemParts, itemRevision, itemsOf, leadsWithItem } from './items/blocks.ts'
import { labelOfItems } from './items/draw.ts'
import { feedsText } from './items/feeds-text.ts'
import { countEntries, leadOf, type Selection, type StoryEntries } from './selection.ts'
import { shortStoryName, statusPart } from './status.ts'
import { storyBlocks } from './story-blocks.ts'

/** A message of an edition, and which parts it shows in which revision. */
export type DrawnMessage = { reply: Reply; shown: ShownPart[] }

/**
 * Draws one message of an edition exactly as it was selected, however long it is: the news first, then story, state and
 * dates, then what belongs to it.
 */
export function drawMessage(selection: Selection, context: DrawContext): DrawnMessage {
  if (selection.quiet) return { reply: quietReply(selection), shown: [] }
  const { body, continued } = selection
  // If there is only one story, its name and dates are in the label and nowhere else.
  const isOnlyStory = countStories(selection) === 1
  const stories = body.stories.flatMap(({ story }) => context.story(story) ?? [])
  const lead = hasStatusOfAll(selection) ? undefined : leadOf(selection)?.entry
  const coming = comingPart(selection, context)
  const below = {
    lead: leadLine(selection, context),
    blocks: [
      ...(leadsWithItem(selection) ? itemBlocks(selection, context) : []),
      ...body.stories.flatMap(entries => storyBlocks(entries, { selection, context, isOnlyStory, lead })),
      ...(body.rest ? [restNote(body.rest, selection, context.commandLines)] : []),
      ...(continued ? [] : closingNotes(selection, coming && comingLine(coming, selection, isOnlyStory))),
      ...(leadsWithItem(selection) ? [] : itemBlocks(selection, context)),
    ],
  }
  const buttons = continued ? [] : editionButtons(selection, context)
  const parts = [
    ...new Set([
      ...body.stories.flatMap(entries => shownPartsOf(entries, context)),
      ...(coming ? [coming.part] : []),
      ...itemParts(selection),
    ]),
  ]
  return {
    reply: {
      ...(below.lead && { lead: below.lead }),
      label: leadsWithItem(selection)
        ? labelOfItems(itemsOf(selection, context))
        : editionLabel(selection, {
            stories,
            unnamed: countStories(selection) - body.stories.length,
            below,
          }),
      blocks: below.blocks,
      buttons: buttons.length > 0 ? buttons : undefined,
      parts,
      audience: 'place',
    },
    shown: parts.map(part => ({
      part,
      revision: itemRevision(part, context) ?? context.revisions.get(part)?.revision ?? 0,
    })),
  }
}

/**
 * Draws `Nothing new since Fri 07:30 · 2 stories · 5 of 5 feeds reached · next brief Tue 07:30`. It names no story, so it
 * has no label.
 */
function quietReply({ quiet, feeds, newsFrom = 0, late, slot, zone }: Selection): Reply {
  const { nothingNewSince, nothingChosenSince, leftOut } = phrases.edition
  const since = shortMoment(newsFrom, zone, slot)
  const isReached = !feeds || feeds.unreached.length === 0
  const pieces = [
    // Where a feed was not reached, nobody knows whether there is something new.
    !isReached
      ? feedsText(feeds, { zone, near: slot })
      : quiet!.leftOut === undefined
        ? nothingNewSince(since)
        : nothingChosenSince(since),
    quiet!.leftOut !== undefined && leftOut(quiet!.leftOut),
    isReached ? phrases.edition.stories(quiet!.stories) : phrases.edition.storiesWithoutNews(quiet!.stories),
    isReached && feeds && feedsText(feeds, { zone, near: slot }),
    quiet!.next !== undefined && phrases.edition.next(shortMoment(quiet!.next, zone, slot)),
    latenessOf({ late, slot, zone }),
  ]
  return { blocks: [text(pieces.filter(Boolean).join(' · '))], parts: [], audience: 'place' }
}

/** Whether a message is the first edition of a place with several stories: none of them is the news. */
const hasStatusOfAll = (selection: Selection): boolean =>
  selection.newsFrom === undefined && countStories(selection) > 1

/** How many stories a message and its thread reply are about. */
const countStories = ({ body, thread }: Selection): number =>
  new Set([...body.stories, ...(thread?.stories ?? [])].map(({ story }) => story)).size +
  (body.rest?.stories ?? 0) +
  (thread?.rest?.stories ?? 0)

/** The first line of the message, which a lock screen shows; none in a thread reply, or if its story was taken down. */
function leadLine(selection: Selection, context: DrawContext): Inline[] | undefined {
  const { date, body, thread, continued } = selection
  if (continued) return undefined
  if (leadsWithItem(selection)) return itemLead(selection, context)
  if (hasStatusOfAll(selection)) return [phrases.edition.whereStoriesStand(countStories(selection))]
  const lead = leadOf(selection)
  if (!lead) return [phrases.edition.newsIn(countEntries(body) + (thread ? countEntries(thread) : 0))]
  const story = context.story(lead.story)
  if (!story) return undefined
  const { commandLines } = context
  return (context.drawEntry ?? drawEntry)(lead.entry, { story, date, commandLines }).lead
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

/** The last lines: what comes next, how much is in the thread, and since when this is the news. */
function closingNotes(selection: Selection, coming: Inline[] | undefined): Block[] {
  const { newsFrom, title, thread } = selection
  const entries = thread ? countEntries(thread) : 0
  const feeds = selection.feeds && feedsText(selection.feeds, { zone: selection.zone, near: selection.slot })
  const last = [
    feeds,
    entries > 0 && phrases.edition.moreInTheReply(entries),
    newsFrom === undefined
      ? phrases.edition.firstDigest(title)
      : phrases.edition.changesSince(title, newsFromText(selection)),
  ]
  const line = last.filter(Boolean).join(' · ')
  return [note(...(coming ? [...coming, `\n${line}`] : [line]))]
}

type Coming = { part: string; story: NonNullable<ReturnType<DrawContext['story']>> }

/** The expected event that a message names, while it is still expected. */
function comingPart({ coming, continued }: Selection, context: DrawContext): Coming | undefined {
  if (coming === undefined || continued) return undefined
  const story = context.story(coming.slice(0, coming.indexOf('/')))
  return story && partContentsOf(story).has(coming) ? { part: coming, story } : undefined
}

function comingLine(
  { part, story }: Coming,
  { date }: Selection,
  isOnlyStory: boolean,
): Inline[] | undefined {
  const content = partContentsOf(story).get(part)
  if (content?.kind !== 'event') return undefined
  const { event } = content
  const day = readableDay(event.date, date)
  const name = isOnlyStory ? undefined : shortStoryName(story)
  const when = event.date === date ? phrases.edition.today(day) : day
  return [...phrases.edition.coming(when, name, shortEvent(event)), ...outletsOf(story, event.sources)]
}

/**
 * The parts by which a correction finds a message: the label of each story that it names, every part that it tells, and
 * the status where an entry shows where the story stands.
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
      if (content.kind === 'correction') return [part, `${slug}/${content.correction.part}`]
      return content.kind === 'label' ? [part, statusPart(story)] : [part]
    }),
  ]
}
