import { expect, test } from 'vitest'
import { FONT_FILES, fontsFor } from '../../src/pictures/fonts.ts'
import { altText, canPaint } from '../../src/pictures/glyphs.ts'
import { fontCharacters } from '../support/pictures/font-characters.ts'
import { sampleCard, sampleChart } from '../support/pictures/sample-pictures.ts'

const paints = (words: string) => canPaint(sampleCard({ words }))
const known = new Map(FONT_FILES.map(({ path }) => [path, fontCharacters(path)]))

test('every letter that is painted has a shape in each font and weight that is loaded for it', () => {
  const all = Array.from({ length: 0xffff }, (_, letter) => letter).filter(
    letter => (letter < 0xd800 || letter > 0xdfff) && paints(String.fromCodePoint(letter)),
  )
  expect(all.length).toBeGreaterThan(700)
  const missing = all.flatMap(letter => {
    // As it is painted: line ends, other spaces and invisible signs have become something else.
    const painted = String.fromCodePoint(letter).normalize('NFC')
    const signs = [...painted].filter(
      sign => !/[\n\r\t\u00ad\u2000-\u200c\u2010\u2011\u2028-\u202f\u205f\u2060\ufeff]/.test(sign),
    )
    const fonts = fontsFor([painted])
    return signs.flatMap(sign =>
      ['serif 400', 'serif 600', 'sans 400', 'sans 600']
        .filter(face =>
          fonts.every(
            font =>
              `${font.family} ${font.weight}` !== face || !known.get(font.path)!.has(sign.codePointAt(0)!),
          ),
        )
        .map(face => `${face}: U+${letter.toString(16)}`),
    )
  })
  expect(missing).toEqual([])
})

test.each([
  ['English', '“Don’t,” she said – 50 % of it, § 5… “no” — €3, ½ mile!'],
  ['what is written in other ways', 'e\u0301te\u0301 non\u2011stop\tand\u00a0on\u202fto\u200b the\r\nend'],
  ['Vietnamese, Czech, Polish, Turkish, Romanian', 'Việt Nam, Žižkov, Łódź, İstanbul, București'],
  ['Greek and Cyrillic', 'Ελλάδα, Ώρα, Москва, Київ, Ђорђе'],
  ['signs that are markup elsewhere', '<b>&amp;</b> ```x``` *a* _b_ ~c~ |d| [e](f) #g @h {i} \\'],
])('%s can be painted', (_, words) => expect(paints(words)).toBe(true))

test.each([
  ['emoji', 'See you 🙂'],
  ['a flag', '🇺🇸'],
  ['a sign that may be an emoji', '1️⃣'],
  ['Hebrew', 'שלום'],
  ['Arabic', 'مرحبا'],
  ['Chinese', '桥'],
  ['Thai', 'สะพาน'],
  ['a mark that no letter has', 'q\u0301'],
  ['a sign that turns the direction', 'a\u202eb'],
  ['a control character', 'a\u0007b'],
  // The packages say that they have these.
  ['letters that are claimed and not there', 'Ĭ'],
  ['an arrow that is not there', 'a → b'],
])('%s cannot', (_, words) => {
  expect(paints(words)).toBe(false)
  expect(canPaint(sampleChart({ events: [{ date: '2 May 2026', text: words }] }))).toBe(false)
  expect(canPaint(sampleCard({ about: ['Ana', words] }))).toBe(false)
  expect(canPaint(sampleCard({ note: words }))).toBe(false)
  expect(canPaint(sampleCard({ foot: words }))).toBe(false)
  expect(canPaint(sampleChart({ title: words }))).toBe(false)
  expect(canPaint(sampleChart({ label: words }))).toBe(false)
})

test('the description is all that can be read, from top to bottom', () => {
  expect(altText(sampleCard({ note: 'Editor’s note: yes.' }))).toBe(
    'QUOTE\nDEVELOPING STORY · covers 30 Dec 2025 to 4 May 2026\n“The bridge stays shut until it is safe.”\nAna Example\nMayor at the time\nThe Paper, 2 May 2026, line 3 of our copy\nsaid 2 May 2026\nEditor’s note: yes.\nThe bridge on Main Street\nchecked 5 May 2026 · nutgraf',
  )
  expect(altText(sampleCard({ marks: false }))).toContain('\nThe bridge stays shut until it is safe.\n')
  expect(altText(sampleChart())).toMatch(
    /^TIMELINE .*\nThe bridge on Main Street\n30 Dec 2021: An inspection finds rust\n.*nutgraf$/s,
  )
})
