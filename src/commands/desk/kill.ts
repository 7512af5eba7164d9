import { plainInlines } from '../../chat/plain-text.ts'
import { type Block, note, type Reply, refusal, text } from '../../chat/reply.ts'
import type { Story, Withdrawal } from '../../content/story.ts'
import { localDate, readableDate } from '../../dates/dates.ts'
import { phrases } from '../../phrases/phrases.ts'
import type { Delivery } from '../../store/delivery.ts'
import type { DeskRequest } from '../context.ts'
import { formatLine, textAfter } from '../line.ts'
import { refuseUnknown, TOO_LATE } from '../refusals.ts'
import { withdrawnNotice } from '../withdrawn.ts'
import { confirmation, textProblem } from './confirmation.ts'
import { countMessages, isTooLate, logAction, logThenDo, tryApplyChanges } from './run.ts'

/** The longest reason: every message that showed the story will show it, and it must fit there. */
const MAX_REASON = 300

/** `/desk kill <slug> <reason>`: previews taking down a story; with `--confirm`, takes it down. */
export async function deskKill(request: DeskRequest): Promise<Reply> {
  const { library, call, args, flags, context } = request
  const [name = ''] = args
  if (name === '') return refusal(phrases.correction.whichStory())
  const old = library.withdrawal(name)
  if (old) return refusal([phrases.correction.alreadyWithdrawnOn(old.slug, readableDate(old.on))])
  const story = library.story(name)
  const reason = killReason(request)
  if (!story)
    return refuseUnknown(call, name, {
      known: [library.storyNames()],
      lineOf: slug =>
        `/desk kill ${formatLine({ args: [slug, ...(reason === '' ? [] : [reason])], flags: {} })}`,
      help: '/nutgraf story list',
    })
  const { slug } = story
  if (reason === '') return refusal(phrases.correction.missingReason(slug))
  const problem = textProblem(reason, MAX_REASON)
  if (problem) return problem

  const withdrawal = { slug, on: localDate(call.at, context.zone), reason }
  const messages = await request.desk.store.ledger.messagesShowing(`${slug}/`)
  return flags.confirm === undefined
    ? withdrawalPreview(story, withdrawal, messages)
    : withdrawStory(request, withdrawal, messages)
}

function withdrawalPreview({ title, slug }: Story, withdrawal: Withdrawal, messages: Delivery[]): Reply {
  const { blocks: howToConfirm, buttons } = confirmation({
    args: ['kill', slug, withdrawal.reason],
    flags: {},
  })
  return {
    blocks: [
      text(...phrases.correction.withdrawalPreview(title, slug)),
      text(phrases.correction.affectedByWithdrawal(countMessages(messages))),
      ...italicizeText(withdrawnNotice(withdrawal)),
      note(phrases.correction.withdrawalLimits),
      ...howToConfirm,
    ],
    buttons,
    parts: [],
    audience: 'caller',
    guide: true,
  }
}

async function withdrawStory(
  request: DeskRequest,
  withdrawal: Withdrawal,
  messages: Delivery[],
): Promise<Reply> {
  if (isTooLate(request)) return TOO_LATE
  const { desk, context } = request
  const { slug } = withdrawal
  const isDone = await logThenDo(request, 'kill', { ...withdrawal, messages: messages.length }, () =>
    desk.store.corrections.withdraw(withdrawal),
  )
  if (!isDone) {
    // Somebody else did it in this moment: what was logged above did not happen.
    await logAction(request, 'kill failed', { slug })
    return refusal([phrases.correction.alreadyWithdrawn(slug)])
  }
  await tryApplyChanges(request)
  const deskIsNotified = context.reports?.deskPlace !== undefined
  const postedCount = messages.filter(({ state }) => state !== 'doubt').length
  return {
    blocks: [
      text(...phrases.correction.storyWithdrawn(slug, postedCount, deskIsNotified)),
      note(...phrases.correction.withdrawInFilesToo()),
    ],
    parts: [],
    audience: 'caller',
    guide: true,
  }
}

/** The reason as typed, quotation marks included; a single value, as from a button or picker, without its marks. */
function killReason({ args, call }: DeskRequest): string {
  const [, value = '', ...more] = args
  return (more.length > 0 ? textAfter(call.text, 2) : value).replace(/\s+/g, ' ').trim()
}

/** Sets the text of a future message in italics, to tell it from the text around it. */
const italicizeText = ({ blocks }: Reply): Block[] =>
  blocks.map(block => (block.kind === 'text' ? text({ italic: plainInlines(block.text) }) : block))
