import { DeliveryError } from '../chat/platform.ts'
import { type Inline, type Reply, text } from '../chat/reply.ts'
import type { Library } from '../content/library.ts'
import { partContentsOf } from '../content/parts.ts'
import type { Story } from '../content/story.ts'
import type { CommandLines } from '../digests/entry.ts'
import { labelLine, withdrawnBlock } from '../digests/layout.ts'
import { phrases } from '../phrases/phrases.ts'
import type { Repair } from '../store/causes.ts'
import type { Delivery } from '../store/delivery.ts'
import { correctionLine, correctionMoment, fitCorrectionLines } from './correction-line.ts'
import type { Composed } from './deliver.ts'
import { sharerOf, withSharer } from './shared-by.ts'

/** What a message that stands already is redrawn with: the content, the channel's time zone, and its lines. */
type RedrawContext = { library: Library; zone: string; commandLines: CommandLines }

/**
 * Puts what was corrected above a message that is redrawn. An answer whose story was taken down is nothing but the
 * notice; an edition says so where the story stood.
 */
export function redraw(composed: Composed, row: Delivery, repairs: Repair[], from: RedrawContext): Composed {
  const waiting = repairs.filter(({ state }) => state === 'pending')
  const older = waiting.find(repair => isOlder(composed, repair, from.library))
  // Another process has newer content, or nobody has it any more, which whoever holds the content finds out.
  if (older)
    throw new DeliveryError(`correct: the content here does not know of ${older.cause} (${row.place})`, {
      outcome: 'unsent',
      retryInMs: OLDER_CONTENT_RETRY_MS,
    })
  const pending = waiting.map(({ cause }) => cause)
  const down = repairs.flatMap(({ kind, story }) =>
    kind === 'withdrawal' ? (from.library.withdrawal(story) ?? []) : [],
  )
  if (row.kind !== 'edition' && down.length > 0) {
    const reply: Reply = { blocks: down.map(withdrawnBlock), parts: [], audience: 'place' }
    return { ...composed, reply, shown: [], repaired: pending }
  }
  const lines = correctionLines(repairs, from)
  const { buttons: _, refusal, ...rest } = composed.reply
  // An answer that there no longer is: it stays a message, and says so.
  const now: Reply = refusal ? { ...rest, blocks: [PART_GONE] } : composed.reply
  // Whoever shared it is named for as long as it stands.
  const shared = row.kind === 'answer' ? sharerOf(row.selection) : undefined
  const reply = shared ? withSharer(now, shared) : now
  return {
    ...composed,
    reply: lines.length > 0 ? { ...reply, corrections: lines } : reply,
    repaired: pending,
  }
}

const OLDER_CONTENT_RETRY_MS = 1_000

/** Whether what was drawn is from before a correction or withdrawal: then it must not count as changed for it. */
function isOlder(
  { shown }: Composed,
  { kind, cause, story: slug, part, revision }: Repair,
  books: Library,
): boolean {
  const story = books.story(slug)
  if (!story) return false
  if (kind === 'withdrawal' || !partContentsOf(story).has(cause)) return true
  return shown.some(one => one.part === part && one.revision < revision)
}

const PART_GONE = text({ italic: phrases.edition.partNoLongerThere })

function correctionLines(repairs: Repair[], { library, zone, commandLines }: RedrawContext): Inline[][] {
  const told = repairs.toReversed().flatMap(repair => {
    const story = library.story(repair.story)
    const content = story && partContentsOf(story).get(repair.cause)
    return story && content?.kind === 'correction' ? [{ story, repair, correction: content.correction }] : []
  })
  const [newest] = told
  if (!newest) return []
  const { story, repair } = newest
  const last = correctionMoment(repair.seenAt, zone)
  return fitCorrectionLines(
    told.map(one => correctionLine(one.correction, one.repair.seenAt, zone)),
    phrases.edition.correctedTimes(told.length, last, commandLines.forStory(story, 'changes')),
  )
}

/** What is posted beside a message, at once, where a correction must not wait for the next edition. */
export function correctionNotice(story: Story, cause: string, at: number, zone: string): Reply | undefined {
  const content = partContentsOf(story).get(cause)
  if (content?.kind !== 'correction') return undefined
  const { correction } = content
  return {
    label: { state: story.state, line: labelLine(story) },
    blocks: [text(...correctionLine(correction, at, zone))],
    parts: [`${story.slug}/label`, cause, `${story.slug}/${correction.part}`],
    audience: 'place',
  }
}
