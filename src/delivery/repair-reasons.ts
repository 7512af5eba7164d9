import { phrases } from '../phrases/phrases.ts'
import { type Cause, OWN_REASONS } from '../store/causes.ts'

/** How many reasons are named; the others are only counted, so that a notice stays short. */
const MAX_REASONS = 3

/** Formats why a message could not be edited: our own reasons as sentences, a platform's as it gave it. */
export function readableReason(error: string | null): string {
  const ownReason = (Object.keys(OWN_REASONS) as (keyof typeof OWN_REASONS)[]).find(
    name => OWN_REASONS[name] === error,
  )
  return ownReason ? phrases.correction.reason[ownReason] : (error ?? phrases.correction.reason.notKnown)
}

/** Formats why messages could not be edited, the most frequent reason first: `2 × The message was deleted. · 1 × …`. */
export function formatReasons(reasons: Cause['reasons']): string {
  const ordered = reasons
    .map(({ error, count }) => ({ error: readableReason(error), count }))
    .toSorted((a, b) => b.count - a.count)
  const others = ordered.slice(MAX_REASONS).reduce((sum, { count }) => sum + count, 0)
  return phrases.correction.reasons(ordered.slice(0, MAX_REASONS), others)
}

/** Counts the messages that a cause has changed, and says why others cannot be changed. */
export function reachOfCause({
  repaired,
  pending,
  impossible,
  reasons,
}: Pick<Cause, 'repaired' | 'pending' | 'impossible' | 'reasons'>) {
  const [first] = reasons
  const why = reasons.length > 1 ? formatReasons(reasons) : first && readableReason(first.error)
  return { repaired, pending, impossible, why }
}
