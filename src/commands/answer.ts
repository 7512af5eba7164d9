import { fold } from '../content/fold.ts'
import type { Answer, Call, Log, Suggest } from '../platform.ts'
import { type Reply, refusal } from '../reply.ts'
import { type Newsroom, unknown } from './ask.ts'
import { changes } from './changes.ts'
import { type Command, FLAGS } from './command.ts'
import { findCommand } from './find.ts'
import { about, help, helpFor, storyList } from './help.ts'
import { type Words, words } from './line.ts'
import { quoteCommand } from './quote.ts'
import { runStory, storyCommand } from './story.ts'
import { suggestions } from './suggest.ts'

/** What the platforms are handed: answers, suggestions, and the registry that manifests, help and pickers are made from. */
export type Handler = { answer: Answer; suggest: Suggest; commands(): Command[] }

/** Joins the commands to one handler. It reads the library at each call, so that changed content needs no restart. */
export function handler(newsroom: Newsroom, log: Log): Handler {
  const generic = [
    rootCommand(newsroom, () => commands()),
    quoteCommand(newsroom),
    storiesCommand(newsroom),
    findCommand(newsroom),
    changesCommand(newsroom),
  ]
  let known: { revision: string; commands: Command[] } | undefined

  const commands = (): Command[] => {
    const { revision, stories } = newsroom.library()
    if (known?.revision !== revision) {
      const own = stories
        .filter(story => story.command !== undefined)
        .map(story => storyCommand(story, newsroom))
      known = { revision, commands: [...generic, ...own] }
    }
    return known.commands
  }

  const answer = (call: Call): Reply | Promise<Reply> => {
    try {
      const reply = run(call, newsroom, commands())
      return reply instanceof Promise ? reply.catch(cause => failed(cause, call, log)) : reply
    } catch (cause) {
      return failed(cause, call, log)
    }
  }
  return {
    answer,
    suggest: query =>
      suggestions(
        newsroom.library(),
        commands().map(one => one.name),
        query,
      ),
    commands,
  }
}

/** Finds the command of a call and runs it; `--public` and the kind of call decide who sees the answer. */
function run(call: Call, newsroom: Newsroom, commands: Command[]): Reply | Promise<Reply> {
  const typed = words(call.text)
  const strange = Object.keys(typed.flags).find(flag => !(flag in FLAGS))
  if (strange !== undefined) {
    return refusal([
      'I don’t know that flag. Flags are ',
      Object.keys(FLAGS)
        .map(flag => `--${flag}`)
        .join(', '),
      '. ',
      { code: '/nutgraf help' },
    ])
  }
  const name = fold(call.command)
  const command = commands.find(one => one.name === name)
  const story = command ? undefined : newsroom.library().story(name)
  const reply = command
    ? command.run(typed, call)
    : story
      ? runStory(story, typed, call, newsroom)
      : unknown(call, call.command, {
          known: names(newsroom, commands),
          lineOf: one => `/nutgraf ${one}`,
          help: '/nutgraf help',
        })
  const open = call.audience === 'place' || typed.flags.public !== undefined
  return reply instanceof Promise ? reply.then(one => seen(one, open)) : seen(reply, open)
}

const seen = (reply: Reply, open: boolean): Reply => ({ ...reply, audience: open ? 'place' : 'caller' })

function rootCommand(newsroom: Newsroom, commands: () => Command[]): Command {
  return {
    name: 'nutgraf',
    about: 'Short, sourced answers: stories, search, changes, help',
    reach: 'always',
    subcommands: [
      {
        name: 'story',
        about: 'A story by its name, or list',
        argument: {
          name: 'name',
          about: 'A story, or a story and what to ask: lawsuit timeline',
          required: false,
          suggests: true,
        },
        flags: ['page', 'public'],
      },
      {
        name: 'find',
        about: 'Search every story, quote, event and source',
        argument: { name: 'words', about: 'What to look for', required: true },
        flags: ['story', 'page', 'public'],
      },
      {
        name: 'changes',
        about: 'Corrections and dated entries, last 7 days',
        flags: ['since', 'page', 'public'],
      },
      {
        name: 'help',
        about: 'What you can ask',
        argument: { name: 'command', about: 'Only this command', required: false, suggests: true },
      },
      { name: 'about', about: 'Version, and how old the content is' },
    ],
    run: (typed, call) => {
      const [head, ...args] = typed.args
      if (head === undefined) return help(newsroom, call)
      const name = fold(head.replace(/^\//, ''))
      if (name === 'help')
        return args[0] === undefined ? help(newsroom, call) : helpFor(args[0], commands(), newsroom, call)
      if (name === 'about') return about(newsroom)
      const rest: Words = { args, flags: typed.flags }
      const command = commands().find(one => one.name === name && one.name !== 'nutgraf')
      if (command) return command.run(rest, { ...call, command: name, text: restOf(call.text) })
      const story = newsroom.library().story(name)
      if (story) return runStory(story, rest, call, newsroom)
      return unknown(call, head, {
        known: names(newsroom, commands()),
        lineOf: one => `/nutgraf ${one}`,
        help: '/nutgraf help',
      })
    },
  }
}

function storiesCommand(newsroom: Newsroom): Command {
  return {
    name: 'story',
    about: 'A story by its name, or the list of all',
    reach: 'root',
    argument: {
      name: 'name',
      about: 'A story, or a story and what to ask: lawsuit timeline',
      required: false,
      suggests: true,
    },
    flags: ['page', 'public', 'since'],
    run: (typed, call) => {
      // A picker sends "lawsuit timeline" as one value.
      const [first = 'list', ...rest] = typed.args.flatMap((arg, index) =>
        index === 0 ? arg.trim().split(/\s+/) : [arg],
      )
      const library = newsroom.library()
      if (fold(first) === 'list') return storyList(library)
      const story = library.story(first)
      if (story) return runStory(story, { args: rest, flags: typed.flags }, call, newsroom)
      return unknown(call, first, {
        known: library.stories.map(one => one.slug),
        lineOf: one => `/nutgraf ${one}`,
        help: '/nutgraf story list',
      })
    },
  }
}

function changesCommand(newsroom: Newsroom): Command {
  return {
    name: 'changes',
    about: 'Corrections and dated entries of all stories',
    reach: 'root',
    flags: ['since', 'page', 'public'],
    run: (typed, call) => changes(newsroom, typed.flags, call),
  }
}

/** The text of a call without its first word, as typed. */
const restOf = (text: string) => text.trim().replace(/^(?:"(?:\\.|[^"\\])*"|\S+)\s*/, '')

function* names(newsroom: Newsroom, commands: Command[]) {
  yield* commands.map(command => command.name)
  yield* ['help', 'about']
  for (const story of newsroom.library().stories) yield story.slug
}

function failed(cause: unknown, call: Call, log: Log): Reply {
  log.error({ err: cause, command: call.command, place: call.place }, 'answer: a command failed')
  return refusal([
    'Something went wrong on our side, and it has been logged. Please try again, or ask ',
    { code: '/nutgraf help' },
    '.',
  ])
}
