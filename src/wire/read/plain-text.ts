import { decodeHTMLStrict } from 'entities'
import { safeText } from '../../chat/safe-text.ts'
import { beginningOf } from '../../chat/shorten.ts'
import { fromControls } from './mixed-bytes.ts'

/** Tags that stand within a word or a sentence. */
const WITHIN = new Set(
  'a abbr acronym b bdi bdo big blink cite code data del dfn em font i ins kbd label mark nobr output q rb rp rt ruby s samp small span strike strong sub sup time tt u var wbr'.split(
    ' ',
  ),
)
/** Tags that end a line, a paragraph or a cell. */
const BETWEEN = new Set(
  'address applet area article aside audio blockquote body br button canvas caption center col colgroup dd details dir div dl dt embed fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 head header hr html iframe img li link main map marquee meta nav noframes noscript object ol option p param picture pre section select source summary table tbody td tfoot th thead tr ul video'.split(
    ' ',
  ),
)
/** Tags whose content is no text. */
const UNREAD = ['script', 'style']

const TAG = /<\/?([a-z][a-z0-9]*)(?:[\s/][^<>]*)?>/gi

/**
 * The text of some HTML: without its tags, and with its signs in place of their names. What only looks like a tag stays,
 * and what was escaped twice is not read a second time. Nothing in the result can break a message.
 */
export function plainText(html: string): string {
  return decodedText(html.includes('<') ? withoutTags(html) : html)
}

function decodedText(text: string): string {
  const decoded = text.includes('&') ? decodeHTMLStrict(foldSurrogates(text)) : text
  return safeText(fromControls(decoded).toWellFormed()).replace(/\s+/g, ' ').trim()
}

function withoutTags(html: string): string {
  let text = without(html, '<!--', '-->')
  for (const tag of UNREAD) text = without(text, `<${tag}`, `</${tag}>`)
  return text.replace(TAG, (all, name: string) => {
    const tag = name.toLowerCase()
    return WITHIN.has(tag) ? '' : BETWEEN.has(tag) ? ' ' : all
  })
}

/**
 * Whether a text has HTML in it, whatever is said of it: an element with its beginning and its end. A tag alone is shown to
 * those who read of tags.
 */
export function hasElement(text: string): boolean {
  const name = /<([a-z][a-z0-9]*)(?:\s[^<>]*)?>[^<>]*<\/\1>/i.exec(text)?.[1]?.toLowerCase()
  return name !== undefined && (WITHIN.has(name) || BETWEEN.has(name))
}

/** A text without what stands between two marks, and without these. What has no end stays. */
function without(text: string, start: string, end: string): string {
  if (!text.includes('<!--') && !/<s[ct]/i.test(text)) return text
  // Of ASCII alone: in lower case, some other letters have another length.
  const lower = text.replace(/[A-Z]+/g, letters => letters.toLowerCase())
  const parts: string[] = []
  let from = 0
  for (let at = lower.indexOf(start); at >= 0; at = lower.indexOf(start, from)) {
    const close = lower.indexOf(end, at + start.length)
    if (close < 0) break
    parts.push(text.slice(from, at), ' ')
    from = close + end.length
  }
  return parts.join('') + text.slice(from)
}

const PAIR = /&#(?:x(d[89ab][0-9a-f]{2})|(5[56]\d{3}));&#(?:x(d[c-f][0-9a-f]{2})|(5[67]\d{3}));/gi

/** A text with each sign that is written as the two halves of a pair (`&#55357;&#56832;`) in place of these. */
export function foldSurrogates(text: string): string {
  if (!/&#(?:x[dD]|5[567])/.test(text)) return text
  return text.replace(PAIR, (all, hexHigh, high, hexLow, low) => {
    const codes = [hexHigh ? Number.parseInt(hexHigh, 16) : Number(high)]
    codes.push(hexLow ? Number.parseInt(hexLow, 16) : Number(low))
    const sign = String.fromCharCode(...codes)
    return sign.isWellFormed() ? sign : all
  })
}

/** The longest headline that is shown whole. What is longer is a text without a headline. */
const MAX_TITLE = 1_000
/** So much of what is written surely has the title in it, beside all mark-up. */
export const MAX_WRITTEN_TITLE = MAX_TITLE * 10

/**
 * The title of a report as plain text, word for word. With `isText`, nothing in it is a tag; names of signs are read even
 * there, because systems that say “text” often escape it twice.
 */
export function titleText(html: string | undefined, isText = false): string {
  const written = beginningOf(html ?? '', MAX_WRITTEN_TITLE)
  return shortTitle(isText ? decodedText(written) : plainText(written))
}

/** A title, or the beginning of a text that is too long for one: it ends with … at a word. */
export function shortTitle(title: string): string {
  if (title.length <= MAX_TITLE) return title
  const start = beginningOf(title, MAX_TITLE)
  const end = start.lastIndexOf(' ')
  return `${end > 0 ? start.slice(0, end) : start}…`
}
