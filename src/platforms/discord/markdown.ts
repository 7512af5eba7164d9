import { keepResults } from '../../chat/keep-results.ts'
import { plainInlines } from '../../chat/plain-text.ts'
import { assertNever, type Inline } from '../../chat/reply.ts'
import { phrases } from '../../phrases/phrases.ts'
import { escapeMarkdown } from './markdown/escape.ts'

/**
 * Styles in which Discord prints a moment in each reader's own time zone. Not the short date, which would be 04/05 to
 * some readers and 05/04 to others.
 */
const TIME_STYLES = { date: 'D', time: 't', datetime: 'f' }

/**
 * Draws text as Discord Markdown. A plain string is shown as it is: nothing in it can style, link, quote or mention.
 */
export function markdown(inlines: Inline[]): string {
  const [only] = inlines
  if (inlines.length === 1 && typeof only === 'string') return escapeMarkdown(unixLines(only))
  let drawn = ''
  let lineStart = true
  const runs: Inline[] = []
  for (const inline of inlines) {
    const simple = simplify(inline)
    if (Array.isArray(simple)) for (const run of simple) joinTo(runs, run)
    else joinTo(runs, simple)
  }
  for (let index = 0; index < runs.length; index++) {
    const run = renderInline(runs[index]!, lineStart, runs[index - 1], runs[index + 1])
    drawn += run
    const hasLineEnd = run.includes('\n')
    if (lineStart || hasLineEnd)
      lineStart = (hasLineEnd ? run.slice(run.lastIndexOf('\n') + 1) : run).trim() === ''
  }
  return drawn
}

/** A few stories have fewer addresses. */
const MAX_KEPT_ADDRESSES = 1_000

/** Prepares an address for a link, without characters that would end it; undefined for anything but http and https. */
const linkAddress = keepResults((address): string | undefined => {
  const url = URL.parse(address)
  if (!url || !/^https?:$/.test(url.protocol)) return undefined
  return url.href.replace(
    /[\s()<>\\]/g,
    character => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}, MAX_KEPT_ADDRESSES)

function renderInline(
  inline: Inline,
  lineStart: boolean,
  before: Inline | undefined,
  after: Inline | undefined,
): string {
  if (typeof inline === 'string') return escapeMarkdown(inline, lineStart)
  if ('bold' in inline) return wrapInMarks(inline.bold, '**')
  if ('italic' in inline) {
    if (!isBold(before) && !isBold(after)) return wrapInMarks(inline.italic, '*')
    // Beside ** another * would be ambiguous, and _ is markup only at the end of a word.
    const wordGoesOn = after !== undefined && /^[\p{L}\p{N}_]/u.test(plainInlines([after])) && !isBold(after)
    return wordGoesOn ? escapeMarkdown(inline.italic, lineStart) : wrapInMarks(inline.italic, '_')
  }
  if ('code' in inline) return `\`${inline.code}\``
  if ('link' in inline && isAddress(inline)) return `<${linkAddress(inline.link)}>`
  if ('link' in inline) return `[${escapeMarkdown(inline.text)}](<${linkAddress(inline.link)}>)`
  if ('time' in inline) return `<t:${Math.floor(inline.time / 1000)}:${TIME_STYLES[inline.style]}>`
  return assertNever(inline)
}

/** Wraps the words of each line in marks of their own: marks do not work across the lines of a quote or a list. */
const wrapInMarks = (text: string, mark: string) =>
  text.includes('\n')
    ? text
        .split('\n')
        .map(line => wrapLine(line, mark))
        .join('\n')
    : wrapLine(text, mark)

function wrapLine(line: string, mark: string): string {
  const words = line.trim()
  if (words === '') return line
  const start = line.indexOf(words)
  return `${line.slice(0, start)}${mark}${escapeMarkdown(words)}${mark}${line.slice(start + words.length)}`
}

/** Simplifies an inline to what Discord can draw: without a safe form it becomes plain text, with nothing left out. */
function simplify(inline: Inline): Inline | Inline[] {
  if (typeof inline === 'string') return unixLines(inline)
  if ('time' in inline) return inline
  if ('bold' in inline) return inline.bold.trim() === '' ? inline.bold : { bold: unixLines(inline.bold) }
  if ('italic' in inline)
    return inline.italic.trim() === '' ? inline.italic : { italic: unixLines(inline.italic) }
  if ('code' in inline)
    return inline.code.trim() === '' || /[`\r\n]|\]\(/.test(inline.code) ? unixLines(inline.code) : inline
  if ('link' in inline) {
    const { link } = inline
    const text = unixLines(inline.text)
    if (text.trim() === '' || linkAddress(link) === undefined) return text
    // Discord refuses a link whose words hold brackets or an address of their own.
    return !isAddress({ link, text }) && /[[\]\n]|:\/\/|^\s|\s$/.test(text)
      ? [text, ' (', { link, text: phrases.discord.link }, ')']
      : { link, text }
  }
  return assertNever(inline)
}

/** Adds a run behind others. Neighbours of one kind are joined, so that no mark touches a mark of its own kind. */
function joinTo(runs: Inline[], run: Inline): void {
  if (run === '') return
  const end = runs.length - 1
  const last = runs[end]
  if (typeof run === 'string') {
    if (typeof last === 'string') runs[end] = last + run
    else runs.push(run)
  } else if (isBold(run) && isBold(last)) runs[end] = { bold: last.bold + run.bold }
  else if (isItalic(run) && isItalic(last)) runs[end] = { italic: last.italic + run.italic }
  else if (isCode(run) && isCode(last)) runs[end] = { code: last.code + run.code }
  else runs.push(run)
}

/** Whether the words of a link are its own address, which Discord draws only between < and >. */
const isAddress = ({ link, text }: { link: string; text: string }) =>
  text.includes(':') && fullAddress(text) !== undefined && fullAddress(text) === fullAddress(link)

const fullAddress = keepResults(text => URL.parse(text)?.href, MAX_KEPT_ADDRESSES)

const unixLines = (text: string) => (text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text)

const isBold = (inline: Inline | undefined): inline is { bold: string } =>
  typeof inline === 'object' && 'bold' in inline
const isItalic = (inline: Inline | undefined): inline is { italic: string } =>
  typeof inline === 'object' && 'italic' in inline
const isCode = (inline: Inline | undefined): inline is { code: string } =>
  typeof inline === 'object' && 'code' in inline
