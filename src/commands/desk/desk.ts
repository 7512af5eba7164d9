import { type Call, platformOf } from '../../chat/platform.ts'
import { list, type Reply, refusal, text } from '../../chat/reply.ts'
import { fold } from '../../content/fold.ts'
import { addDays, readableDate } from '../../dates/dates.ts'
import { phrases } from '../../phrases/phrases.ts'
import type { Command, Subcommand } from '../command.ts'
import type { CommandContext, DeskRequest } from '../context.ts'
import { flagProblem } from '../flags.ts'
import { type ParsedLine, parseLine, textAfter } from '../line.ts'
import { refuseUnknown } from '../refusals.ts'
import { APPROVAL_VERBS } from './approval/verbs.ts'
import { deskAudit } from './audit.ts'
import { CARD_VERBS } from './cards/verbs.ts'
import { deskCorrect } from './correct.ts'
import { deskDraft } from './drafts/draft.ts'
import { deskImport } from './drafts/import.ts'
import { deskDrop } from './drop.ts'
import { deskFeeds } from './feeds.ts'
import { deskKill } from './kill.ts'
import { isEditor, refuseStranger } from './permission.ts'
import { deskRestore } from './restore.ts'
import { deskRetry } from './retry.ts'
import { runInDeskContext } from './run.ts'
import { deskStatus } from './status.ts'

type DeskVerb = Subcommand & { run(request: DeskRequest): Reply | Promise<Reply> }

const { aboutVerb, aboutValue } = phrases.desk

const VERBS: DeskVerb[] = [
  {
    name: 'status',
    about: aboutVerb.status,
    flags: ['page'],
    run: deskStatus,
  },
  {
    name: 'kill',
    about: aboutVerb.kill,
    argument: { name: 'slug', about: aboutValue.slug, required: true, suggests: true },
    moreArguments: [{ name: 'reason', about: aboutValue.reason }],
    flags: ['confirm'],
    run: deskKill,
  },
  {
    name: 'restore',
    about: aboutVerb.restore,
    argument: { name: 'withdrawn', about: aboutValue.withdrawn, required: true, suggests: true },
    flags: ['confirm'],
    run: deskRestore,
  },
  {
    name: 'correct',
    about: aboutVerb.correct,
    argument: { name: 'part', about: aboutValue.part, required: true, suggests: true },
    flags: ['was', 'now', 'why', 'notice', 'no-repeat', 'confirm'],
    run: deskCorrect,
  },
  {
    name: 'retry',
    about: aboutVerb.retry,
    argument: { name: 'key', about: aboutValue.key, required: false },
    flags: ['page'],
    run: deskRetry,
  },
  {
    name: 'audit',
    about: aboutVerb.audit,
    argument: { name: 'message', about: aboutValue.message, required: true },
    flags: ['page'],
    run: deskAudit,
  },
  {
    name: 'feeds',
    about: phrases.deskFeeds.about,
    argument: { name: 'feed', about: phrases.deskFeeds.aboutName, required: false },
    flags: ['page'],
    run: deskFeeds,
  },
  {
    name: 'import',
    about: phrases.drafts.aboutImport,
    argument: { name: 'address', about: phrases.drafts.aboutAddress, required: true },
    flags: ['into', 'as'],
    run: deskImport,
  },
  {
    name: 'draft',
    about: phrases.drafts.aboutDraft,
    argument: { name: 'draft', about: phrases.drafts.aboutSlug, required: false },
    moreArguments: [
      { name: 'act', about: phrases.drafts.aboutAct },
      { name: 'piece', about: phrases.drafts.aboutPiece },
    ],
    flags: ['page', 'name', 'role', 'date', 'text', 'title', 'status', 'summary', 'confirm'],
    run: deskDraft,
  },
  {
    name: 'drop',
    about: phrases.deskWaits.aboutDrop,
    argument: { name: 'slug', about: phrases.deskWaits.aboutGone, required: true },
    flags: ['confirm'],
    run: deskDrop,
  },
  ...CARD_VERBS,
  ...APPROVAL_VERBS,
  { name: 'help', about: aboutVerb.help, flags: [], run: deskHelp },
]

const NOT_IN_PUBLIC = refusal(phrases.desk.neverPublic())

/** Creates `/desk`, for editors only. It is registered only if there are editors, and its replies are never cached. */
export function deskCommand(newsroom: CommandContext): Command {
  return {
    name: 'desk',
    about: phrases.desk.about,
    reach: 'always',
    editorsOnly: true,
    subcommands: VERBS.map(({ run: _, ...verb }) => verb),
    run: (parsed, call) => runDeskVerb(newsroom, parsed, call),
  }
}

/** Rewrites `/nutgraf desk …` and `/nutgraf help desk` as `/desk …`; undefined for calls of other commands. */
export function toDeskCall(call: Call): Call | undefined {
  const name = fold(call.command)
  if (name === 'desk') return call
  if (name !== 'nutgraf') return undefined
  const [first = '', second = ''] = parseLine(call.text).args.map(arg => fold(arg.replace(/^[/@]/, '')))
  if (first === 'desk') return { ...call, command: 'desk', text: textAfter(call.text, 1) }
  return first === 'help' && second === 'desk' ? { ...call, command: 'desk', text: 'help' } : undefined
}

async function runDeskVerb(
  newsroom: CommandContext,
  { args, flags }: ParsedLine,
  call: Call,
): Promise<Reply> {
  const { desk, deskUsers = [] } = newsroom
  const [first = 'status', ...rest] = args
  const verb = VERBS.find(({ name }) => name === fold(first))
  if (!(await isEditor(call, deskUsers, desk?.platform(platformOf(call.place))))) {
    // Logged with a verb of ours at most, never with what they typed.
    const { place, caller } = call
    const details = { who: caller.id, place, ...(verb && { verb: verb.name }) }
    desk?.log.warn(details, 'desk: refused a caller who is not an editor')
    return refuseStranger(call)
  }
  if (call.audience === 'place' || flags.public !== undefined) return NOT_IN_PUBLIC
  if (!verb) return refuseUnknownVerb(first, call)
  const commandLine = `/desk ${verb.name}`
  return (
    flagProblem(flags, commandLine, verb.flags, false) ??
    (await runInDeskContext(newsroom, call, { commandLine, args: rest, flags }, verb.run))
  )
}

const refuseUnknownVerb = (typed: string, call: Call): Reply =>
  refuseUnknown(call, typed, {
    known: [VERBS.map(({ name }) => name)],
    lineOf: name => `/desk ${name}`,
    help: '/desk help',
  })

function deskHelp({ library }: DeskRequest): Reply {
  const story = library.stories[0]
  const slug = story?.slug ?? 'story'
  const [event] = story?.timeline ?? []
  const part = event ? `event:${event.written ?? event.id}` : 'label'
  // Typed as it is written, the example shows a preview: the day is one that the part really has.
  const day = event?.date ?? story?.coversTo ?? '2020-04-29'
  const { example, flags, previewFirst } = phrases.desk
  return {
    blocks: [
      text(...previewFirst()),
      list([
        example.status(),
        example.correct(`${slug}/${part}`, readableDate(day), readableDate(addDays(day, 1))),
        example.kill(slug),
        example.restore(slug),
        example.retry(),
        example.audit(),
        phrases.deskFeeds.example(),
        phrases.approval.example(),
        phrases.cards.example(),
        phrases.drafts.exampleImport(slug),
        phrases.drafts.exampleDraft(),
      ]),
      text(...flags()),
    ],
    parts: [],
    audience: 'caller',
    guide: true,
  }
}
