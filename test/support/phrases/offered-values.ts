import type { Handler } from '../../../src/commands/handler.ts'
import { NOON } from './foreign-bot.ts'

/** All that is offered while somebody types the values of commands, with what it is offered for. */
export const offeredValues = ({ commands, suggest }: Handler): { what: string; offers: object }[] =>
  commands().flatMap(({ name: command, argument, subcommands = [], flags = [] }) => {
    const own = [...(argument ? [argument.name] : []), ...flags].map(value => ({ value }))
    const ofVerbs = subcommands.flatMap(
      ({ name: subcommand, argument: first, moreArguments = [], flags: more = [] }) =>
        [...(first ? [first.name] : []), ...moreArguments.map(one => one.name), ...more].map(value => ({
          subcommand,
          value,
        })),
    )
    return [...own, ...ofVerbs].flatMap(({ value, ...verb }) =>
      ['', 'l', 'lawsuit/', '2018', 'Ճ'].map(typed => ({
        what: `${command} ${value}`,
        offers: suggest({ command, ...verb, argument: value, typed, at: NOON }),
      })),
    )
  })
