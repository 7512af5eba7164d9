import { plainInlines } from '../../chat/plain-text.ts'
import { assertNever, type Inline } from '../../chat/reply.ts'
import { phrases } from '../../phrases/phrases.ts'

/** How Discord prints a moment in each reader's own zone; the short date would be 04/05 to some and 05/04 to others. */
const TIME_STYLES = { date: 'D', time: 't', datetime: 'f' }

// A sign that always starts markup, and those that do so only in company: two of ~ or |, a mention of all, an address,
// the name of a picture between colons.
const SPECIAL_CHARACTERS =
  /[\\*_`<[\]]|(?<=\])\(|~{2,}|\|{2,}|@(?=everyone|here)|:(?=\/\/|[\w+-]+(?:::skin-tone-\d)?:)/g
// What makes a quote, a heading, a list or small print of a line. A number would even be counted anew.
const LINE_START = /(^|\n)([^\S\n]*)([-+#>]|\d+(?=\.))/g

/** Runs of text as Discord Markdown. A bare string comes out as it reads: it can neither style, link, quote nor mention. */
export function markdown(inlines: Inline[]): string {
  let drawn = ''
  const all = joinNeighbours(inlines.flatMap(simplify))
  for (const [index, inline] of all.entries()) {
    const lineStart = /(^|\n)[^\S\n]*$/.test(drawn)
    drawn += renderInline(inline, { lineStart, before: all[index - 1], after: all[index + 1] })
  }
  return drawn
}

/** Data as Discord shows it letter by letter; `lineStart` says that a line begins with it. */
function escapeMarkdown(text: string, lineStart = true): string {
  const signs = text.replace(SPECIAL_CHARACTERS, found => [...found].map(sign => `\\${sign}`).join(''))
  return signs.replace(LINE_START, (all, before: string, blanks: string, mark: string) => {
    if (before === '' && !lineStart) return all
    return before + blanks + (/\d/.test(mark) ? `${mark}\\` : `\\${mark}`)
  })
}

/** An address that may stand behind a link, with nothing in it that would end the link; only http and https. */
function linkAddress(address: string): string | undefined {
  const url = URL.parse(address)
  if (!url || !/^https?:$/.test(url.protocol)) return undefined
  return url.href.replace(/[\s()<>\\]/g, sign => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
}

type Neighbours = { lineStart: boolean; before: Inline | undefined; after: Inline | undefined }

function renderInline(inline: Inline, { lineStart, before, after }: Neighbours): string {
  if (typeof inline === 'string') return escapeMarkdown(inline, lineStart)
  if ('bold' in inline) return wrapInMarks(inline.bold, '**')
  if ('italic' in inline) {
    if (!isBold(before) && !isBold(after)) return wrapInMarks(inline.italic, '*')
    // Beside ** another * could not be told apart, and _ is markup only at the end of a word.
    const wordGoesOn = after !== undefined && /^[\p{L}\p{N}_]/u.test(plainInlines([after])) && !isBold(after)
    return wordGoesOn ? escapeMarkdown(inline.italic, lineStart) : wrapInMarks(inline.italic, '_')
  }
  if ('code' in inline) return `\`${inline.code}\``
  if ('link' in inline && isAddress(inline)) return `<${linkAddress(inline.link)}>`
  if ('link' in inline) return `[${escapeMarkdown(inline.text)}](<${linkAddress(inline.link)}>)`
  if ('time' in inline) return `<t:${Math.floor(inline.time / 1000)}:${TIME_STYLES[inline.style]}>`
  return assertNever(inline)
}

/** Each line gets marks of its own, around its words alone: marks do not reach over a quote's or a list's lines. */
const wrapInMarks = (text: string, mark: string) =>
  text
    .split('\n')
    .map(row =>
      row.replace(/^(\s*)(.*?)(\s*)$/s, (_, left: string, words: string, right: string) =>
        words === '' ? left + right : `${left}${mark}${escapeMarkdown(words)}${mark}${right}`,
      ),
    )
    .join('\n')

/** An inline as one that Discord can draw: what it has no safe form for becomes bare text, with nothing left out. */
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

/** Neighbours of one kind as one, so that no mark stands against its own kind. */
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

/** A link whose words are its own address, which Discord draws only between < and >. */
const isAddress = ({ link, text }: { link: string; text: string }) =>
  URL.parse(text) !== null && URL.parse(text)?.href === URL.parse(link)?.href

const unixLines = (text: string) => text.replace(/\r\n?/g, '\n')

const isBold = (inline: Inline | undefined): inline is { bold: string } =>
  typeof inline === 'object' && 'bold' in inline
const isItalic = (inline: Inline | undefined): inline is { italic: string } =>
  typeof inline === 'object' && 'italic' in inline
const isCode = (inline: Inline | undefined): inline is { code: string } =>
  typeof inline === 'object' && 'code' in inline
