import type { Handler } from '../../../src/commands/handler.ts'
import { NOON } from '../noon.ts'

/** Collects everything that is offered while a person types the values of commands, with the name of each value. */
export const offeredValues = ({ commands, suggest }: Handler): { what: string; offers: object }[] =>
  commands().flatMap(({ name: command, argument, subcommands = [], flags = [] }) => {
    const ofCommand = [...(argument ? [argument.name] : []), ...flags].map(value => ({ value }))
    const ofVerbs = subcommands.flatMap(
      ({ name: subcommand, argument: ownArgument, moreArguments = [], flags: ownFlags = [] }) =>
        [
          ...(ownArgument ? [ownArgument.name] : []),
          ...moreArguments.map(({ name }) => name),
          ...ownFlags,
        ].map(value => ({
          subcommand,
          value,
        })),
    )
    return [...ofCommand, ...ofVerbs].flatMap(({ value, ...verb }) =>
      ['', 'l', 'lawsuit/', '2018', 'Ճ'].map(typed => ({
        what: `${command} ${value}`,
        offers: suggest({ command, ...verb, argument: value, typed, at: NOON }),
      })),
    )
  })
