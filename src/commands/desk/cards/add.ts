import { list, note, type Reply, refusal, text } from '../../../chat/reply.ts'
import { localDate, readableDate } from '../../../dates/dates.ts'
import { phrases } from '../../../phrases/phrases.ts'
import type { Card, Decision } from '../../../store/wire/cards.ts'
import type { Item } from '../../../store/wire/items.ts'
import type { DeskRequest } from '../../context.ts'
import { TOO_LATE } from '../../refusals.ts'
import { addToStory } from '../add-to-story.ts'
import { confirmation } from '../confirmation.ts'
import { editorName } from './editor-name.ts'
import { type EventDraft, readEventDraft } from './event-draft.ts'
import { eventEntries, findSource } from './event-entries.ts'
import { findCard, refuseBeaten, refuseDecided, undoButton } from './find-card.ts'
import { showChanges } from './show-changes.ts'

/** `/desk add <item> …`: shows the event that would be added to a story; with `--confirm`, adds it. */
export async function deskAdd(request: DeskRequest): Promise<Reply> {
  const { library, context, call, flags } = request
  const found = await findCard(request)
  if ('refused' in found) return found.refused
  const decided = refuseDecided(request, found)
  if (decided) return decided
  const { card, item } = found
  if (item?.state !== 'stands') return refusal([phrases.cards.gone])
  const { used } = request.desk
  const read = readEventDraft({ card, item }, flags, { library, zone: context.zone, at: call.at, used })
  if ('problems' in read) {
    const [first = '', ...others] = Object.values(read.problems)
    return refusal([first], ...(others.length > 0 ? [list(others.map(problem => [problem]))] : []))
  }
  return flags.confirm === undefined
    ? previewEvent(request, item, read.draft)
    : addEvent(request, { card, item }, read.draft)
}

function previewEvent({ context, call, desk }: DeskRequest, item: Item, draft: EventDraft): Reply {
  const { story, date, text: words, confidence, alsoIn, id } = draft
  const sure = [confidence, alsoIn.join(', ')].filter(Boolean).join(' ')
  const { cards } = phrases
  desk.warm(story.slug)
  const known = findSource(story, item)
  const day = localDate(item.published, context.zone)
  const { blocks, buttons } = confirmation({
    args: ['add', item.id],
    flags: { into: story.slug, date, text: words, confidence: sure, as: id },
  })
  return {
    blocks: [
      text({ bold: cards.previewTitle(story.slug) }),
      text(cards.event(readableDate(date), words)),
      note(known ? cards.knownSource(known.number) : cards.source(item.outlet, readableDate(day))),
      note(cards.confidenceAndId(sure, id)),
      ...blocks,
    ],
    buttons,
    parts: [],
    audience: call.audience,
    guide: true,
  }
}

async function addEvent(
  request: DeskRequest,
  { card: { item: id, revision }, item }: { card: Card; item: Item },
  draft: EventDraft,
): Promise<Reply> {
  const { context, call, desk } = request
  const { story } = draft
  const name = await editorName(request)
  const known = findSource(story, item)?.number
  const source = known ?? (await desk.store.cards.nextSource(story.slug, desk.used(story.slug).source))
  const entries = eventEntries(draft, item, {
    zone: context.zone,
    at: call.at,
    source,
    isKnown: known !== undefined,
  })
  const key = `card ${id} ${revision}`
  const decision: Decision = {
    ...{ who: call.caller.id, at: call.at },
    ...(name !== undefined && { name }),
    added: { key, story: story.slug, id: draft.id, ...(known === undefined && { source }) },
  }
  const result = await addToStory(request, {
    ...{ key, what: 'add report', entries },
    details: { item: id, story: story.slug, entries: entries.map(({ entry }) => entry) },
    alongside: desk.store.cards.changing({ item: id, revision, decision }),
  })
  switch (result.outcome) {
    case 'late':
      return TOO_LATE
    case 'broken':
      // Somebody has given the name to another event in this moment.
      if (desk.used(story.slug).ids.has(draft.id)) return refusal([phrases.cards.idTaken(draft.id)])
      return brokenReply(result.problems)
    case 'added':
      await showChanges(request)
      return addedReply(draft, { item: id, revision: revision + 1 })
    default:
      return refuseBeaten(request)
  }
}

const MAX_PROBLEMS = 3

/** Why the story would fail its check with the event. */
const brokenReply = (problems: string[]): Reply =>
  refusal(
    [phrases.cards.checkFails],
    list(problems.slice(0, MAX_PROBLEMS).map(problem => [problem])),
    ...(problems.length > MAX_PROBLEMS
      ? [note(phrases.correction.moreProblems(problems.length - MAX_PROBLEMS))]
      : []),
  )

const addedReply = (
  { story, date, text: words }: EventDraft,
  card: Pick<Card, 'item' | 'revision'>,
): Reply => ({
  blocks: [
    text(...phrases.cards.done(story.slug, `/${story.command ?? `nutgraf ${story.slug}`} timeline`)),
    text(phrases.cards.event(readableDate(date), words)),
  ],
  buttons: [undoButton(card)],
  parts: [],
  audience: 'caller',
  guide: true,
})
