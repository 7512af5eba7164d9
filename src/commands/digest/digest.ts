import type { Call } from '../../chat/platform.ts'
import { list, type Reply, refusal, text } from '../../chat/reply.ts'
import { fold } from '../../content/fold.ts'
import { phrases } from '../../phrases/phrases.ts'
import type { Argument, Command, Subcommand } from '../command.ts'
import type { CommandContext, DigestRequest } from '../context.ts'
import { flagProblem } from '../flags.ts'
import { textAfter } from '../line.ts'
import { refuseUnknown } from '../refusals.ts'
import { FILTER_PREFIX, withFilterArgument } from './filter-words.ts'
import { runInDigestContext } from './run.ts'
import { digestStatus } from './status.ts'
import { digestNow, digestOff, digestOn, digestSet } from './subscribe.ts'

/** A verb of `/digest`. Help has no `run`: it is answered without the digest context, which only a running bot has. */
type DigestVerb = Subcommand & { run?(request: DigestRequest): Promise<Reply> }

const { about, aboutVerb, aboutValue } = phrases.digest

const nameArgument = (required: boolean): Argument => ({
  name: 'name',
  about: aboutValue.name,
  required,
  suggests: true,
})
const WHEN_ARGUMENTS: Subcommand['moreArguments'] = [
  { name: 'time', about: aboutValue.time },
  { name: 'zone', about: aboutValue.zone, suggests: true },
  { name: 'days', about: aboutValue.days, suggests: true },
  { name: 'stories', about: aboutValue.stories, suggests: true },
  { name: 'words', about: aboutValue.words, prefix: FILTER_PREFIX },
]

const VERBS: DigestVerb[] = [
  {
    name: 'status',
    about: aboutVerb.status,
    flags: ['page', 'public'],
    run: digestStatus,
  },
  {
    name: 'settings',
    about: aboutVerb.settings,
    argument: nameArgument(false),
    flags: [],
    run: digestStatus,
  },
  {
    name: 'on',
    about: aboutVerb.on,
    argument: nameArgument(true),
    moreArguments: WHEN_ARGUMENTS,
    flags: [],
    run: digestOn,
  },
  {
    name: 'off',
    about: aboutVerb.off,
    argument: nameArgument(true),
    flags: [],
    run: digestOff,
  },
  {
    name: 'set',
    about: aboutVerb.set,
    argument: nameArgument(false),
    moreArguments: WHEN_ARGUMENTS,
    flags: [],
    run: digestSet,
  },
  {
    name: 'quiet',
    about: aboutVerb.quiet,
    argument: { name: 'policy', about: aboutValue.policy, required: true, suggests: true },
    moreArguments: [{ name: 'name', about: aboutValue.name, suggests: true }],
    flags: [],
    run: digestSet,
  },
  {
    name: 'now',
    about: aboutVerb.now,
    argument: nameArgument(false),
    flags: ['page'],
    run: digestNow,
  },
  {
    name: 'preview',
    about: aboutVerb.preview,
    argument: nameArgument(false),
    flags: ['page'],
    run: digestNow,
  },
  { name: 'help', about: aboutVerb.help, flags: [] },
]

/** Creates `/digest`: which digests are posted in a place, and when. */
export function digestCommand(newsroom: CommandContext): Command {
  return {
    name: 'digest',
    about,
    reach: 'always',
    subcommands: VERBS.map(({ run: _, ...verb }) => verb),
    run: ({ args: [first = 'status', ...args], flags }, call) => {
      const verb = VERBS.find(({ name }) => name === fold(first))
      if (!verb) return refuseUnknownVerb(newsroom, first, call)
      const problem = flagProblem(flags, `/digest ${verb.name}`, verb.flags) ?? publicFlagProblem(verb, flags)
      if (problem) return problem
      if (!verb.run) return digestHelp(newsroom)
      const line = { commandLine: `/digest ${verb.name}`, args: argumentsOf(verb, args, call), flags }
      return runInDigestContext(newsroom, call, line, verb.run)
    },
  }
}

/** The arguments of a verb. Where a filter may be set, it is one of them, and goes to the end of the line. */
const argumentsOf = (verb: DigestVerb, args: string[], call: Call): string[] =>
  verb.run === digestOn || verb.run === digestSet ? withFilterArgument(textAfter(call.text, 1), args) : args

function refuseUnknownVerb(
  newsroom: CommandContext,
  typed: string,
  call: Parameters<Command['run']>[1],
): Reply {
  const digests = newsroom.library().digests.map(digest => digest.name)
  return refuseUnknown(call, typed, {
    known: [VERBS.map(({ name }) => name), digests],
    lineOf: name => (digests.includes(name) ? `/digest on ${name}` : `/digest ${name}`),
    help: '/digest help',
  })
}

/** Refuses `--public` where it makes no sense: changes are announced to everyone anyway, and a preview is private. */
function publicFlagProblem(
  { name, flags }: DigestVerb,
  typed: Record<string, string | true>,
): Reply | undefined {
  if (typed.public === undefined || flags?.includes('public')) return undefined
  const { previewIsPrivate, publicNotNeeded } = phrases.digest
  const why = name === 'now' || name === 'preview' ? previewIsPrivate : publicNotNeeded
  return refusal(why(`/digest ${name}`))
}

function digestHelp(newsroom: CommandContext): Reply {
  const library = newsroom.library()
  const digest = library.digests[0]?.name ?? 'morning'
  const story = library.stories[0]?.slug ?? 'story'
  const { help } = phrases.digest
  const lines: [string, string][] = [
    ['status', help.status],
    [`on ${digest} 7.30am chicago weekdays`, help.on],
    [`set ${digest} 18:00 ${story}`, help.set],
    [`set ${digest} words: ${phrases.digestWords.example}`, help.words],
    [`quiet note ${digest}`, help.quiet],
    [`preview ${digest}`, help.preview],
    [`off ${digest}`, help.off],
    ['settings', help.settings],
  ]
  return {
    blocks: [
      text(...phrases.digest.intro()),
      list(lines.map(([line, about]) => [{ code: `/digest ${line}` }, ` · ${about}`])),
    ],
    parts: [],
    audience: 'caller',
  }
}
