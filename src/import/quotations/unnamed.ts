import { mainSubject } from './cues/main-subject.ts'
import type { Source } from './cues/source.ts'
import { isEpithet } from './epithets.ts'
import { sentenceStart } from './grammar.ts'
import type { Paragraph } from './paragraph.ts'
import type { Reading, Speaker } from './reading.ts'
import { strangerIn } from './strangers.ts'
import { genderOfRole, isGroup, KIN, roleOf } from './words/roles.ts'

/** How many people are looked through. More would let a hostile text cost its length squared. */
const MAX_PEOPLE = 100

/**
 * Somebody without a name whom the sentence before “he” or “she” is about: “A neighbor says anyone would. ‘You run,’ he
 * said.”
 */
export function unnamedBefore(
  reading: Reading,
  paragraph: Paragraph,
  at: number,
  gender: 'm' | 'f',
): Speaker | undefined {
  const { paragraphs, people, text } = reading
  const start = sentenceStart(paragraph.tokens, at)
  const isFirst = start < 4 && paragraph.tokens.slice(0, start).every(({ kind }) => kind === 'run')
  const before = isFirst ? paragraphs[paragraph.index - 1] : paragraph
  if (!before) return undefined
  const high = isFirst ? before.tokens.length : start
  if (high === 0) return undefined
  const low = sentenceStart(before.tokens, high - 1)
  const main = mainSubject(before, low, high)
  const source =
    main?.kind === 'noun' && isSomebody(before, main, gender)
      ? main
      : main === undefined
        ? strangerIn(before, low, high, gender)
        : undefined
  if (source === undefined) return undefined
  // Whoever has that role and a name is no stranger.
  const role = roleOf(before.tokens[source.head]!.lower)
  const known = people.all.slice(0, MAX_PEOPLE).filter(({ roles }) => role !== undefined && roles.has(role))
  const shown = text.slice(before.tokens[source.first]!.start, before.tokens[source.last]!.end)
  const isNamed = reading.places[before.index]?.some(({ token }) => token >= low && token < high)
  const [one] = known
  if (one && !isNamed && /^(?:his|her|their)$/.test(before.tokens[source.first]!.lower))
    return known.length === 1 && one !== reading.last?.person
      ? { kind: 'person', person: one, name: one.name, named: shown, weight: 0.7 }
      : { kind: 'other', name: shown, named: shown, weight: 0.6 }
  if (one) return undefined
  for (let index = low; index < high; index++)
    if (before.mentionAt[index]?.kind === 'person') return undefined
  return { kind: 'other', name: shown, named: shown, weight: 0.75 }
}

/** Whether a noun phrase is one person: “a neighbor”, “the judge”, “another resident”. */
function isSomebody(
  { tokens }: Paragraph,
  { first, head }: Source & { head: number },
  gender: 'm' | 'f',
): boolean {
  // “One of the survivors”
  if (
    /^(?:one|another)$/.test(tokens[first]!.lower) &&
    tokens[first + 1]?.lower === 'of' &&
    tokens
      .slice(first + 2, first + 6)
      .some(({ lower }) => isGroup(lower) || roleOf(lower.replace(/s$/, '')) !== undefined)
  )
    return true
  const role = roleOf(tokens[head]!.lower)
  if (role !== undefined && /^(?:his|her|their)$/.test(tokens[first]!.lower) && KIN.test(role))
    return genderOfRole(role) === gender
  if (
    role === undefined ||
    isEpithet(tokens[head]!.lower) ||
    !/^(?:a|an|another|one|the)$/.test(tokens[first]!.lower)
  )
    return false
  return (genderOfRole(role) ?? gender) === gender
}
