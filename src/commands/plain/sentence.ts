import type { Library } from '../../content/library.ts'
import type { Story } from '../../content/story.ts'
import { readDays, type TypedDays } from '../../dates/typed-days.ts'
import { type Intent, readIntents, readWholeLine } from './intents.ts'
import { type FoundName, nameAt } from './names.ts'
import { isStopWord } from './stop-words.ts'
import { mayBeginStory, storyNamed } from './story-names.ts'
import { plainWords, type Word } from './words.ts'

/**
 * What a line says: the story and the people that it names, what it asks for, days, the number of a page or an item.
 * `content` are the words left to look for. `said` are the words that ask for something, by what they ask for.
 */
export type Sentence = {
  words: Word[]
  today: string
  /** When it was asked: another one is picked at random in every quarter of an hour. */
  at: number
  story?: Story
  /** The words that name the story: none where the command does. */
  storyWords: Word[]
  names: FoundName[]
  said: Map<Intent, Word[]>
  days?: TypedDays & { words: Word[] }
  page?: { number: string; words: Word[] }
  number?: { number: string; words: Word[] }
  content: Word[]
}

/** Nobody asks in more words; what is longer was pasted. */
const MAX_WORDS = 24
/** A slug has at most 32 characters, and rarely more words than this. */
const MAX_STORY_WORDS = 6

/** Reads a line; `story` is the one that the command names. Undefined for a line that nobody types to ask something. */
export function readSentence(
  line: string,
  { library, today, at = 0, story }: { library: Library; today: string; at?: number; story?: Story },
): Sentence | undefined {
  const words = plainWords(line)
  if (words.length === 0 || words.length > MAX_WORDS) return undefined
  const sentence: Sentence = {
    ...{ words, today, at, story },
    ...{ storyWords: [], names: [], said: new Map(), content: [] },
  }
  const alone = story ? undefined : readWholeLine(words.map(({ key }) => key))
  if (alone) {
    sentence.said.set(alone, words)
    return sentence
  }
  for (let at = 0; at < words.length; ) {
    const rest = words.slice(at)
    const count =
      takeStory(sentence, rest, library, story) ||
      takeNumber(sentence, rest) ||
      takeDays(sentence, rest, today) ||
      takeIntents(sentence, rest, true) ||
      takeName(sentence, rest, words[at - 1], library) ||
      takeIntents(sentence, rest)
    if (count === 0 && !isStopWord(rest[0]!.key)) sentence.content.push(rest[0]!)
    at += count || 1
  }
  listWhatIsAsked(sentence)
  return sentence
}

/** What people ask to be listed: `list all quotes` asks for quotes, and not for the stories. */
const LISTED: Intent[] = ['quotes', 'timeline', 'sources', 'facts', 'who', 'changes']

function listWhatIsAsked({ said }: Sentence): void {
  const list = said.get('stories') ?? []
  const asked = LISTED.find(intent => said.has(intent))
  if (!asked || list.some(({ key }) => key !== 'list' && key !== 'all')) return
  said.set(asked, [...said.get(asked)!, ...list])
  said.delete('stories')
}

function takeStory(sentence: Sentence, rest: Word[], library: Library, only: Story | undefined): number {
  if (sentence.storyWords.length > 0 && !only) return 0
  if (!mayBeginStory(rest[0]!, library)) return 0
  for (let count = Math.min(MAX_STORY_WORDS, rest.length); count > 0; count--) {
    const named = rest.slice(0, count)
    if (count === 1 && isStopWord(named[0]!.key)) continue
    const story = storyNamed(named, library)
    if (!story || (only && story !== only)) continue
    // The name of a person counts more than a story that is called by one word of it.
    const name = nameAt(rest, undefined, library, only)
    if (name && name.words.length >= count) return 0
    sentence.story = story
    sentence.storyWords.push(...named)
    return count
  }
  return 0
}

function takeNumber(sentence: Sentence, [first, second]: Word[]): number {
  if (/^p(?:age|g)?$/.test(first!.key) && /^\d{1,3}$/.test(second?.key ?? '')) {
    sentence.page = { number: second!.key, words: [first!, second!] }
    return 2
  }
  const number = /^#(\d{1,4})$/.exec(first!.key)?.[1]
  if (number === undefined) return 0
  sentence.number = { number, words: [first!] }
  return 1
}

function takeDays(sentence: Sentence, rest: Word[], today: string): number {
  const read = readDays(
    rest.map(({ key }) => key),
    today,
  )
  if (!read || sentence.days) return 0
  sentence.days = { ...read.days, words: rest.slice(0, read.count) }
  return read.count
}

function takeIntents(sentence: Sentence, rest: Word[], phrasesOnly = false): number {
  const { intents, count } = readIntents(rest.map(({ key }) => key))
  if (phrasesOnly && count < 2) return 0
  const words = rest.slice(0, count)
  for (const intent of intents) sentence.said.set(intent, [...(sentence.said.get(intent) ?? []), ...words])
  return count
}

function takeName(sentence: Sentence, rest: Word[], before: Word | undefined, library: Library): number {
  const name = nameAt(rest, before, library, sentence.story)
  if (!name) return 0
  sentence.names.push(name)
  return name.words.length
}
