import { mainSubject } from './cues/main-subject.ts'
import { sentenceStart } from './grammar.ts'
import type { Person } from './names/people.ts'
import type { Paragraph } from './paragraph.ts'
import type { Reading, Speaker } from './reading.ts'

/** How many names and sentences are looked back through. More would let a hostile text cost its length squared. */
const MAX_NAMES = 60
const MAX_SENTENCES = 4

/** Who “he”, “she” or “they” is: someone named before, not long ago, whose gender does not speak against it. */
export function ofPronoun(reading: Reading, paragraph: Paragraph, at: number, named: string): Speaker {
  const { tokens } = paragraph
  const word = tokens[at]!.lower
  if (word === 'they' || word === 'it') {
    const { last } = reading
    const group = word === 'they' ? groupBefore(reading, paragraph, at) : undefined
    if (group) return group
    const one = word === 'they' ? oneBefore(reading, paragraph) : undefined
    if (one) return { kind: 'person', person: one, name: one.name, named, weight: 0.6 }
    if (last?.kind === 'other' && paragraph.index - last.paragraph <= 1)
      return { ...last, named, weight: 0.7 }
    return { kind: 'other', name: named, named, weight: 0.4 }
  }
  if (word !== 'he' && word !== 'she') return { kind: 'other', name: named, named, weight: 0.3 }
  const gender = word === 'he' ? 'm' : 'f'
  const sentence = tokens[at]!.sentence
  const scores = new Map<Person, number>()
  for (const place of reading.named.slice(-MAX_NAMES)) {
    const away = paragraph.index - place.paragraph
    if (away > 3) continue
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
      (place.isSpeaker ? 1 : 0) -
      (place.isOwner ? 1 : 0) +
      (place.person.gender === gender ? 1.5 : 0)
    scores.set(place.person, Math.max(scores.get(place.person) ?? -Infinity, score))
  }
  const { last } = reading
  if (last?.person && paragraph.index - last.paragraph <= 2 && (last.person.gender ?? gender) === gender) {
    const away = paragraph.index - last.paragraph
    const distance = away === 0 ? sentence - last.sentence : 2.5 + away
    const score = 2 - distance + (last.person.gender === gender ? 1.5 : 0)
    scores.set(last.person, Math.max(scores.get(last.person) ?? -Infinity, score) + 0.5)
  }
  const ranked = [...scores].sort((a, b) => b[1] - a[1])
  const [best, second] = ranked
  if (!best) {
    const all = reading.people.all.slice(0, MAX_NAMES).filter(person => (person.gender ?? gender) === gender)
    return all.length === 1
      ? { kind: 'person', person: all[0]!, name: all[0]!.name, named, weight: 0.6 }
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
    weight: Math.min(isOpen ? 0.75 : 0.95, 0.5 + lead * 0.2),
  }
}

/** The people without names that the sentences before are about: “The authors say … They call for”. */
function groupBefore(reading: Reading, paragraph: Paragraph, at: number): Speaker | undefined {
  const { tokens } = paragraph
  let high = sentenceStart(tokens, at)
  for (let sentence = 0; sentence < MAX_SENTENCES && high > 0; sentence++) {
    const low = sentenceStart(tokens, high - 1)
    const source = mainSubject(paragraph, low, high)
    high = low
    const isGroup =
      source?.kind === 'noun' ||
      (source?.kind === 'name' &&
        source.mention.kind === 'unknown' &&
        /[^s]s$/.test(tokens[source.last]!.lower))
    if (!source || !isGroup) continue
    const named = reading.text.slice(tokens[source.first]!.start, tokens[source.last]!.end)
    return { kind: 'other', name: named, named, weight: 0.8 }
  }
  return undefined
}

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
