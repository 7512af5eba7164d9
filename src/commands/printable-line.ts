import { fold, tokens } from '../content/fold.ts'
import { keepable } from '../content/kept-values.ts'
import type { Library } from '../content/library.ts'
import { memoizeParts } from '../content/memoize.ts'
import { namedSpeakersOf } from '../content/speakers.ts'
import type { Story } from '../content/story.ts'
import { MAX_PRINTED_LINE } from '../delivery/shared-by.ts'
import { cachePerObject } from './cache-per-object.ts'
import { BARE_FLAGS, type Command } from './command.ts'
import { formatLine, type ParsedLine } from './line.ts'
import { speakerKey } from './quote/attribution.ts'
import { verbNamesOf } from './story/story.ts'

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
  const printed: ParsedLine = { args: [], flags: {} }
  for (const arg of args) {
    const isNumberOrDate = NUMBER.test(arg) || (arg !== '' && RANGE.test(arg))
    const word = isNumberOrDate ? arg : knownWord(library, commands, arg)
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

/** The word that we may print for a typed one, if a command, a story or a person is called so. */
function knownWord(library: Library, commands: Map<string, Command>, typed: string): string | undefined {
  const word = fold(typed)
  const own = ownWords(library, commands).get(word)
  if (own !== undefined) return own
  const story = library.stories.findLast(candidate => nameFormsOf(candidate).includes(`\n${word}\n`))
  return story && namesOf(story).findLast(name => fold(name) === word)
}

/** The words of commands, verbs and stories by their folded forms. The commands follow from the library. */
const ownWords = cachePerObject((library: Library, commands: Map<string, Command>): Map<string, string> => {
  const words = new Set([...library.stories.flatMap(story => [story.slug, ...verbNamesOf(story)]), 'list'])
  for (const command of commands.values()) {
    words.add(command.name)
    // Those of a story are its verbs, which are known without reading it.
    if (!library.story(command.name)) for (const verb of command.subcommands ?? []) words.add(verb.name)
  }
  return new Map([...words].map(word => [fold(word), word]))
})

/** The names of the people in a story, whole, as people type them, and as single words. */
const namesOf = memoizeParts((story: Story): string[] =>
  [...namedSpeakersOf(story), ...story.people]
    .flatMap(({ name, aliases }) => [name, ...aliases])
    .flatMap(name => [name, speakerKey(name), ...tokens(name)]),
)

/** All of these names folded, a line each: one short text a story, in which a word is found in a microsecond. */
export const nameFormsOf = keepable(
  'nameForms',
  story => `\n${[...new Set(namesOf(story).map(fold))].join('\n')}\n`,
)
