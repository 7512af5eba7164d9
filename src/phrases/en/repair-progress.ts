import { plural, thousands } from './counting.ts'

/**
 * Counts of the messages that showed a part, by outcome; `why` says in sentences why some can’t be changed, `waitsFor` why
 * some still wait.
 */
export type RepairCounts = {
  repaired: number
  /** Those that cannot be edited, and about which a second message was posted. */
  told?: number
  pending: number
  impossible: number
  why?: string
  waitsFor?: string
}

/**
 * The progress of a correction or withdrawal: `12 messages repaired, 1 waiting`; with `back`, of its being taken back.
 */
export function repairProgress(
  { repaired, told = 0, pending, impossible, why = '', waitsFor = '' }: RepairCounts,
  back = false,
): string {
  if (repaired + told + pending + impossible === 0) return 'no message showed it'
  return [
    `${plural(repaired, 'message')} ${back ? 'edited back' : 'repaired'}`,
    ...(told > 0 ? [`${thousands(told)} told in a second message`] : []),
    ...(pending > 0 ? [`${thousands(pending)} waiting${waitsFor === '' ? '' : ` (${waitsFor})`}`] : []),
    ...(impossible > 0 ? [`${thousands(impossible)} can’t be changed${why === '' ? '' : ` (${why})`}`] : []),
  ].join(', ')
}
