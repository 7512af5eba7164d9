import {
  type Argument,
  type Command,
  FLAG_DESCRIPTIONS,
  type FlagName,
  type Subcommand,
} from '../../commands/command.ts'
import { MESSAGE_COMMANDS, type MessageCommand } from './message-commands.ts'

/** Discord's limits for commands, from docs.discord.com/developers/interactions/application-commands. */
const LIMITS = { commands: 100, options: 25, description: 100, characters: 8_000 }
const NAME = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u

const TYPE = { subcommand: 1, string: 3, integer: 4, boolean: 5 }

/** An option of a command, as JSON for Discord. */
export type CommandOption = {
  type: number
  name: string
  description: string
  required?: boolean
  autocomplete?: boolean
  min_value?: number
  options?: CommandOption[]
}

/** A slash command, as JSON for Discord. */
export type DiscordCommand = {
  type: 1
  name: string
  description: string
  contexts: number[]
  integration_types: number[]
  default_member_permissions?: string
  options?: CommandOption[]
}

/**
 * Makes the slash commands that we register: all that have a name of their own, for servers and direct messages. On
 * Discord a command with sub-commands cannot be called alone. So verbs are sub-commands only where the command itself
 * has no value; otherwise each verb is an option beside the value: `/quote of:sessions`, `/quote check:"some words"`.
 * A command for editors is shown only to administrators, who can show it to a role, and not in direct messages, which
 * have no roles.
 */
export function discordCommands(commands: Command[]): DiscordCommand[] {
  return commands.filter(isRegistered).map(command => {
    const options = isFlat(command) ? flatOptions(command) : (command.subcommands ?? []).map(subcommandOption)
    return {
      type: 1,
      name: command.name,
      description: command.about,
      contexts: command.editorsOnly ? [0] : [0, 1],
      integration_types: [0],
      ...(command.editorsOnly && { default_member_permissions: '0' }),
      ...(options.length > 0 && { options }),
    }
  })
}

/** Makes all commands that we register: the slash commands, and those in the menu of every message. */
export const discordRegistry = (commands: Command[]): (DiscordCommand | MessageCommand)[] => [
  ...discordCommands(commands),
  ...MESSAGE_COMMANDS,
]

/** Whether a command has its value and its verbs as options, without sub-commands. */
export const isFlat = ({ argument, subcommands = [] }: Pick<Command, 'argument' | 'subcommands'>) =>
  argument !== undefined || subcommands.length === 0

/** Lists everything that Discord would refuse, each in one sentence. */
export function discordProblems(commands: Command[]): string[] {
  const registered = discordCommands(commands)
  const duplicates = registered.filter(
    ({ name }, index) => registered.findIndex(other => other.name === name) < index,
  )
  return [
    ...(registered.length > LIMITS.commands
      ? [
          `${registered.length} commands, at most ${LIMITS.commands}: give fewer stories a command of their own`,
        ]
      : []),
    ...duplicates.map(({ name }) => `/${name}: this name is used twice`),
    ...registered.flatMap(command => {
      const length = countCharacters(command)
      return [
        ...problems(`/${command.name}`, command),
        ...(length > LIMITS.characters
          ? [`/${command.name}: ${length} characters of names and descriptions, at most ${LIMITS.characters}`]
          : []),
      ]
    }),
  ]
}

/**
 * Whether a command is registered. The command of a withdrawn story is, too: otherwise Discord would not know it, and a
 * person who types it would not learn that the story was withdrawn.
 */
const isRegistered = ({ reach }: Command) => reach === 'always' || reach === 'kept'

const subcommandOption = ({
  name,
  about,
  argument,
  moreArguments = [],
  flags = [],
}: Subcommand): CommandOption => {
  const values = [
    ...(argument ? [argument] : []),
    ...moreArguments.map(more => ({ ...more, required: false })),
  ]
  const options = [...values.map(valueOption), ...flags.map(flagOption)]
  return { type: TYPE.subcommand, name, description: about, ...(options.length > 0 && { options }) }
}

function flatOptions({ argument, subcommands = [], flags = [] }: Command): CommandOption[] {
  const allFlags = new Set([...flags, ...subcommands.flatMap(subcommand => subcommand.flags ?? [])])
  // A caller may use a verb instead of the value, so beside verbs the value cannot be required.
  const value = argument && { ...argument, required: argument.required && subcommands.length === 0 }
  return [
    ...(value ? [valueOption(value)] : []),
    ...subcommands.map(verbOption),
    ...[...allFlags].map(flagOption),
  ]
}

const verbOption = ({ name, about, argument }: Subcommand): CommandOption =>
  argument
    ? valueOption({ ...argument, name, about, required: false })
    : { type: TYPE.boolean, name, description: about, required: false }

const valueOption = ({ name, about, required, suggests }: Argument): CommandOption => ({
  type: TYPE.string,
  name,
  description: about,
  required,
  ...(suggests && { autocomplete: true }),
})

const FLAG_SHAPES: Record<FlagName, Partial<CommandOption> & { type: number }> = {
  public: { type: TYPE.boolean },
  page: { type: TYPE.integer, min_value: 1 },
  since: { type: TYPE.string, autocomplete: true },
  story: { type: TYPE.string, autocomplete: true },
  card: { type: TYPE.boolean },
  chart: { type: TYPE.boolean },
  dark: { type: TYPE.boolean },
  was: { type: TYPE.string },
  now: { type: TYPE.string },
  why: { type: TYPE.string },
  confidence: { type: TYPE.string },
  into: { type: TYPE.string, autocomplete: true },
  as: { type: TYPE.string },
  name: { type: TYPE.string },
  role: { type: TYPE.string },
  date: { type: TYPE.string },
  text: { type: TYPE.string },
  title: { type: TYPE.string },
  status: { type: TYPE.string },
  summary: { type: TYPE.string },
  notice: { type: TYPE.boolean },
  'no-repeat': { type: TYPE.boolean },
  confirm: { type: TYPE.boolean },
}

function flagOption(name: FlagName): CommandOption {
  const { type, ...shape } = FLAG_SHAPES[name]
  return { type, name, description: FLAG_DESCRIPTIONS[name], required: false, ...shape }
}

type Described = { name: string; description: string; options?: CommandOption[] }

function problems(path: string, { name, description, options = [] }: Described): string[] {
  const surplus = options.length - LIMITS.options
  const misplaced = options.find(
    ({ required }, index) => required && options.slice(0, index).some(other => !other.required),
  )
  const duplicate = options.find(({ name }, index) =>
    options.slice(0, index).some(other => other.name === name),
  )
  const ownProblems = [
    !NAME.test(name) && `${path}: a name has 1 to 32 characters: letters, digits, - or _`,
    name !== name.toLowerCase() && `${path}: a name must be in lower case`,
    (description.length < 1 || description.length > LIMITS.description) &&
      `${path}: its description has ${description.length} characters, 1 to ${LIMITS.description} are allowed`,
    surplus > 0 && `${path}: ${options.length} verbs and options, at most ${LIMITS.options}`,
    misplaced && `${path}: “${misplaced.name}” is required and must come before options that are not`,
    duplicate && `${path}: “${duplicate.name}” is used twice`,
  ]
  return [
    ...ownProblems.filter(problem => typeof problem === 'string'),
    ...options.flatMap(option => problems(`${path} ${option.name}`, option)),
  ]
}

const countCharacters = ({ name, description, options = [] }: Described): number =>
  name.length + description.length + options.reduce((sum, option) => sum + countCharacters(option), 0)
