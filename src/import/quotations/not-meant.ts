import { isSpeechVerb } from './cues/cue-verbs.ts'
import { sentenceStart } from './grammar.ts'
import type { Person } from './names/people.ts'
import type { Paragraph } from './paragraph.ts'
import type { Named, Reading } from './reading.ts'
import type { Token } from './tokens.ts'

/** How far from a pronoun quoted words and names are looked at. More would let a hostile text cost its length squared. */
const MAX_AWAY = 60

/** How many names a paragraph may have, and how many quoted characters are read for them. */
const MAX_PLACES = 400
const MAX_WORDS = 2000

/** How much less likely somebody is whom the sentence of a pronoun names as somebody else. */
const ELSEWHERE = 2.5

/** A capital letter begins the words of names. */
const NAMES = /\p{Lu}[\p{L}\p{M}'’-]+/gu

/** Whether somebody is named inside quoted words: few speak of themselves by name. */
export function isNamedIn(words: string, { words: name }: Person): boolean {
  const surname = name.at(-1)
  if (surname === undefined || surname.length < 3) return false
  for (const [found] of words.matchAll(NAMES))
    if (found.toLowerCase().replaceAll('’', "'").replace(/'s?$/, '') === surname) return true
  return false
}

/**
 * How unlikely a pronoun is to mean each of those named: whoever is named behind it in its sentence (“He called Ruiz a
 * friend”), in the words that he says, or as what he was asked about (“Asked about Ruiz, he said”).
 */
export function unlikely({ places }: Reading, paragraph: Paragraph, at: number): (person: Person) => number {
  const { tokens, index } = paragraph
  const { sentence } = tokens[at]!
  const low = sentenceStart(tokens, at)
  const asked = askedClause(tokens, low, at)
  const others = new Set<Person>()
  const beside = places[index] ?? []
  for (const place of beside.length > MAX_PLACES ? [] : beside)
    if (place.sentence === sentence && isAnother(place, at, asked, tokens)) others.add(place.person)
  const said = isSaying(paragraph, at) ? wordsAround(tokens, at) : []
  return person =>
    others.has(person) ? ELSEWHERE : said.some(words => isNamedIn(words, person)) ? ELSEWHERE : 0
}

const isAnother = ({ token }: Named, at: number, asked: number, tokens: Token[]) =>
  token > at ? !tokens.slice(at, token).some(({ kind }) => kind === 'run') || token - at < 8 : token < asked

/** Where the clause ends that begins a sentence with “Asked”, or where the sentence begins. */
function askedClause(tokens: Token[], low: number, at: number): number {
  const first = /^(?:when|if|but|and)$/.test(tokens[low]?.lower ?? '') ? low + 1 : low
  return /^(?:asked|pressed|questioned|told|challenged)$/.test(tokens[first]?.lower ?? '') ? at : low
}

/** Whether a verb of speech stands beside a pronoun: “she said”, “said she”. */
const isSaying = (paragraph: Paragraph, at: number) =>
  [at + 1, at + 2, at - 1].some(
    verb => paragraph.tokens[verb]?.kind === 'word' && isSpeechVerb(paragraph, verb),
  )

/** The quoted words next to a pronoun, before and behind it. */
function wordsAround(tokens: Token[], at: number): string[] {
  const { sentence } = tokens[at]!
  return tokens
    .slice(Math.max(0, at - MAX_AWAY), at + MAX_AWAY)
    .filter(token => token.kind === 'run' && token.sentence === sentence)
    .map(({ text }) => text.slice(0, MAX_WORDS))
}
