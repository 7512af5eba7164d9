import type { Suggest } from '../../chat/platform.ts'
import { type Argument, type Command, FLAG_DESCRIPTIONS, type Subcommand } from '../../commands/command.ts'
import { formatLine } from '../../commands/line.ts'

/** A line that can be typed. `open`: a value must follow before it can be run. */
type Completion = { line: string; about: string; open?: true }

/** As many as Discord offers for one option. */
const MAX_VALUES = 25

/**
 * Every line that can be typed: commands, their verbs, and the values that `suggest` offers for their arguments, given
 * the text after the verb in `typed`. Flags are offered once the typed text begins one.
 */
export function completions(commands: Command[], suggest: Suggest | undefined, typed = ''): Completion[] {
  return commands
    .filter(command => command.reach === 'always')
    .flatMap(command => {
      const line = `/${command.name}`
      const verbs = command.subcommands ?? []
      return [
        ...verbCompletions(line, command, { command: command.name }, suggest, typed),
        ...verbs.flatMap(verb =>
          verbCompletions(
            `${line} ${verb.name}`,
            verb,
            { command: command.name, subcommand: verb.name },
            suggest,
            typed,
          ),
        ),
        ...flagCompletions(command, typed),
      ]
    })
}

/** The completions that match the typed text, those that begin with it first. */
export function matchCompletions(offers: Completion[], typed: string): Completion[] {
  const wanted = typed.trimStart().toLowerCase()
  const rank = (offer: Completion): number => {
    const line = offer.line.toLowerCase()
    if (line.startsWith(wanted)) return 0
    return line.includes(wanted.replace(/^\//, '')) ? 1 : 2
  }
  return offers
    .map(offer => ({ offer, rank: rank(offer) }))
    .filter(({ rank }) => rank < 2)
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
