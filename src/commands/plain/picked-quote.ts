import type { Library } from '../../content/library.ts'
import { type Speaker, speakersOf } from '../../content/speakers.ts'
import { namesakeFlags, nameToType } from '../buttons.ts'
import type { Candidate } from './candidate.ts'
import type { Sentence } from './sentence.ts'
import type { Word } from './words.ts'

/** Words that pick the quote that was said first, or any one. Those for the last one ask for what is latest. */
const FIRST = new Set(['first', 'earliest', 'oldest', '1st'])
const ANY = new Set(['random', 'randomly', 'surprise', 'arbitrary'])

/** Whether a word may pick a quote by itself, and need not be one of its words. */
export const picksOne = (word: string): boolean => FIRST.has(word) || ANY.has(word)

/** Of more stories, one has to be named. */
const MAX_STORIES = 10

/** How long a pick at random stays the same: replies are kept for so long. */
const SAME_PICK_MS = 15 * 60_000
/** A large prime: what is picked next is far from what was picked before. */
const STRIDE = 7_919

type Pick = { words: Word[]; kind: 'first' | 'last' | 'any' }
type Known = { speaker: Speaker; number: number; saidOn: string }

/** Whether a sentence asks for one quote by its place in time, or for any one, and for nothing else. */
export const isPicked = (sentence: Sentence): boolean => pickIn(sentence) !== undefined

/** The quote that a sentence picks: `latest quote`, `first sessions quote`, `random quote`. */
export function pickedQuote(sentence: Sentence, library: Library): Candidate[] {
  const { said, story, names, at } = sentence
  const pick = pickIn(sentence)
  if (!pick || !said.has('quotes')) return []
  const [name, ...others] = names
  if (others.length > 0) return []
  const stories = story ? [story] : library.stories
  if (!name && stories.length > MAX_STORIES) return []
  const known = (name ? name.speakers : stories.flatMap(speakersOf)).flatMap(quotesOf)
  const chosen = pick.kind === 'any' ? known[anyOf(known.length, at)] : inTime(known, pick.kind)
  if (!chosen) return []
  const { speaker, number } = chosen
  return [
    {
      command: 'quote',
      args: [nameToType(speaker, library, story), `#${number}`],
      flags: namesakeFlags(speaker, library, undefined),
      used: [...pick.words, ...said.get('quotes')!, ...(name?.words ?? [])],
    },
  ]
}

function pickIn({ said, content, days, number }: Sentence): Pick | undefined {
  if (days || number) return undefined
  const latest = said.get('latest') ?? []
  const picks = (words: Set<string>) => content.length > 0 && content.every(({ key }) => words.has(key))
  if (latest.length > 0) return content.length === 0 ? { words: latest, kind: 'last' } : undefined
  if (picks(FIRST)) return { words: content, kind: 'first' }
  return picks(ANY) ? { words: content, kind: 'any' } : undefined
}

const quotesOf = (speaker: Speaker): Known[] =>
  speaker.quotes.map(({ quote }, index) => ({ speaker, number: index + 1, saidOn: quote.saidOn }))

const anyOf = (count: number, at: number): number => (Math.floor(at / SAME_PICK_MS) * STRIDE) % count

/** The first or the last of the quotes that say their day; of one day, the editors’ order counts. */
function inTime(known: Known[], kind: 'first' | 'last'): Known | undefined {
  const dated = known
    .filter(({ saidOn }) => /^\d/.test(saidOn))
    .sort((a, b) => (a.saidOn < b.saidOn ? -1 : a.saidOn > b.saidOn ? 1 : 0))
  return dated.at(kind === 'first' ? 0 : -1)
}
