import fc from 'fast-check'
import { expect, test } from 'vitest'
import { toPlainText } from '../../../src/chat/plain-text.ts'
import { PHONE_BUDGET, type Reply } from '../../../src/chat/reply.ts'
import { shortened } from '../../../src/delivery/cards/decision-line.ts'
import { drawBundle } from '../../../src/delivery/cards/draw-bundle.ts'
import { drawCard } from '../../../src/delivery/cards/draw-card.ts'
import { fitCorrectionLines } from '../../../src/delivery/correction-line.ts'
import { withLinesFirst } from '../../../src/delivery/items/change-lines.ts'
import { render as renderDiscord } from '../../../src/platforms/discord/render.ts'
import { render as renderSlack } from '../../../src/platforms/slack/render.ts'
import type { Card, Decision } from '../../../src/store/wire/cards.ts'
import { NOON } from '../../support/noon.ts'
import { item } from '../../support/wire/items.ts'

const CLOCK = { zone: 'America/Chicago', near: NOON }
const card = (more: Partial<Card> = {}): Card => ({
  ...{ item: 'aaa', key: 'k', revision: 0, arrived: NOON },
  matches: [{ story: 'lawsuit', words: ['sanctuary city', 'Byrne JAG'] }],
  ...more,
})
const wqad = item('aaa', 'City to sue')
const buttons = (reply: Reply) => (reply.buttons ?? []).map(({ label, line }) => `${label}: ${line}`)

test('whose headline it is, the words that matched, when it came, and what can be done', () => {
  const reply = drawCard({ card: card(), item: wqad }, CLOCK)
  expect(toPlainText(reply)).toBe(
    'WQAD: City to sue\n\nlawsuit: “sanctuary city”, “Byrne JAG” · Tue 5 May 05:00',
  )
  expect(buttons(reply)).toEqual([
    'Add to timeline: /desk add aaa',
    'Quotes…: /desk import "https://wqad.example/aaa" --into=lawsuit',
    'Ignore: /desk ignore aaa',
  ])
  expect(reply.parts).toEqual(['wire/card:aaa', 'wire/item:aaa'])
})

test('what was decided, by whom and when; an event is told as the story has it now', () => {
  const decision: Decision = {
    ...{ who: 'slack:T1/U1', name: 'Dana', at: NOON },
    added: { key: 'k', story: 'lawsuit', id: 'e' },
  }
  const event = {
    id: 'e',
    date: '2026-05-05',
    text: ['City files ', { bold: 'suit' }],
    confidence: 'medium' as const,
    sources: [1],
    major: false,
  }
  const decided = card({ revision: 3, decision })
  const reply = drawCard({ card: decided, item: wqad, event }, CLOCK)
  expect(toPlainText(reply)).toMatch(/Added to lawsuit by Dana, 07:00 · event “5 May: City files suit”$/)
  expect(reply.parts).toContain('lawsuit/event:e')
  expect(buttons(reply)[0]).toBe('Undo: /desk undo aaa 3')
  expect(toPlainText(drawCard({ card: decided, item: wqad }, CLOCK))).toMatch(
    /Added to lawsuit by Dana, 07:00$/,
  )
  const earlier = { ...event, date: '2017-08', text: [`${'word '.repeat(40)}end`] }
  expect(toPlainText(drawCard({ card: decided, item: wqad, event: earlier }, CLOCK))).toMatch(
    /event “Aug 2017: (?:word )+…”$/,
  )
  const ignored = card({ revision: 1, decision: { who: 'discord:4', at: NOON - 86_400_000 } })
  expect(toPlainText(drawCard({ card: ignored, item: wqad }, CLOCK))).toMatch(
    /Ignored by discord:4, Mon 4 May 07:00$/,
  )
  expect(buttons(drawCard({ card: ignored, item: wqad }, CLOCK))).toEqual(['Undo: /desk undo aaa 1'])
})

test('without an address there is nothing to import; of what was taken back nothing is repeated', () => {
  const { url: _, ...without } = wqad
  expect(buttons(drawCard({ card: card(), item: without }, CLOCK))).toHaveLength(2)
  const hostile = item('aaa', 'x', { url: 'https://x.example/"\\ --confirm' })
  expect(buttons(drawCard({ card: card(), item: hostile }, CLOCK))[1]).toBe(
    String.raw`Quotes…: /desk import "https://x.example/\"\\ --confirm" --into=lawsuit`,
  )
  const gone = drawCard({ card: card(), item: { ...wqad, state: 'withdrawn' } }, CLOCK)
  expect(toPlainText(gone)).toBe('WITHDRAWN by WQAD, 05:00')
  expect(buttons(gone)).toEqual([])
})

test('any headline and any words fit on every platform, with what its outlet changed above', () => {
  const anyText = (maxLength: number) =>
    fc.oneof(
      fc.string({ unit: 'grapheme', maxLength }),
      fc
        .constantFrom('*', '_', '<', '&', '@everyone ', '漢', 'x')
        .map(sign => sign.repeat(maxLength).slice(0, maxLength)),
    )
  const matches = fc.array(
    fc.record({
      story: fc.constantFrom('lawsuit', 's'.repeat(60)),
      words: fc.array(anyText(80), { maxLength: 30 }),
    }),
    { minLength: 1, maxLength: 30 },
  )
  fc.assert(
    fc.property(anyText(2_000), anyText(100), matches, fc.boolean(), (title, outlet, found, isDecided) => {
      const decision = { who: 'slack:T1/U1', name: 'n'.repeat(60), at: NOON }
      const event = {
        id: 'e',
        date: '2017-08-07',
        text: [title],
        confidence: 'medium' as const,
        sources: [],
        major: false,
      }
      const added = { key: 'k', story: 's'.repeat(60), id: 'e' }
      const drawn = {
        card: card({ matches: found, ...(isDecided && { decision: { ...decision, added } }) }),
        item: item('aaa', title, { outlet }),
        event,
      }
      const changed = [`HEADLINE CHANGED · was: ${title.slice(0, 300)}`]
      for (const reply of [
        withLinesFirst(drawCard(drawn, CLOCK), fitCorrectionLines([changed], ['CHANGED'])),
        drawBundle(
          Array.from({ length: 40 }, () => drawn),
          CLOCK,
        ),
      ]) {
        renderSlack(reply)
        renderDiscord(reply)
      }
      expect(toPlainText(drawCard(drawn, CLOCK)).length).toBeLessThanOrEqual(PHONE_BUDGET + 400)
    }),
    { numRuns: 200 },
  )
})

test('words are cut between two of them, and never in a character', () => {
  expect(shortened('short', 10)).toBe('short')
  expect(shortened('one two three four', 12)).toBe('one two …')
  expect(shortened('😀'.repeat(20), 13).isWellFormed()).toBe(true)
})
