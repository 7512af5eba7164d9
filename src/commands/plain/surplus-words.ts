import type { Call } from '../../chat/platform.ts'
import { fold } from '../../content/fold.ts'
import type { Library } from '../../content/library.ts'
import type { Story } from '../../content/story.ts'
import type { ParsedLine } from '../line.ts'
import { verbsOf } from '../story/story.ts'
import { readSentence, type Sentence } from './sentence.ts'
import { isStopWord } from './stop-words.ts'

/**
 * What the grammar may not understand of a line: `verb` is the word where it looks for a verb or a command, `unused` are
 * words for which that verb has no use. `isPlain` if the line says more in plain words: `summary please`, `who won`.
 */
export type Surplus = { verb: string; unused: string[]; isPlain: boolean }

/** Verbs that change something: their words are never read in another way. */
const CHANGING = new Set(['follow', 'unfollow'])
/** Commands about all stories that take no words. */
const WITHOUT_WORDS = new Set(['changes', 'about'])

/** Looks for words of a line that the grammar has no use for. */
export function surplusWords(call: Call, parsed: ParsedLine, library: Library): Surplus {
  const { story, args } = target(call, parsed, library)
  const [verb = '', ...rest] = args
  const nothing = { verb, unused: [], isPlain: false }
  if (rest.length === 0) return nothing
  if (!story) {
    // What follows `help` is the name of a command.
    if (fold(verb) === 'help') return { ...nothing, verb: rest[0]! }
    const isList = fold(verb) === 'story' && fold(rest[0]!) === 'list'
    const unused = isList ? rest.slice(1) : WITHOUT_WORDS.has(fold(verb)) ? rest : []
    return { verb, unused, isPlain: unused.length > 0 }
  }
  const known = verbsOf(story).find(({ name }) => name === fold(verb))
  if (!known || CHANGING.has(known.name)) return nothing
  // A verb says by itself what it did not use.
  if (!known.argument) return { ...nothing, isPlain: true }
  const sentence = readSentence(rest.join(' '), { library, today: '', story })
  return {
    ...nothing,
    // One word after a known verb is the one that may be mistyped.
    verb: rest.length === 1 ? rest[0]! : verb,
    isPlain: sentence !== undefined && (isWithoutContent(sentence) || hasSmallWords(sentence)),
  }
}

const isWithoutContent = ({ content, names, days, number }: Sentence): boolean =>
  content.length + names.length === 0 && !days && !number

/** Whether a sentence has words that say nothing, outside its dates and names: `who is the judge`. */
function hasSmallWords({ words, days, names }: Sentence): boolean {
  const others = new Set([...(days?.words ?? []), ...names.flatMap(name => name.words)])
  return words.some(word => isStopWord(word.key) && !others.has(word))
}

/** The story that a line is about and the words after it; without one, the words after `/nutgraf`. */
function target(call: Call, { args }: ParsedLine, library: Library): { story?: Story; args: string[] } {
  const command = fold(call.command)
  if (command !== 'nutgraf' && command !== 'story') {
    const story = library.story(command)
    if (story) return { story, args }
    return { args: command === 'quote' || command === 'digest' ? args : [command, ...args] }
  }
  const [first = '', ...rest] = args
  const name = fold(first.replace(/^[/@]/, ''))
  if (command === 'nutgraf' && name === 'story' && rest.length > 0 && fold(rest[0]!) !== 'list')
    return target({ ...call, command: 'story' }, { args: rest, flags: {} }, library)
  const story = library.story(name)
  return story ? { story, args: rest } : { args: [name, ...rest] }
}
