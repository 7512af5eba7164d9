import { fold } from '../content/fold.ts'
import { list, type Reply, refusal, text } from '../reply.ts'
import { type Newsroom, unknown } from './ask.ts'
import type { Argument, Command, Subcommand } from './command.ts'
import { atDesk, type DigestAsk } from './digestdesk.ts'
import { digestStatus } from './digeststatus.ts'
import { digestNow, digestOff, digestOn, digestSet } from './digestverbs.ts'
import { refusedFlag } from './flags.ts'

/** A verb of `/digest`; help is answered without a desk. */
type Verb = Subcommand & { run?(ask: DigestAsk): Promise<Reply> }

const name = (required: boolean): Argument => ({
  name: 'name',
  about: 'Which digest',
  required,
  suggests: true,
})
const WHEN: Subcommand['others'] = [
  { name: 'time', about: 'At which local time: 7:30, 7.30am, 19:00' },
  { name: 'zone', about: 'In which time zone: chicago, America/Chicago', suggests: true },
  { name: 'days', about: 'On which days: weekdays, daily, mon-fri, mon,wed,fri', suggests: true },
  { name: 'stories', about: 'Only these stories, with commas between; all for all of them', suggests: true },
]

const VERBS: Verb[] = [
  {
    name: 'status',
    about: 'What this channel receives, when, and what became of the last one',
    flags: ['page', 'public'],
    run: digestStatus,
  },
  {
    name: 'settings',
    about: 'Set a digest in a form: when it comes, and with which stories',
    argument: name(false),
    flags: [],
    run: digestStatus,
  },
  {
    name: 'on',
    about: 'Send a digest to this channel',
    argument: name(true),
    others: WHEN,
    flags: [],
    run: digestOn,
  },
  {
    name: 'off',
    about: 'Stop a digest in this channel',
    argument: name(true),
    flags: [],
    run: digestOff,
  },
  {
    name: 'set',
    about: 'Change when a digest comes, or which stories it has',
    argument: name(false),
    others: WHEN,
    flags: [],
    run: digestSet,
  },
  {
    name: 'quiet',
    about: 'A day without news: no post, or one line that says so',
    argument: { name: 'policy', about: 'skip: no post · note: one line', required: true, suggests: true },
    others: [{ name: 'name', about: 'Which digest', suggests: true }],
    flags: [],
    run: digestSet,
  },
  {
    name: 'now',
    about: 'What would be sent right now; only you see it',
    argument: name(false),
    flags: ['page'],
    run: digestNow,
  },
  {
    name: 'preview',
    about: 'Any digest as it would be now; only you see it',
    argument: name(false),
    flags: ['page'],
    run: digestNow,
  },
  { name: 'help', about: 'How to set a digest, by example', flags: [] },
]

/** `/digest`: what a place receives by itself, and when. */
export function digestCommand(newsroom: Newsroom): Command {
  return {
    name: 'digest',
    about: 'Briefs that come to this channel by themselves: status, on, off, set',
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
  const why = name === 'now' || name === 'preview' ? 'a preview is only for you' : 'everyone is told anyway'
  return refusal([{ code: `/digest ${name}` }, ` does not take --public: ${why}. Nothing was changed.`])
}

function help(newsroom: Newsroom): Reply {
  const library = newsroom.library()
  const digest = library.digests[0]?.name ?? 'morning'
  const story = library.stories[0]?.slug ?? 'story'
  const lines: [string, string][] = [
    ['status', 'what this channel gets, when, and how the last one went'],
    [`on ${digest} 7.30am chicago weekdays`, 'in any order; what you leave out is chosen and shown'],
    [`set ${digest} 18:00 ${story}`, 'changes the time and the stories; all for all stories'],
    [`quiet note ${digest}`, 'one line on days without news; skip for none'],
    [`preview ${digest}`, 'how it would look now, for your eyes only'],
    [`off ${digest}`, 'stops it'],
    ['settings', 'all of it in a form, where there are forms'],
  ]
  return {
    blocks: [
      text({ bold: 'Digests' }, ' come to this channel by themselves, at its own local time.'),
      list(lines.map(([line, about]) => [{ code: `/digest ${line}` }, ` · ${about}`])),
    ],
    parts: [],
    audience: 'caller',
  }
}
