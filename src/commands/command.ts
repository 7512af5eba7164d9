import type { Call } from '../chat/platform.ts'
import type { Reply } from '../chat/reply.ts'
import { phrases } from '../phrases/phrases.ts'
import type { ParsedLine } from './line.ts'

/** A value to type after a command or sub-command; `suggests` says that `suggest` offers values while one types. */
export type Argument = { name: string; about: string; required: boolean; suggests?: true }

/**
 * The flags a line may carry. `page` takes a number, `since` a date, `story` a slug, and `was`, `now` and `why` words;
 * the others take nothing.
 */
export type FlagName =
  | ('public' | 'page' | 'since' | 'story')
  | ('card' | 'chart' | 'dark')
  | ('was' | 'now' | 'why' | 'notice' | 'no-repeat' | 'confirm')

/**
 * A verb of a command, for pickers, help and manifests: never used to parse. `others` are further values that may
 * follow the argument, in any order; none of them is required.
 */
export type Subcommand = {
  name: string
  about: string
  argument?: Argument
  moreArguments?: Omit<Argument, 'required'>[]
  flags?: FlagName[]
}

/**
 * One command: what registries, help and manifests show of it, and what runs it.
 * `reach` says where it gets a name of its own: `always`, or `root` for those that are reached through `/nutgraf`
 * unless somebody asks for all; `kept` is that of a story that was withdrawn: offered nowhere, it answers wherever a
 * platform still knows it. `editors` marks a command that a platform hides from everybody else where it can.
 */
export type Command = {
  name: string
  about: string
  reach: 'always' | 'root' | 'kept'
  editorsOnly?: true
  subcommands?: Subcommand[]
  argument?: Argument
  flags?: FlagName[]
  run(words: ParsedLine, call: Call): Reply | Promise<Reply>
}

/** Whether pickers, help and manifests may name a command. */
export const isOffered = ({ reach }: Command): boolean => reach !== 'kept'

/** One sentence a flag, for pickers and help. */
export const FLAG_DESCRIPTIONS: Record<FlagName, string> = phrases.flags.about

/** Flags that are there or not, without a value. */
export const BARE_FLAGS: ReadonlySet<string> = new Set<FlagName>([
  ...(['public', 'card', 'chart', 'dark'] as const),
  ...(['notice', 'no-repeat', 'confirm'] as const),
])

/** The values of a verb as one reads them: `<name> [time] [zone]`. */
export function argumentSyntax({
  argument,
  moreArguments = [],
}: Pick<Subcommand, 'argument' | 'moreArguments'>): string {
  const first = argument && (argument.required ? `<${argument.name}>` : `[${argument.name}]`)
  return [first, ...moreArguments.map(({ name }) => `[${name}]`)].filter(Boolean).join(' ')
}
