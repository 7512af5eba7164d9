import type { Reply } from '../chat/reply.ts'
import type { Library } from '../content/library.ts'
import type { Withdrawal } from '../content/story.ts'
import { withdrawnBlock } from '../digests/layout.ts'
import { phrases } from '../phrases/phrases.ts'
import type { Command } from './command.ts'

/**
 * What stands in the place of a story that was taken down: that it was, on which day, and why. Nothing of the story is
 * in it, not even its title. It says why there is no answer, so nobody is offered to share it.
 */
export const withdrawnNotice = (withdrawal: Withdrawal): Reply => ({
  blocks: [withdrawnBlock(withdrawal)],
  parts: [],
  audience: 'caller',
  refusal: true,
})

/** The notice for whoever asks for a story by a name that it had; undefined where none of that name was taken down. */
export function withdrawnNoticeFor(library: Library, name: string): Reply | undefined {
  const withdrawal = library.withdrawal(name)
  return withdrawal && withdrawnNotice(withdrawal)
}

/** The command that a story had: whoever still finds it in a picker gets the notice, whatever they ask. */
export const withdrawnCommand = (withdrawal: Withdrawal & { command: string }): Command => ({
  name: withdrawal.command,
  about: phrases.correction.aboutWithdrawn,
  reach: 'kept',
  run: () => withdrawnNotice(withdrawal),
})
