import type { Call, Handlers, Log } from '../chat/platform.ts'
import { MAX_BUTTONS, type Reply, refusal, text } from '../chat/reply.ts'
import { fold } from '../content/fold.ts'
import type { Library } from '../content/library.ts'
import { phrases } from '../phrases/phrases.ts'
import type { Command } from './command.ts'
import type { CommandContext } from './context.ts'
import { deskCommand, toDeskCall } from './desk/desk.ts'
import { digestCommand } from './digest/digest.ts'
import { digestForm } from './digest/form.ts'
import { findCommand } from './find.ts'
import { flagProblem } from './flags.ts'
import { overview } from './home.ts'
import { formatLine, MAX_LINE_CHARACTERS, type ParsedLine, parseLine } from './line.ts'
import { refuseUnknownName, rootCommand } from './nutgraf.ts'
import { printableLine } from './printable-line.ts'
import { checkMessage } from './quote/check-message.ts'
import { quoteCommand } from './quote/quote.ts'
import { cacheReplies } from './reply-cache.ts'
import { changes } from './story/changes.ts'
import { storiesCommand } from './story/stories.ts'
import { runStory, storyCommand } from './story/story.ts'
import { suggest } from './suggest.ts'
import { withdrawnCommand, withdrawnNoticeFor } from './withdrawn.ts'

/** What the platforms are handed: answers, suggestions, and the registry that manifests, help and pickers are made from. */
export type Handler = Required<Omit<Handlers, 'publish' | 'countCall'>> & {
  commands(): Command[]
  /** As `answer`, but it rejects with what goes wrong: for whoever must not show that to people. */
  answerOrThrow(call: Call): Promise<Reply>
}

/** A longer line has no room in a button on Slack; Discord keeps those that are too long for it elsewhere. */
const MAX_SHARE_LINE = 1_900

/** Joins the commands to one handler. It reads the library at each call, so that changed content needs no restart. */
export function createHandler(newsroom: CommandContext, log: Log): Handler {
  const digest = digestCommand(newsroom)
  const desk = deskCommand(newsroom)
  const generic = [
    rootCommand(newsroom, () => commands()),
    quoteCommand(newsroom),
    storiesCommand(newsroom),
    findCommand(newsroom),
    changesCommand(newsroom),
  ]
  const remember = cacheReplies(() => newsroom.library())
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
      const asked = toDeskCall(call)
      const reply = asked
        ? Promise.resolve(desk.run(parseLine(asked.text), asked)).then(one => withAudience(one, call))
        : remember(call, () => runCommand(call, newsroom, commands()))
      return reply instanceof Promise ? reply.catch(cause => logAndRefuse(cause, call, log)) : reply
    } catch (cause) {
      return logAndRefuse(cause, call, log)
    }
  }
  return {
    answer,
    answerOrThrow: async call => runCommand(call, newsroom, commands()),
    suggest: query => suggest(newsroom.library(), commands(), query),
    settings: digestForm(newsroom),
    checkMessage: checkMessage(answer),
    overview: overview(newsroom),
    commands: () => {
      const own = [...commands().values()].filter(command => !generic.includes(command) && command !== digest)
      return [...generic, ...own, digest, ...(newsroom.deskUsers?.length ? [desk] : [])]
    },
  }
}

/** Finds the command of a call and runs it; `--public` and the kind of call decide who sees the answer. */
function runCommand(
  call: Call,
  newsroom: CommandContext,
  commands: Map<string, Command>,
): Reply | Promise<Reply> {
  if (call.text.length > MAX_LINE_CHARACTERS)
    return withAudience(
      refusal(phrases.answer.lineTooLong(call.text.length, MAX_LINE_CHARACTERS, '/nutgraf help')),
      call,
    )
  const typed = parseLine(call.text)
  const audience = typed.flags.public === undefined ? call.audience : 'place'
  const asked: Call = { ...call, audience }
  const name = fold(call.command)
  const command = commands.get(name)
  const story = command ? undefined : newsroom.library().story(name)
  const reply =
    command?.run(typed, asked) ??
    (story && runStory(story, typed, asked, newsroom)) ??
    withdrawnNoticeFor(newsroom.library(), name) ??
    refuseUnknownName(newsroom, commands, asked, call.command)
  const finished = (one: Reply) => {
    const whole = withAudience(
      call.fromButton && one.notFound ? { ...one, blocks: [OUTDATED_BUTTON, ...one.blocks] } : one,
      asked,
    )
    if (call.audience === audience) return withShareButton(whole, asked, typed)
    const known = printableLine(call.command, typed, { library: newsroom.library(), commands })
    return known === undefined ? whole : { ...whole, canonicalLine: known }
  }
  return reply instanceof Promise ? reply.then(finished) : finished(reply)
}

/** Whoever pressed a button typed nothing that could be wrong. */
const OUTDATED_BUTTON = text(phrases.answer.oldButton)

const withAudience = (reply: Reply, call: Call): Reply => ({ ...reply, audience: call.audience })

/** A private answer about a story can be shown to all: the button stands for the same line, with `--public`. */
function withShareButton(reply: Reply, call: Call, typed: ParsedLine): Reply {
  const actions = reply.buttons ?? []
  const toldAlone = reply.refusal || reply.guide || !reply.label
  const mayNot = call.audience === 'place' || call.caller.mayPost === false
  if (mayNot || toldAlone || actions.length === MAX_BUTTONS) return reply
  const rest = formatLine({ args: typed.args, flags: { ...typed.flags, public: true } })
  const open = `/${fold(call.command)} ${rest}`
  if (open.length > MAX_SHARE_LINE) return reply
  return { ...reply, buttons: [...actions, { label: phrases.answer.share, line: open }] }
}

function changesCommand(newsroom: CommandContext): Command {
  return {
    name: 'changes',
    about: phrases.help.aboutVerb.changes,
    reach: 'root',
    flags: ['since', 'page', 'public'],
    run: (typed, call) =>
      flagProblem(typed.flags, '/nutgraf changes', ['since', 'page']) ?? changes(newsroom, typed.flags, call),
  }
}

function logAndRefuse(cause: unknown, call: Call, log: Log): Reply {
  log.error({ err: cause, command: call.command, place: call.place }, 'answer: a command failed')
  return refusal(phrases.answer.failed('/nutgraf help'))
}
