import { plainInlines } from '../../chat/plain-text.ts'
import { type Block, note, type Reply, refusal, text } from '../../chat/reply.ts'
import { dayOf } from '../../dates.ts'
import { phrases } from '../../phrases/phrases.ts'
import type { DeskAsk } from '../context.ts'
import { line, textAfter } from '../line.ts'
import { TOO_LATE, unknown } from '../refusals.ts'
import { withdrawnNotice } from '../withdrawn.ts'
import { confirmation, wordsProblem } from './confirmation.ts'
import { acted, countedMessages, takesEffect, tooLate } from './run.ts'

/** A reason stands in every message that showed the story. */
const MOST_REASON = 300

/** `/desk kill <slug> <reason>`: shows what would be taken down; with `--confirm`, takes it down. */
export async function deskKill(ask: DeskAsk): Promise<Reply> {
  const { library, desk, call, args, flags, newsroom } = ask
  const [name = ''] = args
  if (name === '') return refusal(phrases.correction.whichStory())
  const gone = library.withdrawal(name)
  if (gone) return refusal([phrases.correction.goneSince(gone.slug, gone.on)])
  const story = library.story(name)
  const reason = reasonOf(ask)
  if (!story)
    return unknown(call, name, {
      known: [library.names()],
      lineOf: one => `/desk kill ${line({ args: [one, ...(reason === '' ? [] : [reason])], flags: {} })}`,
      help: '/nutgraf story list',
    })
  const { slug } = story
  if (reason === '') return refusal(phrases.correction.whatReason(slug))
  const problem = wordsProblem(reason, MOST_REASON)
  if (problem) return problem

  const on = dayOf(call.at, newsroom.zone)
  const messages = await desk.store.messagesShowing(`${slug}/`)
  if (flags.confirm === undefined) {
    const sure = confirmation({ args: ['kill', slug, reason], flags: {} })
    return {
      blocks: [
        text(...phrases.correction.toBeTakenDown(story.title, slug)),
        text(phrases.correction.whichAnswer(countedMessages(messages))),
        ...quoted(withdrawnNotice({ slug, on, reason })),
        note(phrases.correction.whatStays),
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
  if (!done) return refusal([phrases.correction.gone(slug)])
  await takesEffect(ask)
  const heard = newsroom.reports?.place !== undefined
  const standing = messages.filter(({ state }) => state !== 'doubt').length
  return {
    blocks: [text(...phrases.correction.takenDown(slug, standing, heard)), note(phrases.correction.filesToo)],
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
