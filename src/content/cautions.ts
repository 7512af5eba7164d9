import { readable } from '../dates.ts'
import { phrases } from '../phrases/phrases.ts'
import type { Story } from './story.ts'

/**
 * What a reader must know of a story besides its state and how far it reaches: that nobody checked it of late, and when
 * we last corrected it. It stands wherever the state stands, and nobody can switch it off.
 */
export function cautionsOf({ stale, corrections }: Story): string[] {
  const last = corrections
    .map(({ on }) => on)
    .toSorted()
    .at(-1)
  return [stale, last && phrases.label.corrected(readable(last))].filter(caution => caution !== undefined)
}
