import type { Cue } from './cues/cue.ts'
import { PREPOSITION } from './grammar.ts'
import type { Paragraph } from './paragraph.ts'
import type { Token } from './tokens.ts'
import { isDocument } from './words/organisations.ts'
import { ADVERB, AUXILIARY, BE, verbForm } from './words/verbs.ts'

const ENDS_SENTENCE = /[.?!…]['’”"]?$/

const PUNCTUATED = /[,.?!…—–-]['’”"]?$/

const SMALL =
  /^(?:a|an|and|as|at|but|by|for|from|in|into|is|nor|of|on|or|over|per|so|than|that|the|to|up|via|vs|with|yet|it|de|la)$/i

/** What is named before its title. */
const WORK =
  /^(?:film|movie|novel|book|song|album|single|show|series|episode|programme|program|play|musical|opera|magazine|newspaper|poem|painting|documentary|game|track|ballad|anthem|podcast|sitcom|drama|comedy|exhibition|hit|memoir|essay|titled|entitled|named|nicknamed|called|dubbed|labelled|labeled|known|classic|thriller|sequel|cartoon|column|sculpture|blog|website|site|channel|section|page|category|hashtag|term|word|phrase|words|acronym|codename|code-named|codenamed|operation|so-called|version|cover|remake|chapter|article|headlined|project|campaign|initiative|account|user|username|alias|pseudonym|ship|boat|vessel|yacht|band|group|tour|nickname|moniker)$/

const AFTER_ATTRIBUTE =
  /^(?:and|or|but|nor|in|on|at|for|to|by|after|before|as|if|when|because|about|of|with|from|during|until|while|since|than|over|under|against|among|amid|is|was|are|were|will|would|had|has|have|that|which|who|so|even|though|although|not|between|through|without|within|toward|towards|into|said|says|to|both|he|she|they|it|we|i|him|them|us|me|just|the|a|an|rather|upon|following|adding|saying)$/

const countWords = (text: string) => text.split(/\s+/).filter(word => /[\p{L}\p{N}]/u.test(word)).length

/** Whether all words that count begin with a capital letter, as in a title. */
function isTitleCase(text: string): boolean {
  const all = text.split(/[\s—–-]+/).filter(word => /\p{L}/u.test(word))
  const main = all.filter((word, index) => index === 0 || !SMALL.test(word))
  return (
    main.length > 0 &&
    main.every(word => /^[^\p{L}]*[\p{Lu}\p{N}]/u.test(word)) &&
    (main.length > 1 || all.length === 1)
  )
}

/** Whether the words of a run are somebody’s, and not a title, a name or a word that the outlet holds at arm’s length. */
export function isQuotation(paragraph: Paragraph, at: number, cue: Cue | undefined): boolean {
  const { tokens } = paragraph
  const { text } = tokens[at]!
  const count = countWords(text)
  if (count === 0) return false
  const before = tokens[at - 1]
  const after = tokens[at + 1]
  const stands = standsAlone(tokens, at)
  const ends = ENDS_SENTENCE.test(text) && /^\W*(?:\p{Lu}|\p{N}|…|\.\.\.|\[)/u.test(text)
  if (at === 0 && after?.text === ':' && count >= 4) return true
  if (cue?.near && isSign(paragraph, cue)) return true
  if (
    before?.text === ',' &&
    /^(?:slogan|motto|catchphrase|tagline|strapline|hashtag|nickname|refrain)$/.test(
      tokens[at - 2]?.lower ?? '',
    )
  )
    return false
  if (cue && isOutlet(tokens, cue)) return false
  if (
    isTitle(tokens, at, count) &&
    !(stands && ends && goesOnAfterCue(tokens, at)) &&
    !(
      cue?.near &&
      PUNCTUATED.test(text) &&
      !isNamedWork(tokens, at) &&
      !/^(?:tell|tells|told|telling)$/.test(before?.lower ?? '') &&
      (before?.kind !== 'word' || before.sentence !== tokens[at]!.sentence || verbForm(before.lower))
    )
  )
    return false
  if (cue?.near && (cue.at === 'after' || cue.at === 'dash'))
    return PUNCTUATED.test(text) || after?.text === ',' || count >= 4
  if (stands && ends)
    return (
      count >= 2 ||
      cue !== undefined ||
      (tokens.length === 1 && paragraph.index > 1) ||
      goesOnAfterCue(tokens, at)
    )
  if (
    cue?.source === undefined &&
    cue?.at !== 'colon' &&
    count >= 6 &&
    startsSentence(tokens, at) &&
    !(at === 0 && /^(?:—|–|-|--)$/.test(after?.text ?? '')) &&
    /^\W*\p{Lu}/u.test(text) &&
    !isTitleCase(text)
  )
    return true
  // “The document, …, ‘must be completed in English’”
  if (
    cue?.source === undefined &&
    count >= 4 &&
    before?.text === ',' &&
    AUXILIARY.test(text.split(/\s/)[0]!.toLowerCase())
  )
    return true
  if (cue?.source === undefined && cue?.at !== 'colon')
    return count >= 8 && !isTitleCase(text) && isPredicate(before)
  if (cue.judging) return isWhatTheyCall(tokens, cue) || judged(tokens, at, cue, count)
  // “pledged to ‘rip up’ plans”
  const isVerb = before?.lower === 'to' && cue.verb === at - 2
  if (cue.near) return count >= 3 || PUNCTUATED.test(text) || isVerb || !isAttribute(tokens, at)
  if (count >= 6) return true
  // “said it had been under ‘unprecedented and sustained’ pressure”
  if (isAttribute(tokens, at)) return count >= 3 && /\sand\s|,\s/.test(text) && !isTitleCase(text)
  return (
    count >= 2 ||
    isPredicate(before) ||
    (isLast(after) && /^(?:a|an|the|and|or|,)$/.test(before?.lower ?? ''))
  )
}

/** “‘He yelled over Iowa,’ she said. ‘All of Iowa.’”: the sentence before ends with who says the words before it. */
const goesOnAfterCue = (tokens: Token[], at: number) =>
  tokens[at - 1]?.text === '.' &&
  tokens
    .slice(Math.max(0, at - 9), at)
    .some(
      ({ kind, text, sentence }) =>
        kind === 'run' && sentence === tokens[at - 1]!.sentence && /,['’”"]?$/.test(text),
    )

/** “We need to add ‘gender’ to the law”: the text itself speaks. */
const isOutlet = (tokens: Token[], { source, near, verb }: Cue) =>
  source?.kind === 'pronoun' &&
  (!near || tokens[(verb ?? 0) - 1]?.lower === 'to') &&
  /^(?:i|we|you)$/.test(tokens[source.first]!.lower)

/** Whether a sign, a poster or another document “reads” or “says” a run. */
const isSign = ({ tokens }: Paragraph, { source, verb }: Cue) =>
  source?.kind === 'noun' &&
  verb !== undefined &&
  isDocument(tokens[source.head]!.lower.replace(/s$/, '')) &&
  /^(?:reads?|reading|says?|said|saying|declar\w+|proclaim\w*|stating|stated)$/.test(tokens[verb]!.lower)

const isNamedWork = (tokens: Token[], at: number) =>
  // “The show, ‘Knife Fight,’ made …”
  (tokens[at - 1]?.text === ',' &&
    tokens[at + 1]?.kind === 'word' &&
    WORK.test(tokens[at - 2]?.lower ?? '')) ||
  (WORK.test(tokens[at - 1]?.lower ?? '') && !/^(?:words|word)$/.test(tokens[at - 1]?.lower ?? ''))

function isTitle(tokens: Token[], at: number, count: number): boolean {
  const { text } = tokens[at]!
  const before = tokens[at - 1]
  if (count > 12) return false
  if (
    before &&
    WORK.test(before.lower) &&
    (isTitleCase(text) ||
      /^(?:so-called|nicknamed|titled|entitled|named|known|term|word|phrase|dubbed|labelled|labeled)$/.test(
        before.lower,
      )) &&
    count <= 8
  )
    return true
  if (before?.lower === 'as' && count <= 4 && isKnown(tokens, at - 2)) return true
  if (before?.lower === 'words' && tokens[at - 2]?.lower === 'the' && count <= 4) return true
  const isInside =
    before !== undefined &&
    before.kind === 'word' &&
    before.sentence === tokens[at]!.sentence &&
    !verbForm(before.lower) &&
    before.lower !== 'that'
  if (isInside && isTitleCase(text) && count >= 2 && count <= 8) return true
  return (
    isTitleCase(text) &&
    count >= 2 &&
    !ENDS_SENTENCE.test(text.replace(/[.]$/, '')) &&
    !/\p{Ll}[.?!]\s/u.test(text) &&
    !/^(?:I|We|My|Our)\b/.test(text)
  )
}

/** Whether a run stands as sentences of its own: nothing of the outlet’s before or after it in the sentence. */
export function standsAlone(tokens: Token[], at: number): boolean {
  const token = tokens[at]!
  const [before, after] = [tokens[at - 1], tokens[at + 1]]
  const opens = !before || before.sentence !== token.sentence || before.text === ':'
  const closes =
    !after || after.sentence !== token.sentence || (after.kind === 'mark' && /^[.?!]/.test(after.text))
  return opens && closes
}

/** “known as”, “known internally as”, “referred to locally as”. */
function isKnown(tokens: Token[], at: number): boolean {
  let index = at
  while (index > at - 3 && (ADVERB.test(tokens[index]?.lower ?? '') || tokens[index]?.lower === 'to')) index--
  return /^(?:known|referred|termed)$/.test(tokens[index]?.lower ?? '')
}

const startsSentence = (tokens: Token[], at: number) =>
  at === 0 || tokens[at - 1]!.sentence !== tokens[at]!.sentence

/** Whether a run stands before a noun as an adjective does, or after an article and before a verb. */
function isAttribute(tokens: Token[], at: number): boolean {
  const after = tokens[at + 1]
  const before = tokens[at - 1]
  if (after?.kind !== 'word' || after.sentence !== tokens[at]!.sentence) return false
  if (PUNCTUATED.test(tokens[at]!.text)) return false
  if (!AFTER_ATTRIBUTE.test(after.lower) && !/ing$/.test(after.lower) && !ADVERB.test(after.lower))
    return true
  return (
    before !== undefined &&
    /^(?:the|this|these|those|so-called|of|'s|his|her|their|its)$/.test(before.lower) &&
    /^(?:is|was|are|were|will|would|had|has|have|of|and|or|in|on|at|by)$/.test(after.lower)
  )
}

const isPredicate = (before: Token | undefined) =>
  before !== undefined &&
  before.kind === 'word' &&
  (BE.test(before.lower) ||
    AUXILIARY.test(before.lower) ||
    ADVERB.test(before.lower) ||
    verbForm(before.lower) !== undefined ||
    /^(?:as|that|to|who|which|remain(?:s|ed)?|became|becomes?|seem(?:s|ed)|look(?:s|ed)|feels?|felt|sound(?:s|ed))$/.test(
      before.lower,
    ))

const isLast = (after: Token | undefined) => after === undefined || after.kind === 'mark'

/** “what it called a ‘washout’ summer”: the outlet says itself that the words are somebody’s. */
const isWhatTheyCall = (tokens: Token[], { source, verb }: Cue) =>
  source !== undefined && source.last < verb! && tokens[source.first - 1]?.lower === 'what'

/** Whether a verb of judging (“called it”, “blamed the”) governs a run directly. */
function judged(tokens: Token[], at: number, cue: Cue, count: number): boolean {
  if (isAttribute(tokens, at) && count <= 4) return false
  const verb = tokens[cue.verb!]!.lower
  const between = tokens.slice(cue.verb! + 1, at)
  const before = between.at(-1)
  if (
    /^(?:call|calls|called|calling|dub|dubs|dubbed|dubbing|brand|brands|branded|term|terms|termed|label|labels|labelled|labeled|deemed)$/.test(
      verb,
    )
  ) {
    if (between.length > 14) return count >= 4
    return true
  }
  if (before?.lower === 'of' && /^accus/.test(verb)) return true
  if (before && /^(?:as|for|of|to|that|how)$/.test(before.lower)) return count >= 2
  if (before && PREPOSITION.test(before.lower)) return count >= 3
  return count >= 4
}
