import type { Token } from '../tokens.ts'
import { genderOfName, isGivenName } from '../words/given-names.ts'
import { genderOfRole, KIN, roleOf } from '../words/roles.ts'
import type { Mention } from './mention.ts'

/** Somebody named in a text: their fullest name, what the text says they are, and where they are named. */
export type Person = {
  name: string
  words: string[]
  gender?: 'm' | 'f'
  /** Words for what they are, in lower case and in full. */
  roles: Set<string>
  /** What the text says of them, byte for byte, in the order of the text. */
  described: string[]
  order: number
  /** Whether the text calls them by less than their full name, or gives their age, as of people. */
  isShortened?: true
}

const SUFFIX = /^(?:jr|sr|ii|iii|iv|qc|kc|sc|mp|md|phd|obe|mbe|cbe|td|mep|msp)\.?$/i

const SHORT: Record<string, string> = {
  bill: 'william',
  bob: 'robert',
  mike: 'michael',
  jim: 'james',
  tom: 'thomas',
  joe: 'joseph',
  dan: 'daniel',
  liz: 'elizabeth',
  kate: 'katherine',
  tony: 'anthony',
  dave: 'david',
  steve: 'steven',
  chris: 'christopher',
  matt: 'matthew',
  ben: 'benjamin',
  sam: 'samuel',
  ted: 'edward',
  rick: 'richard',
  dick: 'richard',
  nick: 'nicholas',
  ed: 'edward',
  ron: 'ronald',
  don: 'donald',
  andy: 'andrew',
  greg: 'gregory',
  jeff: 'jeffrey',
  tim: 'timothy',
  sue: 'susan',
  jen: 'jennifer',
  barb: 'barbara',
  alex: 'alexander',
  pat: 'patrick',
  jon: 'jonathan',
  josh: 'joshua',
  phil: 'philip',
  pete: 'peter',
}

/** The words of a name, without nicknames in marks and what stands behind it (Jr., MP). */
export const nameWords = (
  tokens: Token[],
  { nameFirst, last }: Pick<Mention, 'nameFirst' | 'last'>,
): string[] =>
  tokens
    .slice(nameFirst, last + 1)
    .filter(({ kind, text }) => kind === 'word' && !SUFFIX.test(text))
    .map(({ lower }) => lower)

/** Whether two given names differ by one letter, as slips do, and not by the gender they tell: Kristen and Kristin. */
function isSlip(a: string, b: string): boolean {
  if (a.length !== b.length || a.length < 5 || a[0] !== b[0]) return false
  if (genderOfName(a) !== genderOfName(b)) return false
  let differing = 0
  for (let index = 1; index < a.length; index++) if (a[index] !== b[index]) differing++
  return differing === 1
}

const sameGiven = (a: string, b: string) =>
  a === b ||
  (SHORT[a] ?? a) === (SHORT[b] ?? b) ||
  (a.replace('.', '').length === 1 && b.startsWith(a[0]!)) ||
  (b.replace('.', '').length === 1 && a.startsWith(b[0]!)) ||
  isSlip(a, b)

/** Whether two names can be of one person: the same surname, and no other given name. */
function isSameName(full: string[], words: string[]): boolean {
  if (full.length === 0 || words.length === 0) return false
  if (words.length === 1)
    return full.at(-1) === words[0] || (full.length > 2 && full.slice(-2).join(' ') === words[0])
  const isTail = words.every((word, index) => word === full[full.length - words.length + index])
  if (isTail) return true
  return full.at(-1) === words.at(-1) && full.length > 1 && sameGiven(full[0]!, words[0]!)
}

/** Keeps the people of a text, by their names. */
export type People = { all: Person[]; bySurname: Map<string, Person[]>; byGiven: Map<string, Person[]> }

/** Nobody yet. */
export const noPeople = (): People => ({ all: [], bySurname: new Map(), byGiven: new Map() })

/** How many people may share a name. More would let a hostile text cost its length squared. */
const MAX_SAME = 40

const push = (map: Map<string, Person[]>, key: string, person: Person) => {
  const list = map.get(key)
  if (!list) map.set(key, [person])
  else if (list.length < MAX_SAME && !list.includes(person)) list.push(person)
}

/** The people that a name can mean, the likeliest first. */
export function peopleNamed(people: People, words: string[]): Person[] {
  const last = words.at(-1) ?? ''
  const sameSurname = (people.bySurname.get(last) ?? []).filter(({ words: full }) => isSameName(full, words))
  if (sameSurname.length > 0 || words.length > 1) return sameSurname
  return people.byGiven.get(words[0] ?? '') ?? []
}

/** The people that a name with its title can mean: “Ms. Czerny” is not her father. */
export function peopleMeant(people: People, tokens: Token[], mention: Mention): Person[] {
  const named = peopleNamed(people, nameWords(tokens, mention))
  const gender = genderOfTitle(mention.title)
  if (gender === undefined) return named
  const fitting = named.filter(person => (person.gender ?? gender) === gender)
  if (fitting.length > 0 || named.length === 0) return fitting
  // “Mrs Brill” is not Leonard Brill, but his widow Peggy.
  const kin = people.all
    .slice(0, MAX_SAME)
    .filter(
      person =>
        person.words.length === 1 &&
        person.gender === gender &&
        [...person.roles].some(role => KIN.test(role)),
    )
  return kin.length === 1 ? kin : []
}

const REIGN = /^(?:Pope|King|Queen|Prince|Princess|Emperor|Empress|Sultan|Emir|Patriarch|Saint)$/

/** Adds a name as the text gives it; a fuller one becomes the name of the person. */
export function addPerson(people: People, tokens: Token[], mention: Mention, text: string): Person {
  const words = nameWords(tokens, mention)
  const called = tokens[mention.nameFirst - 1]
  const isReign = words.length === 1 && mention.first < mention.nameFirst && REIGN.test(called?.text ?? '')
  const shown = text.slice(isReign ? called!.start : mention.start, mention.end)
  const known =
    words.length > 1
      ? (peopleNamed(people, words)[0] ?? shorterKnown(people, words))
      : peopleMeant(people, tokens, mention)[0]
  const person = known ?? {
    name: shown,
    words,
    roles: new Set<string>(),
    described: [],
    order: people.all.length,
  }
  if (!known) people.all.push(person)
  else if (words.length < person.words.length && words.at(-1) === person.words.at(-1))
    person.isShortened = true
  // “Gus Petrakis, who …”, “Delphia Stokes, 52,”
  const next = tokens[mention.last + 2]?.lower ?? ''
  if (tokens[mention.last + 1]?.text === ',' && /^(?:who|whose|\d\d)$/.test(next)) person.isShortened = true
  // A name that is never fuller than with its title: Pope Francis.
  else if (isReign && person.words.length === 1 && !REIGN.test(person.name.split(' ')[0]!))
    person.name = shown
  if (
    (words.length > person.words.length && !isDescribed(tokens, mention, person, words)) ||
    (words.length === person.words.length &&
      shown.length > person.name.length &&
      words.length > 1 &&
      /\b(?:Jr|Sr|II|III)\.?$/.test(shown))
  ) {
    person.name = shown
    person.words = words
  }
  push(people.bySurname, words.at(-1) ?? '', person)
  if (words.length > 1) push(people.byGiven, words[0]!, person)
  person.gender ??=
    genderOfTitle(mention.title) ??
    (words.length > 1 || isGivenName(words[0] ?? '') ? genderOfName(words[0] ?? '') : undefined)
  return person
}

/** Whether a longer name is a known one after a word that begins its sentence: “Corporator Vandana Iyer”. */
const isDescribed = (tokens: Token[], { nameFirst }: Mention, { words: known }: Person, words: string[]) =>
  known.length >= 2 &&
  words.length === known.length + 1 &&
  words.slice(1).join(' ') === known.join(' ') &&
  (nameFirst === 0 || tokens[nameFirst - 1]!.sentence !== tokens[nameFirst]!.sentence)

/** Somebody who was named by the surname alone before the full name came, as in a headline. */
const shorterKnown = (people: People, words: string[]) =>
  (people.bySurname.get(words.at(-1) ?? '') ?? []).find(({ words: short }) => short.length === 1)

const genderOfTitle = (title: string | undefined): 'm' | 'f' | undefined =>
  title === undefined
    ? undefined
    : /^(?:Mr|Sir|Lord|Fr|Shri|Sheikh|Sheik|Imam)\.?$/.test(title)
      ? 'm'
      : /^(?:Mrs|Ms|Miss|Dame|Lady|Madam|Smt)\.?$/.test(title)
        ? 'f'
        : undefined

/** Notes what the text says somebody is. */
export function describe(person: Person, description: string): void {
  const said = description.trim().replace(/[,;:]+$/, '')
  if (said === '' || said.length > 140) return
  if (person.described.length < MAX_SAME && !person.described.includes(said)) person.described.push(said)
  for (const word of said.split(/[^\p{L}.'’-]+/u)) {
    const role = roleOf(word)
    if (role === undefined) continue
    person.roles.add(role)
    person.gender ??= genderOfRole(role)
  }
}
