import { mainSubject } from './cues/main-subject.ts'
import type { Source } from './cues/source.ts'
import { isEpithet } from './epithets.ts'
import { sentenceStart } from './grammar.ts'
import type { Paragraph } from './paragraph.ts'
import type { Reading, Speaker } from './reading.ts'
import { genderOfRole, roleOf } from './words/roles.ts'

/** How many people are looked through. More would let a hostile text cost its length squared. */
const MAX_PEOPLE = 100

/**
 * Somebody without a name whom the sentence before “he” or “she” is about: “A neighbor says anyone would. ‘You run,’ he
 * said.”
 */
export function unnamedBefore(
  { paragraphs, people, text }: Reading,
  paragraph: Paragraph,
  at: number,
  gender: 'm' | 'f',
): Speaker | undefined {
  const start = sentenceStart(paragraph.tokens, at)
  const isFirst = start < 4 && paragraph.tokens.slice(0, start).every(({ kind }) => kind === 'run')
  const before = isFirst ? paragraphs[paragraph.index - 1] : paragraph
  if (!before) return undefined
  const high = isFirst ? before.tokens.length : start
  if (high === 0) return undefined
  const low = sentenceStart(before.tokens, high - 1)
  const source = mainSubject(before, low, high)
  if (source?.kind !== 'noun' || !isSomebody(before, source, gender)) return undefined
  // Whoever has that role and a name is no stranger.
  const role = roleOf(before.tokens[source.head]!.lower)!
  if (people.all.slice(0, MAX_PEOPLE).some(({ roles }) => roles.has(role))) return undefined
  for (let index = low; index < high; index++)
    if (before.mentionAt[index]?.kind === 'person') return undefined
  const named = text.slice(before.tokens[source.first]!.start, before.tokens[source.last]!.end)
  return { kind: 'other', name: named, named, weight: 0.75 }
}

/** Whether a noun phrase is one person: “a neighbor”, “the judge”, “another resident”. */
function isSomebody(
  { tokens }: Paragraph,
  { first, head }: Source & { head: number },
  gender: 'm' | 'f',
): boolean {
  const role = roleOf(tokens[head]!.lower)
  if (
    role === undefined ||
    isEpithet(tokens[head]!.lower) ||
    !/^(?:a|an|another|one|the)$/.test(tokens[first]!.lower)
  )
    return false
  return (genderOfRole(role) ?? gender) === gender
}
