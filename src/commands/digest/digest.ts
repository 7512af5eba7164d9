import { list, type Reply, refusal, text } from '../../chat/reply.ts'
import { fold } from '../../content/fold.ts'
import { phrases } from '../../phrases/phrases.ts'
import type { Argument, Command, Subcommand } from '../command.ts'
import type { DigestAsk, Newsroom } from '../context.ts'
import { refusedFlag } from '../flags.ts'
import { unknown } from '../refusals.ts'
import { atDesk } from './run.ts'
import { digestStatus } from './status.ts'
import { digestNow, digestOff, digestOn, digestSet } from './subscribe.ts'

/** A verb of `/digest`; help is answered without a desk. */
type Verb = Subcommand & { run?(ask: DigestAsk): Promise<Reply> }

const { about, aboutVerb, aboutValue } = phrases.digest

const name = (required: boolean): Argument => ({
  name: 'name',
  about: aboutValue.name,
  required,
  suggests: true,
})
const WHEN: Subcommand['others'] = [
  { name: 'time', about: aboutValue.time },
  { name: 'zone', about: aboutValue.zone, suggests: true },
  { name: 'days', about: aboutValue.days, suggests: true },
  { name: 'stories', about: aboutValue.stories, suggests: true },
]

const VERBS: Verb[] = [
  {
    name: 'status',
    about: aboutVerb.status,
    flags: ['page', 'public'],
    run: digestStatus,
  },
  {
    name: 'settings',
    about: aboutVerb.settings,
    argument: name(false),
    flags: [],
    run: digestStatus,
  },
  {
    name: 'on',
    about: aboutVerb.on,
    argument: name(true),
    others: WHEN,
    flags: [],
    run: digestOn,
  },
  {
    name: 'off',
    about: aboutVerb.off,
    argument: name(true),
    flags: [],
    run: digestOff,
  },
  {
    name: 'set',
    about: aboutVerb.set,
    argument: name(false),
    others: WHEN,
    flags: [],
    run: digestSet,
  },
  {
    name: 'quiet',
    about: aboutVerb.quiet,
    argument: { name: 'policy', about: aboutValue.policy, required: true, suggests: true },
    others: [{ name: 'name', about: aboutValue.name, suggests: true }],
    flags: [],
    run: digestSet,
  },
  {
    name: 'now',
    about: aboutVerb.now,
    argument: name(false),
    flags: ['page'],
    run: digestNow,
  },
  {
    name: 'preview',
    about: aboutVerb.preview,
    argument: name(false),
    flags: ['page'],
    run: digestNow,
  },
  { name: 'help', about: aboutVerb.help, flags: [] },
]

/** `/digest`: what a place receives by itself, and when. */
export function digestCommand(newsroom: Newsroom): Command {
  return {
    name: 'digest',
    about,
    reach: 'always',
    subcommands: VERBS.map(({ run: _, ...verb }) => verb),
    run: ({ args: [first = 'status', ...args], flags }, call) => {
      const verb = VERBS.find(one => one.name === fold(first))
      if (!verb) return unknownVerb(newsroom, first, call)
      const refused = refusedFlag(flags, `/digest ${verb.name}`, verb.flags) ?? openly(verb, flags)
      if (refused) return refused
      return verb.run
        ? atDesk(newsroom, call, { head: `/digest ${verb.name}`, args, flags }, verb.run)
        : help(newsroom)
    },
  }
}

function unknownVerb(newsroom: Newsroom, typed: string, call: Parameters<Command['run']>[1]): Reply {
  const digests = newsroom.library().digests.map(digest => digest.name)
  return unknown(call, typed, {
    known: [VERBS.map(one => one.name), digests],
    lineOf: one => (digests.includes(one) ? `/digest on ${one}` : `/digest ${one}`),
    help: '/digest help',
  })
}

/** What is changed is told to all anyway, and a preview is for whoever asks. */
function openly({ name, flags }: Verb, typed: Record<string, string | true>): Reply | undefined {
  if (typed.public === undefined || flags?.includes('public')) return undefined
  const { previewIsYours, toldAnyway } = phrases.digest
  const why = name === 'now' || name === 'preview' ? previewIsYours : toldAnyway
  return refusal(why(`/digest ${name}`))
}

function help(newsroom: Newsroom): Reply {
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
      text(...phrases.digest.comeByThemselves()),
      list(lines.map(([line, about]) => [{ code: `/digest ${line}` }, ` · ${about}`])),
    ],
    parts: [],
    audience: 'caller',
  }
}
