import { list, type Reply, refusal, text } from '../../chat/reply.ts'
import { fold } from '../../content/fold.ts'
import { phrases } from '../../phrases/phrases.ts'
import type { Argument, Command, Subcommand } from '../command.ts'
import type { CommandContext, DigestRequest } from '../context.ts'
import { flagProblem } from '../flags.ts'
import { refuseUnknown } from '../refusals.ts'
import { runInDigestContext } from './run.ts'
import { digestStatus } from './status.ts'
import { digestNow, digestOff, digestOn, digestSet } from './subscribe.ts'

/** A verb of `/digest`; help is answered without a desk. */
type DigestVerb = Subcommand & { run?(ask: DigestRequest): Promise<Reply> }

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

/** `/digest`: what a place receives by itself, and when. */
export function digestCommand(newsroom: CommandContext): Command {
  return {
    name: 'digest',
    about,
    reach: 'always',
    subcommands: VERBS.map(({ run: _, ...verb }) => verb),
    run: ({ args: [first = 'status', ...args], flags }, call) => {
      const verb = VERBS.find(one => one.name === fold(first))
      if (!verb) return refuseUnknownVerb(newsroom, first, call)
      const refused = flagProblem(flags, `/digest ${verb.name}`, verb.flags) ?? publicFlagProblem(verb, flags)
      if (refused) return refused
      return verb.run
        ? runInDigestContext(newsroom, call, { commandLine: `/digest ${verb.name}`, args, flags }, verb.run)
        : digestHelp(newsroom)
    },
  }
}

function refuseUnknownVerb(
  newsroom: CommandContext,
  typed: string,
  call: Parameters<Command['run']>[1],
): Reply {
  const digests = newsroom.library().digests.map(digest => digest.name)
  return refuseUnknown(call, typed, {
    known: [VERBS.map(one => one.name), digests],
    lineOf: one => (digests.includes(one) ? `/digest on ${one}` : `/digest ${one}`),
    help: '/digest help',
  })
}

/** What is changed is told to all anyway, and a preview is for whoever asks. */
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
  const says = phrases.digest.help
  const lines: [string, string][] = [
    ['status', says.status],
    [`on ${digest} 7.30am chicago weekdays`, says.on],
    [`set ${digest} 18:00 ${story}`, says.set],
    [`quiet note ${digest}`, says.quiet],
    [`preview ${digest}`, says.preview],
    [`off ${digest}`, says.off],
    ['settings', says.settings],
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
