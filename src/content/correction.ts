import { phrases } from '../phrases/phrases.ts'
import type { Correction } from './story.ts'

/** What a correction says: what was wrong, unless that may not be repeated, what is right, and why. */
export const correctionText = (correction: Correction): string =>
  phrases.changes.correction(sayable(correction))

/** A correction without what may not be repeated. */
export const sayable = ({ was, now, why, repeat }: Correction) => ({ ...(repeat && { was }), now, why })
