import type { Call, Handlers, Log } from '../chat/platform.ts'
import { MOST_ACTIONS, type Reply, refusal, text } from '../chat/reply.ts'
import { fold } from '../content/fold.ts'
import type { Library } from '../content/library.ts'
import { phrases } from '../phrases/phrases.ts'
import type { Command } from './command.ts'
import type { Newsroom } from './context.ts'
import { deskCall, deskCommand } from './desk/desk.ts'
import { digestCommand } from './digest/digest.ts'
import { digestForm } from './digest/form.ts'
import { findCommand } from './find.ts'
import { refusedFlag } from './flags.ts'
import { overview } from './home.ts'
import { line, MOST_TYPED, type Words, words } from './line.ts'
import { rootCommand, unknownName } from './nutgraf.ts'
import { knownLine } from './printable-line.ts'
import { checkMessage } from './quote/check-message.ts'
import { quoteCommand } from './quote/quote.ts'
import { remembered } from './reply-cache.ts'
import { changes } from './story/changes.ts'
import { storiesCommand } from './story/list.ts'
import { runStory, storyCommand } from './story/story.ts'
import { suggestions } from './suggest.ts'
import { withdrawnBy, withdrawnCommand } from './withdrawn.ts'

/** What the platforms are handed: answers, suggestions, and the registry that manifests, help and pickers are made from. */
export type Handler = Required<Omit<Handlers, 'publish' | 'counted'>> & {
  commands(): Command[]
  /** As `answer`, but it rejects with what goes wrong: for whoever must not show that to people. */
  attempt(call: Call): Promise<Reply>
}

/** A longer line has no room in a button on Slack; Discord keeps those that are too long for it elsewhere. */
const MOST_SHARED = 1_900

/** Joins the commands to one handler. It reads the library at each call, so that changed content needs no restart. */
export function handler(newsroom: Newsroom, log: Log): Handler {
  const digest = digestCommand(newsroom)
  const desk = deskCommand(newsroom)
  const generic = [
    rootCommand(newsroom, () => commands()),
    quoteCommand(newsroom),
    storiesCommand(newsroom),
    findCommand(newsroom),
    changesCommand(newsroom),
  ]
  const remember = remembered(() => newsroom.library())
  let known: { library: Library; commands: Map<string, Command> } | undefined

  const commands = (): Map<string, Command> => {
    const library = newsroom.library()
    if (known?.library !== library) {
      const own = library.stories
        .filter(story => story.command !== undefined)
        .map(story => storyCommand(story, newsroom))
      const kept = library.withdrawn.flatMap(({ command, ...one }) =>
        command === undefined ? [] : withdrawnCommand({ ...one, command }),
      )
      known = {
        library,
        commands: new Map([...kept, ...own, ...generic, digest].map(command => [command.name, command])),
      }
    }
    return known.commands
  }

  const answer = (call: Call): Reply | Promise<Reply> => {
    try {
      // Before anything else: whoever may not use it must not tell from any answer what there is.
      const asked = deskCall(call)
      const reply = asked
        ? Promise.resolve(desk.run(words(asked.text), asked)).then(one => seen(one, call))
        : remember(call, () => run(call, newsroom, commands()))
      return reply instanceof Promise ? reply.catch(cause => failed(cause, call, log)) : reply
    } catch (cause) {
      return failed(cause, call, log)
    }
  }
  return {
    answer,
    attempt: async call => run(call, newsroom, commands()),
    suggest: query => suggestions(newsroom.library(), commands(), query),
    settings: digestForm(newsroom),
    check: checkMessage(answer),
    overview: overview(newsroom),
    commands: () => {
      const own = [...commands().values()].filter(command => !generic.includes(command) && command !== digest)
      return [...generic, ...own, digest, ...(newsroom.deskUsers?.length ? [desk] : [])]
    },
  }
}

/** Finds the command of a call and runs it; `--public` and the kind of call decide who sees the answer. */
function run(call: Call, newsroom: Newsroom, commands: Map<string, Command>): Reply | Promise<Reply> {
  if (call.text.length > MOST_TYPED)
    return seen(refusal(phrases.answer.lineTooLong(call.text.length, MOST_TYPED, '/nutgraf help')), call)
  const typed = words(call.text)
  const audience = typed.flags.public === undefined ? call.audience : 'place'
  const asked: Call = { ...call, audience }
  const name = fold(call.command)
  const command = commands.get(name)
  const story = command ? undefined : newsroom.library().story(name)
  const reply =
    command?.run(typed, asked) ??
    (story && runStory(story, typed, asked, newsroom)) ??
    withdrawnBy(newsroom.library(), name) ??
    unknownName(newsroom, commands, asked, call.command)
  const finished = (one: Reply) => {
    const whole = seen(call.pressed && one.missing ? { ...one, blocks: [OLD, ...one.blocks] } : one, asked)
    if (call.audience === audience) return shared(whole, asked, typed)
    const known = knownLine(call.command, typed, { library: newsroom.library(), commands })
    return known === undefined ? whole : { ...whole, asked: known }
  }
  return reply instanceof Promise ? reply.then(finished) : finished(reply)
}

/** Whoever pressed a button typed nothing that could be wrong. */
const OLD = text(phrases.answer.oldButton)

const seen = (reply: Reply, call: Call): Reply => ({ ...reply, audience: call.audience })

/** A private answer about a story can be shown to all: the button stands for the same line, with `--public`. */
function shared(reply: Reply, call: Call, typed: Words): Reply {
  const actions = reply.actions ?? []
  const toldAlone = reply.refusal || reply.guide || !reply.label
  const mayNot = call.audience === 'place' || call.caller.mayPost === false
  if (mayNot || toldAlone || actions.length === MOST_ACTIONS) return reply
  const rest = line({ args: typed.args, flags: { ...typed.flags, public: true } })
  const open = `/${fold(call.command)} ${rest}`
  if (open.length > MOST_SHARED) return reply
  return { ...reply, actions: [...actions, { label: phrases.answer.share, line: open }] }
}

function changesCommand(newsroom: Newsroom): Command {
  return {
    name: 'changes',
    about: phrases.help.aboutVerb.changes,
    reach: 'root',
    flags: ['since', 'page', 'public'],
    run: (typed, call) =>
      refusedFlag(typed.flags, '/nutgraf changes', ['since', 'page']) ?? changes(newsroom, typed.flags, call),
  }
}

function failed(cause: unknown, call: Call, log: Log): Reply {
  log.error({ err: cause, command: call.command, place: call.place }, 'answer: a command failed')
  return refusal(phrases.answer.failed('/nutgraf help'))
}
