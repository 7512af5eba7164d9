import { DeliveryError, type Place } from '../chat/platform.ts'
import type { Reply } from '../chat/reply.ts'
import type { Feed } from '../content/feed.ts'
import type { Library } from '../content/library.ts'
import type { CommandLines } from '../digests/command-lines.ts'
import type { Delivery } from '../store/delivery.ts'
import type { Store } from '../store/store.ts'
import { type Item, itemOfPart } from '../store/wire/items.ts'
import { createWireView, type WireView } from '../wire/view.ts'
import type { ApprovalGate } from './approval/gate.ts'
import { drawApprovalNotice, readApprovalNotice } from './approval/notices.ts'
import type { Compose, Composed } from './attempt.ts'
import { composeCards } from './cards/compose-cards.ts'
import type { ComposeEdition } from './compose-edition.ts'
import { deskNoticeReply } from './desk-notices.ts'
import { readChangedItems } from './items/change-lines.ts'
import { composePost } from './items/compose-post.ts'
import { lateReplyOf, mayBeLate } from './late-answer.ts'
import { createPastContent } from './past-content.ts'
import { correctionNotice, olderContentError, redraw } from './redraw.ts'
import { isSecond, secondMessageReply } from './second-message.ts'
import { sharerOf, withSharer } from './shared-by.ts'
import { shownRevisions } from './shown-revisions.ts'

/**
 * What composing needs. Without a `gate`, nothing waits for the desk's approval. `redrawAnswer` answers the call of a posted answer again, from some content and some items. `zone` applies to
 * a channel without a digest.
 */
type ComposeRowOptions = {
  store: Store
  library(): Library
  composeEdition: ComposeEdition
  gate?: ApprovalGate
  redrawAnswer(row: Delivery, library: Library, wire: WireView): Reply | Promise<Reply>
  commandLines(place: Place): CommandLines
  feeds?(): Feed[]
  zone: string
}

/** How soon an answer is tried again after a fault of ours: a person has to fix it first. */
const ANSWER_FAULT_RETRY_MS = 60_000

/**
 * Creates what draws the message of any row: an edition, an answer or a notice, with what was corrected in it since.
 */
export function createComposeRow({
  store,
  library,
  composeEdition,
  gate = async () => undefined,
  redrawAnswer,
  commandLines,
  feeds = () => [],
  zone,
}: ComposeRowOptions): Compose {
  const pastContent = createPastContent(store)

  async function composeRow(row: Delivery): Promise<Composed | 'held' | undefined> {
    // Only an existing message can show what was corrected since. Ask before the content is taken: a cause that is
    // recorded in between has not been drawn, and must not count as done.
    const repairs = row.message === undefined ? undefined : await store.corrections.repairsOf(row.key)
    const current = library()
    const composed =
      row.kind === 'edition'
        ? ((row.message === undefined ? await gate(row, current) : undefined) ??
          (await composeEdition(row, current)))
        : row.kind === 'item'
          ? await composePost(row, current, { store, commandLines })
          : row.kind === 'card'
            ? await composeCards(row, current, store)
            : await composeAnswerOrNotice(row, current)
    if (!composed || composed === 'held') return composed
    if (!repairs) return asFirstPost(composed, row)
    const redrawn = redraw(composed, row, repairs, {
      library: current,
      zone: await zoneAt(row),
      commandLines: commandLines(row.place),
      changed: await readChangedItems(store, repairs),
    })
    // What a withdrawn story showed stays recorded: it is gone for readers, not for an audit.
    const withdrawn = repairs.map(({ story }) => story).filter(slug => current.withdrawal(slug))
    if (withdrawn.length === 0) return redrawn
    const shownBefore = (await store.ledger.shownParts(row.key)).filter(({ part }) =>
      withdrawn.some(slug => part.startsWith(`${slug}/`)),
    )
    return { ...redrawn, shown: [...redrawn.shown, ...shownBefore] }
  }

  async function composeAnswerOrNotice(row: Delivery, current: Library): Promise<Composed | undefined> {
    // Once posted it is drawn only to be told of, and never edited.
    if (isSecond(row) && row.message === undefined) return composeSecondMessage(row, current)
    const approval = row.kind === 'notice' ? readApprovalNotice(row) : undefined
    if (approval) {
      const now = await store.clock()
      return { ...(await drawApprovalNotice(approval, { store, library: current, zone, now })), shown: [] }
    }
    const items = await itemsShown(row)
    const reply =
      row.kind === 'notice' ? await drawNotice(row, current) : await drawAnswer(row, current, items)
    const shown = await shownRevisions(store, reply.parts, current, items)
    return { reply, selection: row.selection ?? '{}', shown }
  }

  /** The items on the wire that a message shows, as they are now. */
  async function itemsShown({ key }: Delivery): Promise<Map<string, Item>> {
    const ids = (await store.ledger.shownParts(key)).flatMap(({ part }) => itemOfPart(part) ?? [])
    return ids.length === 0 ? new Map() : store.wire.items.byId(ids)
  }

  /** Draws a second message; undefined if there is nothing to say any more. */
  async function composeSecondMessage(row: Delivery, current: Library): Promise<Composed | undefined> {
    const second = await store.corrections.findSecondMessage(row.key)
    if (!second) return undefined
    const reply = secondMessageReply(row, second, {
      library: current,
      zone: await zoneAt(row),
      changed: await readChangedItems(store, [second.cause]),
    })
    const shown = await shownRevisions(store, reply.parts, current)
    return { reply, selection: row.selection ?? '{}', shown }
  }

  /** Answers again from the content as it was. A failure is a fault of ours, and no reason to change the message. */
  async function drawAnswer(row: Delivery, current: Library, items: Map<string, Item>): Promise<Reply> {
    const given = lateReplyOf(row)
    if (given) return given
    // What the answer showed existed, even if it was recorded only after the call.
    const shownParts = (await store.ledger.shownParts(row.key)).map(({ part }) => part)
    const past = await pastContent(current, { at: row.createdAt, shownParts })
    try {
      return await redrawAnswer(row, past, createWireView([...items.values()], feeds(), { isPast: true }))
    } catch (cause) {
      const message = cause instanceof Error ? cause.message : String(cause)
      throw new DeliveryError(`answer: ${message} (${row.place})`, {
        outcome: 'unsent',
        retryInMs: ANSWER_FAULT_RETRY_MS,
        cause,
      })
    }
  }

  async function drawNotice(row: Delivery, current: Library): Promise<Reply> {
    const { cause, story: slug, part } = JSON.parse(row.selection ?? '{}') as Partial<Record<string, string>>
    if (cause === undefined || slug === undefined || part === undefined) return deskNoticeReply(row)
    const story = current.story(slug)
    const entry = await store.revisions.latest(cause)
    const at = entry?.firstSeenAt ?? row.createdAt
    const reply = story && correctionNotice(story, cause, at, await zoneAt(row))
    if (reply) return reply
    // A posted notice whose entry is gone says so, or says what is right now.
    if (row.message !== undefined)
      return { blocks: [], parts: story ? [`${slug}/label`, part] : [], audience: 'place', refusal: true }
    // Another process may have newer content. If no process has it any more, the notice is given up in the end.
    throw olderContentError(cause, row)
  }

  /** The time zone of a channel: that of the edition, of a digest there, or of this bot. */
  async function zoneAt({ kind, selection, place }: Delivery): Promise<string> {
    const edition =
      kind === 'edition' || kind === 'item' || kind === 'card'
        ? (JSON.parse(selection ?? '{}') as { zone?: string })
        : {}
    return edition.zone ?? (await store.subscriptions.list(place))[0]?.zone ?? zone
  }

  return composeRow
}

/** Prepares what the ledger posts for the first time: an answer, such as one that was in doubt, names who shared it. */
function asFirstPost(composed: Composed, row: Delivery): Composed {
  const { kind, selection, place } = row
  if (kind !== 'answer') return composed
  // Whoever mentioned us gets a refusal too: they were told nothing yet.
  if (composed.reply.refusal && !mayBeLate(row))
    throw new DeliveryError(`answer: there is none any more (${place})`, { outcome: 'unsent' })
  const shared = sharerOf(selection)
  return shared ? { ...composed, reply: withSharer(composed.reply, shared) } : composed
}
