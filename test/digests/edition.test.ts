import { describe, expect, test } from 'vitest'
import { toPlainText } from '../../src/chat/plain-text.ts'
import { MAX_BUTTONS, PHONE_BUDGET } from '../../src/chat/reply.ts'
import { sampleEditions } from '../../src/check/sample-editions.ts'
import { commandLinesFor } from '../../src/commands/digest/command-lines.ts'
import type { Library } from '../../src/content/library.ts'
import { selectEdition } from '../../src/digests/edition.ts'
import { readSelection, type Selection, threadSelection } from '../../src/digests/selection.ts'
import { libraryFromFiles, QUOTE, type StoryFields, storyFiles } from '../support/content/story-files.ts'
import { bundledLibrary, startConversation } from '../support/conversations/conversation.ts'
import {
  buttonLines,
  city,
  court,
  draw,
  edition,
  event,
  FRIDAY,
  fridayBrief,
  HOUR,
  RULING,
  SUIT,
  VOTE,
} from '../support/digests/friday-brief.ts'
import { moment, recordedRevisions } from '../support/digests/recorded-revisions.ts'

const MONDAY = moment('2018-04-23T12:30:00Z')

describe('a day with news', () => {
  const before = libraryFromFiles(court(), city())
  const after = libraryFromFiles(court({ timeline: [SUIT, RULING] }), city())

  test('says the news first, then which story it is, how far it reaches and how long it takes to read', () => {
    const { says, reply, thread } = fridayBrief(before, after)!
    expect(says).toBe(`The 7th Circuit upheld the order that blocks two of the three conditions, nationwide.

Chicago v. Sessions · developing, covers to 19 Apr 2018 · Fri 20 Apr · 10 s

NEW Thu 19 Apr [The Paper, City]

Morning brief · since Thu 07:30`)
    expect(reply.label?.state).toBe('developing')
    expect(buttonLines(reply)).toEqual([
      'What changed: /lawsuit timeline --since 2018-04-19',
      'Summary: /lawsuit summary',
      'Change or stop: /digest settings morning',
    ])
    expect(thread).toBeUndefined()
  })

  test('does not name a story without news', () => {
    expect(fridayBrief(before, after)!.says).not.toContain('Welcoming')
  })

  test('remembers which parts it shows, in which revision', () => {
    const { shown, reply } = fridayBrief(before, after)!
    expect(shown).toEqual([
      { part: 'lawsuit/label', revision: 1 },
      { part: 'lawsuit/event:2018-04-19-1', revision: 1 },
    ])
    expect(reply.parts).toEqual(shown.map(({ part }) => part))
  })

  test('says when it comes late; a minute is not late', () => {
    const label = (now: number) => fridayBrief(before, after, { now })!.reply.label?.line
    expect(label(FRIDAY + 130 * 60_000)).toBe(
      'Chicago v. Sessions · developing, covers to 19 Apr 2018 · Fri 20 Apr · sent 09:40 instead of 07:30 · 10 s',
    )
    expect(label(FRIDAY + 26 * HOUR)).toContain(' · sent Sat 09:30 instead of Fri 07:30 · ')
    expect(label(FRIDAY + 60_000)).not.toContain('instead of')
  })

  test('names every story that has news, and begins with the most important news of all', () => {
    const both = libraryFromFiles(
      court({ timeline: [SUIT, RULING] }),
      city({ timeline: [VOTE, event('2017-10-13', 'A hearing.', { sources: [] })] }),
    )
    const { says, reply } = fridayBrief(before, both)!
    expect(says).toBe(`The 7th Circuit upheld the order that blocks two of the three conditions, nationwide.

Chicago v. Sessions and 1 more story · Fri 20 Apr · 20 s

Chicago v. Sessions · developing, covers to 19 Apr 2018
NEW Thu 19 Apr [The Paper, City]

Welcoming City Ordinance · archived, covers to 12 Sept 2012 · later events not checked

• ADDED · event of 13 Oct 2017 · A hearing.

Morning brief · since Thu 07:30`)
    expect(buttonLines(reply)).toEqual([
      'What changed: /nutgraf changes --since 2018-04-19',
      'Summary: lawsuit: /lawsuit summary',
      'Change or stop: /digest settings morning',
    ])
  })
})

describe('each kind of news', () => {
  const newsOf = (before: StoryFields, after: StoryFields) =>
    fridayBrief(libraryFromFiles(court(before)), libraryFromFiles(court(after)))!
  /** The first line, and what stands below the label. */
  const newsText = (before: StoryFields, after: StoryFields) => {
    const [lead, , ...more] = newsOf(before, after).says.split('\n\n')
    return [lead, ...more.slice(0, -1)].join('\n')
  }
  const body = (terms: string, more = '') => `## Summary\n\nShut. [1]\n\n## Terms\n\n${terms} [1]\n${more}`

  test('a quotation is shown word for word, with speaker and role', () => {
    const quotes = [
      { ...QUOTE, saidOn: '2018-03-02' },
      { ...QUOTE, id: 'mayor-2', saidOn: 'not given' },
    ]
    const paper = {
      number: 1,
      outlet: 'The Paper',
      title: 'Shut',
      kind: 'news',
      url: 'https://paper.example/',
    }
    const sources = [
      { ...paper, text: 'paper.txt', rights: 'ours' },
      { number: 2, outlet: 'City', title: 'Notice', kind: 'primary' },
    ]
    expect(newsText({ sources }, { sources, quotes })).toBe(
      `2 Mar 2018, Ana Example: “The bridge stays shut until it is safe, […] Nobody will cross it before then.”
ADDED · Mayor at the time [The Paper]
• ADDED · quote, date not given · “The bridge stays shut until it is safe, […] Nobody will cross it before then.” Ana Example, Mayor at the time [The Paper]`,
    )
  })

  test('a long quotation stands below the line that names its speaker', () => {
    const note = 'One report.'
    const quote = { ...QUOTE, saidOn: '2018-04-19', note, role: 'Mayor', words: 'stays shut' }
    const words = `stays shut ${'and shut '.repeat(20)}for good`
    const stored = { 'paper.txt': `“${words}” she said.\n` }
    const quotes = [{ ...quote, words }]
    expect(newsText({ stored }, { stored, quotes })).toBe(
      `Words of Ana Example, Mayor\nNEW Thu 19 Apr · “${words}” · Note: One report. [The Paper]`,
    )
  })

  test('words that have no room are one entry, and never cut', () => {
    const words = `stays shut ${'and shut '.repeat(150)}for good`
    const stored = { 'paper.txt': `“${words}” she said.\n` }
    const quotes = [{ ...QUOTE, saidOn: '2018-04-19', words }]
    const says = newsText({ stored }, { stored, quotes })
    expect(says).toBe(
      'Words of Ana Example, Mayor at the time\nNEW Thu 19 Apr · 304 words, /quote "Ana Example" #1 --story lawsuit [The Paper]',
    )
  })

  test('a fact carries its verdict and what the record shows, and says when it was not verified', () => {
    const claim = {
      says: 'Police closed the road.',
      source: 1,
      words: 'Police closed the road',
      verdict: 'Too broad.',
    }
    const fact = { id: 'road', text: 'One lane.', confidence: 'unverified', sources: [1, 2], claim }
    expect(
      newsText({}, { facts: [fact] }),
    ).toBe(`The Paper: Police closed the road. → Too broad. (not verified)
ADDED · checked claim · One lane. [The Paper, City]`)
  })

  test('a section shows its first sentence; revised, what it says now', () => {
    const after = body('A big grant. It is old.', '\n## Cities\n\nNone. [1]\n')
    expect(newsText({ body: body('A grant. It is old.') }, { body: after })).toBe(`Cities: None.
ADDED [The Paper]
• REVISED Fri 20 Apr · Terms · A big grant. [The Paper]`)
  })

  test('title, state or dates alone: where the story stands', () => {
    expect(newsText({}, { meta: { state: 'settled' } })).toBe(`The U.S. appeals are open since Feb. 2018.
REVISED Fri 20 Apr · title, state or dates · Why it closed and when it opens. [The Paper, City]`)
    // A correction of the status must find what shows it.
    const { reply } = newsOf({}, { meta: { state: 'settled' } })
    expect(reply.parts).toEqual(['lawsuit/label', 'lawsuit/section:status'])
  })

  test('a whole story: where it stands, once', () => {
    const { says, selection } = fridayBrief(
      libraryFromFiles(city()),
      libraryFromFiles(court({ timeline: [SUIT, RULING] }), city()),
    )!
    expect(says).toContain(`New story: The U.S. appeals are open since Feb. 2018.

Chicago v. Sessions · developing, covers to 19 Apr 2018 · Fri 20 Apr · 10 s

NEW STORY · Why it closed and when it opens. [The Paper, City]`)
    expect(selection.body.stories).toHaveLength(1)
    expect(selection.body.stories[0]!.told).toHaveLength(1)
  })

  test('an event keeps its caveat, and with a short form its whole text too', () => {
    const noted = { ...RULING, note: 'One report.' }
    expect(newsText({}, { timeline: [SUIT, noted] })).toContain('NEW Thu 19 Apr · Note: One report. [')
    const short = { ...noted, short: 'Block upheld' }
    expect(newsText({}, { timeline: [SUIT, short] })).toBe(`Block upheld
NEW Thu 19 Apr · The 7th Circuit upheld the order that blocks two of the three conditions, nationwide. Note: One report. [The Paper, City]`)
  })

  test('what is expected is COMING, and then neither it nor anything later is named as next', () => {
    const hearing = event('2018-06-26', 'The Supreme Court hears the case.', { expected: true })
    const later = event('2018-09', 'A ruling is due.', { expected: true })
    expect(newsText({ timeline: [SUIT, later] }, { timeline: [SUIT, hearing, later] })).toBe(
      'Tue 26 June: The Supreme Court hears the case.\nCOMING [The Paper, City]',
    )
    expect(newsOf({ timeline: [SUIT, hearing] }, { timeline: [SUIT, hearing, later] }).says).toContain(
      '\n\nNext: Tue 26 June, The Supreme Court hears the case. [The Paper, City]\nMorning brief',
    )
  })

  test('why it matters and what comes next can be corrected too', () => {
    const meta = { why: 'It decides who sets the terms. [2]' }
    const hearing = event('2018-06-26', 'The Supreme Court hears the case.', {
      expected: true,
      id: 'hearing',
    })
    const { says, reply } = newsOf(
      { meta, timeline: [SUIT, hearing] },
      { meta, timeline: [SUIT, { ...RULING, major: true, short: 'Block upheld' }, hearing] },
    )
    expect(says).toContain('\nWhy it matters: It decides who sets the terms. [City]\n')
    expect(says).toContain('\n\nNext: Tue 26 June, The Supreme Court hears the case. [The Paper, City]\n')
    expect(reply.parts).toEqual(['lawsuit/label', 'lawsuit/event:2018-04-19-1', 'lawsuit/expected:hearing'])
  })

  test('what is expected for the day of the brief is for today', () => {
    const hearing = event('2018-04-20', 'The court hears the case.', { expected: true })
    const says = newsOf({ timeline: [SUIT, hearing] }, { timeline: [SUIT, RULING, hearing] }).says
    expect(says).toContain('Next: today, Fri 20 Apr, The court hears the case.')
  })
})

describe('the first edition', () => {
  const library = libraryFromFiles(court(), city())

  test('says where each story stands: its status in one sentence, or its dek', () => {
    const revisions = recordedRevisions(library, 0)
    const { newsFrom: _, ...first } = edition(library, revisions)
    const selection = selectEdition(first)!
    const { reply, shown } = draw(library, revisions, selection)
    expect(toPlainText(reply)).toBe(`Where 2 stories stand

Chicago v. Sessions and 1 more story · Fri 20 Apr · 20 s

Chicago v. Sessions · developing, covers to 19 Apr 2018
The U.S. appeals are open since Feb. 2018. [The Paper, City]

Welcoming City Ordinance · archived, covers to 12 Sept 2012 · later events not checked
Why it closed and when it opens. [The Paper]

Morning brief: where each story stands. From now on: what is new.`)
    expect(shown.map(({ part }) => part)).toEqual([
      'lawsuit/label',
      'lawsuit/section:status',
      'welcoming-city/label',
    ])
    expect(buttonLines(reply)).toEqual([
      'Summary: lawsuit: /lawsuit summary',
      'Change or stop: /digest settings morning',
    ])
  })

  test('of one story begins with its status', () => {
    const one = libraryFromFiles(court())
    const { newsFrom: _, ...first } = edition(one, new Map())
    expect(toPlainText(draw(one, new Map(), selectEdition(first)!).reply)).toBe(
      `The U.S. appeals are open since Feb. 2018.

Chicago v. Sessions · developing, covers to 19 Apr 2018 · Fri 20 Apr · 10 s

Where it stands · More is to come. [The Paper, City]

Morning brief: where each story stands. From now on: what is new.`,
    )
  })

  test('of more stories than fit goes on in the thread, and counts what finds no room there', () => {
    const many = Array.from({ length: 40 }, (_, index) =>
      storyFiles(`story-${index}`, { meta: { title: `Story number ${index}` } }),
    )
    const library = libraryFromFiles(...many)
    const { newsFrom: _, ...first } = edition(library, new Map())
    const { reply, thread } = draw(library, new Map(), selectEdition(first)!)
    expect(toPlainText(reply)).toContain('37 more in the thread')
    const below = toPlainText(thread!.reply)
    expect(below).toMatch(/And \d+ more stories: \/nutgraf story list$/)
    const named = new Set(`${toPlainText(reply)} ${below}`.match(/^Story number \d+(?= · dev)/gm))
    expect(named.size + Number(/And (\d+) more/.exec(below)![1])).toBe(40)
  })

  test('of no stories at all is none', () => {
    expect(selectEdition(edition(library, new Map(), { stories: [] }))).toBeUndefined()
  })
})

describe('a day without news', () => {
  const library = libraryFromFiles(court(), city())

  test('brings nothing', () => {
    expect(fridayBrief(library, library)).toBeUndefined()
  })

  test('or one line, which names no story', () => {
    const quiet = { quiet: 'note', slot: MONDAY, date: '2018-04-23', now: MONDAY, newsFrom: FRIDAY } as const
    const next = MONDAY + 24 * HOUR
    const { says, shown, reply } = fridayBrief(library, library, { ...quiet, newsTo: MONDAY, next })!
    expect(says).toBe('Nothing new since Fri 07:30 · 2 stories · next brief Tue 07:30')
    expect([shown, reply.parts, reply.buttons]).toEqual([[], [], undefined])
  })

  test('gives the date where a weekday would not tell which', () => {
    const newsFrom = moment('2017-12-01T13:30:00Z')
    const next = FRIDAY + 7 * 24 * HOUR
    const revisions = recordedRevisions(library, newsFrom)
    const selection = selectEdition(edition(library, revisions, { quiet: 'note', newsFrom, next }))!
    expect(toPlainText(draw(library, revisions, selection).reply)).toBe(
      'Nothing new since Fri 1 Dec 2017 07:30 · 2 stories · next brief Fri 27 Apr 07:30',
    )
  })
})

describe('more than fits', () => {
  const hearings = Array.from({ length: 30 }, (_, day) =>
    event(
      `2018-03-${String(day + 1).padStart(2, '0')}`,
      `Hearing ${day + 1}: ${'the parties argue '.repeat(6)}.`,
    ),
  )
  const before = libraryFromFiles(court(), city())
  const after = libraryFromFiles(court({ timeline: [SUIT, ...hearings] }), city())

  test('goes into one reply, which counts the rest and says where it stands', () => {
    const { says, below, thread } = fridayBrief(before, after)!
    const first = says.match(/Hearing \d+/g)!
    expect(first.slice(0, 2)).toEqual(['Hearing 30', 'Hearing 29'])
    const left = 30 - first.length
    expect(says).toContain(`\n\n${left} more in the thread · Morning brief · since Thu 07:30`)
    expect(below).toMatch(
      /^Chicago v\. Sessions · developing, covers to 19 Apr 2018 · Fri 20 Apr · continued\n\n• ADDED/,
    )
    const told = below!.match(/Hearing \d+/g)!
    expect(below).toContain(`\n\n${left - told.length} more: /lawsuit timeline --since 2018-03-01`)
    expect(told[0]).toBe(`Hearing ${left}`)
    expect(told.length).toBeGreaterThan(3)
    expect(thread!.reply.buttons).toBeUndefined()
  })

  test('the reply is stored as a selection of its own, which draws the same', () => {
    const { selection, revisions, below } = fridayBrief(before, after)!
    const stored = JSON.parse(JSON.stringify(threadSelection(selection))) as Selection
    const { reply, thread } = draw(after, revisions, stored)
    expect(toPlainText(reply)).toBe(below)
    expect(thread).toBeUndefined()
  })

  test('every line that is named, and every button, is answered', () => {
    const many = Array.from({ length: 9 }, (_, index) =>
      storyFiles(`story-${index}`, { meta: { title: `Story number ${index}` } }),
    )
    const facts = [{ id: 'a', text: 'A.', confidence: 'high', sources: [1] }]
    const body = '## Summary\n\nChicago sued again. [1]\n\n## Cities\n\nNone. [1]\n'
    const contents = [
      libraryFromFiles(
        court({ timeline: [SUIT, ...hearings], quotes: [QUOTE], facts, body }),
        ...many.slice(0, 2),
      ),
      libraryFromFiles(court({ quotes: [QUOTE], facts, body }), ...many.slice(0, 4)),
      libraryFromFiles(court(), ...many),
    ]
    let named = 0
    for (const library of contents) {
      const { reply, thread } = fridayBrief(libraryFromFiles(court(), ...many.slice(0, 2)), library)!
      const { ask, errors } = startConversation(library)
      const said = [reply, thread?.reply].map(message => (message ? toPlainText(message) : '')).join('\n')
      const typed = [...said.matchAll(/\/(?:lawsuit|nutgraf|quote) [^·\n]*/g)].map(([line]) => line.trim())
      const buttons = (reply.buttons ?? []).flatMap(({ line }) => (line.startsWith('/digest') ? [] : line))
      for (const line of [...typed, ...buttons]) expect([line, ask(line).refusal]).toEqual([line, undefined])
      expect(errors).toEqual([])
      named += typed.length
    }
    expect(named).toBeGreaterThan(3)
  })
})

describe('an edition is redrawn from its selection', () => {
  const before = libraryFromFiles(court(), city())
  const stored = fridayBrief(before, libraryFromFiles(court({ timeline: [SUIT, RULING] }), city()))!
  const redraw = (library: Library) =>
    draw(library, recordedRevisions(library, FRIDAY, stored.revisions), stored.selection)

  test('with the words and the revision of today, and nothing that came since', () => {
    const corrected = { ...RULING, text: 'The 7th Circuit upheld the order.' }
    const more = event('2018-04-20', 'Something newer.')
    const { reply, shown } = redraw(libraryFromFiles(court({ timeline: [SUIT, corrected, more] }), city()))
    expect(toPlainText(reply)).toContain('The 7th Circuit upheld the order.\n\nChicago v. Sessions')
    expect(toPlainText(reply)).not.toContain('newer')
    expect(shown).toContainEqual({ part: 'lawsuit/event:2018-04-19-1', revision: 2 })
  })

  test('says so where a part is gone', () => {
    const { reply, shown } = redraw(libraryFromFiles(court(), city()))
    expect(toPlainText(reply)).toMatch(/^What was shown here is no longer in the story\.\n/)
    expect(shown.map(({ part }) => part)).toEqual(['lawsuit/label'])
  })

  test('says so where a story is gone, and does not name it', () => {
    const { reply, shown } = redraw(libraryFromFiles(city()))
    expect(toPlainText(reply)).toContain('What was shown here about one story is no longer available.')
    expect(JSON.stringify(reply)).not.toMatch(/Sessions|lawsuit/)
    expect(shown).toEqual([])
  })

  test('counts what has grown too long for the platforms', () => {
    const long = { ...RULING, text: 'and so on '.repeat(200) }
    const { reply } = redraw(libraryFromFiles(court({ timeline: [SUIT, long] }), city()))
    expect(toPlainText(reply)).toContain('\n\n1 new: /lawsuit timeline --since 2018-04-19\n')
  })
})

test('an edition that a former nutgraf selected is drawn as we draw it now, and names no story without news', () => {
  const [before, after] = [
    libraryFromFiles(court(), city()),
    libraryFromFiles(court({ timeline: [SUIT, RULING] }), city()),
  ]
  const { selection, revisions, reply } = fridayBrief(before, after)!
  const stored = { ...selection, version: 1, unchanged: { stories: ['welcoming-city'], more: 0 } }
  const old = readSelection(JSON.stringify(stored))!
  expect(draw(after, revisions, old).reply).toEqual(reply)
  expect(old).not.toHaveProperty('unchanged')
  expect(readSelection(JSON.stringify({ ...selection, version: 3 }))).toBeUndefined()
})

test('lines are those of the place', () => {
  const library = libraryFromFiles(city())
  const { newsFrom: _, ...first } = edition(library, new Map())
  const { reply } = draw(library, new Map(), selectEdition(first)!, 'discord:1/2')
  expect(buttonLines(reply)).toEqual([
    'Summary: /nutgraf story welcoming-city summary',
    'Change or stop: /digest settings morning',
  ])
  expect(reply.buttons!.length).toBeLessThanOrEqual(MAX_BUTTONS)
})

test('check draws every kind of edition of the bundled digests', () => {
  const editions = sampleEditions(bundledLibrary, commandLinesFor('slack:T1/C1'))
  const kinds = (name: string) =>
    editions.filter(({ digest }) => digest === name).map(({ variant }) => variant)
  const wanted = ['first edition', 'quiet edition', 'all entries new', 'all entries new, thread']
  const more = [
    'all entries revised',
    'all entries revised, thread',
    'all stories new',
    'all stories new, thread',
  ]
  expect(kinds('morning')).toEqual([...wanted, ...more])
  expect(kinds('weekly')).toEqual(kinds('morning'))
  const texts = editions.map(({ reply }) => toPlainText(reply))
  expect(texts.filter(text => text.startsWith('Nothing new since'))).toHaveLength(2)
  expect(
    editions.every(({ maxCharacters = PHONE_BUDGET }, index) => texts[index]!.length <= maxCharacters),
  ).toBe(true)
})
