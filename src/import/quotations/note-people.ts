import { speakingIn } from './cues/cues.ts'
import { mainSubject } from './cues/main-subject.ts'
import { subjectBefore } from './cues/subjects.ts'
import { isNounLike, sentenceStart } from './grammar.ts'
import { describeBeside } from './names/describe.ts'
import type { Mention } from './names/mention.ts'
import { addPerson, nameWords, type Person, peopleMeant, peopleNamed } from './names/people.ts'
import type { Paragraph } from './paragraph.ts'
import type { Named, Reading } from './reading.ts'
import { isGivenName } from './words/given-names.ts'
import { KIN, roleOf } from './words/roles.ts'
import { verbForm } from './words/verbs.ts'

/** Notes everybody who is named, full names first: a surname alone then means one of them. */
export function notePeople(reading: Reading, paragraphs: Paragraph[]): void {
  const { text, people } = reading
  const add = (paragraph: Paragraph, mention: Mention) =>
    describeBeside(text, paragraph, mention, addPerson(people, paragraph.tokens, mention, text))
  for (const paragraph of paragraphs) {
    if (isTitled(paragraph, paragraphs)) continue
    for (const mention of paragraph.mentions)
      if (mention.kind === 'person' && mention.last > mention.nameFirst) add(paragraph, mention)
  }
  for (const paragraph of paragraphs)
    for (const mention of paragraph.mentions)
      if (
        mention.last === mention.nameFirst &&
        (mention.kind === 'person' ||
          (mention.kind === 'unknown' &&
            (peopleNamed(people, nameWords(paragraph.tokens, mention)).length > 0 ||
              isIntroduced(paragraph, mention) ||
              (isGivenName(paragraph.tokens[mention.last]!.lower) && speakingIn(paragraph).has(mention)))))
      )
        add(paragraph, mention)
  noteLead(reading, paragraphs)
  for (const paragraph of paragraphs) {
    noteKin(reading, paragraph)
    noteGender(reading, paragraph)
  }
}

/** What somebody is to whoever is theirs. */
const INVERSE: Record<string, [string, string]> = {
  daughter: ['father', 'mother'],
  son: ['father', 'mother'],
  wife: ['husband', 'wife'],
  husband: ['husband', 'wife'],
  father: ['son', 'daughter'],
  mother: ['son', 'daughter'],
  sister: ['brother', 'sister'],
  brother: ['brother', 'sister'],
}

/** “Gwyn Harries, 54, and his daughter Cerys”: he is her father. */
function noteKin({ people }: Reading, { tokens, mentions }: Paragraph): void {
  for (const [index, mention] of mentions.entries()) {
    const before = mentions[index - 1]
    const kin = mention.first < mention.nameFirst ? mention.first : mention.first - 1
    const whose = tokens[kin - 1]?.lower
    const inverse = INVERSE[tokens[kin]?.lower ?? '']
    if (!before || !inverse || !/^(?:his|her)$/.test(whose ?? '') || kin - before.last > 7) continue
    if (tokens[before.last]!.sentence !== tokens[kin]!.sentence) continue
    const [person] = peopleMeant(people, tokens, before)
    const gender = whose === 'his' ? 'm' : 'f'
    if (person && (person.gender ?? gender) === gender) person.roles.add(inverse[gender === 'm' ? 0 : 1])
  }
}

/** “Hernán Oyarzo said he had hoped”: what somebody is called in their own sentence tells their gender. */
function noteGender({ people }: Reading, paragraph: Paragraph): void {
  const { tokens } = paragraph
  for (let verb = 1; verb + 1 < tokens.length; verb++) {
    const next = tokens[verb + 1]!.lower === 'that' ? tokens[verb + 2] : tokens[verb + 1]
    if (
      !/^(?:he|she)$/.test(next?.lower ?? '') ||
      !/^(?:said|says|believes|hopes)$/.test(tokens[verb]!.lower)
    )
      continue
    const source = subjectBefore(paragraph, verb, sentenceStart(tokens, verb))
    if (source?.kind !== 'name') continue
    // “The cow’s owner, Bud Tarwater, said she was fine.”
    if (tokens.slice(sentenceStart(tokens, verb), source.first).some(({ lower }) => lower === "'s")) continue
    const [person, other] = peopleMeant(people, tokens, source.mention)
    if (person && !other) person.gender ??= next!.lower === 'he' ? 'm' : 'f'
  }
}

/** How many paragraphs into a text it may say what somebody is, and in the next one who. */
const LEAD = 3

/** “The Minister for Transport has defended … ¶ Eoin Cassidy told …”: what the lead calls somebody who is named next. */
function noteLead({ people }: Reading, paragraphs: Paragraph[]): void {
  for (const paragraph of paragraphs.slice(0, LEAD)) {
    const next = paragraphs[paragraph.index + 1]
    const first = next?.mentions[0]
    if (!next || first?.kind !== 'person' || first.first > 1 || first.last === first.nameFirst) continue
    const [person] = peopleMeant(people, next.tokens, first)
    const source = mainSubject(paragraph, 0, paragraph.tokens.length)
    if (!person || person.roles.size > 0 || source?.kind !== 'noun') continue
    const role = roleOf(paragraph.tokens[source.head]!.lower)
    if (
      role === undefined ||
      paragraph.mentions.some(({ kind, last, nameFirst }) => kind === 'person' && last > nameFirst)
    )
      continue
    if (/^(?:the|a|an)$/.test(paragraph.tokens[source.first]!.lower)) person.roles.add(role)
  }
}

/** Words without a capital letter in headlines. */
const UNSTRESSED =
  /^(?:a|an|the|to|of|for|in|on|by|and|or|but|as|at|with|from|is|its?|over|into|after|before|than|vs?|'s|s)$/

/** Whether a paragraph is a headline whose words all begin with capitals: “Woman Reveals Stunning Thing Ruiz Did”. */
const isTitled = ({ index, tokens }: Paragraph, paragraphs: Paragraph[]) => {
  if (index > 1 || paragraphs.length < 3) return false
  const words = tokens.filter(({ kind, lower }) => kind === 'word' && !UNSTRESSED.test(lower))
  return words.length >= 5 && words.every(({ capital, text }) => capital || !/^\p{L}/u.test(text))
}

/** Whether an owner gives way to somebody else who is named at once: “Lund’s lawyer, Abby Kurtz, …”. */
const isNamedBehind = ({ tokens, mentions }: Paragraph, index: number) => {
  const [owner, next] = [mentions[index]!, mentions[index + 1]]
  return (
    (next?.kind === 'person' ||
      (next?.kind === 'unknown' &&
        (isGivenName(tokens[next.first]!.lower) || KIN.test(tokens[next.first - 2]?.lower ?? '')))) &&
    next.first - owner.last <= 9 &&
    tokens[next.first]!.sentence === tokens[owner.last]!.sentence &&
    (next.nameFirst > next.first ||
      tokens[next.first - 1]!.text === ',' ||
      /^(?:named|called)$/.test(tokens[next.first - 1]!.lower) ||
      roleOf(tokens[next.first - 1]!.lower) !== undefined)
  )
}

/** Whether a given name alone is somebody’s: “her husband, Sam,”. */
const isIntroduced = ({ tokens }: Paragraph, { first, last }: Mention) =>
  tokens[first - 1]?.text === ',' &&
  (tokens[last + 1]?.text === ',' || tokens[last + 1]?.lower === 'and') &&
  (isGivenName(tokens[first]!.lower) || KIN.test(tokens[first - 2]?.lower ?? '')) &&
  roleOf(tokens[first - 2]?.lower ?? '') !== undefined

/** Whether somebody is named as kin of one of the same gender: after “His father, Emil, built …” he is the son. */
function isOwnKin({ tokens }: Paragraph, { first }: Mention, { gender }: Person): boolean {
  const whose = tokens[first - 3]?.lower
  if (tokens[first - 1]?.text !== ',' || (whose !== 'his' && whose !== 'her')) return false
  return gender === (whose === 'his' ? 'm' : 'f')
}

/** Where people are named, paragraph by paragraph. */
export function placeNames(reading: Reading, paragraphs: Paragraph[]): Named[][] {
  return paragraphs.map(paragraph => {
    const seen = new Set<number>()
    const speaking = speakingIn(paragraph)
    const places = paragraph.mentions.flatMap((mention, index) => {
      if (mention.kind !== 'person' && mention.kind !== 'unknown') return []
      const [person] = peopleMeant(reading.people, paragraph.tokens, mention)
      if (!person) return []
      const { sentence } = paragraph.tokens[mention.first]!
      const before = paragraph.tokens[mention.first - 1]
      const after = paragraph.tokens[mention.last + 1]
      const isModifier =
        after?.kind === 'word' &&
        !after.capital &&
        (roleOf(after.lower) !== undefined ||
          /^(?:campaign|administration|spokes\w+|aide|adviser|team)$/.test(after.lower) ||
          // “the Clinton approach”
          (mention.first === mention.last &&
            before?.lower === 'the' &&
            isNounLike(after) &&
            !verbForm(after.lower)))
      const isSpeaker = speaking.has(mention)
      const isOwner = /^(?:'s|’|')$/.test(after?.lower ?? '') || isOwnKin(paragraph, mention, person)
      const givesWay = isModifier || (isOwner && isNamedBehind(paragraph, index))
      const isSubject =
        !givesWay &&
        !seen.has(sentence) &&
        !/^(?:of|for|to|by|with|from|in|on|at|about|against|told)$/.test(before?.lower ?? '')
      if (!givesWay) seen.add(sentence)
      return [
        {
          person,
          paragraph: paragraph.index,
          sentence,
          token: mention.first,
          end: mention.last,
          isSubject,
          isSpeaker,
          isOwner: isOwner || isModifier,
          lastSentence: 0,
        },
      ]
    })
    const lastSentence = places.at(-1)?.sentence ?? 0
    return places.map(place => ({ ...place, lastSentence }))
  })
}
