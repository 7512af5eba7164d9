import type { Suggest } from '../../chat/platform.ts'
import { type Argument, type Command, FLAG_DESCRIPTIONS, type Subcommand } from '../../commands/command.ts'
import { formatLine } from '../../commands/line.ts'

/** A line that can be typed. `open`: a value must follow before it can be run. */
type Completion = { line: string; about: string; open?: true }

/** As many as Discord offers for one option. */
const MAX_VALUES = 25

/**
 * Every line that can be typed: commands, their verbs, and the values that `suggest` offers for their arguments, given
 * the text after the verb in `typed`. Of each command, its verbs come first, then the names and other values. Flags are
 * offered once the typed text begins one.
 */
export function completions(commands: Command[], suggest: Suggest | undefined, typed = ''): Completion[] {
  return commands
    .filter(command => command.reach === 'always')
    .flatMap(command => {
      const line = `/${command.name}`
      const verbs = command.subcommands ?? []
      const [bare, ...values] = verbCompletions(line, command, { command: command.name }, suggest, typed)
      const ofVerbs = verbs.map(verb =>
        verbCompletions(
          `${line} ${verb.name}`,
          verb,
          { command: command.name, subcommand: verb.name },
          suggest,
          typed,
        ),
      )
      return [
        ...(bare ? [bare] : []),
        ...ofVerbs.flatMap(offers => offers.slice(0, 1)),
        ...values,
        ...ofVerbs.flatMap(offers => offers.slice(1)),
        ...flagCompletions(command, typed),
      ]
    })
}

/**
 * The completions that match the typed text: those that begin with it, then those that hold it, then those of which each
 * typed word begins a word, so that a last name finds somebody.
 */
export function matchCompletions(offers: Completion[], typed: string): Completion[] {
  const wanted = typed.trimStart().toLowerCase()
  const typedWords = wanted.split(/\s+/).filter(word => word !== '')
  const rank = (offer: Completion): number => {
    // Quotation marks around a name are ours, and nobody types them.
    const line = offer.line.toLowerCase().replaceAll('"', '')
    if (offer.line.toLowerCase().startsWith(wanted) || line.startsWith(wanted)) return 0
    if (line.includes(wanted.replace(/^\//, ''))) return 1
    const words = line.split(' ')
    return typedWords.every(typed => words.some(word => word.startsWith(typed))) ? 2 : NO_MATCH
  }
  return offers
    .map(offer => ({ offer, rank: rank(offer) }))
    .filter(({ rank }) => rank < NO_MATCH)
    .sort((a, b) => a.rank - b.rank)
    .map(({ offer }) => offer)
}

/** Three example lines that show what nutgraf does: a story, somebody's words, and help. */
export function exampleLines(commands: Command[], suggest: Suggest): string[] {
  const ownCommands = commands.filter(({ reach, name }) => reach === 'always' && name !== 'nutgraf')
  const story = ownCommands.find(({ subcommands: [verb] = [] }) => verb && !verb.argument?.required)
  const quote = ownCommands.find(command => command.argument?.suggests)
  const value =
    quote?.argument && suggestValues(quote.argument, { command: quote.name }, suggest, '')[0]?.value
  return [
    story && `/${story.name} ${story.subcommands![0]!.name}`,
    quote && value !== undefined && `/${quote.name} ${formatLine({ args: [value], flags: {} })}`,
    '/nutgraf help',
  ].filter(line => typeof line === 'string')
}

/** Behind every rank of a completion that matches. */
const NO_MATCH = 3

type ArgumentPosition = { command: string; subcommand?: string }

function verbCompletions(
  line: string,
  verb: Subcommand | Command,
  position: ArgumentPosition,
  suggest: Suggest | undefined,
  typed: string,
): Completion[] {
  const { argument } = verb
  const bare: Completion = argument?.required
    ? { line: `${line} `, about: argument.about, open: true }
    : { line, about: verb.about }
  if (!argument?.suggests || !suggest) return [bare]
  const typedValue = typed.toLowerCase().startsWith(`${line} `) ? typed.slice(line.length + 1).trim() : ''
  const values = suggestValues(argument, position, suggest, typedValue)
  return [
    bare,
    ...values.map(value => ({
      line: `${line} ${formatLine({ args: [value.value], flags: {} })}`,
      about: value.name,
    })),
  ]
}

/** The flags of the typed verb, or of the command itself, once the typed text ends with the beginning of a flag. */
function flagCompletions(command: Command, typed: string): Completion[] {
  const before = /^(.*\s)--?[\p{L}-]*$/su.exec(typed)?.[1]
  const isTyped = (line: string) => before?.toLowerCase().startsWith(`${line} `)
  if (!isTyped(`/${command.name}`)) return []
  const verb = command.subcommands?.find(({ name }) => isTyped(`/${command.name} ${name}`))
  return ((verb ?? command).flags ?? [])
    .filter(flag => !before!.includes(`--${flag} `))
    .map(flag => ({ line: `${before}--${flag}`, about: FLAG_DESCRIPTIONS[flag] }))
}

const suggestValues = (argument: Argument, position: ArgumentPosition, suggest: Suggest, typed: string) =>
  suggest({ ...position, argument: argument.name, typed, at: Date.now() }).slice(0, MAX_VALUES)
