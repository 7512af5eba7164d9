import { authorOf } from './cues/author.ts'
import { isPassive, isSpeechVerb } from './cues/cue-verbs.ts'
import type { Source } from './cues/source.ts'
import { subjectBefore } from './cues/subjects.ts'
import { isCalling, isEpithet, isOrigin, namedNext, whomLast, whoSaidLast } from './epithets.ts'
import { sentenceStart } from './grammar.ts'
import { isHuman, mayBeFirm } from './names/human.ts'
import { type Person, peopleMeant } from './names/people.ts'
import type { Paragraph } from './paragraph.ts'
import { ofGender, ofPronoun } from './pronouns.ts'
import type { Reading, Speaker } from './reading.ts'
import type { Token } from './tokens.ts'
import { isDocument, isOrganisationNoun, isPlaceOrDay } from './words/organisations.ts'
import { isGroup, roleOf } from './words/roles.ts'

/** How many names and people are looked through. More would let a hostile text cost its length squared. */
const MAX_NAMES = 200
const MAX_PEOPLE = 300

/** Whether a name begins its sentence, with nothing before it that says who it is. */
const opensBare = (tokens: Token[], first: number) =>
  tokens[first - 1]?.sentence !== tokens[first]!.sentence ||
  /^(?:but|and|yet)$/.test(tokens[first - 1]!.lower)

/** No firm says “I”. */
const SPEAKS_OF_ITSELF = /\b(?:I|my|me)\b/

/** Finds out who a source is, from what is `said` too. */
export function resolve(reading: Reading, paragraph: Paragraph, source: Source, said = ''): Speaker {
  const { text } = reading
  const { tokens } = paragraph
  const named = text.slice(tokens[source.first]!.start, tokens[source.last]!.end)
  if (source.kind === 'pronoun') {
    const outer = outerSubject(paragraph, source.first)
    const speaker = outer && resolve(reading, paragraph, outer)
    if (speaker && fitsPronoun(speaker, tokens[source.first]!.lower, outer, tokens))
      return { ...speaker, named }
    return ofPronoun(reading, paragraph, source.first, named)
  }
  if (source.kind === 'name') {
    const { mention } = source
    const shown = text.slice(mention.start, mention.end)
    const from = isOrigin(tokens, source.first, source.last) && whomLast(reading, paragraph)
    if (from) return { kind: 'person', person: from, name: from.name, named: shown, weight: 0.6 }
    if (mention.kind === 'organisation' || mention.kind === 'place')
      return { kind: 'other', name: shown, named: shown, weight: 0.9 }
    const people = peopleMeant(reading.people, tokens, mention)
    const person = people.length > 1 ? nearest(reading, people) : people[0]
    const isPresented = person?.roles.size === 0 && !opensBare(tokens, source.first)
    if (person && !isPresented && !isHuman(person) && !SPEAKS_OF_ITSELF.test(said) && mayBeFirm(text))
      return { kind: 'other', name: person.name, named: shown, weight: 0.7 }
    if (person)
      return { kind: 'person', person, name: person.name, named: shown, weight: people.length > 1 ? 0.6 : 1 }
    if (isPlaceOrDay(shown)) return { kind: 'other', name: shown, named: shown, weight: 0.5 }
    return { kind: mention.kind === 'person' ? 'person' : 'other', name: shown, named: shown, weight: 0.6 }
  }
  return ofNoun(reading, paragraph, source, named)
}

/** Who says that “she” did something: the mayor in “The mayor said she had asked”. */
function outerSubject(paragraph: Paragraph, pronoun: number): Source | undefined {
  const { tokens } = paragraph
  const verb = tokens[pronoun - 1]?.lower === 'that' ? pronoun - 2 : pronoun - 1
  if (verb < 1 || tokens[verb]!.sentence !== tokens[pronoun]!.sentence) return undefined
  if (!isSpeechVerb(paragraph, verb) || isPassive(paragraph, verb)) return undefined
  const source = subjectBefore(paragraph, verb, sentenceStart(tokens, verb))
  return source?.kind === 'pronoun' ? undefined : source
}

/** Whether a pronoun can mean somebody: “The company said he” speaks of somebody else. */
const fitsPronoun = ({ kind, person }: Speaker, pronoun: string, outer: Source, tokens: Token[]) =>
  pronoun === 'he' || pronoun === 'she'
    ? (kind === 'other' && outer.kind === 'noun' && roleOf(tokens[outer.head]!.lower) !== undefined) ||
      (kind === 'person' &&
        (person?.gender ?? (pronoun === 'he' ? 'm' : 'f')) === (pronoun === 'he' ? 'm' : 'f'))
    : (pronoun === 'it' || pronoun === 'they') && kind === 'other'

const nearest = ({ named }: Reading, people: Person[]) =>
  named.slice(-MAX_NAMES).findLast(({ person }) => people.includes(person))?.person ?? people[0]!

/** Words before a role that make it another one: a shadow minister is no minister. */
const QUALIFIER = /^(?:shadow|former|ex|deputy|vice|assistant|acting|second|another|rival|opposition)$/

const isSoQualified = (tokens: Token[], { first, head }: Source & { head: number }, { described }: Person) =>
  tokens
    .slice(first, head)
    .every(
      ({ lower }) => !QUALIFIER.test(lower) || described.some(said => said.toLowerCase().includes(lower)),
    )

/** Whether nobody else was named as a subject in this paragraph and the one before. */
const isBesides = ({ named }: Reading, { index }: Paragraph, whom: Person) =>
  named
    .slice(-MAX_NAMES)
    .every(({ person, paragraph, isSubject }) => person === whom || !isSubject || paragraph < index - 1)

/** Whether somebody has a role: a senator is a lawmaker too. */
const hasRole = ({ roles }: Person, role: string) =>
  roles.has(role) ||
  (/^(?:judge|magistrate)$/.test(role) &&
    ['judge', 'justice', 'magistrate', 'recorder'].some(one => roles.has(one))) ||
  (role === 'lawmaker' &&
    ['representative', 'senator', 'mp', 'assemblyman', 'assemblywoman'].some(one => roles.has(one)))

/** “said a docker”, “A docker said”: whoever stands beside the words or begins the sentence says them, whatever they are. */
const isSomeone = (tokens: Token[], { first }: Source) => {
  if (!/^(?:a|an|one|another)$/.test(tokens[first]!.lower)) return false
  const before = tokens[first - 1]
  return (
    before === undefined ||
    before.kind === 'run' ||
    before.sentence !== tokens[first]!.sentence ||
    /^(?:but|and|said|says|added|adds|wrote|asked|recalled|joked|told|replied|posted|tweeted)$/.test(
      before.lower,
    )
  )
}

/** Whether an article opens with somebody whom it may name further on: “A woman accused of …”. */
const isNamedLater = ({ index }: Paragraph, head: string) =>
  index <= 1 && !/^(?:spokes|source|official|representative|witness|neighbou?r|report|statement)/.test(head)

/** What somebody says, by a noun: “Ruiz’s response: ‘…’”. */
const SAID =
  /^(?:response|reply|answer|advice|explanation|reaction|mantra|dictum|take|conclusion|view|plea|pitch|retort|comment|comments|remark|remarks|words|promise|prediction|question|account|argument|defence|defense|joke|complaint|claim|theory|line|quip|maxim|rule|creed|philosophy|refrain|catchphrase)$/

function ofNoun(
  reading: Reading,
  paragraph: Paragraph,
  source: Extract<Source, { kind: 'noun' }>,
  named: string,
): Speaker {
  const { tokens } = paragraph
  const head = tokens[source.head]!.lower
  if (source.owner && (isDocument(head) || SAID.test(head))) {
    const owner = resolve(reading, paragraph, {
      kind: 'name',
      first: source.owner.nameFirst,
      last: source.owner.last,
      mention: source.owner,
    })
    return { ...owner, weight: owner.weight * 0.9 }
  }
  const possessor = tokens[source.first]!.lower
  if ((isDocument(head) || SAID.test(head)) && /^(?:his|her)$/.test(possessor)) {
    const writer = ofGender(reading, paragraph, source.first, possessor === 'his' ? 'm' : 'f', named)
    if (writer.person) return { ...writer, weight: writer.weight * 0.9 }
  }
  const author = isDocument(head) ? authorOf(paragraph, source) : undefined
  if (author) {
    const speaker = resolve(reading, paragraph, author)
    if (speaker.person || speaker.weight >= 0.8) return { ...speaker, weight: Math.min(speaker.weight, 0.9) }
  }
  if (isDocument(head) || isOrganisationNoun(head) || isGroup(head))
    return { kind: 'other', name: named, named, weight: 0.9 }
  const role = roleOf(head)
  const definite =
    /^(?:the|his|her|their|its)$/.test(tokens[source.first]!.lower) ||
    source.owner !== undefined ||
    (tokens[source.first]!.capital && !/^(?:a|an|one|another|some)$/.test(tokens[source.first]!.lower))
  if (role !== undefined && definite) {
    const people = reading.people.all
      .slice(0, MAX_PEOPLE)
      .filter(person => hasRole(person, role) && isSoQualified(tokens, source, person))
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
  const isAged = tokens.slice(source.first, source.head).some(({ lower }) => /year-old$/.test(lower))
  const isParent =
    /^(?:mother|father|mum|dad|grandmother|grandfather)$/.test(head) &&
    tokens[source.head + 1]?.lower === 'of'
  const isCalled = isEpithet(head) || isAged || isParent
  const isMeant = isCalled || (isCalling(head) && tokens[source.first]!.lower === 'the')
  const recent =
    !definite || !isMeant
      ? undefined
      : isCalled
        ? whomLast(reading, paragraph)
        : whoSaidLast(reading, paragraph)
  const person = recent ?? namedNext(reading, paragraph, source.first, head)
  if (person)
    return {
      kind: 'person',
      person,
      name: person.name,
      named,
      weight: recent && isCalled && isBesides(reading, paragraph, recent) ? 0.85 : 0.6,
    }
  const isIndefinite = /^(?:a|an|one|another)$/.test(tokens[source.first]!.lower)
  const isTelling = isSomeone(tokens, source) || (isIndefinite && role !== undefined)
  return {
    kind: 'other',
    name: named,
    named,
    weight: isTelling
      ? isNamedLater(paragraph, head)
        ? 0.6
        : 0.85
      : role !== undefined && !definite
        ? 0.7
        : 0.5,
  }
}
