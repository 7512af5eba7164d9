import type { Source } from './cues/source.ts'
import { nameWords, type Person, peopleNamed } from './names/people.ts'
import type { Paragraph } from './paragraph.ts'
import { ofPronoun } from './pronouns.ts'
import type { Reading, Speaker } from './reading.ts'
import { isDocument, isOrganisationNoun, isPlaceOrDay } from './words/organisations.ts'
import { isGroup, roleOf } from './words/roles.ts'

/** How many names and people are looked through. More would let a hostile text cost its length squared. */
const MAX_NAMES = 200
const MAX_PEOPLE = 300

/** Finds out who a source is. */
export function resolve(reading: Reading, paragraph: Paragraph, source: Source): Speaker {
  const { text } = reading
  const { tokens } = paragraph
  const named = text.slice(tokens[source.first]!.start, tokens[source.last]!.end)
  if (source.kind === 'pronoun') return ofPronoun(reading, paragraph, source.first, named)
  if (source.kind === 'name') {
    const { mention } = source
    const shown = text.slice(mention.start, mention.end)
    if (mention.kind === 'organisation' || mention.kind === 'place')
      return { kind: 'other', name: shown, named: shown, weight: 0.9 }
    const people = peopleNamed(reading.people, nameWords(tokens, mention))
    const person = people.length > 1 ? nearest(reading, people) : people[0]
    if (person)
      return { kind: 'person', person, name: person.name, named: shown, weight: people.length > 1 ? 0.6 : 1 }
    if (isPlaceOrDay(shown)) return { kind: 'other', name: shown, named: shown, weight: 0.5 }
    return { kind: mention.kind === 'person' ? 'person' : 'other', name: shown, named: shown, weight: 0.6 }
  }
  return ofNoun(reading, paragraph, source, named)
}

const nearest = ({ named }: Reading, people: Person[]) =>
  named.slice(-MAX_NAMES).findLast(({ person }) => people.includes(person))?.person ?? people[0]!

function ofNoun(
  reading: Reading,
  paragraph: Paragraph,
  source: Extract<Source, { kind: 'noun' }>,
  named: string,
): Speaker {
  const { tokens } = paragraph
  const head = tokens[source.head]!.lower
  if (source.owner && isDocument(head)) {
    const owner = resolve(reading, paragraph, {
      kind: 'name',
      first: source.owner.nameFirst,
      last: source.owner.last,
      mention: source.owner,
    })
    return { ...owner, weight: owner.weight * 0.9 }
  }
  if (isDocument(head) || isOrganisationNoun(head) || isGroup(head))
    return { kind: 'other', name: named, named, weight: 0.9 }
  const role = roleOf(head)
  const definite =
    /^(?:the|his|her|their|its)$/.test(tokens[source.first]!.lower) ||
    source.owner !== undefined ||
    tokens[source.first]!.capital
  if (role !== undefined && definite) {
    const people = reading.people.all.slice(0, MAX_PEOPLE).filter(({ roles }) => roles.has(role))
    const recent = reading.named.slice(-MAX_NAMES).findLast(({ person }) => people.includes(person))?.person
    if (recent)
      return {
        kind: 'person',
        person: recent,
        name: recent.name,
        named,
        weight: people.length === 1 ? 0.85 : 0.55,
      }
  }
  if (definite && role === undefined && /(?:year-old|native)$/.test(head)) {
    const recent = reading.named.at(-1)?.person
    if (recent) return { kind: 'person', person: recent, name: recent.name, named, weight: 0.6 }
  }
  return {
    kind: 'other',
    name: named,
    named,
    weight: /^(?:a|an|one|another)$/.test(tokens[source.first]!.lower)
      ? 0.85
      : role !== undefined && !definite
        ? 0.8
        : 0.5,
  }
}
