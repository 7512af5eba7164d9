import { fold } from '../content/fold.ts'
import { phrases } from '../phrases/phrases.ts'
import { type Command, isOffered } from './command.ts'
import type { CommandContext } from './context.ts'
import { flagProblem } from './flags.ts'
import { about, help, helpFor } from './help.ts'
import { textAfter } from './line.ts'
import { refuseUnknown } from './refusals.ts'
import { report } from './report.ts'
import { runStory } from './story/story.ts'
import { withdrawnNoticeFor } from './withdrawn.ts'

const { aboutVerb, aboutValue } = phrases.help

/** Creates `/nutgraf …`, which reaches every command and every story under one name. */
export function rootCommand(newsroom: CommandContext, commands: () => Map<string, Command>): Command {
  return {
    name: 'nutgraf',
    about: phrases.help.about,
    reach: 'always',
    subcommands: [
      {
        name: 'story',
        about: phrases.story.about,
        argument: {
          name: 'name',
          about: phrases.story.aboutName,
          required: false,
          suggests: true,
        },
        flags: ['page', 'since', 'public'],
      },
      {
        name: 'find',
        about: phrases.find.about,
        argument: { name: 'words', about: phrases.find.aboutWords, required: true },
        flags: ['story', 'page', 'public'],
      },
      {
        name: 'wire',
        about: phrases.wire.about,
        argument: { name: 'words', about: phrases.wire.aboutWords, required: false },
        flags: ['since', 'page', 'public'],
      },
      {
        name: 'changes',
        about: aboutVerb.changes,
        flags: ['since', 'page', 'public'],
      },
      {
        name: 'help',
        about: aboutVerb.help,
        argument: { name: 'command', about: aboutValue.command, required: false, suggests: true },
      },
      { name: 'about', about: aboutVerb.about },
      {
        name: 'report',
        about: aboutVerb.report,
        argument: { name: 'sentence', about: aboutValue.sentence, required: true },
        flags: [],
      },
    ],
    run: (parsed, call) => {
      const [typedName = 'help', ...args] = parsed.args
      const { flags } = parsed
      const name = fold(typedName.replace(/^[/@]/, ''))
      if (name === 'help' || name === 'about') {
        const problem = flagProblem(flags, `/nutgraf ${name}`)
        if (problem) return problem
        if (name === 'about') return about(newsroom, call)
        return args[0] === undefined
          ? help(newsroom, call)
          : helpFor(args.join(' '), [...commands().values()], newsroom, call)
      }
      if (name === 'report') return report(parsed, call, newsroom)
      const innerCall = { ...call, command: name, text: textAfter(call.text, 1) }
      const command = name === 'nutgraf' ? undefined : commands().get(name)
      if (command) return command.run({ args, flags }, innerCall)
      const story = newsroom.library().story(name)
      if (story) return runStory(story, { args, flags }, innerCall, newsroom)
      return (
        withdrawnNoticeFor(newsroom.library(), name) ??
        refuseUnknownName(newsroom, commands(), call, typedName)
      )
    },
  }
}

/** Refuses a name that is no command or story, and offers similar ones. */
export function refuseUnknownName(
  newsroom: CommandContext,
  commands: Map<string, Command>,
  call: Parameters<Command['run']>[1],
  typed: string,
) {
  const offered = [...commands.values()].filter(isOffered).map(command => command.name)
  return refuseUnknown(call, typed, {
    known: [[...offered, 'help', 'about'], newsroom.library().storyNames()],
    lineOf: name => (commands.get(name)?.reach === 'always' ? `/${name}` : `/nutgraf ${name}`),
    help: '/nutgraf help',
  })
}
