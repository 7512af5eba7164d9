import { readableDate } from '../dates.ts'
import { phrases } from '../phrases/phrases.ts'
import type { Correction, Story } from './story.ts'

/**
 * What a reader must know of a story besides its state and how far it reaches: that nobody checked it of late, and when
 * we last corrected it. It stands wherever the state stands, and nobody can switch it off.
 */
export function cautionsOf({ stale, corrections }: Story): string[] {
  const last = corrections
    .map(({ on }) => on)
    .toSorted()
    .at(-1)
  return [stale, last && phrases.label.corrected(readableDate(last))].filter(caution => caution !== undefined)
}

/** What a correction says: what was wrong, unless that may not be repeated, what is right, and why. */
export const correctionText = (correction: Correction): string =>
  phrases.changes.correction(printableCorrection(correction))
/** A correction without what may not be repeated. */
export const printableCorrection = ({ was, now, why, repeat }: Correction) => ({
  ...(repeat && { was }),
  now,
  why,
})
