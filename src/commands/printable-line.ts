import { fold, tokens } from '../content/fold.ts'
import type { Library } from '../content/library.ts'
import { MAX_PRINTED_LINE } from '../delivery/shared-by.ts'
import { BARE_FLAGS, type Command } from './command.ts'
import { formatLine, type ParsedLine } from './line.ts'
import { speakerKey } from './quote/attribution.ts'
import { verbsOf } from './story/story.ts'

// These may be printed without a look into any list.
const DAY = /^(?:1[89]|20)\d{2}(?:-\d{2}){0,2}$/
const RANGE = /^(?:(?:1[89]|20)\d{2}(?:-\d{2}){0,2})?(?:\.\.(?:(?:1[89]|20)\d{2}(?:-\d{2}){0,2})?)?$/
const SINCE = /^(?:\d{1,3}d|today|yesterday|monday|tuesday|wednesday|thursday|friday|saturday|sunday)$/
const NUMBER = /^#?\d{1,3}$/

/**
 * The line that was typed, where it can be printed for all to read: each of its words is a command, a verb, a name from
 * the stories, a date or a number, written as we write it. Anything else is what somebody typed, and is not repeated.
 */
export function printableLine(
  command: string,
  { args, flags }: ParsedLine,
  { library, commands }: { library: Library; commands: Map<string, Command> },
): string | undefined {
  const name = fold(command)
  if (!commands.has(name) && !library.story(name)) return undefined
  const known = knownWords(library, commands)
  const shown: ParsedLine = { args: [], flags: {} }
  for (const arg of args) {
    const bare = NUMBER.test(arg) || (arg !== '' && RANGE.test(arg))
    const word = bare ? arg : known.get(fold(arg))
    if (word === undefined) return undefined
    shown.args.push(word)
  }
  for (const [flag, value] of Object.entries(flags)) {
    if (flag === 'public') continue
    const word = value === true ? BARE_FLAGS.has(flag) || undefined : flagValue(flag, fold(value), library)
    if (word === undefined) return undefined
    shown.flags[flag] = word
  }
  const typed = `/${name} ${formatLine(shown)}`.trim()
  return typed.length <= MAX_PRINTED_LINE ? typed : undefined
}

function flagValue(flag: string, value: string, library: Library): string | undefined {
  if (flag === 'story') return library.story(value)?.slug
  if (flag === 'page') return NUMBER.test(value) ? value : undefined
  return flag === 'since' && (SINCE.test(value) || DAY.test(value)) ? value : undefined
}

const knownWordsCache = new WeakMap<Library, Map<string, string>>()

/** Every word that we know, by what it is compared as: made once for each content. */
function knownWords(library: Library, commands: Map<string, Command>): Map<string, string> {
  const made = knownWordsCache.get(library)
  if (made) return made
  const people = [
    ...library.allSpeakers().map(({ name }) => name),
    ...library.stories.flatMap(story => story.people.map(({ name }) => name)),
  ].flatMap(name => [name, speakerKey(name), ...tokens(name)])
  const verbs = library.stories.flatMap(story => [story.slug, ...verbsOf(story).map(({ name }) => name)])
  const own = [...commands.values()].flatMap(({ name, subcommands = [] }) => [
    name,
    ...subcommands.map(one => one.name),
  ])
  const known = new Map([...people, ...verbs, ...own, 'list'].map(word => [fold(word), word]))
  knownWordsCache.set(library, known)
  return known
}
