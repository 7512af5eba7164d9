import { type Call, platformOf } from '../../chat/platform.ts'
import { list, type Reply, refusal, text } from '../../chat/reply.ts'
import { fold } from '../../content/fold.ts'
import { phrases } from '../../phrases/phrases.ts'
import type { Command, Subcommand } from '../command.ts'
import type { DeskAsk, Newsroom } from '../context.ts'
import { refusedFlag } from '../flags.ts'
import { textAfter, type Words, words } from '../line.ts'
import { unknown } from '../refusals.ts'
import { deskAudit } from './audit.ts'
import { deskCorrect } from './correct.ts'
import { deskKill } from './kill.ts'
import { isOfDesk } from './permission.ts'
import { deskRetry } from './retry.ts'
import { inDeskRoom } from './run.ts'
import { deskStatus } from './status.ts'

type Verb = Subcommand & { run(ask: DeskAsk): Reply | Promise<Reply> }

const { aboutVerb, aboutValue } = phrases.desk

const VERBS: Verb[] = [
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
    others: [{ name: 'reason', about: aboutValue.reason }],
    flags: ['confirm'],
    run: deskKill,
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
  { name: 'help', about: aboutVerb.help, flags: [], run: help },
]

/** Whoever is not of the desk hears this and nothing else, whatever they typed and whether there is a desk or not. */
const STRANGER = refusal(phrases.desk.forEditors())
const OPENLY = refusal(phrases.desk.notInTheOpen())

/** `/desk`: what only editors may do. It is registered only where somebody may use it, and never answered from memory. */
export function deskCommand(newsroom: Newsroom): Command {
  return {
    name: 'desk',
    about: phrases.desk.about,
    reach: 'always',
    editors: true,
    subcommands: VERBS.map(({ run: _, ...verb }) => verb),
    run: (typed, call) => run(newsroom, typed, call),
  }
}

/** The call of the desk that a call is, under whichever name it was asked for; undefined where it is another. */
export function deskCall(call: Call): Call | undefined {
  const name = fold(call.command)
  if (name === 'desk') return call
  if (name !== 'nutgraf') return undefined
  const [head = '', second = ''] = words(call.text).args.map(arg => fold(arg.replace(/^[/@]/, '')))
  if (head === 'desk') return { ...call, command: 'desk', text: textAfter(call.text, 1) }
  return head === 'help' && second === 'desk' ? { ...call, command: 'desk', text: 'help' } : undefined
}

async function run(newsroom: Newsroom, { args, flags }: Words, call: Call): Promise<Reply> {
  const { desk, deskUsers = [] } = newsroom
  const [first = 'status', ...rest] = args
  const verb = VERBS.find(one => one.name === fold(first))
  if (!(await isOfDesk(call, deskUsers, desk?.platform(platformOf(call.place))))) {
    // Never what they typed beyond a verb of ours.
    const { place, caller } = call
    desk?.log.warn(
      { who: caller.id, place, ...(verb && { verb: verb.name }) },
      'desk: a stranger was refused',
    )
    return STRANGER
  }
  if (call.audience === 'place' || flags.public !== undefined) return OPENLY
  if (!verb) return unknownVerb(first, call)
  const head = `/desk ${verb.name}`
  return (
    refusedFlag(flags, head, verb.flags, false) ??
    (await inDeskRoom(newsroom, call, { head, args: rest, flags }, verb.run))
  )
}

const unknownVerb = (typed: string, call: Call): Reply =>
  unknown(call, typed, {
    known: [VERBS.map(one => one.name)],
    lineOf: name => `/desk ${name}`,
    help: '/desk help',
  })

function help({ library }: DeskAsk): Reply {
  const story = library.stories[0]
  const slug = story?.slug ?? 'story'
  const part = story?.timeline[0] ? `event:${story.timeline[0].id}` : 'label'
  const { example, flags, shownFirst } = phrases.desk
  return {
    blocks: [
      text(...shownFirst()),
      list([
        example.status(),
        example.correct(`${slug}/${part}`),
        example.kill(slug),
        example.retry(),
        example.audit(),
      ]),
      text(...flags()),
    ],
    parts: [],
    audience: 'caller',
    guide: true,
  }
}
