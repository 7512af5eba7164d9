import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { plainInlines } from '../../../src/chat/plain-text.ts'
import { readableDate } from '../../../src/dates/dates.ts'
import { lastDayOf } from '../../../src/dates/rough-dates.ts'
import { libraryFromFiles, storyFiles } from '../../support/content/story-files.ts'
import { bundledLibrary, startConversation } from '../../support/conversations/conversation.ts'

const { ask, say, buttons, errors } = startConversation(bundledLibrary)
const { quotes } = bundledLibrary.story('lawsuit')!
const dated = quotes.filter(({ saidOn }) => saidOn !== 'not given')
const leadOf = (typed: string) => plainInlines(ask(typed).lead ?? [])

const year = fc.integer({ min: 1994, max: 2023 })
const month = fc.integer({ min: 1, max: 12 }).map(number => String(number).padStart(2, '0'))

/** A time as people type it, and its first and last day. */
const time = fc.oneof(
  year.map((y): [string, string, string] => [`${y}`, `${y}-01-01`, `${y}-12-31`]),
  fc
    .tuple(year, month)
    .map(([y, m]): [string, string, string] => [`${y}-${m}`, `${y}-${m}-01`, lastDayOf(`${y}-${m}`)]),
  year.map((y): [string, string, string] => [`from ${y}`, `${y}-01-01`, `${y}-12-31`]),
  year.map((y): [string, string, string] => [`since ${y}`, `${y}-01-01`, '9999-12-31']),
  year.map((y): [string, string, string] => [`before ${y}`, '0000-01-01', `${y - 1}-12-31`]),
  fc
    .tuple(year, fc.nat(4))
    .map(([y, more]): [string, string, string] => [`${y}..${y + more}`, `${y}-01-01`, `${y + more}-12-31`]),
)
const asking = fc.constantFrom('/lawsuit quotes ', '/quote ', 'quotes ', 'lawsuit quotes ')

test('quotes of a time are those that were said in it, and the answer says so; where there is none, the nearest', () => {
  fc.assert(
    fc.property(asking, time, (head, [words, from, to]) => {
      const typed = head + words
      const within = dated.filter(({ saidOn }) => from <= saidOn && saidOn <= to)
      const answer = say(typed)
      if (within.length > 0) {
        expect(leadOf(typed), typed).toMatch(/Said or written /)
        expect(leadOf(typed), typed).toContain(`: ${within.length} of ${quotes.length} quotes · 4 of them`)
        return
      }
      const away = dated.map(({ saidOn }) =>
        saidOn < from ? Date.parse(from) - Date.parse(saidOn) : Date.parse(saidOn) - Date.parse(to),
      )
      const nearest = dated[away.indexOf(Math.min(...away))]!
      expect(answer, typed).toContain(`None of the ${quotes.length} quotes here was said or written`)
      expect(answer, typed).toContain(`The nearest is of ${readableDate(nearest.saidOn)}: `)
      expect(say(buttons(typed)[0]!.split(': ').at(-1)!)).toContain(readableDate(nearest.saidOn))
    }),
    { numRuns: 200 },
  )
  expect(errors).toEqual([])
})

test('the line that an answer prints asks for the same quotes again', () => {
  fc.assert(
    fc.property(time, ([words]) => {
      const lead = leadOf(`quotes ${words}`)
      const line = /^I read this as: (.*?)(?: · |$)/.exec(lead)![1]!
      // The line above it may take the place of the title.
      const [first = ''] = say(line).split('\n')
      expect(say(`quotes ${words}`)).toContain(first)
      expect(buttons(line).slice(0, 1)).toEqual(buttons(`quotes ${words}`).slice(0, 1))
    }),
    { numRuns: 50 },
  )
})

describe('of one speaker', () => {
  test('the days choose among the quotes of a speaker, and pages keep them', () => {
    expect(say('/quote sessions 2017')).toMatch(
      /^Said or written in 2017: 8 of 9 quotes · 1 of them without a date/,
    )
    expect(say('/quote sessions in 2017 #2')).toContain('2 of 8 · exact match')
    expect(buttons('/quote sessions 2017')[0]).toBe('Next: same statement: /quote sessions 2017 #2')
    expect(buttons('/lawsuit quotes sessions 2017')[0]).toBe(
      'Next page: /lawsuit quotes sessions 2017 --page 2',
    )
  })

  test('where there is none, the nearest of the same speaker is one press away', () => {
    expect(say('/quote sessions 2018')).toContain(
      'None of the 9 quotes of Jeff Sessions was said or written in 2018 (1 without a date). The nearest is of 12 Oct 2017',
    )
    expect(buttons('/quote sessions 2018')).toEqual(['Jeff Sessions: /quote sessions #9'])
    expect(buttons('/lawsuit quotes sessions 2018')).toEqual(['Jeff Sessions: /lawsuit quotes sessions #9'])
  })

  test('a court is asked for with its judges where it said nothing by itself', () => {
    expect(say('what did the 7th circuit say on 19 april 2018')).toContain('on 19 Apr 2018: 3 of 8 quotes')
  })

  test('the number of a law is no year', () => {
    expect(say('/lawsuit quotes 1373')).toContain('8 U.S.C. 1373')
    expect(say('/quote 1373')).not.toContain('Said or written')
  })
})

test('the first and the last are those of their days, and any one is another in each quarter of an hour', () => {
  const days = dated.map(({ saidOn }) => saidOn).sort()
  expect(say('latest quote')).toContain(readableDate(days.at(-1)!))
  expect(say('first quote')).toContain(readableDate(days[0]!))
  const at = Date.parse('2026-05-05T12:00:00Z')
  const picks = Array.from({ length: 8 }, (_, index) => pickedAt(at + index * 15 * 60_000))
  expect(new Set(picks).size).toBeGreaterThan(4)
  expect(pickedAt(at)).toBe(pickedAt(at + 60_000))
  function pickedAt(moment: number) {
    return plainInlines(ask('random quote', { at: moment }).lead ?? [])
  }
})

test('of more quotes with the same words than are looked through, nobody is told that none is of a time', () => {
  const stories = Array.from({ length: 201 }, (_, index) => storyFiles(`bridge-${index}`))
  const { say } = startConversation(libraryFromFiles(...stories))
  expect(say('/quote bridge stays shut 1931')).toBe(
    '201 quotes have these words: too many to look through for a time. Name who said it, /quote NAME 2018, or a story, with --story.',
  )
  expect(say('/quote bridge stays shut 1931 --story=bridge-7')).not.toContain('too many')
})
