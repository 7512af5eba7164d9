import type { Token } from '../tokens.ts'
import { genderOfName, isGivenName } from '../words/given-names.ts'
import { isOrganisationWord, isPlaceOrDay, NATIONALITY } from '../words/organisations.ts'
import { OFFICE, roleOf, TITLE } from '../words/roles.ts'
import type { Mention } from './mention.ts'
import { kindOf } from './name-kinds.ts'

/** Reads a run of words with capital letters: the titles and roles before a name, and the name. */
export function readSequence(
  tokens: Token[],
  first: number,
  last: number,
  lowerWords: Set<string>,
): Mention[] {
  let nameFirst = first
  let title: string | undefined
  let isRole = false
  if (startsSentence(tokens, first) && last > first && isCommonWord(tokens[first]!, lowerWords)) nameFirst++
  while (nameFirst < last && DAY.test(tokens[nameFirst]!.text)) nameFirst++
  for (let index = nameFirst; index <= last; index++) {
    const { text, lower } = tokens[index]!
    const after = tokens[index + 1]
    if (TITLE.test(text)) {
      title = text
      nameFirst = index + 1
    } else if (
      OFFICE.test(text) &&
      index === nameFirst &&
      last - index <= 2 &&
      after &&
      isSurnameLike(after)
    ) {
      isRole = true
      nameFirst = index + 1
    } else if (index === first && last - index >= 2 && ATTRIBUTE.test(text)) {
      nameFirst = index + 1
    } else if (
      roleOf(lower) !== undefined &&
      !(
        index === last &&
        title !== undefined &&
        index > first &&
        TITLE.test(tokens[index - 1]!.text) &&
        /^\p{Lu}/u.test(text)
      ) &&
      !isSurname(tokens, index, last, nameFirst) &&
      !isRoleLikeSurname(tokens, index, last, nameFirst) &&
      !(isGivenName(lower) && last === index + 1)
    ) {
      isRole = true
      if (after?.lower === 'in' && tokens[index + 2]?.text === 'Charge') index += 2
      nameFirst = index + 1
      if (/^(?:of|for)$/.test(after?.lower ?? '') && index + 2 <= last) {
        nameFirst = afterPlaceOrBody(tokens, index + 2, last)
        index = nameFirst - 1
      }
    } else if (
      isOrganisationWord(lower) &&
      last - index >= 2 &&
      !/^(?:of|for)$/.test(after!.lower) &&
      looksPersonal(tokens, index + 1)
    ) {
      nameFirst = index + 1
    } else if (
      index === nameFirst &&
      NATIONALITY.test(text) &&
      last > index &&
      isRole === false &&
      looksPersonalEnd(tokens, index + 1, last)
    )
      nameFirst = index + 1
  }
  nameFirst = afterDescription(tokens, nameFirst, last, nameFirst === first && startsSentence(tokens, first))
  const before = tokens[first - 1]
  const withRole =
    isRole ||
    (before !== undefined && before.kind === 'word' && !before.capital && roleOf(before.lower) !== undefined)
  if (nameFirst > last) return [mention(tokens, first, first, last, 'role', title)]
  return [
    mention(
      tokens,
      first,
      nameFirst,
      last,
      kindOf(tokens, nameFirst, last, withRole || title !== undefined),
      title,
    ),
  ]
}

/** Where the name begins in “Governor of Washington Chris Gregoire” and “CEO of the Refugee Council Enver Solomon”. */
function afterPlaceOrBody(tokens: Token[], from: number, last: number): number {
  for (let index = last - 1; index >= from; index--) {
    if (isOrganisationWord(tokens[index]!.lower)) return index + 1
  }
  let index = from
  while (index <= last && (isPlaceOrDay(tokens[index]!.lower) || tokens[index]!.lower === 'the')) index++
  if (index > from && !(index === from + 1 && tokens[from]!.lower === 'the')) return index
  return last - index >= 2 ? last - 1 : last + 1
}

/**
 * Where a name begins after words with capital letters that describe it: “Galway West TD Seán O’Dowd”, “Substitute Moira
 * Keane” at the start of a sentence.
 */
function afterDescription(tokens: Token[], from: number, last: number, opens: boolean): number {
  if (opens && last - from === 2 && isDoer(tokens[from]!)) return from + 1
  for (let index = from; index < last; index++) {
    const { text, lower } = tokens[index]!
    if (isGivenName(lower) && index < last)
      return index - from >= 2 ||
        (opens &&
          index === from + 1 &&
          !INITIAL.test(tokens[from]!.text) &&
          genderOfName(lower) !== undefined)
        ? index
        : from
    if (/^\p{Lu}{2,4}$/u.test(text) && last - index >= 2 && !/^\p{Lu}{2,}$/u.test(tokens[index + 1]!.text))
      return index + 1
    if (tokens[index]!.kind !== 'word' || /^(?:of|and|for|the)$/.test(lower)) return from
  }
  return from
}

/** “Paromita Sen”, “Huma Baker”: a short word that is a role elsewhere, behind one name that is none. */
const isRoleLikeSurname = (tokens: Token[], index: number, last: number, nameFirst: number) =>
  index === last &&
  index === nameFirst + 1 &&
  /^(?:Sen|Cook|Baker|Barber|Butcher|Bishop|Pope|Dean|King)$/.test(tokens[index]!.text) &&
  !NATIONALITY.test(tokens[nameFirst]!.text) &&
  !isPlaceOrDay(tokens[nameFirst]!.lower) &&
  !isOrganisationWord(tokens[nameFirst]!.lower) &&
  roleOf(tokens[nameFirst]!.lower) === undefined

/** “Flanker Tomos Bevan”: a word for what somebody does, first in its sentence and before two names. */
const isDoer = ({ text, lower }: Token) =>
  /^\p{Lu}\p{Ll}{3,}(?:er|or|ist|eer|ian|ant)$/u.test(text) &&
  !isGivenName(lower) &&
  !isOrganisationWord(lower)

/** Words before a name in a sentence about sports or schools. */
const ATTRIBUTE =
  /^(?:Junior|Senior|Sophomore|Freshman|Rookie|Rival|Fellow|Teammate|Classmate|Roommate|Opposite|Incoming|Outgoing|Longtime|Veteran|Defending|Local|Longstanding|Fourth-year|Third-year|Second-year|First-year|Redshirt|Star|Captain|Young|Homegrown|Current|Then|Late)$/

const isSurnameLike = ({ text, lower }: Token) => /\p{Ll}/u.test(text) && !isOrganisationWord(lower)

/** Roles are surnames too: “Michelle Bishop”, “Tony Abbott Baker”. */
const isSurname = (tokens: Token[], index: number, last: number, nameFirst: number) =>
  index === last &&
  index > nameFirst &&
  (isGivenName(tokens[index - 1]!.lower) || INITIAL.test(tokens[index - 1]!.text)) &&
  !/^(?:president|minister|governor|senator)$/.test(tokens[index]!.lower)

const looksPersonal = (tokens: Token[], at: number) => isGivenName(tokens[at]!.lower)

const looksPersonalEnd = (tokens: Token[], from: number, to: number) => {
  for (let index = from; index <= to; index++)
    if (roleOf(tokens[index]!.lower) !== undefined || isGivenName(tokens[index]!.lower)) return true
  return false
}

function mention(
  tokens: Token[],
  first: number,
  nameFirst: number,
  last: number,
  kind: Mention['kind'],
  title?: string,
): Mention {
  return {
    first,
    nameFirst,
    last,
    kind,
    ...(title !== undefined && { title }),
    start: tokens[nameFirst]!.start,
    end: tokens[last]!.end,
  }
}

const isCommonWord = ({ lower, text }: Token, lowerWords: Set<string>) =>
  (lowerWords.has(lower) || (/ing$/.test(lower) && lower.length > 6)) &&
  !isGivenName(lower) &&
  !isOrganisationWord(lower) &&
  roleOf(lower) === undefined &&
  !TITLE.test(text)

/** Whether a token stands first in a sentence, or behind a mark that a sentence may begin after. */
export const startsSentence = (tokens: Token[], index: number) =>
  index === 0 ||
  tokens[index - 1]!.sentence !== tokens[index]!.sentence ||
  (tokens[index - 1]!.kind !== 'word' && !/^[,'’(]$/.test(tokens[index - 1]!.text))

const DAY = /^(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day$/

/** A letter or two with a dot or none, as in J. R. */
export const INITIAL = /^(?:\p{Lu}\.?){1,3}$/u
