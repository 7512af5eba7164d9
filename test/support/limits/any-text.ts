import fc from 'fast-check'

/** Pings and mentions of both platforms. */
const PINGS = [
  '@everyone',
  '@here',
  '<!channel>',
  '<!here|here>',
  '<@U1>',
  '<@123456789012345678>',
  '<@&1234567890>',
  '<#C1|general>',
  '<#1234567890>',
  '<!subteam^S1>',
  '</lawsuit:123456789012345678>',
  '<t:1618953630:R>',
]

/** Tokens that a platform replaces, and escaped ones. */
const TOKENS = [
  '<:name:123456789012345678>',
  '<a:b:123456789012345678>',
  '<id:browse>',
  '&lt;!channel&gt;',
  '&amp;lt;',
]

/** Links, also those that must not be links. */
const LINKS = [
  '[x](javascript:alert(1))',
  '[click](https://evil.example)',
  '![y](https://evil.example/y.png)',
  '<https://evil.example|ok>',
  '<https://evil.example>',
  'https://evil.example/a_(b)',
  'mailto:a@b.example',
  '<mailto:a@b.example|a>',
  'discord.gg/abc',
  'steam://run',
  'www.evil.example',
  '<!date^1^{date}|x>',
]

/** Marks of code and style. */
const MARKS = [
  '```',
  '```js\ncode\n```',
  '`',
  '``co`de``',
  '~~~',
  '*',
  '**bold**',
  '_it_',
  '__u__',
  '~~s~~',
  '||sp||',
]

/** Beginnings of lines that change the layout. */
const LAYOUT = [
  '# big',
  '-# small',
  '- item',
  '> quoted',
  '>>> rest',
  '1. one',
  '2017. A year',
  '+ plus',
  '***',
  '===',
]

/** Tables and HTML. */
const MARKUP = [
  '| a | b |\n|---|---|\n| 1 | 2 |',
  '<b onclick="x">',
  '<script>',
  '</p>',
  '<!-- c -->',
  '&nbsp;',
  '&#64;',
]

/** Text that becomes emoji, backslashes, quotation marks, and a flag of ours. */
const PUNCTUATION = [
  ':smile:',
  ':+1::skin-tone-2:',
  '¯\\_(ツ)_/¯',
  '\\',
  '\\*',
  '\\<@1>',
  '"',
  '“',
  '”',
  "'",
  '’',
  '--public',
]

/** Emoji of several code points. */
const EMOJI = ['👩‍👩‍👧‍👦', '🇺🇸', '🇺', '👍🏽', '🏴󠁧󠁢󠁥󠁮󠁧󠁿', '❤️', '1️⃣', '🦊']

/** Letters outside the usual plane, combined ones, and those that change when they are normalized. */
const LETTERS = ['𝔘𝔫𝔦𝔠𝔬𝔡𝔢', '𠜎𠜱', 'é', 'e\u0301\u0302\u0323', 'Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢', 'ﷺ', 'ｅｖｅｒｙｏｎｅ', '㊙', '™', '½']

/** Words in other scripts and directions. */
const SCRIPTS = [
  'مدينة',
  'شيكاغو\u200f',
  'עִיר',
  '\u200eltr\u200f',
  '中文没有空格',
  'ภาษาไทย',
  'हिन्दी',
  'İstanbul',
  'ß',
]

/** Characters that cannot be seen. */
const INVISIBLE = ['\u200b', '\u200d', '\u2060', '\ufeff', '\u00ad', '\u00a0', '\u3000']

/** Pieces of text that ping, link, break a layout, or are handled well by few programs. */
const PIECES = [
  ...PINGS,
  ...TOKENS,
  ...LINKS,
  ...MARKS,
  ...LAYOUT,
  ...MARKUP,
  ...PUNCTUATION,
  ...EMOJI,
  ...LETTERS,
  ...SCRIPTS,
  ...INVISIBLE,
]

/** Pieces that no text may have: the loader must refuse them. */
const BROKEN = [
  '\u0000',
  '\u0007',
  '\u001b[31m',
  '\u202e',
  '\u2067rtl\u2069',
  '\u202eturned\u202c',
  '\u2066',
  '\u2069',
  '\ud800',
  '\udc00',
  '\u0085',
  '\u009f',
  '\u2028',
]

const PLAIN =
  'the city sued over three conditions on grants and a judge ruled for it in July 2018, who knew'.split(' ')

const lineBreak = fc.constantFrom('\n', '\r\n', '\n\n', '\t', '\r')
const long = fc
  .tuple(
    fc.constantFrom('m', 'W', 'ab', '你', '😀', 'ش', '*', '&', '<', '_', 'é', '👩‍👧', '-', '.'),
    fc.nat(260),
  )
  .map(([piece, times]) => piece.repeat(times + 20))

/** Any code points, lone surrogates too. fast-check's own strings would take a second to prepare. */
const anyCharacters = fc
  .array(fc.oneof(fc.nat(0x10ffff), fc.nat(0x2fff), fc.nat(0x3ff)), { minLength: 1, maxLength: 12 })
  .map(codes => String.fromCodePoint(...codes))

/** The kind of a text: which pieces it is mixed from. */
export type TextKind = 'plain' | 'mixed' | 'hostile' | 'broken'

const pieces: Record<TextKind, fc.Arbitrary<string>> = {
  plain: fc.constantFrom(...PLAIN),
  mixed: fc.oneof(
    { weight: 12, arbitrary: fc.constantFrom(...PLAIN) },
    { weight: 3, arbitrary: fc.constantFrom(...PIECES) },
    { weight: 1, arbitrary: long },
  ),
  hostile: fc.oneof(
    { weight: 2, arbitrary: fc.constantFrom(...PLAIN) },
    { weight: 8, arbitrary: fc.constantFrom(...PIECES) },
    { weight: 1, arbitrary: long },
    { weight: 1, arbitrary: anyCharacters.map(characters => `${characters.replace(/\p{C}/gu, '')}é`) },
  ),
  broken: fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom(...PIECES, ...PLAIN) },
    { weight: 1, arbitrary: fc.constantFrom(...BROKEN) },
    { weight: 1, arbitrary: anyCharacters },
  ),
}
const gap = fc.oneof(
  { weight: 8, arbitrary: fc.constant(' ') },
  { weight: 2, arbitrary: fc.constant('') },
  { weight: 1, arbitrary: lineBreak },
)

/** Cuts a text, but not between the two halves of a character. */
const cut = (text: string, max: number) =>
  text.length <= max ? text : text.slice(0, max).replace(/[\ud800-\udbff]$/, '')

const VISIBLE = /[\p{L}\p{N}\p{P}\p{S}]/u

/** Any text of at most `max` characters that repeats a few pieces; with `lines` it may have line breaks. */
export const anyText = (kind: TextKind, max: number, { lines = false } = {}): fc.Arbitrary<string> =>
  fc
    .tuple(
      fc.array(fc.tuple(pieces[kind], gap), { minLength: 1, maxLength: 9, size: 'max' }),
      fc.oneof({ weight: 5, arbitrary: fc.integer({ min: 1, max }) }, fc.constant(max)),
    )
    .map(([parts, length]) => {
      let joined = ''
      for (let at = 0; joined.length < length; at++) {
        const [piece, between] = parts[at % parts.length]!
        joined += (joined !== '' && /\w$/.test(joined) && between === '' ? ' ' : '') + piece + between
      }
      const text = cut(lines ? joined : joined.replace(/[\r\n]+/g, ' '), length).trim()
      return VISIBLE.test(text) ? text : `${text}x`
    })

/** Any name of a person or thing: words, a single piece, or a character repeated. */
export const anyName = (kind: TextKind, max: number): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 6, arbitrary: anyText(kind, max) },
    {
      weight: kind === 'plain' ? 0 : 2,
      arbitrary: fc.constantFrom(
        ...PIECES.filter(piece => VISIBLE.test(piece)).map(piece => piece.replace(/\s+/g, ' ')),
      ),
    },
    {
      weight: kind === 'plain' ? 0 : 1,
      arbitrary: fc
        .tuple(
          fc.constantFrom('文', '🦊', 'ab ', 'm', '™', '.'),
          fc.oneof({ weight: 9, arbitrary: fc.nat(32) }, fc.nat(120)),
        )
        .map(([piece, times]) => piece.repeat(times + 1)),
    },
  )

/** Escapes text so that it reads the same as Markdown: a backslash before every punctuation character. */
export const escapeMarkdown = (text: string): string => {
  const escaped = text
    .replace(/\s*[\r\n]+\s*/g, ' ')
    .trim()
    .replace(/[!-/:-@[-`{-~]/g, '\\$&')
  return escaped === '' ? 'x' : escaped
}
