import { speakingIn } from './cues/cues.ts'
import { describeBeside } from './names/describe.ts'
import type { Mention } from './names/mention.ts'
import { addPerson, nameWords, peopleNamed } from './names/people.ts'
import type { Paragraph } from './paragraph.ts'
import type { Named, Reading } from './reading.ts'
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
            peopleNamed(people, nameWords(paragraph.tokens, mention)).length > 0))
      )
        add(paragraph, mention)
}

/** Where people are named, paragraph by paragraph. */
export function placeNames(reading: Reading, paragraphs: Paragraph[]): Named[][] {
  return paragraphs.map(paragraph => {
    const seen = new Set<number>()
    const speaking = speakingIn(paragraph)
    const places = paragraph.mentions.flatMap(mention => {
      if (mention.kind !== 'person' && mention.kind !== 'unknown') return []
      const people = peopleNamed(reading.people, nameWords(paragraph.tokens, mention))
      const [person] = people
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
      const isSubject =
        !isModifier &&
        !seen.has(sentence) &&
        !/^(?:of|for|to|by|with|from|in|on|at|about|against|told)$/.test(before?.lower ?? '')
      if (!isModifier) seen.add(sentence)
      const isOwner = /^(?:'s|’|')$/.test(paragraph.tokens[mention.last + 1]?.lower ?? '')
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
