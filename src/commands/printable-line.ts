import { fold, tokens } from '../content/fold.ts'
import type { Library } from '../content/library.ts'
import { MAX_PRINTED_LINE } from '../delivery/shared-by.ts'
import { cachePerObject } from './cache-per-object.ts'
import { BARE_FLAGS, type Command } from './command.ts'
import { formatLine, type ParsedLine } from './line.ts'
import { speakerKey } from './quote/attribution.ts'
import { verbsOf } from './story/story.ts'

// Words of these forms may be printed although no list has them.
const DAY = /^(?:1[89]|20)\d{2}(?:-\d{2}){0,2}$/
const RANGE = /^(?:(?:1[89]|20)\d{2}(?:-\d{2}){0,2})?(?:\.\.(?:(?:1[89]|20)\d{2}(?:-\d{2}){0,2})?)?$/
const SINCE = /^(?:\d{1,3}d|today|yesterday|monday|tuesday|wednesday|thursday|friday|saturday|sunday)$/
const NUMBER = /^#?\d{1,3}$/

/**
 * Returns the typed line as we would write it, if it can be printed for everyone: each word must be a command, a verb,
 * a name from the stories, a date or a number. Undefined otherwise, since we never repeat other people's words in
 * public.
 */
export function printableLine(
  command: string,
  { args, flags }: ParsedLine,
  { library, commands }: { library: Library; commands: Map<string, Command> },
): string | undefined {
  const name = fold(command)
  if (!commands.has(name) && !library.story(name)) return undefined
  const known = knownWords(library, commands)
  const printed: ParsedLine = { args: [], flags: {} }
  for (const arg of args) {
    const isNumberOrDate = NUMBER.test(arg) || (arg !== '' && RANGE.test(arg))
    const word = isNumberOrDate ? arg : known.get(fold(arg))
    if (word === undefined) return undefined
    printed.args.push(word)
  }
  for (const [flag, value] of Object.entries(flags)) {
    if (flag === 'public') continue
    const word = value === true ? BARE_FLAGS.has(flag) || undefined : flagValue(flag, fold(value), library)
    if (word === undefined) return undefined
    printed.flags[flag] = word
  }
  const line = `/${name} ${formatLine(printed)}`.trim()
  return line.length <= MAX_PRINTED_LINE ? line : undefined
}

function flagValue(flag: string, value: string, library: Library): string | undefined {
  if (flag === 'story') return library.story(value)?.slug
  if (flag === 'page') return NUMBER.test(value) ? value : undefined
  return flag === 'since' && (SINCE.test(value) || DAY.test(value)) ? value : undefined
}

/** Every word that we may print, by its folded form. The commands follow from the library. */
const knownWords = cachePerObject((library: Library, commands: Map<string, Command>): Map<string, string> => {
  const people = [
    ...library.allSpeakers().map(({ name }) => name),
    ...library.stories.flatMap(story => story.people.map(({ name }) => name)),
  ].flatMap(name => [name, speakerKey(name), ...tokens(name)])
  const storyWords = library.stories.flatMap(story => [story.slug, ...verbsOf(story).map(({ name }) => name)])
  const commandWords = [...commands.values()].flatMap(({ name, subcommands = [] }) => [
    name,
    ...subcommands.map(verb => verb.name),
  ])
  return new Map([...people, ...storyWords, ...commandWords, 'list'].map(word => [fold(word), word]))
})
