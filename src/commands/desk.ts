import { fold } from '../content/fold.ts'
import { type Call, platformOf } from '../platform.ts'
import { list, type Reply, refusal, text } from '../reply.ts'
import { type Newsroom, unknown } from './ask.ts'
import type { Command, Subcommand } from './command.ts'
import { deskAudit } from './deskaudit.ts'
import { deskCorrect } from './deskcorrect.ts'
import { deskKill } from './deskkill.ts'
import { deskRetry } from './deskretry.ts'
import { isOfDesk } from './deskrights.ts'
import { type DeskAsk, inDeskRoom } from './deskroom.ts'
import { deskStatus } from './deskstatus.ts'
import { refusedFlag } from './flags.ts'
import { textAfter, type Words, words } from './line.ts'

type Verb = Subcommand & { run(ask: DeskAsk): Reply | Promise<Reply> }

const VERBS: Verb[] = [
  {
    name: 'status',
    about: 'What is in trouble or in doubt, and how far corrections have come',
    flags: ['page'],
    run: deskStatus,
  },
  {
    name: 'kill',
    about: 'Take a story down: every message that shows it becomes a notice',
    argument: { name: 'slug', about: 'Which story', required: true, suggests: true },
    others: [{ name: 'reason', about: 'Why, as readers will see it' }],
    flags: ['confirm'],
    run: deskKill,
  },
  {
    name: 'correct',
    about: 'Correct a part of a story in every message that shows it',
    argument: { name: 'part', about: 'Such as story/event:2020-04-30-1', required: true, suggests: true },
    flags: ['was', 'now', 'why', 'notice', 'no-repeat', 'confirm'],
    run: deskCorrect,
  },
  {
    name: 'retry',
    about: 'What could not be posted, and how to try again',
    argument: { name: 'key', about: 'Which one; leave it out for the list', required: false },
    flags: ['page'],
    run: deskRetry,
  },
  {
    name: 'audit',
    about: 'What a message shows, and which lines of which source that rests on',
    argument: { name: 'message', about: 'A link to the message, or its key', required: true },
    flags: ['page'],
    run: deskAudit,
  },
  { name: 'help', about: 'How to use the desk, by example', flags: [], run: help },
]

/** Whoever is not of the desk hears this and nothing else, whatever they typed and whether there is a desk or not. */
const STRANGER = refusal([
  'That is for the editors of this newsroom. Nothing was changed. What you can ask: ',
  { code: '/nutgraf help' },
])

const OPENLY = refusal([
  'The desk answers only you, so it takes no --public and no mention. Use the slash command: ',
  { code: '/desk' },
  '. Nothing was changed.',
])

/** `/desk`: what only editors may do. It is registered only where somebody may use it, and never answered from memory. */
export function deskCommand(newsroom: Newsroom): Command {
  return {
    name: 'desk',
    about: 'For editors: correct, take down, retry, audit',
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
  const lines: [string, string][] = [
    ['status', 'what is in trouble, and how far corrections have come'],
    [
      `correct ${slug}/${part} --was "29 April" --now "30 April" --why "Misread."`,
      'in every message that shows it',
    ],
    [`kill ${slug} The source withdrew it.`, 'every message becomes a notice'],
    ['retry', 'what could not be posted'],
    ['audit <link to a message>', 'what it shows, and what that rests on'],
  ]
  return {
    blocks: [
      text(
        { bold: 'The desk' },
        ' shows first what would be done; nothing is changed before ',
        { code: '--confirm' },
        '.',
      ),
      list(lines.map(([line, about]) => [{ code: `/desk ${line}` }, ` · ${about}`])),
      text(
        { code: '--no-repeat' },
        ' keeps the wrong words out of sight, ',
        { code: '--notice' },
        ' tells at once.',
      ),
    ],
    parts: [],
    audience: 'caller',
    guide: true,
  }
}
