import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Picture } from '../../src/chat/reply.ts'
import { type Box, MARGIN, PICTURE_WIDTH } from '../../src/pictures/box.ts'
import { card, fontSizeFor } from '../../src/pictures/card.ts'
import { chart } from '../../src/pictures/chart.ts'
import { COLOURS } from '../../src/pictures/colours.ts'
import { normalizeText } from '../../src/pictures/glyphs.ts'
import { renderPng } from '../../src/pictures/render-png.ts'
import { pngSize, readPixels } from '../support/pictures/pixels.ts'
import { sampleCard, sampleChart } from '../support/pictures/sample-pictures.ts'

const colourNumber = (hex: string) => Number.parseInt(hex.slice(1), 16)

/** Whether the right margin and the space below the foot are empty. */
async function keepsItsMargins(picture: Picture): Promise<boolean> {
  const { width, height, colourAt } = readPixels(await renderPng(picture))
  const paper = colourNumber(COLOURS[picture.dark ? 'dark' : 'light'].paper)
  const isEmpty = (fromX: number, fromY: number) => {
    for (let y = fromY; y < height; y++)
      for (let x = fromX; x < width; x++) if (colourAt(x, y) !== paper) return false
    return true
  }
  return width === PICTURE_WIDTH && isEmpty(width - MARGIN + 8, 0) && isEmpty(0, height - 30)
}

test('the same picture gives the same bytes; dark colours, other words and other marks give different ones', async () => {
  const png = await renderPng(sampleCard())
  expect(await renderPng(sampleCard())).toEqual(png)
  for (const other of [{ dark: true as const }, { words: 'Other words.' }, { marks: false }])
    expect(Buffer.compare(await renderPng(sampleCard(other)), png)).not.toBe(0)
})

test('light and dark pictures have the paper of their own colours', async () => {
  for (const picture of [sampleCard(), sampleChart({ dark: true })]) {
    const { paper } = COLOURS[picture.dark ? 'dark' : 'light']
    expect(readPixels(await renderPng(picture)).colourAt(5, 5)).toBe(colourNumber(paper))
  }
})

test('a picture is as tall as its words need', async () => {
  const height = async (more: object) =>
    pngSize(await renderPng(sampleCard({ words: 'No.', ...more }))).height
  const short = await height({})
  for (const more of [
    { words: 'On and on. '.repeat(40).trim() },
    { words: 'No.\nNo.' },
    { note: 'Note: no.' },
  ])
    expect(await height(more)).toBeGreaterThan(short)
})

test.each<[string, Picture]>([
  [
    'words without a space',
    sampleCard({ words: 'x'.repeat(300), about: ['W'.repeat(120), 'm'.repeat(200)] }),
  ],
  [
    'a report',
    sampleCard({ marks: false, words: `${'Long words '.repeat(30)}${'W'.repeat(90)}`, note: 'N'.repeat(90) }),
  ],
  [
    'a long label and title',
    sampleChart({ label: 'L'.repeat(150), title: 'T'.repeat(150), foot: 'F'.repeat(150) }),
  ],
  ['long events', sampleChart({ events: [{ date: '2 May 2026', text: 'e'.repeat(60) }] })],
])('nothing runs over the edge: %s', async (_, picture) => {
  expect(await keepsItsMargins(picture)).toBe(true)
})

test('text that looks like markup is painted unchanged', async () => {
  const pairs = [
    ['<b>shut</b>', 'shut'],
    ['a &amp; b', 'a & b'],
  ]
  for (const [markup, plain] of pairs)
    expect(
      Buffer.compare(
        await renderPng(sampleCard({ words: markup! })),
        await renderPng(sampleCard({ words: plain! })),
      ),
    ).not.toBe(0)
})

test('any words in characters that we have are painted within the margins', async () => {
  const piece = fc.oneof(
    fc.constantFrom(
      '<script>',
      '</text>',
      '&lt;',
      '```',
      '“”',
      '"',
      '\n',
      '  ',
      '](x)',
      '<!--',
      ']]>',
      '%s',
      '{x}',
    ),
    fc.string({ unit: fc.constantFrom(...'aßéőŁğİșΩώЖяїẾ-—'), minLength: 1, maxLength: 40 }),
  )
  const words = fc.array(piece, { minLength: 1, maxLength: 12 }).map(pieces => pieces.join(' ').trim() || 'x')
  const options = fc.record({
    words,
    marks: fc.boolean(),
    about: fc.array(words, { minLength: 1, maxLength: 3 }),
  })
  await fc.assert(
    fc.asyncProperty(options, async options => {
      expect(await keepsItsMargins(sampleCard(options))).toBe(true)
    }),
    { numRuns: 4 },
  )
})

describe('the layout', () => {
  const texts = (box: Box): { text: string; style: Box['props']['style'] }[] =>
    typeof box.props.children === 'string'
      ? [{ text: box.props.children, style: box.props.style }]
      : box.props.children.flatMap(texts)
  const cards = [
    sampleCard({ note: 'n' }),
    sampleCard({ marks: false }),
    sampleCard({ words: 'x'.repeat(900) }),
  ]

  test('no text is too small for a phone or wider than the picture', () => {
    for (const { text, style } of [
      ...cards.flatMap(picture => texts(card(picture))),
      ...texts(chart(sampleChart())),
    ]) {
      expect(style.fontSize, text).toBeGreaterThanOrEqual(26)
      expect(style.width, text).toBeLessThanOrEqual(PICTURE_WIDTH - 2 * MARGIN)
    }
  })

  test('longer words are smaller, and never cut', () => {
    const sizes = [10, 80, 150, 240, 380, 590, 900].map(length => fontSizeFor('x'.repeat(length)))
    expect(sizes).toEqual([...new Set(sizes)].sort((a, b) => b - a))
    const words = 'Every\u00a0word, and\u2011so on'
    expect(texts(card(sampleCard({ words }))).some(({ text }) => text === `${normalizeText(words)}”`)).toBe(
      true,
    )
  })

  test('reported words have no quotation marks and another font', () => {
    const reported = texts(card(sampleCard({ marks: false, words: 'shut until June' })))
    expect(reported.map(({ text }) => text).join()).not.toMatch(/[“”]/)
    expect(reported.find(({ text }) => text === 'shut until June')!.style.fontFamily).toBeUndefined()
  })

  test('a chart shows each year once, including years without an event', () => {
    const years = texts(chart(sampleChart()))
      .map(({ text }) => text)
      .filter(text => /^\d{4}/.test(text))
    expect(years).toEqual(['2021', '2022–2025', '2026'])
    const next = sampleChart({ events: [2019, 2021].map(year => ({ date: `1 May ${year}`, text: 'x' })) })
    expect(
      texts(chart(next))
        .map(({ text }) => text)
        .filter(text => /^\d{4}/.test(text)),
    ).toEqual(['2019', '2020', '2021'])
  })
})

test.each(['light', 'dark'] as const)('all text has enough contrast: %s', name => {
  const colours = COLOURS[name]
  const luminance = (hex: string) => {
    const [red, green, blue] = [1, 3, 5].map(at => {
      const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
    })
    return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!
  }
  for (const ground of [colours.paper, colours.panel])
    for (const colour of [colours.ink, colours.quiet, colours.accent]) {
      const [dark = 0, bright = 0] = [luminance(ground), luminance(colour)].sort((a, b) => a - b)
      expect((bright + 0.05) / (dark + 0.05), `${colour} on ${ground}`).toBeGreaterThanOrEqual(4.5)
    }
})
