import { keepDrawings } from '../chat/kept-drawings.ts'
import { type Call, platformOf } from '../chat/platform.ts'
import type { Reply } from '../chat/reply.ts'

/** How long a reply is kept: some depend on the day, which in every time zone begins on a quarter of an hour. */
const QUARTER_HOUR_MS = 15 * 60_000
const MAX_REPLIES = 500
const MAX_ASKED = 1_000

/**
 * Caches replies to the same line about the same content: the objects that `content` gives. A reply is kept from the second
 * time on: most lines are asked once, and keeping those takes a sixth of the time of an answer. The cache is emptied when one
 * of the objects is another, every quarter of an hour, and when it is full. A reply that is a promise depends on more than
 * the content and is never cached.
 */
export function cacheReplies(content: () => (object | undefined)[]) {
  let replies = new Map<string, Reply>()
  /** The lines that were asked once. */
  let asked = new Set<string>()
  let cachedContent: (object | undefined)[] = []
  let cachedQuarter = 0

  return (call: Call, make: () => Reply | Promise<Reply>): Reply | Promise<Reply> => {
    const { command, text, place, caller, audience, at, fromButton } = call
    const quarter = Math.floor(at / QUARTER_HOUR_MS)
    const current = content()
    const isSame = current.every((object, at) => object === cachedContent[at])
    if (!isSame || cachedQuarter !== quarter || replies.size >= MAX_REPLIES) {
      replies = new Map()
      asked = new Set()
      cachedContent = current
      cachedQuarter = quarter
    }
    const { zone, rights, mayPost } = caller
    const asker = `${platformOf(place)} ${audience} ${zone} ${rights.join()} ${mayPost} ${fromButton}`
    // Both may hold any sign: the length says where one ends.
    const key = `${asker} ${command.length} ${command} ${text}`
    const known = replies.get(key)
    if (known) return known
    const reply = make()
    if (reply instanceof Promise) return reply
    if (asked.has(key)) {
      replies.set(key, reply)
      keepDrawings(reply)
    } else {
      if (asked.size >= MAX_ASKED) asked.clear()
      asked.add(key)
    }
    return reply
  }
}
