import { phrases } from '../phrases/phrases.ts'
import { type Cause, OWN_REASONS } from '../store/causes.ts'

/** Of more reasons than these, the others are only counted. */
const MAX_REASONS = 3

/** Why a message could not be changed, as people read it: our own reasons in words, a platform's as it gave it. */
export function readableReason(error: string | null): string {
  const known = (Object.keys(OWN_REASONS) as (keyof typeof OWN_REASONS)[]).find(
    name => OWN_REASONS[name] === error,
  )
  return known ? phrases.correction.reason[known] : (error ?? phrases.correction.reason.notKnown)
}

/** Why messages could not be changed: `2 × The message was deleted. · 1 × …`, the most frequent first. */
export function formatReasons(reasons: Cause['reasons']): string {
  const ordered = reasons
    .map(({ error, count }) => ({ error: readableReason(error), count }))
    .toSorted((a, b) => b.count - a.count)
  const others = ordered.slice(MAX_REASONS).reduce((sum, { count }) => sum + count, 0)
  return phrases.correction.reasons(ordered.slice(0, MAX_REASONS), others)
}

/** How many messages a cause has reached, and why it did not reach the others. */
export function reachOfCause({
  repaired,
  pending,
  impossible,
  reasons,
}: Pick<Cause, 'repaired' | 'pending' | 'impossible' | 'reasons'>) {
  const [first] = reasons
  const why = reasons.length > 1 ? formatReasons(reasons) : first && readableReason(first.error)
  return { repaired, pending, impossible, ...(why !== undefined && { why }) }
}
