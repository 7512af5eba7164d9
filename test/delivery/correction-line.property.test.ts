import fc from 'fast-check'
import { expect, test } from 'vitest'
import { plainInlines, toPlainText } from '../../src/chat/plain-text.ts'
import { PHONE_BUDGET, type Reply } from '../../src/chat/reply.ts'
import { commandLinesFor } from '../../src/commands/digest/command-lines.ts'
import { createHandler } from '../../src/commands/handler.ts'
import { splitCommand } from '../../src/commands/line.ts'
import { createLibrary, type Library } from '../../src/content/library.ts'
import { loadContent } from '../../src/content/read/load.ts'
import type { Correction, Story } from '../../src/content/story.ts'
import type { Composed } from '../../src/delivery/attempt.ts'
import {
  correctionLine,
  correctionMoment,
  correctionProblem,
  LONGEST_ZONE,
} from '../../src/delivery/correction-line.ts'
import { correctionCausesOf } from '../../src/delivery/corrections.ts'
import { redraw } from '../../src/delivery/redraw.ts'
import { render as renderDiscord } from '../../src/platforms/discord/render.ts'
import { render as renderSlack } from '../../src/platforms/slack/render.ts'
import type { Repair } from '../../src/store/causes.ts'
import type { Delivery } from '../../src/store/delivery.ts'
import { storyFiles } from '../support/content/story-files.ts'
import { anyWords } from '../support/delivery/any-words.ts'
import { recordingLog } from '../support/recording-log.ts'

const [base] = loadContent(storyFiles('bridge')).stories
const AT = Date.parse('2026-11-25T12:34:00Z')
const ZONES = [...Intl.supportedValuesOf('timeZone'), 'UTC']

const entry: fc.Arbitrary<Correction> = fc.record({
  on: fc.constant('2026-05-05'),
  part: fc.constantFrom('label', 'event:2026-05-02-1', 'quote:mayor-1', 'fact:road', 'section:summary'),
  was: anyWords(250),
  now: anyWords(250),
  why: anyWords(200),
  repeat: fc.boolean(),
  notice: fc.boolean(),
})
const accepted = entry.filter(correction => correctionProblem(correction) === undefined)

/** Texts to fill a message with, of characters that are escaped in every way. */
const filling = fc.constantFrom('m', '*', '&', '<', '\n- ', 'é', '你', '👩‍👩‍👧‍👦 ', 'ش', '[x](y) ')

/** A reply as long as both platforms allow, in one paragraph or in several. */
const maximal = fc
  .record({
    fill: filling,
    blocks: fc.integer({ min: 1, max: 12 }),
    label: anyWords(90),
    title: anyWords(90),
  })
  .map(({ fill, blocks, label, title }): Reply => {
    const replyOf = (count: number): Reply => ({
      label: { state: 'archived', line: label },
      title,
      blocks: Array.from({ length: blocks }, () => ({
        kind: 'text',
        text: [{ bold: 'B' }, fill.repeat(count)],
      })),
      buttons: [{ label: 'Summary', line: '/bridge summary' }],
      parts: ['bridge/label'],
      audience: 'place',
    })
    let count = 1
    while (fits(replyOf(count + 1))) count++
    return replyOf(count)
  })
  .filter(fits)

function fits(reply: Reply): boolean {
  try {
    renderSlack(reply)
    renderDiscord(reply)
    return toPlainText(reply).length <= PHONE_BUDGET * 2
  } catch {
    return false
  }
}

const libraryWith = (story: Partial<Story>, down = false): Library =>
  createLibrary(
    down ? [] : [{ ...base!, ...story }],
    'test',
    [],
    down ? [{ slug: 'bridge', on: '2026-05-06', reason: 'm&*'.repeat(100) }] : [],
  )

const composed = (reply: Reply): Composed => ({
  reply,
  selection: '{}',
  shown: reply.parts.map(part => ({ part, revision: 9 })),
})
const row = (kind: Delivery['kind']): Delivery => ({
  ...{ kind, key: 'k', place: 'slack:T/C', lane: 'slack:T', number: 1, state: 'sending' },
  ...{ attempts: 2, createdAt: AT, dueAt: AT },
})

/** The repairs of a message for the corrections of a story, one a minute. */
const repairsBy = (story: Story): Repair[] =>
  correctionCausesOf(story).map(({ cause, correction }, index) => ({
    ...{ cause, kind: 'correction', story: 'bridge', part: `bridge/${correction.part}`, revision: 1 },
    ...{ waits: false, seenAt: AT + index * 60_000, state: 'pending' },
  }))

test('a corrected message fits wherever it fitted before, and one correction always has its line', () => {
  fc.assert(
    fc.property(
      maximal,
      fc.array(accepted, { minLength: 1, maxLength: 4 }),
      fc.constantFrom(...ZONES),
      fc.constantFrom('answer' as const, 'edition' as const),
      (reply, corrections, zone, kind) => {
        const library = libraryWith({ corrections })
        const repairs = repairsBy(library.stories[0]!)
        const redrawn = redraw(composed(reply), row(kind), repairs, {
          library,
          zone,
          commandLines: commandLinesFor('slack:T/C'),
        })
        renderSlack(redrawn.reply)
        renderDiscord(redrawn.reply)
        expect(redrawn.repaired).toHaveLength(repairs.length)
        const lines = redrawn.reply.corrections!.map(plainInlines)
        for (const line of lines) expect(line).toMatch(/^CORRECTED /)
        const newest = repairs.at(-1)!
        const { correction } = correctionCausesOf(library.stories[0]!).at(-1)!
        const own = plainInlines(correctionLine(correction, newest.seenAt, zone))
        if (repairs.length === 1) expect(lines).toEqual([own])
        // Corrections that have no room are counted, with the line that shows them.
        else if (lines.length < repairs.length) expect(lines.at(-1)).toMatch(/times, last .*changes$/)
        if (repairs.length === 1) expect(own.includes(' · was: ')).toBe(correction.repeat)
      },
    ),
    { numRuns: 150 },
  )
})

test('an entry that has no room is refused, with how much too long it is; one character less is accepted', () => {
  fc.assert(
    fc.property(filling, fc.boolean(), (fill, repeat) => {
      const correctionOf = (count: number): Correction => ({
        ...{ on: '2026-05-05', part: 'label', was: 'w', now: fill.repeat(count), why: 'y' },
        ...{ repeat, notice: false },
      })
      let count = 1
      while (correctionProblem(correctionOf(count + 1)) === undefined) count++
      expect(count).toBeGreaterThan(10)
      expect(correctionProblem(correctionOf(count + 1))).toMatch(/\d+ characters too long/)
      const reply: Reply = {
        blocks: [],
        parts: [],
        audience: 'place',
        corrections: [correctionLine(correctionOf(count), AT, LONGEST_ZONE)],
      }
      renderSlack({ ...reply, blocks: [{ kind: 'text', text: ['m'.repeat(2_800)] }] })
      renderDiscord({ ...reply, blocks: [{ kind: 'text', text: ['m'.repeat(1_398)] }] })
    }),
    { numRuns: 40 },
  )
})

test('no zone has a longer moment than the one that entries are measured by', () => {
  const longest = correctionMoment(AT, LONGEST_ZONE).length
  for (const zone of ZONES) expect(correctionMoment(AT, zone).length).toBeLessThanOrEqual(longest)
})

test('a withdrawn message fits, whatever it was, and holds nothing of it', () => {
  fc.assert(
    fc.property(maximal, fc.constantFrom('answer' as const, 'notice' as const), (reply, kind) => {
      const library = libraryWith({}, true)
      const repair: Repair = {
        ...{ cause: 'bridge/withdrawn:2026-05-06', kind: 'withdrawal', story: 'bridge', part: 'bridge/' },
        ...{ revision: 0, waits: false, seenAt: AT, state: 'pending' },
      }
      const redrawn = redraw(composed(reply), row(kind), [repair], {
        library,
        zone: 'UTC',
        commandLines: commandLinesFor('slack:T/C'),
      })
      renderSlack(redrawn.reply)
      renderDiscord(redrawn.reply)
      expect(toPlainText(redrawn.reply)).toMatch(/^WITHDRAWN 6 May 2026 · .*taken down: m&\*/)
      expect(redrawn).toMatchObject({ shown: [], repaired: [repair.cause] })
    }),
    { numRuns: 60 },
  )
})

test('every answer about a story that is full to the brim fits when it is corrected', () => {
  fc.assert(
    fc.property(
      fc.array(accepted, { minLength: 1, maxLength: 3 }),
      anyWords(180),
      anyWords(180),
      (corrections, role, text) => {
        const library = libraryWith({
          corrections,
          timeline: base!.timeline.map(event => ({ ...event, text: [text, { bold: text }] })),
          quotes: base!.quotes.map(quote => ({ ...quote, role })),
          notChecked: 'm'.repeat(90),
          stale: 'not checked for 400 days',
        })
        const { answer } = createHandler(
          { library: () => library, version: 'test', zone: 'UTC' },
          recordingLog(),
        )
        for (const line of [
          '/nutgraf bridge timeline',
          '/nutgraf bridge quotes',
          '/nutgraf bridge summary',
        ]) {
          const reply = answer({
            ...splitCommand(line),
            ...{ place: 'slack:T/C', caller: { id: 'u', rights: [] }, audience: 'place', at: AT },
          }) as Reply
          if (!fits(reply)) continue
          const repairs = repairsBy(library.stories[0]!)
          const redrawn = redraw(composed(reply), row('answer'), repairs, {
            library,
            zone: LONGEST_ZONE,
            commandLines: commandLinesFor('slack:T/C'),
          })
          renderSlack(redrawn.reply)
          renderDiscord(redrawn.reply)
        }
      },
    ),
    { numRuns: 40 },
  )
})
