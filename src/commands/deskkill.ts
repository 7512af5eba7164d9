import { dayOf } from '../dates.ts'
import { plainInlines } from '../plain.ts'
import { type Block, note, type Reply, refusal, text } from '../reply.ts'
import { unknown } from './ask.ts'
import { acted, countedMessages, type DeskAsk, TOO_LATE, takesEffect, tooLate } from './deskroom.ts'
import { confirmation, wordsProblem } from './deskwords.ts'
import { line, textAfter } from './line.ts'
import { withdrawnNotice } from './withdrawn.ts'

/** A reason stands in every message that showed the story. */
const MOST_REASON = 300

/** `/desk kill <slug> <reason>`: shows what would be taken down; with `--confirm`, takes it down. */
export async function deskKill(ask: DeskAsk): Promise<Reply> {
  const { library, desk, call, args, flags, newsroom } = ask
  const [name = ''] = args
  if (name === '') return refusal(['Which story? ', { code: '/desk kill NAME why it is taken down' }])
  const gone = library.withdrawal(name)
  if (gone) return refusal([`${gone.slug} was taken down already, on ${gone.on}. Nothing was changed.`])
  const story = library.story(name)
  const reason = reasonOf(ask)
  if (!story)
    return unknown(call, name, {
      known: [library.names()],
      lineOf: one => `/desk kill ${line({ args: [one, ...(reason === '' ? [] : [reason])], flags: {} })}`,
      help: '/nutgraf story list',
    })
  const { slug } = story
  if (reason === '')
    return refusal([
      'Why? Whoever sees a message of this story will read it: ',
      { code: `/desk kill ${slug} The source withdrew its report.` },
      '. Nothing was changed.',
    ])
  const problem = wordsProblem('The reason', reason, MOST_REASON)
  if (problem) return problem

  const on = dayOf(call.at, newsroom.zone)
  const messages = await desk.store.messagesShowing(`${slug}/`)
  if (flags.confirm === undefined) {
    const sure = confirmation({ args: ['kill', slug, reason], flags: {} })
    return {
      blocks: [
        text({ bold: `To be taken down: ${story.title}` }, ` (${slug})`),
        text(`${countedMessages(messages)}. Each will say, and so will every answer about it:`),
        ...quoted(withdrawnNotice({ slug, on, reason })),
        note(
          'Nothing is changed yet. Posts of others, pictures of the screen and quotations elsewhere stay.',
        ),
        ...sure.blocks,
      ],
      actions: sure.actions,
      parts: [],
      audience: 'caller',
      guide: true,
    }
  }

  if (tooLate(ask)) return TOO_LATE
  const details = { slug, on, reason, messages: messages.length }
  const done = await acted(ask, 'kill', details, () => desk.store.withdraw({ slug, on, reason }))
  if (!done) return refusal([`${slug} was taken down already. Nothing was changed.`])
  await takesEffect(ask)
  const hears = newsroom.reports?.place ? '; the desk channel hears when the last is done' : ''
  const standing = messages.filter(({ state }) => state !== 'doubt').length
  return {
    blocks: [
      text(
        { bold: `${slug} is withdrawn.` },
        standing === 0
          ? ' No message shows it.'
          : ` ${standing === 1 ? '1 message is' : `${standing} messages are`} being replaced${hears}.`,
        ' How far it is: ',
        { code: '/desk status' },
      ),
      note('So that the files say it too: write “withdrawn:” with “on” and “reason” into its story.md.'),
    ],
    parts: [],
    audience: 'caller',
    guide: true,
  }
}

/** The reason as it was typed; where it came as one value, the value. */
function reasonOf({ args, call }: DeskAsk): string {
  const [, only = '', ...more] = args
  return (more.length > 0 ? textAfter(call.text, 2) : only).replace(/\s+/g, ' ').trim()
}

/** A message as it will be, set off from what is said about it. */
const quoted = ({ blocks }: Reply): Block[] =>
  blocks.map(block => (block.kind === 'text' ? text({ italic: plainInlines(block.text) }) : block))
