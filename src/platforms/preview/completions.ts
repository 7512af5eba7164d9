import type { Suggest } from '../../chat/platform.ts'
import { type Argument, type Command, FLAG_DESCRIPTIONS, type Subcommand } from '../../commands/command.ts'
import { formatLine } from '../../commands/line.ts'

/** A line that one can type. `open` means that a value must follow before it can be run. */
type Completion = { line: string; about: string; open?: true }

const MAX_VALUES = 25

/**
 * Every line that one can type, from the registry: commands, their verbs, and values that `suggest` knows for their
 * arguments. Values are asked for with what stands after the verb in `typed`; flags are offered once one is begun there.
 */
export function completions(commands: Command[], suggest: Suggest | undefined, typed = ''): Completion[] {
  return commands
    .filter(command => command.reach === 'always')
    .flatMap(command => {
      const head = `/${command.name}`
      const own = verbCompletions(head, command, { command: command.name }, suggest, typed)
      const verbs = command.subcommands ?? []
      return [
        ...own,
        ...verbs.flatMap(verb =>
          verbCompletions(
            `${head} ${verb.name}`,
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

/** The offers that go on from what is typed, those that begin with it first. */
export function matchCompletions(all: Completion[], typed: string): Completion[] {
  const wanted = typed.trimStart().toLowerCase()
  const rank = (offer: Completion): number => {
    const known = offer.line.toLowerCase()
    if (known.startsWith(wanted)) return 0
    return known.includes(wanted.replace(/^\//, '')) ? 1 : 2
  }
  return all
    .map(offer => ({ offer, rank: rank(offer) }))
    .filter(one => one.rank < 2)
    .sort((a, b) => a.rank - b.rank)
    .map(one => one.offer)
}

/** Three lines that show at once what this is: a story, somebody's words, and help. */
export function exampleLines(commands: Command[], suggest: Suggest): string[] {
  const named = commands.filter(command => command.reach === 'always' && command.name !== 'nutgraf')
  const story = named.find(command => command.subcommands?.[0] && !command.subcommands[0].argument?.required)
  const spoken = named.find(command => command.argument?.suggests)
  const value =
    spoken?.argument && suggestValues(spoken.argument, { command: spoken.name }, suggest, '')[0]?.value
  return [
    story && `/${story.name} ${story.subcommands![0]!.name}`,
    spoken && value !== undefined && `/${spoken.name} ${formatLine({ args: [value], flags: {} })}`,
    '/nutgraf help',
  ].filter(one => typeof one === 'string')
}

type ArgumentPosition = { command: string; subcommand?: string }

function verbCompletions(
  head: string,
  of: Subcommand | Command,
  spot: ArgumentPosition,
  suggest: Suggest | undefined,
  typed: string,
): Completion[] {
  const { argument } = of
  const first: Completion = argument?.required
    ? { line: `${head} `, about: argument.about, open: true }
    : { line: head, about: of.about }
  if (!argument?.suggests || !suggest) return [first]
  const begun = typed.toLowerCase().startsWith(`${head} `) ? typed.slice(head.length + 1).trim() : ''
  const values = suggestValues(argument, spot, suggest, begun)
  return [
    first,
    ...values.map(value => ({
      line: `${head} ${formatLine({ args: [value.value], flags: {} })}`,
      about: value.name,
    })),
  ]
}

/** The flags of the verb that is typed, or of the command itself, after what stands before the one that is begun. */
function flagCompletions(command: Command, typed: string): Completion[] {
  const before = /^(.*\s)--?[\p{L}-]*$/su.exec(typed)?.[1]
  const begins = (head: string) => before?.toLowerCase().startsWith(`${head} `)
  if (!begins(`/${command.name}`)) return []
  const verb = command.subcommands?.find(({ name }) => begins(`/${command.name} ${name}`))
  return ((verb ?? command).flags ?? [])
    .filter(flag => !before!.includes(`--${flag} `))
    .map(flag => ({ line: `${before}--${flag}`, about: FLAG_DESCRIPTIONS[flag] }))
}

const suggestValues = (argument: Argument, spot: ArgumentPosition, suggest: Suggest, typed: string) =>
  suggest({ ...spot, argument: argument.name, typed, at: Date.now() }).slice(0, MAX_VALUES)
