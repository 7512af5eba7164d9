import { speakingIn } from './cues/cues.ts'
import { mainSubject } from './cues/main-subject.ts'
import type { Source } from './cues/source.ts'
import { sentenceStart } from './grammar.ts'
import { isHuman } from './names/human.ts'
import { type Person, peopleMeant } from './names/people.ts'
import { unlikely } from './not-meant.ts'
import type { Paragraph } from './paragraph.ts'
import { samePronounBefore } from './pronoun-before.ts'
import type { Named, Reading, Speaker } from './reading.ts'
import type { Token } from './tokens.ts'
import { unnamedBefore } from './unnamed.ts'
import { isDocument, isOrganisationNoun } from './words/organisations.ts'

/** How many names and sentences are looked back through. More would let a hostile text cost its length squared. */
const MAX_NAMES = 60
const MAX_SENTENCES = 4
/** Over how many sentences that begin with the same pronoun one is followed back. */
const MAX_CHAIN = 3

/** Who “he”, “she” or “they” is: someone named before, not long ago, whose gender does not speak against it. */
export function ofPronoun(reading: Reading, paragraph: Paragraph, at: number, named: string): Speaker {
  const { tokens } = paragraph
  const word = tokens[at]!.lower
  if (word === 'they' || word === 'it') {
    const { last } = reading
    const group = groupBefore(reading, paragraph, at, word)
    if (group) return group
    const one = word === 'they' ? oneBefore(reading, paragraph) : undefined
    if (one) return { kind: 'person', person: one, name: one.name, named, weight: 0.6 }
    if (last?.kind === 'other' && paragraph.index - last.paragraph <= 1)
      return { ...last, named, weight: 0.7 }
    const body = word === 'it' ? bodySpeaking(reading, paragraph, at) : undefined
    return body ?? { kind: 'other', name: named, named, weight: 0.4 }
  }
  if (!/^(?:he|she|his|her)$/.test(word)) return { kind: 'other', name: named, named, weight: 0.3 }
  const speaker = ofGender(reading, paragraph, at, word === 'he' || word === 'his' ? 'm' : 'f', named)
  return word === 'he' || word === 'she' ? speaker : { ...speaker, weight: Math.min(speaker.weight, 0.75) }
}

/** Who somebody is that a token calls “he” or “his”, “she” or “her”. */
export function ofGender(
  reading: Reading,
  paragraph: Paragraph,
  at: number,
  gender: 'm' | 'f',
  named: string,
  depth = 0,
): Speaker {
  const { tokens } = paragraph
  const earlier = depth < MAX_CHAIN ? samePronounBefore(reading, paragraph, at, gender) : undefined
  if (earlier) {
    const same = ofGender(reading, earlier.paragraph, earlier.at, gender, named, depth + 1)
    if (same.person && same.weight >= 0.5) return { ...same, weight: Math.min(same.weight, 0.9) }
  }
  const unnamed = unnamedBefore(reading, paragraph, at, gender)
  if (unnamed) return unnamed
  const sentence = tokens[at]!.sentence
  const less = unlikely(reading, paragraph, at)
  const scores = new Map<Person, number>()
  for (const place of reading.named.slice(-MAX_NAMES)) {
    const away = paragraph.index - place.paragraph
    if (away < 0 || away > 3) continue
    if (away === 0 && place.token > at) continue
    // “Nakamura, he said, never came”: whoever stands right before the words put in is somebody else.
    if (away === 0 && tokens[at - 1]?.text === ',' && place.end === at - 2) continue
    if (place.person.gender !== undefined && place.person.gender !== gender) continue
    const distance =
      away === 0
        ? sentence - place.sentence
        : 3.5 + (away - 1) * 3 + (place.lastSentence - place.sentence) * 0.5
    const score =
      -distance +
      (place.isSubject ? 1.5 : -0.5) +
      (place.isSpeaker ? (away === 0 && distance === 1 ? 2 : 1) : 0) +
      // “Mayor Ruiz is due on Thursday. She …”
      (away === 0 && distance === 1 && place.isSubject ? 1.5 : 0) -
      (place.isOwner ? 1 : 0) +
      (place.person.gender === gender ? 1.5 : 0) -
      (looksHuman(place) ? 0 : 0.5) -
      less(place.person)
    scores.set(place.person, Math.max(scores.get(place.person) ?? -Infinity, score))
  }
  const { last } = reading
  const isBefore = last && last.paragraph <= paragraph.index
  if (
    isBefore &&
    last.person &&
    paragraph.index - last.paragraph <= 2 &&
    (last.person.gender ?? gender) === gender
  ) {
    const away = paragraph.index - last.paragraph
    // Who spoke two paragraphs ago gives way to whom the one between is about.
    const between = away === 2 && subjectBetween(reading, paragraph, gender)
    const distance = between ? 6 : away === 0 ? sentence - last.sentence : 2.5 + away
    const score = 2 - distance + (last.person.gender === gender ? 1.5 : 0) - less(last.person)
    scores.set(last.person, Math.max(scores.get(last.person) ?? -Infinity, score) + 0.5)
  }
  const ranked = [...scores].sort((a, b) => b[1] - a[1])
  const [best, second] = ranked
  if (!best) {
    const fits = ({ person }: { person: Person }) => (person.gender ?? gender) === gender
    const only = new Set(reading.people.all.slice(0, MAX_NAMES).filter(person => fits({ person })))
    const known = only.size === 1 ? [...only][0] : reading.named.slice(-MAX_NAMES).findLast(fits)?.person
    return known
      ? { kind: 'person', person: known, name: known.name, named, weight: only.size === 1 ? 0.6 : 0.4 }
      : { kind: 'person', named, weight: 0.2 }
  }
  const [person, score] = best
  const lead = second ? score - second[1] : 3
  const isOpen = person.gender === undefined && second !== undefined
  if (lead >= 1.5) person.gender ??= gender
  return {
    kind: 'person',
    person,
    name: person.name,
    named,
    weight: Math.min(isOpen && lead < 2.25 ? 0.75 : 0.95, 0.5 + lead * 0.2),
  }
}

/** Whether anything tells that a name is a person’s: Common Core has no given name and is nothing. */
const looksHuman = ({ person, isSpeaker }: Named) => isSpeaker || isHuman(person)

/** Whether the paragraph before is about somebody named in it who has that gender. */
const subjectBetween = ({ named }: Reading, { index }: Paragraph, gender: 'm' | 'f') =>
  named
    .slice(-MAX_NAMES)
    .some(
      ({ paragraph, isSubject, person }) =>
        paragraph === index - 1 && isSubject && (person.gender ?? gender) === gender,
    )

/** Whoever is no person and whom the sentences before are about: “The authors say … They”, “The board said … It”. */
function groupBefore(
  reading: Reading,
  paragraph: Paragraph,
  at: number,
  word: 'they' | 'it',
): Speaker | undefined {
  const { tokens } = paragraph
  let high = sentenceStart(tokens, at)
  if (word === 'it' && high < at) {
    const own = mainSubject(paragraph, high, at)
    if (own && isBody(tokens, own)) return namedSpeaker(reading, tokens, own)
  }
  for (let sentence = 0; sentence < MAX_SENTENCES && high > 0; sentence++) {
    const low = sentenceStart(tokens, high - 1)
    const source = mainSubject(paragraph, low, high)
    high = low
    if (!source || !(word === 'it' ? isBody(tokens, source) : isGroupSource(tokens, source))) continue
    return namedSpeaker(reading, tokens, source)
  }
  return undefined
}

/** The organisation that says something last in the paragraph before: “…, Altamar said. ‘…,’ it said.” */
function bodySpeaking(reading: Reading, { index, tokens }: Paragraph, at: number): Speaker | undefined {
  const before = reading.paragraphs[index - 1]
  if (!before || tokens.slice(0, at).some(({ kind }) => kind === 'word')) return undefined
  const body = [...speakingIn(before)]
    .filter(({ kind }) => kind === 'organisation' || kind === 'unknown')
    .findLast(mention => peopleMeant(reading.people, before.tokens, mention).length === 0)
  const named = body && reading.text.slice(body.start, body.end)
  return named === undefined ? undefined : { kind: 'other', name: named, named, weight: 0.8 }
}

function namedSpeaker({ text }: Reading, tokens: Token[], { first, last }: Source): Speaker {
  const named = text.slice(tokens[first]!.start, tokens[last]!.end)
  return { kind: 'other', name: named, named, weight: 0.75 }
}

const isGroupSource = (tokens: Token[], source: Source) =>
  source.kind === 'noun' ||
  (source.kind === 'name' && source.mention.kind === 'unknown' && /[^s]s$/.test(tokens[source.last]!.lower))

/** Whether a source is an organisation or a document, and so “it”. */
const isBody = (tokens: Token[], source: Source) =>
  source.kind === 'name'
    ? source.mention.kind === 'organisation' || source.mention.kind === 'unknown'
    : source.kind === 'noun' &&
      (isOrganisationNoun(tokens[source.head]!.lower) || isDocument(tokens[source.head]!.lower))

/** The one person whom the paragraph before is about: “they” may be theirs. */
function oneBefore({ named }: Reading, { index }: Paragraph): Person | undefined {
  const people = new Set(
    named
      .slice(-MAX_NAMES)
      .filter(({ paragraph }) => paragraph === index - 1 || paragraph === index)
      .map(({ person }) => person),
  )
  const [person] = people
  return people.size === 1 && person?.gender === undefined ? person : undefined
}
