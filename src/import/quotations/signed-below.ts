import { phraseFrom } from './cues/phrase-from.ts'
import type { Paragraph } from './paragraph.ts'
import type { Reading, Speaker } from './reading.ts'
import { resolve } from './resolve.ts'

/** How many tokens a signature may have. */
const MAX_SIGNATURE = 16

/** Who signs a quotation that fills its paragraph, in a line of its own: “– Ada Ruiz, Leeds”. */
export function signedBelow(reading: Reading, next: Paragraph | undefined): Speaker | undefined {
  if (!next || next.tokens.length > MAX_SIGNATURE || next.runs.length > 0) return undefined
  if (!/^(?:—|–|-|--|―|~)$/.test(next.tokens[0]?.text ?? '')) return undefined
  const source = phraseFrom(next, 1)
  if (source?.kind !== 'name') return undefined
  const speaker = resolve(reading, next, source)
  return { ...speaker, weight: Math.min(speaker.weight, 0.9) }
}
