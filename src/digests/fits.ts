import { toPlainText } from '../chat/plain-text.ts'
import type { Reply } from '../chat/reply.ts'

/**
 * What the platforms accept, with room for the last character: Discord 1,400 characters as it writes them, Slack 3,400
 * after escaping.
 */
const PLATFORM_LIMITS = { discord: 1_380, slack: 3_380 }

/** Whether a message has at most `max` characters and fits on every platform. */
export function fits(reply: Reply, max: number): boolean {
  const words = toPlainText(reply)
  return words.length - (reply.label?.warnings ?? 0) <= max && isAccepted(words, reply)
}

/**
 * Whether a message fits on every platform, however long it is to read. Counts the most that a platform may make of it:
 * Discord needs a backslash before each character that it would read as markup, and marks around bold words and small
 * lines; Slack writes `&` as five characters.
 */
export const isPostable = (reply: Reply): boolean => isAccepted(toPlainText(reply), reply)

function isAccepted(words: string, { blocks }: Reply): boolean {
  let marked = blocks.length + 2
  for (const block of blocks)
    if (block.kind === 'text' || block.kind === 'note')
      for (const run of block.text) if (typeof run !== 'string') marked++
  const count = (pattern: RegExp) => {
    let found = 0
    pattern.lastIndex = 0
    while (pattern.test(words)) found++
    return found
  }
  const discord = words.length + count(MARKUP) + (count(LINE_END) + marked) * 4
  return discord <= PLATFORM_LIMITS.discord && words.length + count(ESCAPED) * 4 <= PLATFORM_LIMITS.slack
}

const MARKUP = /[\\*_`[\]()~|@:<>]/g
const LINE_END = /\n/g
const ESCAPED = /[&<>]/g
