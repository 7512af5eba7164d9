import { DeliveryError } from '../chat/platform.ts'
import { type Inline, type Reply, text } from '../chat/reply.ts'
import type { Library } from '../content/library.ts'
import { partContentsOf } from '../content/parts.ts'
import type { Story } from '../content/story.ts'
import type { CommandLines } from '../digests/command-lines.ts'
import { labelLine } from '../digests/edition-label.ts'
import { withdrawnBlock } from '../digests/story-blocks.ts'
import { phrases } from '../phrases/phrases.ts'
import type { Repair } from '../store/causes.ts'
import type { Delivery } from '../store/delivery.ts'
import type { Composed } from './attempt.ts'
import { correctionLine, correctionMoment, fitCorrectionLines } from './correction-line.ts'
import { type ChangedItems, changeLines, withLinesFirst } from './items/change-lines.ts'
import { sharerOf, withSharer } from './shared-by.ts'

/**
 * What a message is redrawn from: the content, the channel's time zone, the command lines of its platform, and what
 * outlets changed of the items that it shows.
 */
type RedrawContext = { library: Library; zone: string; commandLines: CommandLines; changed?: ChangedItems }

/**
 * Adds the lines of its corrections above a redrawn message. An answer or notice whose story was withdrawn becomes the
 * notice of the withdrawal alone; an edition says so in the place of the story.
 */
export function redraw(composed: Composed, row: Delivery, repairs: Repair[], from: RedrawContext): Composed {
  const pending = repairs.filter(({ state }) => state === 'pending')
  const unknown = pending.find(repair => isOlder(composed, repair, from.library))
  // Another process has newer content. If no process has it any more, the holder of the content lease finds that out.
  if (unknown) throw olderContentError(unknown.cause, row)
  const causesOf = (list: Repair[]) => list.map(({ cause }) => cause)
  const repaired = causesOf(pending.filter(({ back }) => !back))
  const takenBack = causesOf(pending.filter(({ back }) => back))
  const withdrawals = repairs.flatMap(({ kind, story }) =>
    kind === 'withdrawal' ? (from.library.withdrawal(story) ?? []) : [],
  )
  if (row.kind !== 'edition' && withdrawals.length > 0) {
    const reply: Reply = { blocks: withdrawals.map(withdrawnBlock), parts: [], audience: 'place' }
    return { ...composed, reply, shown: [], repaired, takenBack }
  }
  const lines = linesAbove(row, repairs, from)
  const { buttons: _, refusal, ...rest } = composed.reply
  // An answer that no longer exists stays a message, and says so.
  const redrawn: Reply = refusal ? { ...rest, blocks: [PART_GONE] } : composed.reply
  const shared = row.kind === 'answer' ? sharerOf(row.selection) : undefined
  const reply = shared ? withSharer(redrawn, shared) : redrawn
  return {
    ...composed,
    reply:
      row.kind === 'item' || row.kind === 'card' ? withLinesFirst(reply, lines) : withLines(reply, lines),
    repaired,
    takenBack,
  }
}

const withLines = (reply: Reply, lines: Inline[][]): Reply =>
  lines.length > 0 ? { ...reply, corrections: lines } : reply

/** How soon a message is drawn again if the content here is older than its correction: it is reloaded within seconds. */
const OLDER_CONTENT_RETRY_MS = 1_000

/** The failure to draw a row from content that does not know of a cause yet. */
export const olderContentError = (cause: string, { place }: Delivery) =>
  new DeliveryError(`correct: the content here does not know of ${cause} (${place})`, {
    outcome: 'unsent',
    retryInMs: OLDER_CONTENT_RETRY_MS,
  })

/**
 * Whether a message was drawn from content older than a correction or withdrawal, or than its being taken back: then it
 * does not count as repaired.
 */
function isOlder(
  { shown }: Composed,
  { kind, cause, story: slug, part, revision, back }: Repair,
  library: Library,
): boolean {
  if (kind === 'item') return shown.some(drawn => drawn.part === part && drawn.revision < revision)
  const story = library.story(slug)
  if (back) return kind === 'withdrawal' ? !story : story !== undefined && partContentsOf(story).has(cause)
  if (!story) return false
  if (kind === 'withdrawal' || !partContentsOf(story).has(cause)) return true
  return shown.some(drawn => drawn.part === part && drawn.revision < revision)
}

const PART_GONE = text({ italic: phrases.edition.partNoLongerThere })

/** The lines above a redrawn message: about corrections, and about headlines that outlets have changed. */
function linesAbove(row: Delivery, repairs: Repair[], from: RedrawContext): Inline[][] {
  const corrections = correctionLines(repairs, from)
  const clock = { zone: from.zone, near: row.createdAt }
  const headlines = from.changed ? changeLines(repairs, from.changed, clock) : []
  return headlines.length === 0
    ? corrections
    : fitCorrectionLines([...corrections, ...headlines], phrases.wire.headlinesChanged(headlines.length))
}

/** Formats the lines about corrections: that one was taken back, and each that applies, the newest first. */
function correctionLines(repairs: Repair[], { library, zone, commandLines }: RedrawContext): Inline[][] {
  const corrections = repairs.toReversed().flatMap(repair => {
    const story = library.story(repair.story)
    const content = story && partContentsOf(story).get(repair.cause)
    return story && content?.kind === 'correction' ? [{ story, repair, correction: content.correction }] : []
  })
  const takenBack = takenBackLines(repairs, { library, zone })
  const [newest] = corrections
  if (!newest) return takenBack
  const lastMoment = correctionMoment(newest.repair.seenAt, zone)
  const changesLine = commandLines.forStory(newest.story, 'changes')
  return fitCorrectionLines(
    [
      ...takenBack,
      ...corrections.map(({ correction, repair }) => correctionLine(correction, repair.seenAt, zone)),
    ],
    phrases.edition.correctedTimes(corrections.length, lastMoment, changesLine),
  )
}

/**
 * Says that corrections were taken back that a message showed. One that was only entered anew, for the same part, is not
 * named: the new entry says what is right.
 */
function takenBackLines(
  repairs: Repair[],
  { library, zone }: Pick<RedrawContext, 'library' | 'zone'>,
): Inline[][] {
  const isInContent = ({ story: slug, cause }: Repair) => {
    const story = library.story(slug)
    return story !== undefined && partContentsOf(story).has(cause)
  }
  const known = repairs.filter(isInContent)
  const moments = repairs
    .filter(({ kind, back, story }) => kind === 'correction' && back && library.story(story))
    .filter(old => !known.some(({ part, seenAt }) => part === old.part && seenAt >= old.seenAt))
    .flatMap(({ takenBackAt = 0 }) => (takenBackAt > 0 ? [takenBackAt] : []))
  if (moments.length === 0) return []
  return [phrases.edition.takenBack(moments.length, correctionMoment(Math.max(...moments), zone))]
}

/**
 * Draws the notice of a correction that must not wait for the next edition; undefined if there is no such correction.
 */
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
