import { DeliveryError } from '../chat/platform.ts'
import { type Inline, type Reply, text } from '../chat/reply.ts'
import type { Library } from '../content/library.ts'
import { contentsOf } from '../content/parts.ts'
import type { Story } from '../content/story.ts'
import type { Lines } from '../digests/entry.ts'
import { labelLine, withdrawnBlock } from '../digests/layout.ts'
import { phrases } from '../phrases/phrases.ts'
import type { Repair } from '../store/causes.ts'
import type { Delivery } from '../store/delivery.ts'
import { correctedLine, correctedLines, momentIn } from './correction-line.ts'
import type { Composed } from './deliver.ts'
import { sharedOf, withSharer } from './shared-by.ts'

/** What a message that stands already is redrawn with: the content, the channel's time zone, and its lines. */
type Redrawing = { books: Library; zone: string; lines: Lines }

/**
 * Puts what was corrected above a message that is redrawn. An answer whose story was taken down is nothing but the
 * notice; an edition says so where the story stood.
 */
export function redrawn(composed: Composed, row: Delivery, repairs: Repair[], from: Redrawing): Composed {
  const waiting = repairs.filter(({ state }) => state === 'pending')
  const older = waiting.find(repair => isOlder(composed, repair, from.books))
  // Another process has newer content, or nobody has it any more, which whoever holds the content finds out.
  if (older)
    throw new DeliveryError(`correct: the content here does not know of ${older.cause} (${row.place})`, {
      outcome: 'unsent',
      retryInMs: OLDER_MS,
    })
  const pending = waiting.map(({ cause }) => cause)
  const down = repairs.flatMap(({ kind, story }) =>
    kind === 'withdrawal' ? (from.books.withdrawal(story) ?? []) : [],
  )
  if (row.kind !== 'edition' && down.length > 0) {
    const reply: Reply = { blocks: down.map(withdrawnBlock), parts: [], audience: 'place' }
    return { ...composed, reply, shown: [], repaired: pending }
  }
  const lines = correctionsOf(repairs, from)
  const { actions: _, refusal, ...rest } = composed.reply
  // An answer that there no longer is: it stays a message, and says so.
  const now: Reply = refusal ? { ...rest, blocks: [GONE] } : composed.reply
  // Whoever shared it is named for as long as it stands.
  const shared = row.kind === 'answer' ? sharedOf(row.selection) : undefined
  const reply = shared ? withSharer(now, shared) : now
  return {
    ...composed,
    reply: lines.length > 0 ? { ...reply, corrections: lines } : reply,
    repaired: pending,
  }
}

const OLDER_MS = 1_000

/** Whether what was drawn is from before a correction or withdrawal: then it must not count as changed for it. */
function isOlder(
  { shown }: Composed,
  { kind, cause, story: slug, part, revision }: Repair,
  books: Library,
): boolean {
  const story = books.story(slug)
  if (!story) return false
  if (kind === 'withdrawal' || !contentsOf(story).has(cause)) return true
  return shown.some(one => one.part === part && one.revision < revision)
}

const GONE = text({ italic: phrases.edition.partGone })

function correctionsOf(repairs: Repair[], { books, zone, lines }: Redrawing): Inline[][] {
  const told = repairs.toReversed().flatMap(repair => {
    const story = books.story(repair.story)
    const content = story && contentsOf(story).get(repair.cause)
    return story && content?.kind === 'correction' ? [{ story, repair, correction: content.correction }] : []
  })
  const [newest] = told
  if (!newest) return []
  const { story, repair } = newest
  const last = momentIn(repair.seenAt, zone)
  return correctedLines(
    told.map(one => correctedLine(one.correction, one.repair.seenAt, zone)),
    phrases.edition.correctedTimes(told.length, last, lines.ask(story, 'changes')),
  )
}

/** What is posted beside a message, at once, where a correction must not wait for the next edition. */
export function correctionNotice(story: Story, cause: string, at: number, zone: string): Reply | undefined {
  const content = contentsOf(story).get(cause)
  if (content?.kind !== 'correction') return undefined
  const { correction } = content
  return {
    label: { state: story.state, line: labelLine(story) },
    blocks: [text(...correctedLine(correction, at, zone))],
    parts: [`${story.slug}/label`, cause, `${story.slug}/${correction.part}`],
    audience: 'place',
  }
}
