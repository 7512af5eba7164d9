import type { Reply } from '../chat/reply.ts'
import type { Library } from '../content/library.ts'
import type { Withdrawal } from '../content/story.ts'
import { withdrawnBlock } from '../digests/story-blocks.ts'
import { phrases } from '../phrases/phrases.ts'
import type { Command } from './command.ts'

/**
 * The reply in place of a withdrawn story: that it was taken down, on which day, and why. It shows nothing of the
 * story, not even its title. It is a refusal, so nobody is offered to share it.
 */
export const withdrawnNotice = (withdrawal: Withdrawal): Reply => ({
  blocks: [withdrawnBlock(withdrawal)],
  parts: [],
  audience: 'caller',
  refusal: true,
})

/** The notice for the withdrawn story that had this slug or command; undefined where there is none. */
export function withdrawnNoticeFor(library: Library, name: string): Reply | undefined {
  const withdrawal = library.withdrawal(name)
  return withdrawal && withdrawnNotice(withdrawal)
}

/** Keeps the command of a withdrawn story: it may still be in a picker, and answers every line with the notice. */
export const withdrawnCommand = (withdrawal: Withdrawal & { command: string }): Command => ({
  name: withdrawal.command,
  about: phrases.correction.aboutWithdrawn,
  reach: 'kept',
  run: () => withdrawnNotice(withdrawal),
})
