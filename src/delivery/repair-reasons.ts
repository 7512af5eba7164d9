import { phrases } from '../phrases/phrases.ts'
import { type Cause, OWN_REASONS } from '../store/causes.ts'
import { parseFailure } from '../store/failure-text.ts'

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

/** Reasons for which no second try helps, whatever people do. */
const FINAL_REASONS = new Set<string>([
  ...Object.values(OWN_REASONS),
  phrases.everyPlatform.messageDeleted,
  phrases.everyPlatform.messageNotEditable,
])

/** Whether a second try may help for some of the messages that could not be edited, once people have done something. */
export const mayBeCured = (reasons: Cause['reasons']): boolean =>
  reasons.some(({ error }) => error !== null && !FINAL_REASONS.has(error))

/** Formats why messages still wait for their edit; only sentences for people, since most waiting is a few seconds. */
export function formatWaiting(reasons: { error: string; count: number }[]): string {
  const sentences = reasons.flatMap(({ error, count }) => {
    const { human } = parseFailure(error)
    return human === undefined ? [] : [{ error: human, count }]
  })
  const groups = [...Map.groupBy(sentences, ({ error }) => error)].map(([error, group]) => ({
    error,
    count: group.reduce((sum, { count }) => sum + count, 0),
  }))
  return formatReasons(groups)
}

/** Counts the messages that a cause has changed, and says why others cannot be changed. */
export function reachOfCause({
  repaired,
  told,
  pending,
  impossible,
  reasons,
}: Pick<Cause, 'repaired' | 'told' | 'pending' | 'impossible' | 'reasons'>) {
  const [first] = reasons
  const why = reasons.length > 1 ? formatReasons(reasons) : first && readableReason(first.error)
  return { repaired, told, pending, impossible, why }
}
