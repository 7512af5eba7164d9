import { toPlainText } from '../chat/plain-text.ts'
import type { Block, Inline, Reply } from '../chat/reply.ts'

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
 * lines; Slack writes `&` as five characters. Discord shows links apart from the text where their addresses have no room.
 */
export const isPostable = (reply: Reply): boolean => isAccepted(toPlainText(reply), reply)

function isAccepted(words: string, { lead = [], blocks }: Reply): boolean {
  const texts = [lead, ...blocks.flatMap(textsOf)]
  let marked = blocks.length + 2
  let addresses = 0
  for (const inlines of texts)
    for (const inline of inlines)
      if (typeof inline !== 'string') {
        marked++
        if ('link' in inline) addresses += addressLength(inline)
      }
  const count = (pattern: RegExp) => {
    let found = 0
    pattern.lastIndex = 0
    while (pattern.test(words)) found++
    return found
  }
  const discord = words.length + count(MARKUP) + (count(LINE_END) + marked) * 4
  return (
    addresses <= MAX_ADDRESSES &&
    discord <= PLATFORM_LIMITS.discord &&
    words.length + count(ESCAPED) * 4 <= PLATFORM_LIMITS.slack
  )
}

function textsOf(block: Block): Inline[][] {
  if (block.kind === 'list') return block.items
  return block.kind === 'text' || block.kind === 'note' ? [block.text] : []
}

/** The characters that a link takes in Discord's embed at most, where it is shown if its address has no room in the text. */
export const addressLength = ({ link, text }: { link: string; text: string }): number =>
  text.length * 2 + link.length + (link.match(ENCODED)?.length ?? 0) * 8 + LINK_MARKS

/** Below what Discord allows in an embed, 4,096 characters. */
const MAX_ADDRESSES = 4_000
const LINK_MARKS = 8
/** What an address writes with more characters. */
const ENCODED = /[^\x21-\x7e]|[()<>\\"`{}^|]/g

const MARKUP = /[\\*_`[\]()~|@:<>]/g
const LINE_END = /\n/g
const ESCAPED = /[&<>]/g
