import fc from 'fast-check'
import { expect, test } from 'vitest'
import { phoneLength, toPlainText } from '../../src/chat/plain-text.ts'
import type { Block, Inline, Reply } from '../../src/chat/reply.ts'
import { replyOf } from '../support/reply-of.ts'

const words = fc.oneof(fc.constant(''), fc.string({ maxLength: 20 }))
const inlines: fc.Arbitrary<Inline[]> = fc.array(fc.oneof(words, fc.record({ bold: words })), {
  maxLength: 3,
})
const plain: fc.Arbitrary<Block> = fc.oneof(
  fc.record({ kind: fc.constantFrom('text' as const, 'note' as const), text: inlines }),
  fc.record({ kind: fc.constant('list' as const), items: fc.array(inlines, { maxLength: 3 }) }),
  fc.record({ kind: fc.constant('divider' as const) }),
)
const block: fc.Arbitrary<Block> = fc.oneof(
  plain,
  fc.record({
    kind: fc.constant('fields' as const),
    fields: fc.array(fc.record({ name: words, value: inlines }), { maxLength: 3 }),
  }),
  fc.record({
    kind: fc.constant('quote' as const),
    words,
    marks: fc.boolean(),
    attribution: inlines,
    note: inlines,
  }),
)
const reply: fc.Arbitrary<Reply> = fc
  .record({
    blocks: fc.array(block, { maxLength: 5 }),
    title: fc.option(words, { nil: undefined }),
    lead: fc.option(inlines, { nil: undefined }),
    corrections: fc.array(inlines, { maxLength: 2 }),
  })
  .map(({ blocks, title, lead, corrections }) => ({ ...replyOf(...blocks), title, lead, corrections }))

test('the length on a phone is that of the text, counted without writing it', () => {
  fc.assert(
    fc.property(reply, drawn => {
      expect(phoneLength(drawn)).toBe(toPlainText(drawn).length)
      // The same blocks under another line, which are not counted anew.
      const under = { ...drawn, lead: ['I read this as'] }
      expect(phoneLength(under)).toBe(toPlainText(under).length)
    }),
    { numRuns: 1_000 },
  )
})
