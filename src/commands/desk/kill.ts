import { plainInlines } from '../../chat/plain-text.ts'
import { type Block, note, type Reply, refusal, text } from '../../chat/reply.ts'
import { localDate } from '../../dates.ts'
import { phrases } from '../../phrases/phrases.ts'
import type { DeskRequest } from '../context.ts'
import { formatLine, textAfter } from '../line.ts'
import { refuseUnknown, TOO_LATE } from '../refusals.ts'
import { withdrawnNotice } from '../withdrawn.ts'
import { confirmation, textProblem } from './confirmation.ts'
import { countMessages, isTooLate, logThenDo, tryApplyChanges } from './run.ts'

/** A reason stands in every message that showed the story. */
const MAX_REASON = 300

/** `/desk kill <slug> <reason>`: shows what would be taken down; with `--confirm`, takes it down. */
export async function deskKill(ask: DeskRequest): Promise<Reply> {
  const { library, desk, call, args, flags, context } = ask
  const [name = ''] = args
  if (name === '') return refusal(phrases.correction.whichStory())
  const gone = library.withdrawal(name)
  if (gone) return refusal([phrases.correction.alreadyWithdrawnOn(gone.slug, gone.on)])
  const story = library.story(name)
  const reason = killReason(ask)
  if (!story)
    return refuseUnknown(call, name, {
      known: [library.storyNames()],
      lineOf: one =>
        `/desk kill ${formatLine({ args: [one, ...(reason === '' ? [] : [reason])], flags: {} })}`,
      help: '/nutgraf story list',
    })
  const { slug } = story
  if (reason === '') return refusal(phrases.correction.missingReason(slug))
  const problem = textProblem(reason, MAX_REASON)
  if (problem) return problem

  const on = localDate(call.at, context.zone)
  const messages = await desk.store.ledger.messagesShowing(`${slug}/`)
  if (flags.confirm === undefined) {
    const sure = confirmation({ args: ['kill', slug, reason], flags: {} })
    return {
      blocks: [
        text(...phrases.correction.withdrawalPreview(story.title, slug)),
        text(phrases.correction.affectedByWithdrawal(countMessages(messages))),
        ...italicizeText(withdrawnNotice({ slug, on, reason })),
        note(phrases.correction.withdrawalLimits),
        ...sure.blocks,
      ],
      buttons: sure.actions,
      parts: [],
      audience: 'caller',
      guide: true,
    }
  }

  if (isTooLate(ask)) return TOO_LATE
  const details = { slug, on, reason, messages: messages.length }
  const done = await logThenDo(ask, 'kill', details, () =>
    desk.store.corrections.withdraw({ slug, on, reason }),
  )
  if (!done) return refusal([phrases.correction.alreadyWithdrawn(slug)])
  await tryApplyChanges(ask)
  const heard = context.reports?.deskPlace !== undefined
  const standing = messages.filter(({ state }) => state !== 'doubt').length
  return {
    blocks: [
      text(...phrases.correction.storyWithdrawn(slug, standing, heard)),
      note(phrases.correction.withdrawInFilesToo),
    ],
    parts: [],
    audience: 'caller',
    guide: true,
  }
}

/** The reason as it was typed; where it came as one value, the value. */
function killReason({ args, call }: DeskRequest): string {
  const [, only = '', ...more] = args
  return (more.length > 0 ? textAfter(call.text, 2) : only).replace(/\s+/g, ' ').trim()
}

/** A message as it will be, set off from what is said about it. */
const italicizeText = ({ blocks }: Reply): Block[] =>
  blocks.map(block => (block.kind === 'text' ? text({ italic: plainInlines(block.text) }) : block))
