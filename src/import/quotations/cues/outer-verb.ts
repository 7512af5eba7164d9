import type { Paragraph } from '../paragraph.ts'
import { isDocument, isOrganisationNoun } from '../words/organisations.ts'
import { isGroup, roleOf } from '../words/roles.ts'
import { verbForm } from '../words/verbs.ts'
import { isCueVerb, isInfinitive, isPassive, isSpeechVerb } from './cue-verbs.ts'
import type { Source } from './source.ts'
import { subjectBefore } from './subjects.ts'

const MODAL = /^(?:should|would|will|could|can|must|may|might|shall|['’](?:d|ll))$/

/** How far back in a sentence another verb is looked for. More would let a hostile text cost its length squared. */
const MAX_BACK = 30

/**
 * Whether what a verb says stands inside what somebody else says: “Ruiz said the platform should restate its ‘support’”,
 * “Starr said the case reminds him of …”. The words are those of whoever is outside.
 */
export function isReported(paragraph: Paragraph, verb: number, source: Source, low: number): boolean {
  const { tokens } = paragraph
  const isMeantOnly =
    tokens.slice(source.last + 1, verb).some(({ lower }) => MODAL.test(lower)) || isThing(paragraph, source)
  if (!isMeantOnly) return false
  const link = tokens[source.first - 1]
  if (link === undefined || source.first - 1 <= low) return false
  if (link.lower !== 'that') return isOuter(paragraph, source.first - 1, low)
  for (let index = source.first - 2; index > low && source.first - index < MAX_BACK; index--) {
    if (tokens[index]!.kind === 'run') return false
    if (isOuter(paragraph, index, low)) return true
  }
  return false
}

const isOuter = (paragraph: Paragraph, verb: number, low: number) =>
  isSpeechVerb(paragraph, verb) &&
  !isPassive(paragraph, verb) &&
  !isInfinitive(paragraph, verb) &&
  subjectBefore(paragraph, verb, low) !== undefined

/** Whether a noun phrase is nobody who could say something: “the situation”, “the platform”. */
export const isThing = ({ tokens }: Paragraph, source: Source) => {
  if (source.kind !== 'noun') return false
  const shown = tokens[source.head]!.lower
  if (isGroup(shown) || /^(?:one|others?|another|some|most|few|none|men|women|children|police)$/.test(shown))
    return false
  const lower = shown.replace(/s$/, '')
  return (
    !isDocument(lower) && !isOrganisationNoun(lower) && !isGroup(`${lower}s`) && roleOf(lower) === undefined
  )
}

/** Whose verb another one shares behind “and”: “Ruiz called it a ‘disaster’ and promised to ‘rip it up’”. */
export function sharedSubject(paragraph: Paragraph, verb: number, low: number): Source | undefined {
  const { tokens } = paragraph
  if (!/^(?:and|but)$/.test(tokens[verb - 1]?.lower ?? '')) return undefined
  const { form } = verbForm(tokens[verb]!.lower)!
  for (let index = verb - 2; index > low && verb - index < MAX_BACK; index--) {
    if (!isCueVerb(paragraph, index) || isPassive(paragraph, index)) continue
    if (verbForm(tokens[index]!.lower)!.form !== form) continue
    const source = subjectBefore(paragraph, index, low)
    const link = source && tokens[source.first - 1]
    // “Ruiz said that her party backed it and said …”
    const isInside =
      link && source.first > low && (link.lower === 'that' || isOuter(paragraph, source.first - 1, low))
    if (!isInside) return source
  }
  return undefined
}
