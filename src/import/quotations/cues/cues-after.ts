import type { Paragraph } from '../paragraph.ts'
import type { Token } from '../tokens.ts'
import { ADVERB, AUXILIARY, particleOf, verbForm } from '../words/verbs.ts'
import type { Cue } from './cue.ts'
import { withSource } from './cue.ts'
import { endsSoon, isPassive, isSpeechVerb } from './cue-verbs.ts'
import { phraseFrom } from './phrase-from.ts'
import { heardAfter, isEmbedded, nounLikeSpeech, shapedLikeSpeech, turnedLikeSpeech } from './shaped-cues.ts'
import { subjectBefore } from './subjects.ts'

const PUNCTUATED = /[,.?!…—–-]['’”"]?$/

const NOT_A_SUBJECT =
  /^(?:and|but|or|that|which|when|while|for|in|to|of|because|if|after|with|on|at|by|from|before|since|until|where|is|was|are|were|has|had|than|during|so|into|about|who)$/

/** The cue that stands directly after a run: “X said”, “said X”, “according to X”, a dash and a name. */
export function cueAfter(paragraph: Paragraph, at: number): Cue | undefined {
  const { tokens, mentionAt } = paragraph
  const run = tokens[at]!
  let next = at + 1
  const separator = tokens[next]
  if (!separator) return undefined
  const isDash = /^(?:—|–|-|--|―|~)$/.test(separator.text)
  const isSeparated = separator.text === ',' || isDash
  if (isSeparated) next++
  const first = tokens[next]
  if (!first || first.kind === 'run') return undefined
  const near = isSeparated || PUNCTUATED.test(run.text) || run.text.split(/\s+/).length >= 3
  const isNewSentence = first.sentence !== run.sentence
  if (first.lower === 'according' && tokens[next + 1]?.lower === 'to')
    return { at: 'according', near, verb: next, ...withSource(phraseFrom(paragraph, next + 2)) }
  if (first.lower === 'as') return asPut(paragraph, next)
  if (/^(?:reads?|says?|said)$/.test(first.lower) === false && NOT_A_SUBJECT.test(first.lower))
    return undefined
  // “…,” said X
  let verb = next
  while (tokens[verb] && ADVERB.test(tokens[verb]!.lower) && verb - next < 3) verb++
  if (tokens[verb] && isSpeechVerb(paragraph, verb) && verbForm(tokens[verb]!.lower)!.form !== 'ing') {
    const source = phraseFrom(paragraph, verb + 1 + (particleOf(verbForm(tokens[verb]!.lower)!) ? 1 : 0))
    if (source) return { at: 'after', near, verb, source }
  }
  // “…,” X said
  for (let index = next + 1; index < tokens.length && index - next < 40; index++) {
    const token = tokens[index]!
    if (token.sentence !== first.sentence) break
    if (token.kind === 'run' && (token.text.split(/\s+/).length > 3 || /[.,?!]$/.test(token.text))) break
    if (!isSpeechVerb(paragraph, index)) continue
    if (verbForm(token.lower)!.form === 'ing') {
      // “…,” X is heard saying, X was quoted as saying
      const heard = tokens[index - 1]!.lower === 'as' ? index - 2 : index - 1
      const whose = /^(?:heard|seen|quoted|overheard|reported)$/.test(tokens[heard]!.lower)
        ? subjectBefore(paragraph, heard, next)
        : undefined
      if (whose) return { at: 'after', near, verb: index, source: whose }
      continue
    }
    if (isPassive(paragraph, index) && !/^(?:quoted)$/.test(token.lower)) break
    const source = subjectBefore(paragraph, index, next)
    if (!source) {
      if (tokens[index - 1]?.lower === 'who') continue
      break
    }
    if (
      /^(?:who|which|that)$/.test(tokens[index - 1]!.lower) &&
      index - next > 2 &&
      hasLaterVerb(paragraph, index)
    )
      continue
    if (source.first - next > 8) break
    // “… the ‘x,’ Trump said: ‘A’”: the verb belongs to what follows it.
    if (isEmbedded(tokens, at) && (tokens[index + 1]?.text === ':' || tokens[index + 1]?.kind === 'run'))
      break
    if (
      isNewSentence &&
      tokens
        .slice(index, index + 60)
        .some(({ kind, sentence }) => kind === 'run' && sentence === token.sentence)
    )
      break
    if (isNewSentence && !(run.text.match(/[?!.…]['’”"]?$/) && endsSoon(tokens, index))) break
    return { at: 'after', near, verb: index, source }
  }
  const shaped =
    shapedLikeSpeech(paragraph, at, next) ??
    turnedLikeSpeech(paragraph, at, next) ??
    nounLikeSpeech(paragraph, at, next) ??
    heardAfter(paragraph, next)
  if (shaped) return shaped
  if (isNewSentence || isDash) return signature(paragraph, at, next, isDash || mentionAt[next] !== undefined)
  return undefined
}

/** “…,” as X put it. */
function asPut(paragraph: Paragraph, as: number): Cue | undefined {
  const source = phraseFrom(paragraph, as + 1)
  const verb = source
    ? paragraph.tokens
        .slice(source.last + 1, source.last + 14)
        .findIndex(({ lower }) =>
          /^(?:put|puts|called|calls|described|describes|said|says|wrote)$/.test(lower),
        )
    : -1
  return source && verb >= 0 ? { at: 'after', near: true, verb: source.last + 1 + verb, source } : undefined
}

const hasLaterVerb = (paragraph: Paragraph, from: number) => {
  const { tokens } = paragraph
  for (let index = from + 1; index < tokens.length && index - from < 25; index++) {
    if (tokens[index]!.kind === 'run' || tokens[index]!.sentence !== tokens[from]!.sentence) return false
    if (
      tokens[index - 1]!.text === ',' &&
      isSpeechVerb(paragraph, index) &&
      verbForm(tokens[index]!.lower)!.form !== 'ing'
    )
      return true
  }
  return false
}

/** “…” – X, mayor: a name and no verb to the end of the paragraph. */
function signature(paragraph: Paragraph, at: number, from: number, allowed: boolean): Cue | undefined {
  const { tokens } = paragraph
  const rest = tokens.slice(from, from + 20)
  const stop = rest.findIndex(({ kind, text }) => kind === 'run' || /^[.]$/.test(text))
  const length = stop < 0 ? rest.length : stop
  if (isDated(rest.slice(0, length))) return undefined
  if (length > 14 || (!allowed && length > 6) || at > 4) return undefined
  if (tokens.slice(0, at).some(({ kind }) => kind === 'word')) return undefined
  if (
    rest
      .slice(0, length)
      .some(
        ({ lower, kind }, index) =>
          kind === 'word' &&
          !paragraph.mentionAt[from + index] &&
          (AUXILIARY.test(lower) || verbForm(lower)?.form === 'past'),
      )
  )
    return undefined
  const source = phraseFrom(paragraph, from)
  if (!source || source.kind === 'pronoun' || source.first > from + 4 || !tokens[from]!.capital)
    return undefined
  return { at: 'dash', near: true, source }
}

/** “CBC, August 15, 2008”: a list of sources has dates. */
const isDated = (tokens: Token[]) =>
  tokens.some(
    ({ lower }, index) =>
      /^(?:19|20)\d\d$/.test(lower) &&
      tokens.slice(Math.max(0, index - 4), index).some(({ lower: month }) => MONTH.test(month)),
  )

const MONTH =
  /^(?:jan|feb|mar|apr|aug|sept?|oct|nov|dec)\.?$|^(?:january|february|march|april|may|june|july|august|september|october|november|december)$/

/** “… is ‘x’ for all, Smith said.”: a clause behind the sentence. */
export function trailingCue(paragraph: Paragraph, at: number): Cue | undefined {
  const { tokens } = paragraph
  const sentence = tokens[at]!.sentence
  for (
    let index = at + 1;
    index < tokens.length && index - at < 60 && tokens[index]!.sentence === sentence;
    index++
  ) {
    const token = tokens[index]!
    // “…”, in the words of X
    if (token.lower === 'words' && tokens[index + 1]?.lower === 'of' && tokens[index - 1]?.lower === 'the')
      return { at: 'according', near: false, verb: index, ...withSource(phraseFrom(paragraph, index + 2)) }
    if (
      token.text !== ',' &&
      !(token.kind === 'run' && /,['’”"]?$/.test(token.text)) &&
      token.lower !== 'according'
    )
      continue
    const next = token.lower === 'according' ? index : index + 1
    if (tokens[next]?.lower === 'according' && tokens[next + 1]?.lower === 'to')
      return { at: 'according', near: false, verb: next, ...withSource(phraseFrom(paragraph, next + 2)) }
    if (token.lower === 'according' || !tokens[next] || NOT_A_SUBJECT.test(tokens[next]!.lower)) continue
    if (isSpeechVerb(paragraph, next) && verbForm(tokens[next]!.lower)!.form !== 'ing') {
      const source = phraseFrom(paragraph, next + 1)
      if (source) return { at: 'trailing', near: false, verb: next, source }
    }
    for (
      let verb = next + 1;
      verb < tokens.length && verb - next < 18 && tokens[verb]!.sentence === sentence;
      verb++
    ) {
      if (tokens[verb]!.kind === 'run') break
      if (
        !isSpeechVerb(paragraph, verb) ||
        verbForm(tokens[verb]!.lower)!.form === 'ing' ||
        isPassive(paragraph, verb)
      )
        continue
      const source = subjectBefore(paragraph, verb, next)
      const after = tokens[verb + 1]
      if (
        source &&
        source.first - next <= 3 &&
        !/^(?:that|which)$/.test(tokens[source.first - 1]!.lower) &&
        (after?.kind !== 'word' ||
          after.sentence !== sentence ||
          /^(?:in|on|at|during|to|last|this|after)$/.test(after.lower) ||
          ADVERB.test(after.lower) ||
          after.capital)
      )
        return { at: 'trailing', near: false, verb, source }
      break
    }
  }
  return undefined
}
