import type { Person } from './names/people.ts'
import type { Paragraph } from './paragraph.ts'
import type { Reading } from './reading.ts'
import type { Token } from './tokens.ts'
import { NATIONALITY } from './words/organisations.ts'
import { genderOfRole, roleOf } from './words/roles.ts'

/** How many names are looked back through. More would let a hostile text cost its length squared. */
const MAX_NAMES = 60
/** How many paragraphs before and behind somebody may be meant by a word for them. */
const NEAR = 2

const EPITHET =
  /(?:year-old|-of-(?:one|two|three|four|five|six|seven))$|^(?:native|champion|rookie|star|veteran|teenager|qualifier|winner|finalist|medallist|medalist|striker|flanker|hooker|fly-half|scrum-half|full-?back|lineman|kicker|receiver|batsman|bowler|wicket-?keeper|seamer|paceman|pitcher|catcher|goalie|netminder|quarterback|forward|midfielder|defender|goalkeeper|winger|playmaker|left-hander|right-hander|southpaw|rocker|crooner|rapper|newcomer|debutant|youngster|comedian|songwriter|novelist|octogenarian|nonagenarian|centenarian|septuagenarian)$/

/** Whether a word after “the” is another way to say who was named just now: “the 19-year-old”, “the qualifier”. */
export const isEpithet = (head: string): boolean => EPITHET.test(head)

const CALLING =
  /^(?:lawmaker|politician|businessman|businesswoman|entrepreneur|campaigner|activist|author|writer|singer|actor|actress|musician|artist|academic|researcher|scientist|inventor|explorer|philanthropist|billionaire|tycoon|mogul)$/

/** Whether “the” and a calling may mean who was named just now, where nobody is said to have it. */
export const isCalling = (head: string): boolean => CALLING.test(head)

/** Whether a name is a word for where somebody is from: “the Italian said”, “said the 31-year-old Bulgarian”. */
export function isOrigin(tokens: Token[], first: number, last: number): boolean {
  const before = tokens[first - 1]?.lower ?? ''
  const isAged = /year-old$/.test(before)
  if (first !== last || !(before === 'the' || isAged)) return false
  const { text } = tokens[first]!
  return (
    /^\p{Lu}\p{L}+(?:man|woman|iard)$/u.test(text) ||
    (NATIONALITY.test(text) &&
      /(?:[ie]an|Greek|German|Dutch|Thai|Iraqi|Israeli|Pakistani|Swiss|Turk|Dane|Swede|Finn|Pole|Scot|Serb|Croat|Czech)$/.test(
        text,
      )) ||
    isAged
  )
}

/** Whoever the last sentences are about: “the Italian” is somebody named just before. */
export const whomLast = ({ named }: Reading, { index }: Paragraph): Person | undefined =>
  named.slice(-MAX_NAMES).findLast(({ isSubject, paragraph }) => isSubject && index - paragraph <= NEAR)
    ?.person

/** Whoever said something in the last sentences, or whom they are about. */
export const whoSaidLast = (reading: Reading, paragraph: Paragraph): Person | undefined =>
  reading.named.slice(-MAX_NAMES).findLast(place => place.isSpeaker && paragraph.index - place.paragraph <= 1)
    ?.person ?? whomLast(reading, paragraph)

/**
 * Whoever an article opens with by what they are, and names next: “A former deputy pleaded guilty … Darnell Whitcomb, 41,
 * entered …”.
 */
export function namedNext(
  reading: Reading,
  { index, tokens }: Paragraph,
  first: number,
  head: string,
): Person | undefined {
  if (
    index > NEAR ||
    /^(?:one|another|some)$/.test(tokens[first]!.lower) ||
    roleOf(head) === undefined ||
    /^(?:spokes|official|source|representative)/.test(head)
  )
    return undefined
  const gender = genderOfRole(roleOf(head)!)
  const known = new Set(reading.named.slice(0, MAX_NAMES).map(({ person }) => person))
  for (const places of reading.places.slice(index + 1, index + 1 + NEAR)) {
    const [first] = places
    if (!first || known.has(first.person)) continue
    return (first.token <= 2 || first.isSpeaker) &&
      (first.person.gender ?? gender) === (gender ?? first.person.gender)
      ? first.person
      : undefined
  }
  return undefined
}
