import { describe, expect, test } from 'vitest'
import { plainInlines, toPlainText } from '../../../src/chat/plain-text.ts'
import {
  MAX_BUTTONS_WITH_SHARE,
  MAX_MENUS,
  MAX_OPTIONS,
  PHONE_BUDGET,
  type Reply,
} from '../../../src/chat/reply.ts'
import { createHandler } from '../../../src/commands/handler.ts'
import { splitCommand } from '../../../src/commands/line.ts'
import { bundledLibrary } from '../../support/conversations/conversation.ts'
import { NOON } from '../../support/noon.ts'
import { recordingLog } from '../../support/recording-log.ts'

const PRESSES = 2
const log = recordingLog()
const { answer } = createHandler({ library: () => bundledLibrary, version: '1', zone: 'UTC' }, log)

function press(line: string): Reply {
  const reply = answer({
    ...splitCommand(line),
    place: 'slack:T1/C1',
    caller: { id: 'slack:T1/U1', rights: ['member'] },
    audience: 'caller',
    at: NOON,
    fromButton: true,
  })
  if (reply instanceof Promise) throw new Error(`${line} is not answered from memory`)
  return reply
}

/** Every answer that so many presses of buttons and menus lead to, the first ones first. */
function walk(lines: string[]): Map<string, Reply> {
  const seen = new Map<string, Reply>()
  let next = lines
  for (let depth = 0; depth <= PRESSES; depth++) {
    const replies = next.filter(line => !seen.has(line)).map(line => [line, press(line)] as const)
    for (const [line, reply] of replies) seen.set(line, reply)
    next = replies.flatMap(([, { buttons = [], menus = [] }]) =>
      [...buttons, ...menus.flatMap(({ options }) => options)].map(({ line }) => line),
    )
  }
  return seen
}

const list = (prefix: string, verb: string) => walk([`${prefix} ${verb}`])

describe.each(bundledLibrary.stories)('$slug: two presses from its list open', story => {
  const prefix = story.command ? `/${story.command}` : `/nutgraf ${story.slug}`
  const expected: [verb: string, kind: string, items: { part: string; texts: string[] }[]][] = [
    [
      'timeline',
      'event',
      story.timeline.map(({ id, text, note = [] }) => ({
        part: `event:${id}`,
        texts: [plainInlines(text), plainInlines(note)],
      })),
    ],
    [
      'sources',
      'source',
      story.sources.map(({ number, outlet, title }) => ({
        part: `source:${number}`,
        texts: [`Source ${number}: ${outlet}, ${title}`],
      })),
    ],
    [
      'facts',
      'fact',
      story.facts.map(({ id, text, claim }) => ({
        part: `fact:${id}`,
        texts: [plainInlines(text), claim?.says ?? ''],
      })),
    ],
    [
      'quotes',
      'quote',
      story.quotes.map(({ id, words, speaker, role, note = [] }) => ({
        part: `quote:${id}`,
        texts: [words, speaker, role, plainInlines(note)],
      })),
    ],
    [
      'who',
      'person',
      story.people.map(({ name, role, about = [] }) => ({
        part: `who:${name}`,
        texts: [name, role, plainInlines(about)],
      })),
    ],
  ]

  test.each(expected.filter(([, , items]) => items.length > 0))('%s: every %s in full', (verb, _, items) => {
    const replies = [...list(prefix, verb).values()].map(reply => ({
      parts: reply.parts,
      text: toPlainText(reply),
    }))
    const missing = items.filter(
      ({ part, texts }) =>
        !replies.some(
          ({ parts, text }) =>
            parts.includes(`${story.slug}/${part}`) && texts.every(words => text.includes(words)),
        ),
    )
    expect(missing.map(({ part }) => part)).toEqual([])
  })

  test('on the way nothing is refused, and every answer keeps its limits and its label', () => {
    for (const verb of ['timeline', 'sources', 'facts', 'quotes', 'who']) {
      for (const [line, reply] of list(prefix, verb)) {
        if (line.includes('--public') || line.includes('--chart')) continue
        const empty = verb === 'quotes' && story.quotes.length === 0
        if (empty) continue
        expect(reply.refusal, line).toBeUndefined()
        expect(toPlainText(reply).length, line).toBeLessThanOrEqual(PHONE_BUDGET)
        expect(reply.parts, line).toContain(`${story.slug}/label`)
        expect((reply.buttons ?? []).length, line).toBeLessThanOrEqual(MAX_BUTTONS_WITH_SHARE)
        expect((reply.menus ?? []).length, line).toBeLessThanOrEqual(MAX_MENUS)
        for (const { options } of reply.menus ?? []) {
          expect(options.length, line).toBeLessThanOrEqual(MAX_OPTIONS)
          for (const option of options) {
            expect(option.turns).toBe(true)
            expect(option.label.length, option.label).toBeLessThanOrEqual(75)
          }
        }
      }
    }
    expect(log.errors).toEqual([])
  })

  test('a group in a menu has as many items as its label says', () => {
    for (const { menus = [] } of ['timeline', 'sources', 'quotes'].map(verb => press(`${prefix} ${verb}`))) {
      for (const { label, line } of menus.flatMap(({ options }) => options)) {
        const count = /\((\d+)\)$/.exec(label)?.[1]
        if (count === undefined) continue
        const parts = new Set(
          [...walkPages(line)].flatMap(reply => reply.parts).filter(part => !part.endsWith('/label')),
        )
        expect(`${label} ${parts.size}`).toBe(`${label} ${count}`)
      }
    }
  })
})

function* walkPages(line: string): Generator<Reply> {
  for (let next: string | undefined = line; next !== undefined; ) {
    const reply = press(next)
    yield reply
    next = reply.buttons?.find(({ label }) => label === 'Next page')?.line
  }
}
