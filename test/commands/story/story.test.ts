import { describe, expect, test } from 'vitest'
import { toPlainText } from '../../../src/chat/plain-text.ts'
import { MAX_OPTIONS, PHONE_BUDGET } from '../../../src/chat/reply.ts'
import { libraryFromFiles, storyFiles } from '../../support/content/story-files.ts'
import { startConversation } from '../../support/conversations/conversation.ts'

const LABEL = 'DEVELOPING STORY · covers 30 Dec 2025 to 4 May 2026 · the cost was not checked'
const { ask, say, buttons } = startConversation(
  libraryFromFiles(storyFiles('bridge', { meta: { command: 'span' } })),
)

const events = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    date: `20${10 + Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}-01`,
    text: `Event number ${index} of a long row of events that fill the pages of a phone.`,
    confidence: 'high',
    sources: [1],
  }))
const long = startConversation(
  libraryFromFiles(storyFiles('bridge', { timeline: events(60), meta: { coversTo: '2026-01-01' } })),
)

test('a story answers to its command, its slug, and through nutgraf', () => {
  for (const typed of [
    '/span',
    '/span summary',
    '/bridge',
    '/nutgraf bridge',
    '/nutgraf span summary',
    'story bridge',
  ])
    expect(say(typed), typed).toBe(say('/span summary'))
  expect(buttons('/bridge summary')[0]).toBe('Sources: /span sources')
})

test('status: where it stands, the last change, each with its part', () => {
  const reply = ask('/span status')
  expect(toPlainText(reply)).toBe(
    `${LABEL}\n\nStatus · The bridge on Main Street\n\nWhy it closed and when it opens.\n\nLast change: 4 May 2026 · Drivers protest. [2] Added to the timeline 20 May 2026.\n\nSource 2 · checked 5 May 2026`,
  )
  expect(reply.parts).toEqual(['bridge/label', 'bridge/event:2026-05-04-1'])
})

describe('timeline', () => {
  test('dated events, newest last, with the parts that it shows', () => {
    const reply = ask('/span timeline')
    expect(toPlainText(reply)).toMatch(
      /^DEVELOPING STORY.*\n\nTimeline .*\n\n• 30 Dec 2025 .*\n• 2 May 2026 .*\n• 4 May 2026 /,
    )
    expect(reply.parts).toEqual([
      'bridge/event:2025-12-30-1',
      'bridge/event:2026-05-02-1',
      'bridge/event:2026-05-04-1',
      'bridge/label',
    ])
  })

  test.each([
    ['2025', ['30 Dec 2025']],
    ['2026-05', ['2 May 2026', '4 May 2026']],
    ['2026-05-02', ['2 May 2026']],
    ['2025-12..2026-05-02', ['30 Dec 2025', '2 May 2026']],
    ['2025 to 2025', ['30 Dec 2025']],
    ['2025–2026', ['30 Dec 2025', '2 May 2026', '4 May 2026']],
    ['2025-2026', ['30 Dec 2025', '2 May 2026', '4 May 2026']],
    ['2026..', ['2 May 2026', '4 May 2026']],
    ['..2025', ['30 Dec 2025']],
    ['2026..2025', ['30 Dec 2025', '2 May 2026', '4 May 2026']],
    ['latest', ['2 May 2026', '4 May 2026']],
    ['LATEST.', ['2 May 2026', '4 May 2026']],
    ['--since 2026', ['2 May 2026', '4 May 2026']],
    ['--since=2026-05-03', ['4 May 2026']],
    ['—since yesterday', ['4 May 2026']],
    ['--since Monday.', ['4 May 2026']],
    ['--since 3d', ['2 May 2026', '4 May 2026']],
    ['2025.. –since 1w', ['2 May 2026', '4 May 2026']],
  ])('%s', (range, days) => {
    const shown = [...say(`/span timeline ${range}`).matchAll(/^• (.*?) · /gm)].map(found => found[1])
    expect(shown).toEqual(days)
  })

  test.each(['2026-13', '2026-02-30', '2025..2026..2027', '--since soon', '..'])('cannot read %s', range => {
    // As a button would ask, so that nothing is read as plain words.
    expect(say(`/span timeline ${range}`, { fromButton: true })).toContain(
      'I can’t read that date. Dates look like 2018',
    )
  })

  test('words choose events, and those that choose nothing are told', () => {
    expect(ask('/span timeline drivers').parts).toEqual(['bridge/event:2026-05-04-1', 'bridge/label'])
    expect(say('/span timeline soon', { fromButton: true })).toContain(
      'No event has “soon”, and I can’t read it as a date. Dates look like 2018',
    )
    const some = say('/span timeline closes xylophone 2026')
    expect(some).toMatch(/^I did not use: “xylophone”\n\nDEVELOPING STORY/)
    expect(some).toContain('• 2 May 2026 · The city closes')
    expect(some).not.toContain('Drivers protest')
    expect(say('/span timeline closes xylophone', { audience: 'place' })).toMatch(
      /^I did not use one word of the line\n/,
    )
  })

  test('one event has buttons back to its list and to those beside it, by its date', () => {
    expect(buttons('/span timeline 2026-05-02')).toEqual([
      'Back to the list: /span timeline 2026',
      'Next: /span timeline 2026-05-04',
      'Previous: /span timeline 2025-12-30',
      'Share to channel: /span timeline 2026-05-02 --public',
    ])
    expect(say('/span timeline #2')).toBe(say('/span timeline 2026-05-02'))
    expect(say('/span timeline 2 May 2026')).toBe(say('/span timeline 2026-05-02'))
    expect(say('/span timeline #9')).toBe('This list has 3 items, numbered from 1: /span timeline')
    expect(ask('/span timeline 2026-05-02').buttons!.map(({ turns }) => turns ?? false)).toEqual([
      true,
      true,
      true,
      false,
    ])
  })

  test('says so when nothing happened in a time', () => {
    expect(say('/span timeline 1999')).toBe(
      `${LABEL}\n\nNo events in that time. The last event is from 4 May 2026: /span latest`,
    )
    expect(say('/span timeline --since today')).toContain('No events in that time')
  })
})

describe('pages', () => {
  test('every event is on one page, in order, and no page passes the budget of a phone', () => {
    const seen: string[] = []
    let typed: string | undefined = '/nutgraf bridge timeline'
    let pages = 0
    while (typed) {
      const reply = long.ask(typed)
      expect(toPlainText(reply).length).toBeLessThanOrEqual(PHONE_BUDGET)
      seen.push(...[...toPlainText(reply).matchAll(/Event number (\d+) /g)].map(found => found[1]!))
      typed = reply.buttons?.find(action => action.label === 'Next page')?.line
      pages++
    }
    expect(seen).toEqual(Array.from({ length: 60 }, (_, index) => String(index)))
    expect(pages).toBeGreaterThan(5)
    expect(long.say(`/nutgraf bridge timeline --page ${pages}`)).toContain(`Page ${pages} of ${pages}`)
    expect(long.say(`/nutgraf bridge timeline --page ${pages + 1}`)).toBe(
      `There are ${pages} pages. The last one: /nutgraf bridge timeline --page ${pages}`,
    )
  })

  test('buttons lead on and back, within the same range', () => {
    expect(long.buttons('/nutgraf bridge timeline 2010..2013 —page 2')).toEqual([
      'Next page: /nutgraf bridge timeline 2010..2013 --page 3',
      'Previous page: /nutgraf bridge timeline 2010..2013 --page 1',
      'Share to channel: /nutgraf bridge timeline 2010..2013 --page 2 --public',
    ])
  })

  test.each(['0', '-1', 'two', '1.5', '9999999', '""'])('there is no page %s', page => {
    expect(say(`/span timeline --page ${page}`)).toMatch(
      /There is only one page: \/span timeline|needs a value/,
    )
  })
})

test('quotes: all of them, or those of a speaker, by any part of a name', () => {
  expect(ask('/span quotes').parts).toEqual(['bridge/quote:mayor-1', 'bridge/quote:driver-1', 'bridge/label'])
  for (const who of ['ana', 'Mayor Example', 'mayor', '“Ana  EXAMPLE”', 'ána'])
    expect(ask(`/span quotes ${who}`).parts, who).toEqual(['bridge/quote:mayor-1', 'bridge/label'])
  expect(say('/span quotes anna')).toContain('Did you mean: /span quotes Ana?')
})

test('quotes: somebody who is in the story but not quoted', () => {
  const reply = ask('/span quotes muller')
  expect(toPlainText(reply)).toContain(
    'Zoë Müller-Ärmel is in the story “The bridge on Main Street” but is not quoted',
  )
  expect(reply.buttons).toEqual([{ label: 'Who: span', line: '/span who armel' }])
  expect(reply.parts).toEqual(['bridge/who:Zoë Müller-Ärmel', 'bridge/label'])
})

test('who: everybody, or one', () => {
  expect(say('/span who ana')).toContain('• Ana Example · Mayor. Ran in 2024. [1]')
  expect(say('/span who muller armel')).toContain('Zoë Müller-Ärmel · Engineer [2]')
  expect(say('/span who !!!')).toMatch(/^I don’t know “!!!”/)
  expect(say('/span who zoo')).toContain('Did you mean: /span who Zoë?')
})

test('facts: what was said, the verdict, what the record shows, and how sure we are', () => {
  expect(say('/span facts')).toContain(
    '• The Paper, line 5: Police closed the road. → Too broad: one lane. The police closed one lane of two. (two or more sources) [1, 2]',
  )
  expect(say('/span facts')).not.toContain('xylophone')
  const fact = { id: 'x', text: 'It is long.', confidence: 'medium' }
  const claim = {
    says: 'Long.',
    source: 1,
    words: ['The bridge stays shut until it is safe,', 'Nobody will cross it before then.'],
    verdict: 'Long',
  }
  const { say: told } = startConversation(
    libraryFromFiles(
      storyFiles('bridge', {
        facts: [
          { ...fact, sources: [1], claim },
          { ...fact, id: 'y', sources: [1, 2] },
        ],
      }),
    ),
  )
  // Both passages are on line 3, which is named once.
  expect(told('/nutgraf bridge facts')).toContain(
    'The Paper, line 3: Long. → Long. It is long. (one source) [1]',
  )
  expect(told('/nutgraf bridge facts')).toContain('(all from one source, or our inference) [1, 2]')
})

test('sources: the list, and all about one of them', () => {
  expect(say('/span sources')).toContain(
    '• 1 · The Paper · Bridge shut · 2 May 2026\n• 2 · City · Notice of closure',
  )
  for (const number of ['#1', '1', '#01.', '"# 1"'])
    expect(say(`/span sources ${number}`), number).toContain('Source 1: The Paper, Bridge shut')
  const detail = say('/span sources #1')
  expect(detail).toContain('Seen: date not recorded')
  expect(detail).toContain('Ana Example: line 3, characters 38–76 and line 3, characters 116–148')
  expect(say('/span sources #3')).toBe(
    'There is no source with that number. They are numbered 1 to 2: /span sources',
  )
})

test('changes: corrections and late entries of our own text, the newest first', () => {
  expect(say('/span changes')).toContain('• 20 May 2026 · ADDED · event of 4 May 2026 · Drivers protest.')
  const corrections = [
    { on: '2026-05-21', part: 'event:2026-05-02-1', was: '3 May', now: '2 May', why: 'a reader wrote' },
  ]
  const corrected = startConversation(libraryFromFiles(storyFiles('bridge', { corrections })))
  const reply = corrected.ask('/nutgraf bridge changes')
  expect(toPlainText(reply)).toMatch(
    /• 21 May 2026 · CORRECTED · timeline, 2 May 2026 · was: 3 May · now: 2 May · why: a reader wrote\n• 20 May/,
  )
  // The correction itself is a part too, so that an entry that is taken back can be repaired.
  expect(reply.parts.filter(part => !part.startsWith('bridge/correction:'))).toEqual([
    'bridge/event:2026-05-02-1',
    'bridge/event:2026-05-04-1',
    'bridge/label',
  ])
  expect(corrected.say('/nutgraf bridge changes --since 2026-06-01')).toContain(
    'No corrections since 1 June 2026',
  )
  expect(corrected.say('/nutgraf changes --since 2026-05-21')).toMatch(
    /^CHANGES SINCE 21 MAY 2026 · developing story · /,
  )
  expect(corrected.say('/nutgraf changes', { at: Date.parse('2026-08-01T00:00:00Z') })).toBe(
    'No corrections and no dated entries since 24 July 2026. The last entry is from 21 May 2026: /nutgraf changes --since 2026-05-21',
  )
})

test('a page of help and a list of stories are not offered to be shared', () => {
  expect(buttons('/span help').join()).not.toContain('Share')
  expect(buttons('/nutgraf help span').join()).not.toContain('Share')
  expect(buttons('/nutgraf story list').join()).not.toContain('Share')
  expect(buttons('/span who').join()).toContain('Share')
})

test('a year with more events than a menu has options is split into its months', () => {
  const timeline = Array.from({ length: 40 }, (_, day) => ({
    date: `2026-0${day < 10 ? 1 : day < 35 ? 2 : 3}-${String(1 + (day % 25)).padStart(2, '0')}`,
    text: `Day ${day} of the work on the bridge, with as many words as fill a phone.`,
    confidence: 'high',
    sources: [1],
  })).sort((a, b) => (a.date < b.date ? -1 : 1))
  const { ask: asked } = startConversation(libraryFromFiles(storyFiles('bridge', { timeline })))
  const reply = asked('/nutgraf bridge timeline')
  expect(toPlainText(reply)).toContain('40 events in 2026 · One in full: /nutgraf bridge timeline 2026-01-01')
  const [events, times] = reply.menus!
  // More than a menu holds: those on this page.
  expect(events!.options.length).toBeLessThan(MAX_OPTIONS)
  expect(times!.options.map(({ label, line }) => `${label}: ${line}`)).toEqual([
    'Jan 2026 (10): /nutgraf bridge timeline 2026-01',
    'Feb 2026 (25): /nutgraf bridge timeline 2026-02',
    'Mar 2026 (5): /nutgraf bridge timeline 2026-03',
  ])
  expect(asked('/nutgraf bridge timeline 2026-02').menus![0]!.options).toHaveLength(25)
})

test('facts: words choose them, and an id opens one', () => {
  expect(ask('/span facts lane').parts).toEqual(['bridge/fact:road', 'bridge/label'])
  expect(ask('/span facts road').parts).toEqual(['bridge/fact:road', 'bridge/label'])
  expect(buttons('/span facts road')).toEqual([
    'Back to the list: /span facts',
    'Previous: /span facts word',
    'Share to channel: /span facts road --public',
  ])
  expect(say('/span facts xylophone', { fromButton: true })).toContain(
    'Nothing in this list has these words. All of it: /span facts',
  )
})

test('the word for one of a list opens it: source 2, quote ana', () => {
  expect(say('/span source 2', { fromButton: true })).toBe(say('/span sources #2', { fromButton: true }))
  expect(ask('/span quote ben', { fromButton: true }).parts).toEqual([
    'bridge/quote:driver-1',
    'bridge/label',
  ])
})

test('words after a verb that takes none are told', () => {
  expect(say('/span status xylophone', { fromButton: true })).toMatch(
    /^I did not use: “xylophone”\n\nDEVELOPING/,
  )
})

test('sections are verbs, and each page cites the sources of what it shows', () => {
  expect(say('/span costs-and-repairs')).toContain('• Steel: not known.\n• Paint: not known.\n\nSource 1')
  expect(say('/span help')).toContain('/span costs-and-repairs')
})

test('what a story has nothing for is said, and not offered', () => {
  const bare = startConversation(
    libraryFromFiles(
      storyFiles('bare', {
        meta: { command: 'bare' },
        body: '## Summary\n\nShort.\n',
        sources: [],
        stored: {},
        quotes: [],
        timeline: [],
        people: [],
        facts: [],
      }),
    ),
  )
  for (const verb of [
    'timeline',
    'latest',
    'quotes',
    'quotes x',
    'who',
    'facts',
    'sources',
    'sources 1',
    'background',
  ])
    expect(bare.say(`/bare ${verb}`), verb).toMatch(/^(?:This story|No events).*\/bare help$/s)
  expect(
    bare
      .commands()
      .find(one => one.name === 'bare')
      ?.subcommands?.map(verb => verb.name),
  ).toEqual(['summary', 'status', 'changes', 'follow', 'unfollow', 'help'])
  expect(bare.buttons('/bare summary')).toEqual(['Share to channel: /bare summary --public'])
})
