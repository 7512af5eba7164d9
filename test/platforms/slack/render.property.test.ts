import fc from 'fast-check'
import { expect, test } from 'vitest'
import { toPlainText } from '../../../src/chat/plain-text.ts'
import type { Block, Inline, Reply } from '../../../src/chat/reply.ts'
import { phrases } from '../../../src/phrases/phrases.ts'
import { render } from '../../../src/platforms/slack/render.ts'
import { replyOf } from '../../support/reply-of.ts'
import { HOSTILE_TEXTS, parsedTexts, visibleText } from '../../support/slack/drawn-message.ts'

const letters = (words: string) => words.replace(/[\s•:]/g, '')

const words = fc.oneof(
  fc.string({ maxLength: 40 }),
  fc.constantFrom(...HOSTILE_TEXTS),
  fc.string({ unit: 'binary', maxLength: 20 }),
)
const inline: fc.Arbitrary<Inline> = fc.oneof(
  words,
  fc.record({ bold: words }),
  fc.record({ italic: words }),
  fc.record({ code: words }),
  fc.record({ link: fc.oneof(fc.webUrl(), words), text: words }),
  fc.record({
    time: fc.integer({ min: 0, max: 4e12 }),
    style: fc.constantFrom('date' as const, 'time' as const, 'datetime' as const),
  }),
)
/** As `commands/label.ts` writes it. */
const sourcesLine = (sources: { number: number }[], checked: string) =>
  [sources.length > 0 && phrases.label.sources(sources.map(({ number }) => number)), checked]
    .filter(Boolean)
    .join(' · ')
const inlines = fc.array(inline, { maxLength: 4 })
const block: fc.Arbitrary<Block> = fc.oneof(
  fc.record({ kind: fc.constant('text' as const), text: inlines }),
  fc.record({
    kind: fc.constant('quote' as const),
    words,
    marks: fc.boolean(),
    attribution: inlines,
    note: inlines,
  }),
  fc.record({ kind: fc.constant('list' as const), items: fc.array(inlines, { maxLength: 4 }) }),
  fc.record({
    kind: fc.constant('fields' as const),
    fields: fc.array(fc.record({ name: words, value: inlines }), { maxLength: 3 }),
  }),
  fc.record({ kind: fc.constant('note' as const), text: inlines }),
  fc
    .record({
      kind: fc.constant('sources' as const),
      sources: fc.array(fc.record({ number: fc.nat(99), name: words, url: fc.webUrl() }), { maxLength: 4 }),
      checked: words,
    })
    .map(block => ({ ...block, line: sourcesLine(block.sources, block.checked) })),
  fc.record({ kind: fc.constant('divider' as const) }),
)

test('whatever a reply holds: nothing in it can ping, all of it is there, and no limit is passed in silence', () => {
  fc.assert(
    fc.property(fc.array(block, { maxLength: 6 }), words, (blocks, title) => {
      const drawn: Reply = { ...replyOf(...blocks), title }
      if (toPlainText(drawn).length > 500)
        fc.pre(toPlainText(drawn).replace(/[&<>]/g, '12345').length <= 3_400)
      const message = render(drawn)
      for (const parsed of parsedTexts(message)) {
        expect(parsed.replace(/<!date\^\d+\^[{}\w, ]+\|[\d:\- UTC]+>/g, '')).not.toMatch(/<[!@#]/)
        expect(parsed.replace(/&(amp|lt|gt);/g, '')).not.toContain('&')
      }
      expect(message.text.length).toBeLessThanOrEqual(3_400)
      expect(message.blocks.length).toBeLessThanOrEqual(50)
      expect(letters(visibleText(message.blocks))).toBe(letters(toPlainText(drawn)))
      expect(JSON.stringify(message.blocks)).not.toMatch(/"(elements)":\[\]|"text":""/)
    }),
    { numRuns: 400 },
  )
})
