import { access } from 'node:fs/promises'
import { join } from 'node:path'
import { note, type Reply, refusal, text } from '../../chat/reply.ts'
import { readableDate } from '../../dates/dates.ts'
import { phrases } from '../../phrases/phrases.ts'
import type { WithdrawnStory } from '../../store/causes.ts'
import type { Delivery } from '../../store/delivery.ts'
import type { DeskRequest } from '../context.ts'
import { refuseUnknown, TOO_LATE } from '../refusals.ts'
import { confirmation, deskReply } from './confirmation.ts'
import { countMessages, isTooLate, logAction, logThenDo, tryApplyChanges } from './run.ts'
import { takeBackCorrection } from './take-back.ts'

/**
 * `/desk restore <slug>`: previews putting back a story that was taken down; with `--confirm`, puts it back. Of a part, a
 * correction that is not in the files yet is taken back.
 */
export async function deskRestore(request: DeskRequest): Promise<Reply> {
  const { library, desk, call, args, flags } = request
  const name = args.join(' ').trim()
  if (name === '') return refusal(phrases.correction.whichToRestore())
  if (name.includes('/')) return takeBackCorrection(request, name)
  const slug = library.withdrawal(name)?.slug ?? name.toLowerCase()
  const withdrawal = (await desk.store.corrections.withdrawals()).find(known => known.slug === slug)
  if (!withdrawal) {
    if (library.withdrawal(name)) return refusal([phrases.correction.withdrawnInFile(slug)])
    const story = library.story(name)
    if (story) return refusal([phrases.correction.notWithdrawn(story.slug)])
    return refuseUnknown(call, name, {
      known: [library.withdrawn.map(known => known.slug)],
      lineOf: known => `/desk restore ${known}`,
      help: '/nutgraf story list',
    })
  }
  const isOfDesk = async () =>
    (await desk.store.documents.all()).some(({ path }) => path === `stories/${slug}/story.md`)
  if (!(await hasFiles(desk.contentDir, slug)) && !(await isOfDesk()))
    return refusal([phrases.correction.filesGone(slug)])
  const messages = await desk.store.ledger.messagesShowing(`${slug}/`)
  return flags.confirm === undefined
    ? restorePreview(withdrawal, messages)
    : restoreStory(request, withdrawal, messages)
}

/** Whether a story has its files: without them there is nothing to put back. */
const hasFiles = (folder: string, slug: string): Promise<boolean> =>
  access(join(folder, 'stories', slug, 'story.md')).then(
    () => true,
    () => false,
  )

function restorePreview({ slug, on }: WithdrawnStory, messages: Delivery[]): Reply {
  const { blocks, buttons } = confirmation({ args: ['restore', slug], flags: {} })
  return deskReply(
    [
      text(...phrases.correction.restorePreview(slug, readableDate(on))),
      text(phrases.correction.affectedByRestore(countMessages(messages))),
      note(phrases.correction.restoreConsequences),
      ...blocks,
    ],
    buttons,
  )
}

async function restoreStory(
  request: DeskRequest,
  withdrawal: WithdrawnStory,
  messages: Delivery[],
): Promise<Reply> {
  if (isTooLate(request)) return TOO_LATE
  const { desk, context } = request
  const { slug } = withdrawal
  const isDone = await logThenDo(request, 'restore', { ...withdrawal, messages: messages.length }, () =>
    desk.store.corrections.restore(slug),
  )
  if (!isDone) {
    // Somebody else did it in this moment: what was logged above did not happen.
    await logAction(request, 'restore failed', { slug })
    return refusal([phrases.correction.alreadyRestored(slug)])
  }
  await tryApplyChanges(request)
  const posted = messages.filter(({ state }) => state !== 'doubt').length
  const isStillDown = context.library().withdrawal(slug) !== undefined
  return deskReply([text(...phrases.correction.storyRestored(slug, posted, isStillDown))])
}
