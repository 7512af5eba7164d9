import { type Call, platformOf } from '../chat/platform.ts'
import type { Reply } from '../chat/reply.ts'

/** How long a reply is kept: some depend on the day, which in every time zone begins on a quarter of an hour. */
const QUARTER_HOUR_MS = 15 * 60_000
const MAX_REPLIES = 500

/**
 * Caches replies to the same line about the same content: the objects that `content` gives. The cache is emptied when
 * one of them is another, every quarter of an hour, and when it is full. A reply that is a promise depends on more than the content and is never cached.
 */
export function cacheReplies(content: () => (object | undefined)[]) {
  let replies = new Map<string, Reply>()
  let cachedContent: (object | undefined)[] = []
  let cachedQuarter = 0

  return (call: Call, make: () => Reply | Promise<Reply>): Reply | Promise<Reply> => {
    const { command, text, place, caller, audience, at, fromButton } = call
    const quarter = Math.floor(at / QUARTER_HOUR_MS)
    const current = content()
    const isSame = current.every((object, at) => object === cachedContent[at])
    if (!isSame || cachedQuarter !== quarter || replies.size >= MAX_REPLIES) {
      replies = new Map()
      cachedContent = current
      cachedQuarter = quarter
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
