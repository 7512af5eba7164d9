import type { Call } from '../chat/platform.ts'
import type { Reply } from '../chat/reply.ts'
import { phrases } from '../phrases/phrases.ts'
import type { ParsedLine } from './line.ts'

/**
 * A value to type after a command or verb; `suggests` means that values are offered while it is typed. `prefix` stands
 * before the value in a line.
 */
export type Argument = { name: string; about: string; required: boolean; suggests?: true; prefix?: string }

/**
 * The flags of all commands. `page` takes a number, `since` and `date` a date, `story`, `into` and `as` a slug, and `was`,
 * `now`, `why`, `name`, `role`, `text`, `title`, `status` and `summary` take text; `confidence` is `medium` or `high 2`. The others take no value.
 */
export type FlagName =
  | 'public'
  | 'page'
  | 'since'
  | 'story'
  | 'card'
  | 'chart'
  | 'dark'
  | 'was'
  | 'now'
  | 'why'
  | 'into'
  | 'as'
  | 'name'
  | 'role'
  | 'date'
  | 'text'
  | 'title'
  | 'status'
  | 'summary'
  | 'confidence'
  | 'notice'
  | 'no-repeat'
  | 'confirm'

/**
 * A verb of a command, as pickers, help and manifests show it; never used to parse. `moreArguments` may follow the
 * argument in any order, and none of them is required.
 */
export type Subcommand = {
  name: string
  about: string
  argument?: Argument
  moreArguments?: Omit<Argument, 'required'>[]
  flags?: FlagName[]
}

/**
 * One command: how registries, help and manifests show it, and the function that runs it.
 * `reach` says where it is registered under its own name: `always`; `root` only through `/nutgraf`, unless a manifest
 * lists all commands; `kept` is the command of a withdrawn story, which is offered nowhere but still answers where a
 * platform knows it. `editorsOnly` hides a command from everybody else on platforms that can.
 */
export type Command = {
  name: string
  about: string
  reach: 'always' | 'root' | 'kept'
  editorsOnly?: true
  subcommands?: Subcommand[]
  argument?: Argument
  flags?: FlagName[]
  run(line: ParsedLine, call: Call): Reply | Promise<Reply>
}

/** Whether pickers, help and manifests may name a command. */
export const isOffered = ({ reach }: Command): boolean => reach !== 'kept'

/** One sentence about each flag, for pickers and help. */
export const FLAG_DESCRIPTIONS: Record<FlagName, string> = phrases.flags.about

/** The flags that take no value. */
export const BARE_FLAGS: ReadonlySet<string> = new Set<FlagName>([
  'public',
  'card',
  'chart',
  'dark',
  'notice',
  'no-repeat',
  'confirm',
])

/** The arguments of a command or verb in the usual notation: `<name> [time] [zone]`. */
export function argumentSyntax({
  argument,
  moreArguments = [],
}: Pick<Subcommand, 'argument' | 'moreArguments'>): string {
  const first = argument && (argument.required ? `<${argument.name}>` : `[${argument.name}]`)
  return [
    first,
    ...moreArguments.map(({ name, prefix }) => (prefix === undefined ? `[${name}]` : `[${prefix} …]`)),
  ]
    .filter(Boolean)
    .join(' ')
}
