/** Whether something has happened, is to come, or cannot be told. */
export type Tense = 'past' | 'future' | 'unclear'

const FUTURE =
  /\b(?:will|won['’]t|shall|going to|plans? to|planned for|expects? to|expected|scheduled|set (?:to|for)|due (?:to|on|in)|(?:is|are) to\b|to be \w+|upcoming|launches|begins|starts|opens|takes place)\b|\b\w+['’]ll\b/gi
/** Verbs that end in -ed, and those that do not. Words that only look like them are of no harm beside a date. */
const PAST =
  /(?<!\bbe )\b(?:(?!(?:need|seed|speed|exceed|proceed|indeed|hundred|united|red|based|expected|scheduled|planned)\b)[a-z]{2,}ed|said|told|was|were|had|did|went|took|came|made|held|met|won|lost|gave|got|saw|found|left|began|began|became|wrote|spoke|ran|fell|rose|led|put|set|cut|hit|shot|sent|spent|sold|bought|brought|built|broke|chose|drew|drove|knew|paid|sued|struck|swore|threw|stood|died|released)\b/gi

/** Another cue this much further away does not make the nearest one doubtful. */
const CLEARLY_NEARER = 2

/**
 * The tense of the verb beside a date. Where verbs of both tenses stand in the sentence, the nearest decides, if it is
 * clearly nearer.
 */
export function tenseAround(text: string, start: number, end: number): Tense {
  const from = sentenceStart(text, start)
  const to = sentenceEnd(text, end)
  const distanceTo = (pattern: RegExp): number => {
    let nearest = Number.POSITIVE_INFINITY
    for (const { index, 0: cue } of text.slice(from, to).matchAll(pattern)) {
      const at = from + index
      if (at < end && at + cue.length > start) continue
      nearest = Math.min(nearest, at >= end ? at - end : start - at - cue.length)
    }
    return nearest
  }
  const [past, future] = [distanceTo(PAST), distanceTo(FUTURE)]
  if (past === future) return 'unclear'
  if (Math.max(past, future) < CLEARLY_NEARER * (Math.min(past, future) + 1)) return 'unclear'
  return past < future ? 'past' : 'future'
}

/** Further than this no verb belongs to a date. */
const REACH = 200

function sentenceStart(text: string, at: number): number {
  // With the first letter of what follows, by which the end of a sentence is known.
  const before = text.slice(Math.max(0, at - REACH), at + 1)
  const ends = [...before.matchAll(/[.!?]["”’']?\s+(?=["“‘']?\p{Lu})|\n/gu)]
  const last = ends.at(-1)
  const from = Math.max(0, at - REACH)
  return last ? Math.min(at, from + last.index + last[0].length) : from
}

function sentenceEnd(text: string, at: number): number {
  const after = text.slice(at, at + REACH)
  const end = /[.!?]["”’']?\s+(?=["“‘']?\p{Lu})|\n/u.exec(after)
  return at + (end?.index ?? after.length)
}

const PRESENT =
  /\b(?:is|are|am|be|has|have|does|do|can|may|might|must|should|would|could|says?|means?|makes?|takes?|goes|comes?)\b/i

/** Whether a sentence has a word that surely is a verb; one without may be the caption of a picture. */
export const hasVerb = (sentence: string): boolean =>
  [PAST, FUTURE].some(pattern => new RegExp(pattern.source, 'i').test(sentence)) || PRESENT.test(sentence)
