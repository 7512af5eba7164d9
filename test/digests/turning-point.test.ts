import { describe, expect, test } from 'vitest'
import { libraryFromFiles, type StoryFields } from '../support/content/story-files.ts'
import { court, event, fridayBrief, RULING, SUIT } from '../support/digests/friday-brief.ts'

const META = { why: 'It decides who sets the terms. [2]' }
const WHY = 'Why it matters: It decides who sets the terms.'
const story = (fields: StoryFields) => libraryFromFiles(court({ meta: META, ...fields }))
const brief = (before: StoryFields, after: StoryFields) => fridayBrief(story(before), story(after))!.says
const TURN = { major: true, short: 'Block upheld' }
const BODY = (status: string) => `## Summary\n\nChicago sued. [1]\n\n## Status\n\n${status} [1]\n`
const major = (date: string) => event(date, 'A court rules.', { major: true })

describe('why a story matters', () => {
  test('is said with a turning point or a changed status, and with no smaller step', () => {
    expect(brief({}, { timeline: [SUIT, RULING] })).not.toContain('Why it matters')
    expect(brief({}, { timeline: [SUIT, { ...RULING, ...TURN }] })).toContain(WHY)
    expect(brief({ body: BODY('It is open.') }, { body: BODY('It is over.') })).toContain(WHY)
    // What happened long ago is no turning point of this day, even if it is entered now.
    expect(brief({}, { timeline: [SUIT, major('2017-09-15')] })).not.toContain('Why it matters')
  })

  test('is not said again within a month of the turning point before', () => {
    const after = (day: string) =>
      brief({ timeline: [SUIT, major(day)] }, { timeline: [SUIT, major(day), major('2018-04-19')] })
    expect(after('2018-03-20')).toContain(WHY)
    expect(after('2018-03-21')).not.toContain('Why it matters')
    const two = [major('2018-04-19'), event('2018-04-19', 'Another court rules.', { major: true })]
    expect(brief({}, { timeline: [SUIT, ...two] })).toContain(WHY)
  })

  test('is always said where a story is new', () => {
    const empty = libraryFromFiles()
    const first = story({ timeline: [SUIT, major('2018-04-18'), major('2018-04-19')] })
    expect(fridayBrief(empty, first)!.says).toContain(WHY)
  })
})

describe('what comes next', () => {
  const hearing = (date: string) => event(date, 'The court hears the case.', { expected: true })
  const after = (date: string, more: object = {}) =>
    brief({ timeline: [SUIT, hearing(date)] }, { timeline: [SUIT, { ...RULING, ...more }, hearing(date)] })

  test('is named in any brief of the month before it, and at a turning point however far off it is', () => {
    expect(after('2018-05-20')).toContain('Next: Sun 20 May, The court hears the case.')
    expect(after('2018-05-21')).not.toContain('Next:')
    expect(after('2018-11-21', TURN)).toContain('Next: Wed 21 Nov, The court hears the case.')
    expect(after('2018-05')).not.toContain('Next:')
  })
})

test('the first sentence of an event is not said twice where it is its headline', () => {
  const upheld = event(
    '2018-04-19',
    'The 7th Circuit stays the block outside Chicago. Chicago is protected.',
    {
      short: '7th Circuit stays the block outside Chicago',
    },
  )
  const shown = (events: object[]) => brief({}, { timeline: [SUIT, ...events] })
  expect(shown([upheld])).toMatch(/^7th Circuit stays.*\n\n.*\n\nNEW Thu 19 Apr · Chicago is protected\. \[/)
  const other = { ...upheld, short: 'Chicago is protected' }
  expect(shown([other])).toContain(
    'NEW Thu 19 Apr · The 7th Circuit stays the block outside Chicago. Chicago',
  )
})
