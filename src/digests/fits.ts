import { phoneLength, toPlainText } from '../chat/plain-text.ts'
import type { Reply } from '../chat/reply.ts'

/**
 * What the platforms accept, with room for the last character: Discord 1,400 characters as it writes them, Slack 3,400
 * after escaping.
 */
const PLATFORM_LIMITS = { discord: 1_380, slack: 3_380 }

/** Whether a message has at most `max` characters and fits on every platform. */
export const fits = (reply: Reply, max: number): boolean => phoneLength(reply) <= max && isPostable(reply)

/**
 * Whether a message fits on every platform, however long it is to read. Counts the most that a platform may make of it:
 * Discord needs a backslash before each character that it would read as markup, and marks around bold words and small
 * lines; Slack writes `&` as five characters.
 */
export function isPostable(reply: Reply): boolean {
  const words = toPlainText(reply)
  const count = (pattern: RegExp) => words.match(pattern)?.length ?? 0
  const runs = reply.blocks.flatMap(block =>
    block.kind === 'text' || block.kind === 'note' ? block.text : [],
  )
  const marked = runs.filter(run => typeof run !== 'string').length + reply.blocks.length + 2
  const discord = words.length + count(/[\\*_`[\]()~|@:<>]/g) + (count(/\n/g) + marked) * 4
  return discord <= PLATFORM_LIMITS.discord && words.length + count(/[&<>]/g) * 4 <= PLATFORM_LIMITS.slack
}
