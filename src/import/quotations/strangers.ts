import type { Source } from './cues/source.ts'
import { isEpithet } from './epithets.ts'
import { CONJUNCTION, PREPOSITION } from './grammar.ts'
import type { Paragraph } from './paragraph.ts'
import { genderOfRole, roleOf } from './words/roles.ts'

/** How many words may stand between an article and what somebody is: “a tall old man”. */
const MAX_WORDS = 5

/** Somebody without a name whom a sentence brings in: “Outside the gate an old man sold photographs.” */
export function strangerIn(
  { tokens, mentionAt }: Paragraph,
  low: number,
  high: number,
  gender: 'm' | 'f',
): (Source & { kind: 'noun' }) | undefined {
  for (let first = low; first < high; first++) {
    if (!/^(?:a|an|another|one)$/.test(tokens[first]!.lower)) continue
    // “the son of a farmer”, “worked as a nurse”, “is a lawyer”, “Ruiz, a farmer,”
    const before = tokens[first - 1]
    if (
      before?.kind === 'word' &&
      first > low &&
      /^(?:of|as|like|is|was|be|been|became|than|with|by|from|told)$/.test(before.lower)
    )
      continue
    if (before?.text === ',' && first - 2 >= low && mentionAt[first - 2]) continue
    for (let head = first + 1; head < high && head - first <= MAX_WORDS; head++) {
      const { kind, lower } = tokens[head]!
      if (kind !== 'word' || mentionAt[head] || PREPOSITION.test(lower) || CONJUNCTION.test(lower)) break
      const role = roleOf(lower)
      const next = tokens[head + 1]
      if (role === undefined || isEpithet(lower)) continue
      // “a police officer” ends with “officer”, “a driver Ada Ruiz” with a name.
      if (
        next?.kind === 'word' &&
        (roleOf(next.lower) !== undefined || mentionAt[head + 1] || next.lower === "'s")
      )
        continue
      if ((genderOfRole(role) ?? gender) !== gender) break
      return { kind: 'noun', first, last: head, head }
    }
  }
  return undefined
}
