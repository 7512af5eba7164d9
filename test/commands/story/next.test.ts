import { describe, expect, test } from 'vitest'
import { toPlainText } from '../../../src/chat/plain-text.ts'
import { pictureOf } from '../../../src/chat/reply.ts'
import { rangeOffers } from '../../../src/commands/story/suggestions.ts'
import { comingFiles, EXPECTED, HAPPENED } from '../../support/content/coming-events.ts'
import { libraryFromFiles, storyFiles } from '../../support/content/story-files.ts'
import { startConversation } from '../../support/conversations/conversation.ts'

const LABEL = 'DEVELOPING STORY · covers 2021 to 4 May 2026 · the cost was not checked'
const bot = startConversation(libraryFromFiles(comingFiles()))
/** Noon of the day after the vote was expected. */
const AFTER_VOTE = { at: Date.parse('2026-05-21T17:00:00Z') }

describe('next', () => {
  test('what is expected, the nearest first, each with its sources and its part', () => {
    expect(bot.say('/span next')).toBe(
      [
        LABEL,
        'Coming · The bridge on Main Street',
        '• 20 May 2026 · The council votes on the repairs. [2] Note: It may be put off.\n• July 2026 · The city opens one lane. [2]',
        'Source 2 · checked 5 May 2026',
      ].join('\n\n'),
    )
    expect(bot.ask('/nutgraf bridge next').parts).toEqual([
      'bridge/expected:vote',
      'bridge/expected:lane',
      'bridge/label',
    ])
  })

  test('says of what is over that nobody has entered it, and not on the day itself', () => {
    const evening = { at: Date.parse('2026-05-21T04:30:00Z') }
    expect(bot.say('/span next', evening)).toContain('• 20 May 2026 · The council votes')
    expect(bot.say('/span next', AFTER_VOTE)).toContain(
      'Was expected: 20 May 2026 · The council votes on the repairs. [2] Note: It may be put off. What came of it is not entered yet.\n\n• July 2026 ·',
    )
  })

  test('without any, it says so and what to ask instead', () => {
    const none = startConversation(libraryFromFiles(storyFiles('bridge', { meta: { command: 'span' } })))
    expect(none.say('/span next')).toContain(
      'No dated event is expected in this story. What happened last: /span latest · Where it stands: /span status',
    )
    expect(none.say('/span help')).not.toContain('/span next')
    const undated = startConversation(
      libraryFromFiles(storyFiles('bridge', { meta: { command: 'span', next: 'The vote has no day yet.' } })),
    )
    expect(undated.say('/span next')).toContain('Next: The vote has no day yet.')
    expect(undated.say('/span status')).toContain('Next: The vote has no day yet.')
    expect(undated.say('/span help')).toContain('/span next')
  })

  test('is in the status and above the timeline', () => {
    expect(bot.say('/span status')).toMatch(
      /Last change: 4 May 2026 · Drivers protest\. \[2\]\n\nNext: 20 May 2026 · The council votes/,
    )
    expect(bot.say('/span status', AFTER_VOTE)).toMatch(/Was expected: 20 May .*\n\nNext: July 2026 ·/)
    const timeline = bot.ask('/span timeline')
    expect(bot.say('/span timeline')).toContain('Coming: 2 events, the next 20 May 2026: /span next')
    expect(timeline.parts).toContain('bridge/expected:vote')
    expect(bot.say('/span timeline')).not.toContain('votes')
    const later = bot.ask('/span timeline 2027')
    expect(toPlainText(later)).toMatch(
      /No events in that time\. .*\n\nComing: 2 events, the next 20 May 2026: \/span next/,
    )
    expect(later.parts).toEqual(['bridge/expected:vote', 'bridge/label'])
  })

  test('what is coming without a date stands below what has one', () => {
    const both = startConversation(
      libraryFromFiles(comingFiles({ meta: { next: 'Nobody knows the cost.' } })),
    )
    for (const verb of ['next', 'status'])
      expect(both.say(`/span ${verb}`)).toMatch(/20 May 2026 ·[\s\S]*Without a date: Nobody knows the cost\./)
  })
})

describe('what is expected is nowhere among what happened:', () => {
  test.each([
    '/span timeline 2026',
    '/span timeline 2026-05..2026-12',
    '/span latest',
    '/span changes',
    '/nutgraf changes --since 2020',
  ])('%s', typed => {
    expect(bot.say(typed)).toMatch(/4 May 2026|No corrections|Nothing/)
    expect(bot.say(typed)).not.toMatch(/votes|one lane/)
  })

  test('the picture of the timeline', () => {
    const files = comingFiles({ timeline: [...HAPPENED, { ...EXPECTED[0], major: true }] })
    const picture = pictureOf(startConversation(libraryFromFiles(files)).ask('/span timeline --chart'))
    expect(JSON.stringify(picture)).toContain('Sept 2021')
    expect(JSON.stringify(picture)).not.toContain('votes')
  })
})

test('a search finds what is expected, and says that it is', () => {
  const reply = bot.ask('/nutgraf find council votes')
  expect(bot.say('/nutgraf find council votes')).toContain('Expected, 20 May 2026: The council votes')
  expect(reply.parts).toContain('bridge/expected:vote')
})

describe('a month or a year', () => {
  test.each([
    ['2021', ['2021 ·', 'Sept 2021 ·', '14 Sept 2021 ·']],
    ['2021-09', ['2021 ·', 'Sept 2021 ·', '14 Sept 2021 ·']],
    // Where it may be one of the days, it is shown.
    ['2021-09-20..2021-09-25', ['2021 ·', 'Sept 2021 ·']],
    ['2021-10', ['2021 ·']],
    ['2022..', ['2 May 2026 ·', '4 May 2026 ·']],
  ])('is listed in the timeline of %s', (range, dates) => {
    const said = bot.say(`/span timeline ${range}`)
    const shown = [...said.matchAll(/(?:^|\n)(?:• )?((?:\d{1,2} )?(?:[A-Z][a-z]+ )?\d{4} ·)/g)].map(
      ([, date]) => date,
    )
    expect(shown).toEqual(dates)
  })

  test('is the latest only in its own week', () => {
    const said = startConversation(
      libraryFromFiles(comingFiles({ timeline: HAPPENED.slice(0, 2), meta: { coversTo: '2021-09-20' } })),
    ).say('/span latest')
    expect(said).toContain('Sept 2021 · Engineers warn')
  })

  test('is a change since its first day', () => {
    expect(bot.say('/nutgraf changes --since 2021-09')).toContain('Sept 2021 ·')
    expect(bot.say('/nutgraf changes --since 2021-09-02')).not.toContain('Engineers warn')
    expect(bot.say('/nutgraf changes --since 2021')).toContain('2021 ·')
  })

  test('is the day of the last change where nothing came after it', () => {
    const alone = startConversation(
      libraryFromFiles(comingFiles({ timeline: HAPPENED.slice(1, 2), meta: { coversTo: '2021-09-20' } })),
    )
    expect(alone.say('/nutgraf changes --since 2022')).toContain('Sept 2021')
    expect(alone.say('/span status')).toContain('Last change: Sept 2021 · Engineers warn')
    expect(alone.say('/span summary')).toContain('covers Sept 2021 to 20 Sept 2021')
  })

  test('is offered while a range is typed', () => {
    const library = libraryFromFiles(comingFiles())
    const offers = (typed: string) => rangeOffers(library.story('bridge')!, typed).map(({ value }) => value)
    expect(offers('')).toEqual(['2026', '2021'])
    expect(offers('2021')).toEqual(['2021-09'])
  })
})
