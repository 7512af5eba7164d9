import { plainInlines } from '../../chat/plain-text.ts'
import type { Inline } from '../../chat/reply.ts'

/** Escapes data for Slack: exactly these three signs, so that nothing in it can ping, link or be a command. */
export const escapeText = (text: string) =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')

/** An address that may stand behind a link, as Slack should be given it; only http and https. */
export function linkAddress(address: string): string | undefined {
  const url = URL.parse(address)
  if (!url || !/^https?:$/.test(url.protocol)) return undefined
  return url.href.replace(/\|/g, '%7C')
}

// Slack knows no escape for these. A zero-width sign between them would be copied along with the words, so text
// that holds one of them goes elsewhere instead: the signs are exact or they are not here.
const MARKS = /[*_~`]|:[\w+'-]+:|^\s*>/m

/**
 * Small print as mrkdwn, the only form that a context block can link in; `undefined` where some sign of the data
 * would be read as markup.
 */
export function mrkdwn(inlines: Inline[]): string | undefined {
  if (MARKS.test(plainInlines(inlines))) return undefined
  let text = ''
  for (const [index, inline] of inlines.entries()) {
    const run = renderInline(inline)
    if (run === undefined) return undefined
    const styled =
      typeof inline !== 'string' && ('bold' in inline || 'italic' in inline || 'code' in inline) && run !== ''
    // Slack reads a mark only between blanks or punctuation: in the middle of a word it would show the asterisk.
    if (
      styled &&
      !isStandalone(plainInlines([inline]), plainInlines(inlines.slice(0, index)), inlines[index + 1])
    )
      return undefined
    text += run
  }
  return text
}

function renderInline(inline: Inline): string | undefined {
  if (typeof inline === 'string') return escapeText(inline)
  const wrapped = (words: string, mark: string) => (words === '' ? '' : `${mark}${escapeText(words)}${mark}`)
  if ('bold' in inline) return wrapped(inline.bold, '*')
  if ('italic' in inline) return wrapped(inline.italic, '_')
  if ('code' in inline) return wrapped(inline.code, '`')
  if ('link' in inline) {
    const address = linkAddress(inline.link)
    if (address === undefined || inline.text === '') return escapeText(inline.text)
    return inline.text.includes('\n') ? undefined : `<${escapeText(address)}|${escapeText(inline.text)}>`
  }
  const seconds = Math.floor(inline.time / 1000)
  return `<!date^${seconds}^${DATE_FORMATS[inline.style]}|${plainInlines([inline])}>`
}

/** How Slack prints a moment in each reader's own zone. */
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
