/**
 * Escapes text so that Discord shows every character of it; `lineStart` is true where a line begins with it. Most of a
 * text is passed over by looking for one of a few signs, which is many times faster than asking at each whether it is
 * markup.
 */
export function escapeMarkdown(text: string, lineStart = true): string {
  const escaped = escapeSigns(text)
  return escaped.includes('\n') || (lineStart && BEGINS_MARKED.test(escaped))
    ? escapeLineStarts(escaped, lineStart)
    : escaped
}

/** Signs that always start markup, and those that do so only beside certain others. */
const MAYBE_MARKUP = /[\\*_`<[\]~|@:(]/g
const ALWAYS_MARKUP = '\\*_`<[]'

function escapeSigns(text: string): string {
  let escaped = ''
  let done = 0
  MAYBE_MARKUP.lastIndex = 0
  while (MAYBE_MARKUP.test(text)) {
    const next = MAYBE_MARKUP.lastIndex
    const sign = text[next - 1]!
    if (!ALWAYS_MARKUP.includes(sign) && !isMarkup(text, sign, next)) continue
    escaped += `${text.slice(done, next - 1)}\\${sign}`
    done = next
  }
  return done === 0 ? text : escaped + text.slice(done)
}

/** Whether a sign is markup for what stands beside it: the words of a link, a second ~ or |, an address, an emoji. */
function isMarkup(text: string, sign: string, next: number): boolean {
  if (sign === '(') return text[next - 2] === ']'
  if (sign === '~' || sign === '|') return text[next] === sign || text[next - 2] === sign
  const behind = sign === '@' ? EVERYONE : ADDRESS_OR_EMOJI
  behind.lastIndex = next
  return behind.test(text)
}

const EVERYONE = /everyone|here/y
const ADDRESS_OR_EMOJI = /\/\/|[\w+-]+(?:::skin-tone-\d)?:/y

const BEGINS_MARKED = /^\s*[-+#>\d]/
// Signs that make a line a quote, a heading, a list item or small print. Discord would even renumber a number.
const LINE_START = /[^\S\n]*(?:[-+#>]|\d+(?=\.))/y

function escapeLineStarts(text: string, lineStart: boolean): string {
  let escaped = ''
  let done = 0
  for (let line = lineStart ? 0 : nextLine(text, 0); line >= 0; line = nextLine(text, line)) {
    LINE_START.lastIndex = line
    if (LINE_START.test(text)) {
      const end = LINE_START.lastIndex
      const isNumber = text[end - 1]! >= '0' && text[end - 1]! <= '9'
      const at = isNumber ? end : end - 1
      escaped += `${text.slice(done, at)}\\`
      done = at
    }
  }
  return escaped + text.slice(done)
}

/** Where the line after a position begins; -1 if that is in the last one. */
const nextLine = (text: string, from: number): number => {
  const end = text.indexOf('\n', from)
  return end < 0 ? end : end + 1
}
