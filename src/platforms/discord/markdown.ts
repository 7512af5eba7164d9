import { plainInlines } from '../../chat/plain-text.ts'
import { assertNever, type Inline } from '../../chat/reply.ts'
import { phrases } from '../../phrases/phrases.ts'

/**
 * Styles in which Discord prints a moment in each reader's own time zone. Not the short date, which would be 04/05 to
 * some readers and 05/04 to others.
 */
const TIME_STYLES = { date: 'D', time: 't', datetime: 'f' }

// Characters that always start markup, and those that do so only together: two of ~ or |, a mention of everyone, an
// address, the name of an emoji between colons.
const SPECIAL_CHARACTERS =
  /[\\*_`<[\]]|(?<=\])\(|~{2,}|\|{2,}|@(?=everyone|here)|:(?=\/\/|[\w+-]+(?:::skin-tone-\d)?:)/g
// Characters that make a line a quote, a heading, a list item or small print. Discord would even renumber a number.
const LINE_START = /(^|\n)([^\S\n]*)([-+#>]|\d+(?=\.))/g

/**
 * Draws text as Discord Markdown. A plain string is shown as it is: nothing in it can style, link, quote or mention.
 */
export function markdown(inlines: Inline[]): string {
  let drawn = ''
  const runs = joinNeighbours(inlines.flatMap(simplify))
  for (const [index, inline] of runs.entries()) {
    const lineStart = /(^|\n)[^\S\n]*$/.test(drawn)
    drawn += renderInline(inline, { lineStart, before: runs[index - 1], after: runs[index + 1] })
  }
  return drawn
}

/** Escapes text so that Discord shows every character of it; `lineStart` is true where a line begins with it. */
function escapeMarkdown(text: string, lineStart = true): string {
  const escaped = text.replace(SPECIAL_CHARACTERS, special =>
    [...special].map(character => `\\${character}`).join(''),
  )
  return escaped.replace(LINE_START, (match, before: string, blanks: string, mark: string) => {
    if (before === '' && !lineStart) return match
    return before + blanks + (/\d/.test(mark) ? `${mark}\\` : `\\${mark}`)
  })
}

/** Prepares an address for a link, without characters that would end it; undefined for anything but http and https. */
function linkAddress(address: string): string | undefined {
  const url = URL.parse(address)
  if (!url || !/^https?:$/.test(url.protocol)) return undefined
  return url.href.replace(
    /[\s()<>\\]/g,
    character => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}

type Neighbours = { lineStart: boolean; before: Inline | undefined; after: Inline | undefined }

function renderInline(inline: Inline, { lineStart, before, after }: Neighbours): string {
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
  text
    .split('\n')
    .map(line =>
      line.replace(/^(\s*)(.*?)(\s*)$/s, (_, left: string, words: string, right: string) =>
        words === '' ? left + right : `${left}${mark}${escapeMarkdown(words)}${mark}${right}`,
      ),
    )
    .join('\n')

/** Simplifies an inline to what Discord can draw: without a safe form it becomes plain text, with nothing left out. */
function simplify(inline: Inline): Inline[] {
  if (typeof inline === 'string') return [unixLines(inline)]
  if ('time' in inline) return [inline]
  if ('bold' in inline) return [inline.bold.trim() === '' ? inline.bold : { bold: unixLines(inline.bold) }]
  if ('italic' in inline)
    return [inline.italic.trim() === '' ? inline.italic : { italic: unixLines(inline.italic) }]
  if ('code' in inline)
    return [inline.code.trim() === '' || /[`\r\n]|\]\(/.test(inline.code) ? unixLines(inline.code) : inline]
  if ('link' in inline) {
    const text = unixLines(inline.text)
    if (text.trim() === '' || linkAddress(inline.link) === undefined) return [text]
    if (isAddress({ link: inline.link, text })) return [{ link: inline.link, text }]
    // Discord refuses a link whose words hold brackets or an address of their own.
    return /[[\]\n]|:\/\/|^\s|\s$/.test(text)
      ? [text, ' (', { link: inline.link, text: phrases.discord.link }, ')']
      : [{ link: inline.link, text }]
  }
  return assertNever(inline)
}

/** Joins neighbours of one kind, so that no mark touches a mark of its own kind. */
function joinNeighbours(inlines: Inline[]): Inline[] {
  const result: Inline[] = []
  for (const inline of inlines) {
    const last = result.at(-1)
    if (inline === '') continue
    if (typeof inline === 'string' && typeof last === 'string') result[result.length - 1] = last + inline
    else if (isBold(inline) && isBold(last)) result[result.length - 1] = { bold: last.bold + inline.bold }
    else if (isItalic(inline) && isItalic(last))
      result[result.length - 1] = { italic: last.italic + inline.italic }
    else if (isCode(inline) && isCode(last)) result[result.length - 1] = { code: last.code + inline.code }
    else result.push(inline)
  }
  return result
}

/** Whether the words of a link are its own address, which Discord draws only between < and >. */
const isAddress = ({ link, text }: { link: string; text: string }) =>
  URL.parse(text) !== null && URL.parse(text)?.href === URL.parse(link)?.href

const unixLines = (text: string) => text.replace(/\r\n?/g, '\n')

const isBold = (inline: Inline | undefined): inline is { bold: string } =>
  typeof inline === 'object' && 'bold' in inline
const isItalic = (inline: Inline | undefined): inline is { italic: string } =>
  typeof inline === 'object' && 'italic' in inline
const isCode = (inline: Inline | undefined): inline is { code: string } =>
  typeof inline === 'object' && 'code' in inline
