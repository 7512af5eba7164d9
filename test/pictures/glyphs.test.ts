import fc from 'fast-check'
import { expect, test } from 'vitest'
import { FONT_FILES, fontsFor } from '../../src/pictures/fonts.ts'
import { altText, canPaint, normalizeText } from '../../src/pictures/glyphs.ts'
import { fontCharacters } from '../support/pictures/font-characters.ts'
import { sampleCard, sampleChart } from '../support/pictures/sample-pictures.ts'

const paints = (words: string) => canPaint(sampleCard({ words }))
const known = new Map(FONT_FILES.map(({ path }) => [path, fontCharacters(path)]))

test('every character that can be painted has a glyph in each font and weight that is loaded for it', () => {
  const paintable = Array.from({ length: 0xffff }, (_, code) => code).filter(
    code => (code < 0xd800 || code > 0xdfff) && paints(String.fromCodePoint(code)),
  )
  expect(paintable.length).toBeGreaterThan(700)
  const missing = paintable.flatMap(code => {
    // Line ends, other spaces and invisible characters are replaced before painting.
    const painted = String.fromCodePoint(code).normalize('NFC')
    const characters = [...painted].filter(
      character => !/[\n\r\t\u00ad\u2000-\u200c\u2010\u2011\u2028-\u202f\u205f\u2060\ufeff]/.test(character),
    )
    const fonts = fontsFor([painted])
    return characters.flatMap(character =>
      ['serif 400', 'serif 600', 'sans 400', 'sans 600']
        .filter(face =>
          fonts.every(
            font =>
              `${font.family} ${font.weight}` !== face ||
              !known.get(font.path)!.has(character.codePointAt(0)!),
          ),
        )
        .map(face => `${face}: U+${code.toString(16)}`),
    )
  })
  expect(missing).toEqual([])
})

test.each([
  ['English', '“Don’t,” she said – 50 % of it, § 5… “no” — €3, ½ mile!'],
  ['other ways to write the same', 'e\u0301te\u0301 non\u2011stop\tand\u00a0on\u202fto\u200b the\r\nend'],
  ['Vietnamese, Czech, Polish, Turkish, Romanian', 'Việt Nam, Žižkov, Łódź, İstanbul, București'],
  ['Greek and Cyrillic', 'Ελλάδα, Ώρα, Москва, Київ, Ђорђе'],
  ['characters that are markup elsewhere', '<b>&amp;</b> ```x``` *a* _b_ ~c~ |d| [e](f) #g @h {i} \\'],
])('%s can be painted', (_, words) => expect(paints(words)).toBe(true))

test.each([
  ['emoji', 'See you 🙂'],
  ['a flag', '🇺🇸'],
  ['a character that may be an emoji', '1️⃣'],
  ['Hebrew', 'שלום'],
  ['Arabic', 'مرحبا'],
  ['Chinese', '桥'],
  ['Thai', 'สะพาน'],
  ['an accent that no font has on this letter', 'q\u0301'],
  ['a character that changes the text direction', 'a\u202eb'],
  ['a control character', 'a\u0007b'],
  // The font packages claim to have these.
  ['a letter that the package claims but lacks', 'Ĭ'],
  ['an arrow that the package lacks', 'a → b'],
])('%s cannot', (_, words) => {
  expect(paints(words)).toBe(false)
  expect(canPaint(sampleChart({ events: [{ date: '2 May 2026', text: words }] }))).toBe(false)
  expect(canPaint(sampleCard({ about: ['Ana', words] }))).toBe(false)
  expect(canPaint(sampleCard({ note: words }))).toBe(false)
  expect(canPaint(sampleCard({ foot: words }))).toBe(false)
  expect(canPaint(sampleChart({ title: words }))).toBe(false)
  expect(canPaint(sampleChart({ label: words }))).toBe(false)
})

test('the alt text is all the text in the picture, from top to bottom', () => {
  expect(altText(sampleCard({ note: 'Editor’s note: yes.' }))).toBe(
    'QUOTE\nDEVELOPING STORY · covers 30 Dec 2025 to 4 May 2026\n“The bridge stays shut until it is safe.”\nAna Example\nMayor at the time\nThe Paper, 2 May 2026, line 3 of our copy\nsaid 2 May 2026\nEditor’s note: yes.\nThe bridge on Main Street\nchecked 5 May 2026 · nutgraf',
  )
  expect(altText(sampleCard({ marks: false }))).toContain('\nThe bridge stays shut until it is safe.\n')
  expect(altText(sampleChart())).toMatch(
    /^TIMELINE .*\nThe bridge on Main Street\n30 Dec 2021: An inspection finds rust\n.*nutgraf$/s,
  )
})

test('a text in which nothing is to be normalized is the same as if something were', () => {
  const letter = fc.oneof(
    fc.integer({ min: 0x20, max: 0x2ff }).map(code => String.fromCharCode(code)),
    fc.constantFrom(...'\n\r\t–—‘’‚“”„…\u2007\u2010\u2011\u2028\u0301'),
  )
  fc.assert(
    fc.property(fc.array(letter), letters => {
      const text = letters.join('')
      // A soft hyphen is taken out.
      expect(normalizeText(text)).toBe(normalizeText(`${text}\u00ad`))
    }),
  )
})
