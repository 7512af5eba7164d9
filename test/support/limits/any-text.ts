import fc from 'fast-check'

/** What people may write to ping, to link, to break a layout, or what only few programs get right. */
const PIECES = [
  ...['@everyone', '@here', '<!channel>', '<!here|here>', '<@U1>', '<@123456789012345678>', '<@&1234567890>'],
  ...['<#C1|general>', '<#1234567890>', '<!subteam^S1>', '</lawsuit:123456789012345678>', '<t:1618953630:R>'],
  ...[
    '<:name:123456789012345678>',
    '<a:b:123456789012345678>',
    '<id:browse>',
    '&lt;!channel&gt;',
    '&amp;lt;',
  ],
  ...['[x](javascript:alert(1))', '[click](https://evil.example)', '![y](https://evil.example/y.png)'],
  ...[
    '<https://evil.example|ok>',
    '<https://evil.example>',
    'https://evil.example/a_(b)',
    'mailto:a@b.example',
  ],
  ...['<mailto:a@b.example|a>', 'discord.gg/abc', 'steam://run', 'www.evil.example', '<!date^1^{date}|x>'],
  ...[
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
  ],
  ...[
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
  ],
  ...[
    '| a | b |\n|---|---|\n| 1 | 2 |',
    '<b onclick="x">',
    '<script>',
    '</p>',
    '<!-- c -->',
    '&nbsp;',
    '&#64;',
  ],
  ...[
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
  ],
  ...['👩‍👩‍👧‍👦', '🇺🇸', '🇺', '👍🏽', '🏴󠁧󠁢󠁥󠁮󠁧󠁿', '❤️', '1️⃣', '🦊'],
  ...['𝔘𝔫𝔦𝔠𝔬𝔡𝔢', '𠜎𠜱', 'é', 'e\u0301\u0302\u0323', 'Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢', 'ﷺ', 'ｅｖｅｒｙｏｎｅ', '㊙', '™', '½'],
  ...['مدينة', 'شيكاغو\u200f', 'עִיר', '\u200eltr\u200f', '中文没有空格', 'ภาษาไทย', 'हिन्दी', 'İstanbul', 'ß'],
  ...['\u200b', '\u200d', '\u2060', '\ufeff', '\u00ad', '\u00a0', '\u3000'],
]

/** What no text should hold: the loader is to refuse it. */
const BROKEN = [
  ...[
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
  ],
  ...['\u0085', '\u009f', '\u2028'],
]

const PLAIN =
  'the city sued over three conditions on grants and a judge ruled for it in July 2018, who knew'.split(' ')

const lined = fc.constantFrom('\n', '\r\n', '\n\n', '\t', '\r')
const long = fc
  .tuple(
    fc.constantFrom('m', 'W', 'ab', '你', '😀', 'ش', '*', '&', '<', '_', 'é', '👩‍👧', '-', '.'),
    fc.nat(260),
  )
  .map(([one, times]) => one.repeat(times + 20))

/** Any signs that there are, half ones too. The library's own way takes a second to get ready. */
const anyCharacters = fc
  .array(fc.oneof(fc.nat(0x10ffff), fc.nat(0x2fff), fc.nat(0x3ff)), { minLength: 1, maxLength: 12 })
  .map(codes => String.fromCodePoint(...codes))

/** A kind of text: how its pieces are mixed. */
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
    { weight: 1, arbitrary: anyCharacters.map(signs => `${signs.replace(/\p{C}/gu, '')}é`) },
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
  { weight: 1, arbitrary: lined },
)

/** Not between the two halves of one sign. */
const cut = (text: string, most: number) =>
  text.length <= most ? text : text.slice(0, most).replace(/[\ud800-\udbff]$/, '')

const SEEN = /[\p{L}\p{N}\p{P}\p{S}]/u

/** Text of at most so many characters, of a few pieces over and over; `lines` lets it go over several of them. */
export const anyText = (kind: TextKind, max: number, { lines = false } = {}): fc.Arbitrary<string> =>
  fc
    .tuple(
      fc.array(fc.tuple(pieces[kind], gap), { minLength: 1, maxLength: 9, size: 'max' }),
      fc.oneof({ weight: 5, arbitrary: fc.integer({ min: 1, max }) }, fc.constant(max)),
    )
    .map(([parts, length]) => {
      let all = ''
      for (let at = 0; all.length < length; at++) {
        const [piece, between] = parts[at % parts.length]!
        all += (all !== '' && /\w$/.test(all) && between === '' ? ' ' : '') + piece + between
      }
      const text = cut(lines ? all : all.replace(/[\r\n]+/g, ' '), length).trim()
      return SEEN.test(text) ? text : `${text}x`
    })

/** What somebody or something may be called: words, or one piece that is hardly any. */
export const anyName = (kind: TextKind, most: number): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 6, arbitrary: anyText(kind, most) },
    {
      weight: kind === 'plain' ? 0 : 2,
      arbitrary: fc.constantFrom(
        ...PIECES.filter(piece => SEEN.test(piece)).map(piece => piece.replace(/\s+/g, ' ')),
      ),
    },
    {
      weight: kind === 'plain' ? 0 : 1,
      arbitrary: fc
        .tuple(
          fc.constantFrom('文', '🦊', 'ab ', 'm', '™', '.'),
          fc.oneof({ weight: 9, arbitrary: fc.nat(32) }, fc.nat(120)),
        )
        .map(([one, times]) => one.repeat(times + 1)),
    },
  )

/** Text as Markdown that reads as this text: every sign that means something stands behind a backslash. */
export const escapeMarkdown = (text: string): string => {
  const escaped = text
    .replace(/\s*[\r\n]+\s*/g, ' ')
    .trim()
    .replace(/[!-/:-@[-`{-~]/g, '\\$&')
  return escaped === '' ? 'x' : escaped
}
