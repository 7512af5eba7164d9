import { keepResults } from '../../chat/keep-results.ts'
import { plainInlines } from '../../chat/plain-text.ts'
import type { Inline } from '../../chat/reply.ts'

/** Escapes text for Slack: exactly these three characters, so that nothing in it can ping, link or be a command. */
export const escapeText = (text: string) =>
  /[&<>]/.test(text) ? text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;') : text

/** Plain text that Slack shows as it is: `emoji: true` would turn :words: between colons into emoji. */
export const plainText = (text: string) => ({ type: 'plain_text', text, emoji: false })

/** A few stories have fewer addresses. */
const MAX_KEPT_ADDRESSES = 1_000

/** Prepares an address for a link on Slack; undefined for anything but http and https. */
export const linkAddress = keepResults((address): string | undefined => {
  const url = URL.parse(address)
  if (!url || !/^https?:$/.test(url.protocol)) return undefined
  return url.href.replace(/\|/g, '%7C')
}, MAX_KEPT_ADDRESSES)

// Slack has no escape for these. A zero-width character between them would be copied along with the words, so text with
// one of them is sent as rich text instead.
const MARKUP = /[*_~`]|:[\w+'-]+:|^[^\S\r\n\u2028\u2029]*>/m

/**
 * Draws small print as mrkdwn, the only form that a context block can have links in; undefined where Slack would read
 * characters of the text as markup.
 */
export function mrkdwn(inlines: Inline[]): string | undefined {
  if (MARKUP.test(plainInlines(inlines))) return undefined
  let drawn = ''
  for (const [index, inline] of inlines.entries()) {
    const run = renderInline(inline)
    if (run === undefined) return undefined
    const styled =
      typeof inline !== 'string' && ('bold' in inline || 'italic' in inline || 'code' in inline) && run !== ''
    // Slack reads markup only between blanks or punctuation: in the middle of a word it would show the asterisk.
    if (
      styled &&
      !isStandalone(plainInlines([inline]), plainInlines(inlines.slice(0, index)), inlines[index + 1])
    )
      return undefined
    drawn += run
  }
  return drawn
}

function renderInline(inline: Inline): string | undefined {
  if (typeof inline === 'string') return escapeText(inline)
  const wrap = (words: string, mark: string) => (words === '' ? '' : `${mark}${escapeText(words)}${mark}`)
  if ('bold' in inline) return wrap(inline.bold, '*')
  if ('italic' in inline) return wrap(inline.italic, '_')
  if ('code' in inline) return wrap(inline.code, '`')
  if ('link' in inline) {
    const address = linkAddress(inline.link)
    if (address === undefined || inline.text === '') return escapeText(inline.text)
    return inline.text.includes('\n') ? undefined : `<${escapeText(address)}|${escapeText(inline.text)}>`
  }
  const seconds = Math.floor(inline.time / 1000)
  return `<!date^${seconds}^${DATE_FORMATS[inline.style]}|${plainInlines([inline])}>`
}

/** Formats in which Slack prints a moment in each reader's own time zone. */
export const DATE_FORMATS = {
  date: '{date_short}',
  time: '{time}',
  datetime: '{date_short}, {time}',
}

function isStandalone(run: string, before: string, next: Inline | undefined): boolean {
  const after = next === undefined ? '' : plainInlines([next])
  return (
    run.trim() === run &&
    !run.includes('\n') &&
    !/[\p{L}\p{N}]$/u.test(before) &&
    !/^[\p{L}\p{N}]/u.test(after)
  )
}
