import { tokens } from '../../content/fold.ts'
import type { Library } from '../../content/library.ts'
import type { Speaker } from '../../content/speakers.ts'
import type { Person, Story } from '../../content/story.ts'
import { cachePerObject } from '../cache-per-object.ts'
import { countNames, SUFFIXES } from './known-names.ts'
import { isStopWord } from './stop-words.ts'
import type { Word } from './words.ts'

/** A name in a line: its words, and the speakers and people who have it. */
export type FoundName = {
  words: Word[]
  speakers: Speaker[]
  people: { story: Story; person: Person }[]
}

/** No name has more words that people type. */
const MAX_NAME_WORDS = 4
/** Enough to tell in which stories somebody is. */
const MAX_PEOPLE = 10
/** `San Francisco` is not Mr Francisco. */
const PLACE_WORDS = new Set(
  'san santa sao los las el la new st saint fort port mount lake north south east west'.split(' '),
)
/** The last words of offices, which name many: `department` alone is nobody. */
const OFFICE_WORDS = new Set(
  `officials official unnamed department circuit court courts council city mayors mayor office police administration
  government state states county commission committee agency spokesman spokeswoman spokesperson board justice order
  general attorney judge senator governor president iii ii jr sr union association conference school company`.split(
    /\s+/,
  ),
)

/** A name without the words for an office before it: `mayor emanuel`. Undefined where there is none, or nothing else. */
export function withoutOffice(name: string): string | undefined {
  const words = name.split(/\s+/)
  const first = words.findIndex(word => tokens(word).some(token => !OFFICE_WORDS.has(token)))
  return first > 0 ? words.slice(first).join(' ') : undefined
}

/** The name that begins with the first of some words: the longest that somebody in the stories has. */
export function nameAt(
  words: Word[],
  before: Word | undefined,
  library: Library,
  story?: Story,
): FoundName | undefined {
  if (words.length === 0 || !mayBeginName(words[0]!, library)) return undefined
  for (let count = Math.min(MAX_NAME_WORDS, words.length); count > 0; count--) {
    const named = words.slice(0, count)
    if (isStopWord(named[0]!.key) || isStopWord(named.at(-1)!.key)) continue
    if (count === 1 && before && PLACE_WORDS.has(before.key)) continue
    if (!mayBeName(named, library)) continue
    const found = whoHas(named, library, story)
    if (found.speakers.length + found.people.length > 0) return found
  }
  return undefined
}

const namesIn = countNames()

/** Counts the names of one story, or of all and of no others, before somebody asks. */
export const warmNames = (of: Story | Library): void =>
  void ('stories' in of ? namesIn.of(of) : namesIn.add(of))

/** Whether a word is in any name: most words are in none, and are not looked up with those after them. */
function mayBeginName({ key }: Word, library: Library): boolean {
  const [first] = tokens(key)
  return first === undefined || namesIn.of(library).has(first)
}

/** Whether words may name somebody: most words are in no name, and need not be looked up. */
function mayBeName(words: Word[], library: Library): boolean {
  const known = namesIn.of(library)
  // An office is a name only as a whole: `justice department`.
  if (OFFICE_WORDS.has(words.at(-1)!.key)) return known.has(words.map(({ key }) => key).join(' '))
  if (words.length === 1 && known.isFirstOnly(words[0]!.key)) return false
  return words.every(({ key }) => tokens(key).every(token => known.has(token)))
}

/** The people who are called like speakers that somebody named by an office: `attorney general`. */
function peopleOf(speakers: Speaker[], library: Library, story?: Story): FoundName['people'] {
  // Nobody goes through more namesakes.
  const some = speakers.slice(0, MAX_PEOPLE)
  return some.flatMap(({ name, story: own }) => [...library.people(name, story ?? own).take(1)])
}

function whoHas(words: Word[], library: Library, story?: Story): FoundName {
  const query = words.map(({ key }) => key).join(' ')
  const wanted = tokens(query)
  const isMeant = (somebody: Named) => isNamedBy(somebody, query)
  if (wanted.length === 0) return { words, speakers: [], people: [] }
  const speakers = [...library.speakers(query, story), ...library.similarSpeakers(query, story)].filter(
    isMeant,
  )
  const people = [...library.people(query, story).take(MAX_PEOPLE)].filter(({ person }) => isMeant(person))
  const unique = [...new Set(speakers)]
  return { words, speakers: unique, people: people.length > 0 ? people : peopleOf(unique, library, story) }
}

type Named = { name: string; aliases: string[] }

/** Whether somebody is called by typed words: by their whole name or last name, or one of their other names. */
export function isNamedBy(somebody: Named, typed: string): boolean {
  const wanted = tokens(typed)
  return wordsOfNames(somebody).some(known => isNamed(known, wanted))
}

/** The words of all names of somebody. */
const wordsOfNames = cachePerObject(({ name, aliases }: Named) => [name, ...aliases].map(tokens))

/** Whether typed words name somebody: the whole name, the last name, or several words of the name. */
function isNamed(name: string[], typed: string[]): boolean {
  if (name.join(' ') === typed.join(' ')) return true
  if (typed.length > 1)
    return typed.every(word => name.includes(word)) && !typed.every(word => OFFICE_WORDS.has(word))
  const [word = ''] = typed
  const last = name.findLast(part => !SUFFIXES.has(part))
  return name.length > 1 && word === last && /\p{L}{3}/u.test(word) && !OFFICE_WORDS.has(word)
}
