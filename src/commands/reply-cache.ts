import { type Call, platformOf } from '../chat/platform.ts'
import type { Reply } from '../chat/reply.ts'
import type { Library } from '../content/library.ts'

/** Days, on which some answers depend, begin on a quarter of an hour in every zone. */
const QUARTER_HOUR_MS = 15 * 60_000
const MAX_REPLIES = 500

/**
 * Keeps replies for whoever asks the same: the same words, asked of the same content, need no second thought. All is
 * forgotten when the content changes, every quarter of an hour, and when it has become too much. What has to be waited
 * for does not come from the content alone, and is never kept.
 */
export function cacheReplies(library: () => Library) {
  let replies = new Map<string, Reply>()
  let of: Library | undefined
  let quarter = 0

  return (call: Call, make: () => Reply | Promise<Reply>): Reply | Promise<Reply> => {
    const { command, text, place, caller, audience, at, fromButton } = call
    const now = Math.floor(at / QUARTER_HOUR_MS)
    if (of !== library() || quarter !== now || replies.size >= MAX_REPLIES) {
      replies = new Map()
      of = library()
      quarter = now
    }
    const key = JSON.stringify([
      platformOf(place),
      command,
      text,
      audience,
      caller.zone,
      caller.rights,
      caller.mayPost,
      fromButton,
    ])
    const reply = replies.get(key) ?? make()
    if (!(reply instanceof Promise)) replies.set(key, reply)
    return reply
  }
}
