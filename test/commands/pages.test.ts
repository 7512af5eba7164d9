import fc from 'fast-check'
import { expect, test } from 'vitest'
import { toPlainText } from '../../src/chat/plain-text.ts'
import { type Block, PHONE_BUDGET } from '../../src/chat/reply.ts'
import { isPageButton, type PageUnit, plainUnit, renderPage } from '../../src/commands/pages.ts'

const unitsOf = (lengths: number[]): PageUnit[] =>
  lengths.map((length, index) => plainUnit({ kind: 'list', items: [[`${index}:`.padEnd(length, 'x')]] }))

const pageOf = (title: string, units: PageUnit[], page: number) =>
  renderPage(undefined, { title }, units, { page: String(page), line: '/nutgraf list' })

const answer = fc.record({
  title: fc.string({ maxLength: 300 }),
  lengths: fc.array(fc.integer({ min: 3, max: 400 }), { minLength: 1, maxLength: 20 }),
})

test('the pages of several answers, asked for in any order, are those of each answer by itself', () => {
  fc.assert(
    fc.property(fc.array(answer, { minLength: 1, maxLength: 6 }), fc.array(fc.nat()), (answers, order) => {
      const kept = answers.map(({ title, lengths }) => ({ title, lengths, units: unitsOf(lengths) }))
      for (const at of [...answers.keys(), ...order.map(number => number % answers.length)]) {
        const { title, lengths, units } = kept[at]!
        const shown: Block[] = []
        let page = 1
        for (let more = true; more; page++) {
          const reply = pageOf(title, units, page)
          expect(reply).toEqual(pageOf(title, unitsOf(lengths), page))
          expect(toPlainText(reply).length).toBeLessThanOrEqual(PHONE_BUDGET)
          shown.push(...reply.blocks.filter(({ kind }) => kind === 'list'))
          more = reply.buttons!.some(button => isPageButton(button) && button.line.endsWith(` ${page + 1}`))
        }
        expect(shown.flatMap(block => (block.kind === 'list' ? block.items : []))).toEqual(
          units.flatMap(({ block }) => (block.kind === 'list' ? block.items : [])),
        )
      }
    }),
    { numRuns: 50 },
  )
})

test('a unit is measured once for all pages of an answer', () => {
  let measured = 0
  const units = unitsOf(Array(60).fill(200)).map(({ block, ...unit }) => ({
    ...unit,
    get block() {
      measured++
      return block
    },
  }))
  const pages = 15
  for (let page = 1; page <= pages; page++) expect(pageOf('Many', units, page).refusal).toBeUndefined()
  // Once to be packed, and once to be shown.
  expect(measured).toBeLessThanOrEqual(2 * units.length)
})
