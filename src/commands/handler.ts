import type { Call, Handlers, Log } from '../chat/platform.ts'
import { MAX_BUTTONS, type Reply, refusal, text } from '../chat/reply.ts'
import { fold } from '../content/fold.ts'
import type { Library } from '../content/library.ts'
import { phrases } from '../phrases/phrases.ts'
import type { Command } from './command.ts'
import type { CommandContext } from './context.ts'
import { cardForm } from './desk/cards/form.ts'
import { deskCommand, toDeskCall } from './desk/desk.ts'
import { draftForms } from './desk/drafts/form.ts'
import { digestCommand } from './digest/digest.ts'
import { digestForm } from './digest/form.ts'
import { findCommand } from './find.ts'
import { flagProblem } from './flags.ts'
import { overview } from './home.ts'
import { formatLine, MAX_LINE_CHARACTERS, type ParsedLine, parseLine } from './line.ts'
import { refuseUnknownName, rootCommand } from './nutgraf.ts'
import { understand } from './plain/understand.ts'
import { printableLine } from './printable-line.ts'
import { checkMessage } from './quote/check-message.ts'
import { quoteCommand } from './quote/quote.ts'
import { cacheReplies } from './reply-cache.ts'
import { changes } from './story/changes.ts'
import { storiesCommand } from './story/stories.ts'
import { runStory, storyCommand } from './story/story.ts'
import { suggest } from './suggest.ts'
import { wireCommand } from './wire/wire.ts'
import { withdrawnCommand, withdrawnNoticeFor } from './withdrawn.ts'

/** What platforms need of the commands: answers, suggestions, and the registry for manifests, help and pickers. */
export type Handler = Required<Omit<Handlers, 'publish' | 'countCall'>> & {
  commands(): Command[]
  /** Like `answer`, but rejects when a command fails instead of replying with an apology. */
  answerOrThrow(call: Call): Promise<Reply>
}

/** Room for the three sentences of a correction; what is longer does not fit into a message. */
const MAX_DESK_LINE_CHARACTERS = 4_000
/** A value is only looked for while it is typed, and none that is offered is longer. */
const MAX_TYPED_VALUE = 500

/** A little below the 2,000 characters that Slack keeps behind a button; Discord stores longer lines elsewhere. */
const MAX_SHARE_LINE = 1_900

/**
 * Joins all commands into one handler. The library is read at each call, so changed content needs no restart. `cached`
 * keeps replies for those who ask the same again.
 */
export function createHandler(
  newsroom: CommandContext,
  log: Log,
  cached = cacheReplies(() => [newsroom.library(), newsroom.wire?.()]),
): Handler {
  // Whatever the words, they mostly mean one of few lines.
  const cachedLines = cacheReplies(() => [newsroom.library(), newsroom.wire?.()])
  const digest = digestCommand(newsroom)
  const desk = deskCommand(newsroom)
  const general = [
    rootCommand(newsroom, () => commands()),
    quoteCommand(newsroom),
    storiesCommand(newsroom),
    findCommand(newsroom),
    wireCommand(newsroom),
    changesCommand(newsroom),
  ]
  let current: { library: Library; commands: Map<string, Command> } | undefined

  const commands = (): Map<string, Command> => {
    const library = newsroom.library()
    if (current?.library !== library) {
      const ofStories = library.stories
        .filter(story => story.command !== undefined)
        .map(story => storyCommand(story, newsroom))
      const ofWithdrawn = library.withdrawn.flatMap(({ command, ...withdrawal }) =>
        command === undefined ? [] : withdrawnCommand({ ...withdrawal, command }),
      )
      const all = [...ofWithdrawn, ...ofStories, ...general, digest]
      current = { library, commands: new Map(all.map(command => [command.name, command])) }
    }
    return current.commands
  }

  const answer = (call: Call): Reply | Promise<Reply> => {
    try {
      const tooLong = lengthProblem(call)
      if (tooLong) return tooLong
      // The desk comes first, so that no other answer tells a stranger anything about it.
      const deskCall = toDeskCall(call)
      const reply = deskCall
        ? Promise.resolve(desk.run(parseLine(deskCall.text), deskCall)).then(deskReply =>
            withAudience(deskReply, call),
          )
        : cached(call, () => runCommand(call, newsroom, commands(), cachedLines))
      return reply instanceof Promise ? reply.catch(cause => logAndRefuse(cause, call, log)) : reply
    } catch (cause) {
      return logAndRefuse(cause, call, log)
    }
  }
  return {
    answer,
    answerOrThrow: async call => lengthProblem(call) ?? runCommand(call, newsroom, commands(), cachedLines),
    suggest: query =>
      query.typed.length > MAX_TYPED_VALUE ? [] : suggest(newsroom.library(), commands(), query),
    settings: digestForm(newsroom),
    forms: [cardForm(newsroom), draftForms(newsroom)],
    checkMessage: checkMessage(answer),
    overview: overview(newsroom),
    commands: () => {
      const ofStories = [...commands().values()].filter(
        command => !general.includes(command) && command !== digest,
      )
      return [...general, ...ofStories, digest, ...(newsroom.deskUsers?.length ? [desk] : [])]
    },
  }
}

/**
 * Refuses a call whose line or name is too long to be looked at; undefined if it is not. Whether it is one for the desk,
 * which reads longer lines, is only known once the line was read.
 */
function lengthProblem(
  { command, text, audience }: Call,
  most = MAX_DESK_LINE_CHARACTERS,
): Reply | undefined {
  const length = Math.max(text.length, command.length)
  if (length <= most) return undefined
  const limit = command === 'desk' ? most : MAX_LINE_CHARACTERS
  return { ...refusal(phrases.answer.lineTooLong(length, limit, '/nutgraf help')), audience }
}

/** Finds and runs the command of a call. `--public` and the kind of call decide who sees the answer. */
function runCommand(
  call: Call,
  newsroom: CommandContext,
  commands: Map<string, Command>,
  cachedLines: ReturnType<typeof cacheReplies>,
): Reply | Promise<Reply> {
  const tooLong = lengthProblem(call, MAX_LINE_CHARACTERS)
  if (tooLong) return tooLong
  const parsed = parseLine(call.text)
  const audience = parsed.flags.public === undefined ? call.audience : 'place'
  const commandCall: Call = { ...call, audience }
  const library = newsroom.library()
  const run = (typed: string, line: ParsedLine, text = formatLine(line)) => {
    const name = fold(typed)
    const lineCall = { ...commandCall, command: typed, text }
    const command = commands.get(name)
    const story = command ? undefined : library.story(name)
    const answer = () =>
      command?.run(line, lineCall) ??
      (story && runStory(story, line, lineCall, newsroom)) ??
      withdrawnNoticeFor(library, name) ??
      refuseUnknownName(newsroom, commands, lineCall, typed)
    // What was typed is kept whole, with what is made of it here.
    return line === parsed ? answer() : cachedLines(lineCall, answer)
  }
  const understood = understand(commandCall, parsed, { newsroom, commands, run })
  const { reply, read = { command: call.command, parsed } } = understood
  const finish = (answer: Reply): Reply => {
    const isOutdated = call.fromButton && answer.notFound
    const blocks = isOutdated ? [OUTDATED_BUTTON, ...answer.blocks] : answer.blocks
    const finished: Reply = { ...answer, blocks, audience: commandCall.audience }
    if (call.audience === audience) return withShareButton(finished, commandCall, read)
    const canonicalLine = printableLine(read.command, read.parsed, { library, commands })
    return canonicalLine === undefined ? finished : { ...finished, canonicalLine }
  }
  return reply instanceof Promise ? reply.then(finish) : finish(reply)
}

/** A button that finds nothing is outdated, not mistyped: the answer says so first. */
const OUTDATED_BUTTON = text(phrases.answer.oldButton)

const withAudience = (reply: Reply, call: Call): Reply => ({ ...reply, audience: call.audience })

/** Adds a button that shares a private answer about a story with everyone: the same line, with `--public`. */
function withShareButton(
  reply: Reply,
  call: Call,
  { command, parsed }: { command: string; parsed: ParsedLine },
): Reply {
  const buttons = reply.buttons ?? []
  const isPrivate = reply.refusal || reply.guide || !reply.label
  const mayNotShare = call.audience === 'place' || call.caller.mayPost === false
  if (mayNotShare || isPrivate || buttons.length > MAX_BUTTONS) return reply
  const rest = formatLine({ args: parsed.args, flags: { ...parsed.flags, public: true } })
  const line = `/${fold(command)} ${rest}`
  if (line.length > MAX_SHARE_LINE) return reply
  return { ...reply, buttons: [...buttons, { label: phrases.answer.share, line }] }
}

function changesCommand(newsroom: CommandContext): Command {
  return {
    name: 'changes',
    about: phrases.help.aboutVerb.changes,
    reach: 'root',
    flags: ['since', 'page', 'public'],
    run: ({ flags }, call) =>
      flagProblem(flags, '/nutgraf changes', ['since', 'page']) ?? changes(newsroom, flags, call),
  }
}

function logAndRefuse(cause: unknown, call: Call, log: Log): Reply {
  log.error({ err: cause, command: call.command, place: call.place }, 'answer: a command failed')
  return refusal(phrases.answer.failed('/nutgraf help'))
}
