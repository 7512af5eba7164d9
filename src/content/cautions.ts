import { readableDate } from '../dates/dates.ts'
import { phrases } from '../phrases/phrases.ts'
import type { Correction, Story } from './story.ts'

/**
 * The warnings that are shown with a story's state and dates, everywhere: that it was not checked recently, and when we
 * last corrected it. They cannot be turned off.
 */
export function cautionsOf({ stale, corrections }: Story): string[] {
  const latest = corrections
    .map(({ on }) => on)
    .toSorted()
    .at(-1)
  return [stale, latest && phrases.label.corrected(readableDate(latest))].filter(
    caution => caution !== undefined,
  )
}

/** The text of a correction: what was wrong (unless that may not be repeated), what is right, and why. */
export const correctionText = (correction: Correction): string =>
  phrases.changes.correction(printableCorrection(correction))

/** The fields of a correction that may be shown: without the wrong words where they may not be repeated. */
export const printableCorrection = ({ was, now, why, repeat }: Correction) => ({
  was: repeat ? was : undefined,
  now,
  why,
})
