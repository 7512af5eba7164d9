import fc from 'fast-check'
import { expect, test } from 'vitest'
import { phoneLength } from '../../src/chat/plain-text.ts'
import { PHONE_BUDGET } from '../../src/chat/reply.ts'
import { allLines, shortLines } from '../../src/check/all-lines.ts'
import { createHandler } from '../../src/commands/handler.ts'
import { splitCommand } from '../../src/commands/line.ts'
import { createLibrary } from '../../src/content/library.ts'
import { loadContent } from '../../src/content/read/load.ts'
import { LONGEST_FOOTER, withSharer } from '../../src/delivery/shared-by.ts'
import { render as renderDiscord } from '../../src/platforms/discord/render.ts'
import { render as renderSlack } from '../../src/platforms/slack/render.ts'
import { libraryFromFiles, QUOTE, storyFiles } from '../support/content/story-files.ts'
import { NOON } from '../support/noon.ts'
import { recordingLog } from '../support/recording-log.ts'

/** Texts of one kind of sign, so that whatever a platform writes longer makes up all of an item. */
const WORDS = fc
  .tuple(
    fc.constantFrom(
      'a',
      '*',
      '_',
      '&',
      '<',
      '>',
      '|',
      '~',
      '`',
      '#',
      '- ',
      '1. ',
      '😀',
      'é',
      '@a ',
      '.',
      '(',
      '[1] x',
    ),
    fc.integer({ min: 1, max: 420 }),
  )
  .map(
    ([sign, length]) =>
      `A${sign
        .repeat(Math.ceil(length / sign.length))
        .slice(0, length)
        .toWellFormed()}z`,
  )
const SHORT_WORDS = WORDS.map(words => `${words.slice(0, 60).toWellFormed()}z`)

const ITEMS = fc.record({
  event: WORDS,
  fact: WORDS,
  about: WORDS,
  role: SHORT_WORDS,
  person: fc.constantFrom('Ana Example', 'Bo “Bridge” O’Neil', 'X & Y <Z>', '__Li__'),
  outlet: SHORT_WORDS,
  title: WORDS,
  note: WORDS,
  rights: SHORT_WORDS,
  said: fc.oneof(WORDS, SHORT_WORDS),
  kind: fc.constantFrom('direct', 'partial', 'reported'),
  remark: SHORT_WORDS,
  quoteNote: SHORT_WORDS,
  dateNote: SHORT_WORDS,
  path: fc.integer({ min: 0, max: 300 }),
  notChecked: fc.integer({ min: 1, max: 120 }),
  by: fc.integer({ min: 1, max: 60 }),
})

test('what check does not draw, since it is short, fits on a phone and on both platforms, whatever signs it has', () => {
  let drawn = 0
  let quotes = 0
  fc.assert(
    fc.property(ITEMS, item => {
      const { event, fact, about, role, person, outlet, title, note, rights } = item
      const files = storyFiles('bridge', {
        meta: {
          notChecked: '*'.repeat(item.notChecked),
          checked: { on: '2026-05-05', by: '_'.repeat(item.by) },
        },
        timeline: [{ date: '2026-05-02', text: event, confidence: 'medium', sources: [1, 3] }],
        facts: [{ id: 'f1', text: fact, confidence: 'medium', sources: [1, 3] }],
        quotes: [
          {
            ...{ id: 'said', speaker: 'Ana Example', role, kind: item.kind, words: item.said, source: 1 },
            ...{ saidOn: 'not given', remark: item.remark, note: item.quoteNote },
          },
        ],
        stored: { 'paper.txt': `The bridge is shut.\n\n"${item.said}" said Ana Example.\n` },
        people: [{ name: person, role, about, sources: [3] }],
        sources: [
          {
            number: 1,
            outlet,
            title: 'Bridge shut',
            kind: 'news',
            date: '2026-05-02',
            dateNote: item.dateNote,
            text: 'paper.txt',
            rights: 'ours',
          },
          {
            ...{ number: 3, outlet, title, kind: 'primary', note, rights },
            url: `https://paper.example/${'a_'.repeat(item.path)}`,
          },
        ],
      })
      // Some texts are refused for other reasons: a story without them still has the others.
      const { stories } = loadContent(files.map(file => ({ ...file, origin: file.path })))
      const [story] = stories
      if (!story) return
      const library = createLibrary([story], 'r', [], [])
      const log = recordingLog()
      const handle = createHandler({ library: () => library, version: '1', zone: 'UTC' }, log, (_, answer) =>
        answer(),
      )
      const lines = allLines(library)
      for (const typed of shortLines(library)) {
        if (typed.startsWith('/quote')) quotes++
        expect(lines).toContain(typed)
        const reply = handle.answer({
          ...splitCommand(typed),
          ...{ place: 'slack:T1/C1', caller: { id: 'a', rights: [] }, audience: 'caller', at: NOON },
        })
        if (reply instanceof Promise) throw new Error('not from memory')
        drawn++
        expect([typed, reply.refusal]).toEqual([typed, undefined])
        expect(phoneLength(reply)).toBeLessThanOrEqual(PHONE_BUDGET)
        const shared = withSharer(reply, LONGEST_FOOTER)
        expect(() => [renderSlack(shared), renderDiscord(shared)]).not.toThrow()
      }
      expect(log.lines.filter(({ level }) => level === 'error')).toEqual([])
    }),
    { numRuns: 300 },
  )
  expect(drawn).toBeGreaterThan(150)
  expect(quotes).toBeGreaterThan(20)
})

test.each([
  [20, true],
  [51, false],
  [90, false],
])('a quote whose next one is told in %i characters is left out: %s', (length, isLeftOut) => {
  const words = ['The bridge stays shut until it is safe,', 'Nobody will cross it before then.']
  const quotes = words.map((said, at) => ({
    ...QUOTE,
    id: `said-${at}`,
    words: said,
    next: 'n'.repeat(length),
  }))
  const library = libraryFromFiles(storyFiles('bridge', { quotes }))
  const [first] = allLines(library).filter(line => line.startsWith('/quote "') && line.endsWith(' #1'))
  expect(shortLines(library).has(first!)).toBe(isLeftOut)
})
