import { speakingIn } from './cues/cues.ts'
import { describeBeside } from './names/describe.ts'
import type { Mention } from './names/mention.ts'
import { addPerson, nameWords, type Person, peopleMeant, peopleNamed } from './names/people.ts'
import type { Paragraph } from './paragraph.ts'
import type { Named, Reading } from './reading.ts'
import { isGivenName } from './words/given-names.ts'
import { roleOf } from './words/roles.ts'

/** Notes everybody who is named, full names first: a surname alone then means one of them. */
export function notePeople(reading: Reading, paragraphs: Paragraph[]): void {
  const { text, people } = reading
  const add = (paragraph: Paragraph, mention: Mention) =>
    describeBeside(text, paragraph, mention, addPerson(people, paragraph.tokens, mention, text))
  for (const paragraph of paragraphs)
    for (const mention of paragraph.mentions)
      if (mention.kind === 'person' && mention.last > mention.nameFirst) add(paragraph, mention)
  for (const paragraph of paragraphs)
    for (const mention of paragraph.mentions)
      if (
        mention.last === mention.nameFirst &&
        (mention.kind === 'person' ||
          (mention.kind === 'unknown' &&
            (peopleNamed(people, nameWords(paragraph.tokens, mention)).length > 0 ||
              isIntroduced(paragraph, mention))))
      )
        add(paragraph, mention)
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
      roleOf(tokens[next.first - 1]!.lower) !== undefined)
  )
}

const KIN =
  /^(?:mother|father|mom|mum|dad|wife|husband|son|daughter|brother|sister|partner|girlfriend|boyfriend|fiancé|fiancee|grandmother|grandfather|niece|nephew|aunt|uncle|twin)$/

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
          /^(?:campaign|administration|spokes\w+|aide|adviser|team)$/.test(after.lower))
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
