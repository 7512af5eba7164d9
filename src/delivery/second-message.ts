import { type Block, note, type Reply, text } from '../chat/reply.ts'
import type { Library } from '../content/library.ts'
import { partContentsOf } from '../content/parts.ts'
import { labelLine } from '../digests/edition-label.ts'
import { withdrawnBlock } from '../digests/story-blocks.ts'
import { phrases } from '../phrases/phrases.ts'
import { isSecondMessage, type SecondMessage } from '../store/correcting/second-messages.ts'
import type { Delivery } from '../store/delivery.ts'
import type { Attempt, Composed, DeliveryOutcome } from './attempt.ts'
import { correctionLine, correctionMoment } from './correction-line.ts'
import type { ChangedItems } from './items/change-lines.ts'
import { itemReason } from './items/second-message.ts'
import { olderContentError } from './redraw.ts'

/** How many of the messages that were wrong are named; the others are counted. */
const MAX_NAMED = 3

/**
 * Ends the edit of a message that its platform cannot edit: a second message in its place says what is right. That is a row
 * of its own, which is posted once like every other.
 */
export async function tellInSecondMessage(
  { work, claim, row }: Attempt,
  { repaired = [], takenBack = [] }: Pick<Composed, 'repaired' | 'takenBack'>,
  lane: string,
): Promise<DeliveryOutcome> {
  const isOurs = await work.store.corrections.tellInSecondMessage({ ...claim, repaired, takenBack, lane })
  if (!isOurs) return 'lost'
  await work.store.notify()
  await work.closeTrouble(row)
  return 'told'
}

/** Whether a row is a second message. */
export const isSecond = ({ key }: Delivery): boolean => isSecondMessage(key)

/** What a second message is drawn from; `changed` are the items on the wire that it may be about. */
type ReasonContext = { library: Library; zone: string; changed?: ChangedItems }

/**
 * Draws a second message: what is right, and which messages it is about. Throws where the content here does not know of the
 * reason yet, or not any more.
 */
export function secondMessageReply(
  row: Delivery,
  second: SecondMessage,
  { library, zone, changed }: ReasonContext,
): Reply {
  const { blocks, label, parts } = reasonOf(row, second, { library, zone, changed })
  return {
    ...(label && { label }),
    blocks: [...blocks, note(...aboutLine(second.about, library, zone))],
    parts,
    audience: 'place',
  }
}

type Reason = Pick<Reply, 'label' | 'parts'> & { blocks: Block[] }

function reasonOf(
  row: Delivery,
  { cause, back }: SecondMessage,
  { library, zone, changed }: ReasonContext,
): Reason {
  if (cause.kind === 'item' && changed) return itemReason(cause, changed, { zone, near: row.createdAt })
  const { kind, story: slug, seenAt, takenBackAt = seenAt } = cause
  const story = library.story(slug)
  const entry = story && partContentsOf(story).get(cause.cause)
  const withdrawal = library.withdrawal(slug)
  const isThere = kind === 'withdrawal' ? withdrawal !== undefined : entry !== undefined
  // Of a story that is gone, only that can be said.
  const isKnown = kind === 'withdrawal' || story !== undefined
  if (isKnown && isThere === back) throw olderContentError(cause.cause, row)
  if (back) {
    const { takenBack, restored } = phrases.secondMessage
    const line = (kind === 'withdrawal' ? restored : takenBack)(correctionMoment(takenBackAt, zone))
    return { blocks: [text(...line)], parts: [] }
  }
  if (withdrawal) return { blocks: [withdrawnBlock(withdrawal)], parts: [] }
  if (story && entry?.kind === 'correction')
    return {
      label: { state: story.state, line: labelLine(story) },
      blocks: [text(...correctionLine(entry.correction, seenAt, zone))],
      // Not the part itself: a later correction of it concerns the first message.
      parts: [`${slug}/label`, cause.cause],
    }
  return { blocks: [note(phrases.edition.storyNoLongerThere)], parts: [] }
}

/** Names the messages that it is about, the newest first; other second messages only where there is nothing else. */
function aboutLine(about: Delivery[], library: Library, zone: string) {
  const first = about.filter(row => !isSecond(row))
  const named = new Map<string, { title?: string; moment: string }>()
  for (const { digest, slot, createdAt } of first.length > 0 ? first : about) {
    const title = digest === undefined ? undefined : (library.digest(digest)?.title ?? digest)
    const moment = correctionMoment(slot ?? createdAt, zone)
    named.set(`${title} ${moment}`, { ...(title !== undefined && { title }), moment })
  }
  const all = [...named.values()]
  return phrases.secondMessage.about(all.slice(0, MAX_NAMED), Math.max(0, all.length - MAX_NAMED))
}
