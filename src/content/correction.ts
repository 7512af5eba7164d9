import type { Correction } from './story.ts'

/** What a correction says: what was wrong, unless that may not be repeated, what is right, and why. */
export function correctionText({ was, now, why, repeat }: Correction): string {
  return `${repeat ? `was: ${was} · ` : ''}now: ${now} · why: ${why}`
}
