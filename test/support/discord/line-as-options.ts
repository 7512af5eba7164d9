import type { Command } from '../../../src/commands/command.ts'
import { type CommandOption, discordCommands } from '../../../src/platforms/discord/manifest.ts'
import type { OptionValues } from './payloads.ts'

const TOKEN = /--[\w-]+=(?:"(?:\\.|[^"\\])*"|\S+)|"(?:\\.|[^"\\])*"|“[^”]*”|\S+/g
const WITH_VALUE = new Set(['page', 'since', 'story', 'was', 'now', 'why'])
const INTEGER = 4

/** A line in Discord's fields: the command with its sub-command, and the values of its options. */
type FilledIn = { path: string; values: OptionValues }

/**
 * Fills a printed line into the fields that Discord shows for its command: each flag into its own, and the rest, as it is
 * printed, into the first. Undefined where Discord has no such command.
 */
export function lineAsOptions(line: string, commands: Command[]): FilledIn | undefined {
  const [name = '', ...tokens] = line.replace(/^\//, '').match(TOKEN) ?? []
  const command = discordCommands(commands).find(registered => registered.name === name)
  if (!command) return undefined
  const { words, flags } = takeFlags(tokens)
  const [verb = '', ...rest] = words
  const known = commands.find(asked => asked.name === name)?.subcommands ?? []
  const isVerb = known.some(subcommand => subcommand.name === verb)
  const sub = isVerb ? command.options?.find(option => option.name === verb) : undefined
  if (sub?.type === 1)
    return {
      path: `/${name} ${verb}`,
      values: { ...inFields(rest, sub.options), ...typed(flags, sub.options) },
    }
  const values = sub ? { [verb]: rest.length > 0 ? rest.join(' ') : true } : inFields(words, command.options)
  return { path: `/${name}`, values: { ...values, ...typed(flags, command.options) } }
}

function takeFlags(tokens: string[]) {
  const flags: Record<string, string | true> = {}
  const words: string[] = []
  for (let index = 0; index < tokens.length; index++) {
    const token = tokens[index]!
    const [, name = '', value] = /^--([\w-]+)(?:=(.*))?$/s.exec(token) ?? []
    if (name === '') words.push(token)
    else if (value !== undefined) flags[name] = withoutMarks(value)
    else flags[name] = WITH_VALUE.has(name) ? withoutMarks(tokens[++index] ?? '') : true
  }
  return { words, flags }
}

/** Puts the words into the first field: a person cannot know which of them belong into another. */
const inFields = (words: string[], options: CommandOption[] = []): OptionValues =>
  words.length === 0 || options[0] === undefined ? {} : { [options[0].name]: words.join(' ') }

const typed = (flags: Record<string, string | true>, options: CommandOption[] = []): OptionValues =>
  Object.fromEntries(
    Object.entries(flags).map(([name, value]) => [
      name,
      options.find(option => option.name === name)?.type === INTEGER ? Number(value) : value,
    ]),
  )

const withoutMarks = (value: string) => {
  const [, inner] = /^"([\s\S]*)"$/.exec(value) ?? []
  return inner === undefined ? value : inner.replace(/\\([\\"])/g, '$1')
}
