import { describe, expect, test } from 'vitest'
import { toPlainText } from '../../src/chat/plain-text.ts'
import type { Place } from '../../src/chat/platform.ts'
import { MAX_BUTTONS, PHONE_BUDGET, type Reply } from '../../src/chat/reply.ts'
import { sampleEditions } from '../../src/check/sample-editions.ts'
import { commandLinesFor } from '../../src/commands/digest/command-lines.ts'
import type { Library } from '../../src/content/library.ts'
import { drawEdition, type EditionInput, selectEdition } from '../../src/digests/edition.ts'
import type { Revisions } from '../../src/digests/news.ts'
import { type Selection, threadSelection } from '../../src/digests/selection.ts'
import { libraryFromFiles, QUOTE, type StoryFields, storyFiles } from '../support/content/story-files.ts'
import { bundledLibrary, startConversation } from '../support/conversations/conversation.ts'
import { moment, recordedRevisions } from '../support/digests/recorded-revisions.ts'

const THURSDAY = moment('2018-04-19T12:30:00Z')
const FRIDAY = moment('2018-04-20T12:30:00Z')
const MONDAY = moment('2018-04-23T12:30:00Z')
const HOUR = 3_600_000

const event = (date: string, text: string, sources = [1, 2]) => ({ date, text, confidence: 'high', sources })
const SUIT = event('2017-08-07', 'Chicago sues.')
const RULING = event(
  '2018-04-19',
  'The 7th Circuit upheld the order that blocks two of the three conditions, nationwide.',
)
const VOTE = event('2012-09-12', 'The council adds a purpose section.', [1])

const court = (fields: StoryFields = {}) =>
  storyFiles('lawsuit', {
    meta: {
      title: 'Chicago v. Sessions',
      command: 'lawsuit',
      coversTo: '2018-04-19',
      notChecked: undefined,
      ...fields.meta,
    },
    body:
      fields.body ??
      '## Summary\n\nChicago sued. [1]\n\n## Status\n\nThe U.S. appeals are open since Feb. 2018. More is to come. [1, 2]\n\n## Terms\n\nA grant. [1]\n',
    timeline: fields.timeline ?? [SUIT],
    quotes: fields.quotes ?? [],
    facts: fields.facts ?? [],
    corrections: fields.corrections ?? [],
  })
const city = (fields: StoryFields = {}) =>
  storyFiles('welcoming-city', {
    meta: {
      title: 'Welcoming City Ordinance',
      state: 'archived',
      coversTo: '2012-09-12',
      notChecked: 'later events not checked',
    },
    body: '## Summary\n\nAn ordinance. [1]\n',
    timeline: [VOTE],
    quotes: [],
    facts: [],
    corrections: [],
    ...fields,
  })

const edition = (library: Library, revisions: Revisions, more: Partial<EditionInput> = {}): EditionInput => ({
  digest: { name: 'morning', title: 'Morning brief' },
  stories: library.stories,
  revisions,
  commandLines: commandLinesFor('slack:T1/C1'),
  zone: 'America/Chicago',
  slot: FRIDAY,
  date: '2018-04-20',
  now: FRIDAY,
  newsFrom: THURSDAY,
  newsTo: FRIDAY,
  quiet: 'skip',
  ...more,
})

const draw = (library: Library, revisions: Revisions, selection: Selection, place: Place = 'slack:T1/C1') =>
  drawEdition(selection, { story: library.story, revisions, commandLines: commandLinesFor(place) })

/** What Friday's edition says if `before` became `after` since Thursday. */
function friday(before: Library, after: Library, more: Partial<EditionInput> = {}) {
  const revisions = recordedRevisions(after, FRIDAY - HOUR, recordedRevisions(before, THURSDAY - HOUR))
  const selection = selectEdition(edition(after, revisions, more))
  if (!selection) return undefined
  const { reply, shown, thread } = draw(after, revisions, selection)
  return {
    selection,
    revisions,
    reply,
    shown,
    thread,
    says: toPlainText(reply),
    below: thread && toPlainText(thread.reply),
  }
}
const lines = (reply: Reply) => (reply.buttons ?? []).map(({ label, line }) => `${label}: ${line}`)

describe('a day with news', () => {
  const before = libraryFromFiles(court(), city())
  const after = libraryFromFiles(court({ timeline: [SUIT, RULING] }), city())

  test('says what is new, how far it reaches, and what did not change', () => {
    const { says, reply, thread } = friday(before, after)!
    expect(says).toBe(`Chicago v. Sessions · DEVELOPING · covers to 19 Apr 2018

Morning brief · Fri 20 Apr 2018 · Chicago

NEW · Thu 19 Apr · DEVELOPING
The 7th Circuit upheld the order that blocks two of the three conditions, nationwide. Sources 1, 2

No change: Welcoming City Ordinance (archived · covers to 12 Sept 2012 · later events not checked)

Changes since Thu 07:30`)
    expect(reply.label?.state).toBe('developing')
    expect(lines(reply)).toEqual([
      'Summary: /lawsuit summary',
      'Sources: /lawsuit sources',
      'What changed: /lawsuit timeline --since 2018-04-19',
    ])
    expect(thread).toBeUndefined()
  })

  test('remembers which parts it shows, in which revision', () => {
    const { shown, reply } = friday(before, after)!
    expect(shown).toEqual([
      { part: 'lawsuit/label', revision: 1 },
      { part: 'lawsuit/event:2018-04-19-1', revision: 1 },
      { part: 'welcoming-city/label', revision: 1 },
    ])
    expect(reply.parts).toEqual(shown.map(({ part }) => part))
  })

  test('says when it comes late; a minute is not late', () => {
    const title = (now: number) => friday(before, after, { now })!.reply.title
    expect(title(FRIDAY + 130 * 60_000)).toBe(
      'Morning brief · Fri 20 Apr 2018 · Chicago · sent 09:40 instead of 07:30',
    )
    expect(title(FRIDAY + 26 * HOUR)).toContain(' · sent Sat 09:30 instead of Fri 07:30')
    expect(title(FRIDAY + 60_000)).toBe('Morning brief · Fri 20 Apr 2018 · Chicago')
  })

  test('names every story that has news', () => {
    const both = libraryFromFiles(
      court({ timeline: [SUIT, RULING] }),
      city({ timeline: [VOTE, event('2017-10-13', 'A hearing.', [])] }),
    )
    const { says, reply } = friday(before, both)!
    expect(says).toBe(`Chicago v. Sessions and 1 more story

Morning brief · Fri 20 Apr 2018 · Chicago

Chicago v. Sessions · covers to 19 Apr 2018
NEW · Thu 19 Apr · DEVELOPING
The 7th Circuit upheld the order that blocks two of the three conditions, nationwide. Sources 1, 2

Welcoming City Ordinance · covers to 12 Sept 2012 · later events not checked
ADDED TO THE TIMELINE · event of 13 Oct 2017 · ARCHIVED
A hearing.

Changes since Thu 07:30`)
    expect(lines(reply)[0]).toBe('Summary: lawsuit: /lawsuit summary')
  })
})

describe('each kind of news', () => {
  const newsText = (before: StoryFields, after: StoryFields) =>
    friday(libraryFromFiles(court(before)), libraryFromFiles(court(after)))!
      .says.split('\n\n')
      .slice(2, -1)
      .join('\n\n')

  test('a correction comes first, with what was wrong; the part is not told as revised too', () => {
    const corrections = [
      { on: '2018-04-20', part: 'section:terms', was: 'A loan.', now: 'A grant.', why: 'The statute.' },
    ]
    const body = (what: string) => `## Summary\n\nChicago sued. [1]\n\n## Terms\n\n${what} [1]\n`
    const edition = friday(
      libraryFromFiles(court({ body: body('A loan.') })),
      libraryFromFiles(court({ body: body('A grant.'), corrections, timeline: [SUIT, RULING] })),
    )!
    expect(edition.says.split('\n\n')[2]).toBe(
      'CORRECTED · Fri 20 Apr · Terms · DEVELOPING\nWas: A loan. · now: A grant. · why: The statute.',
    )
    expect(edition.says).toContain('\nNEW · Thu 19 Apr\n'.trim())
    expect(edition.says).not.toContain('REVISED')
    expect(lines(edition.reply)[2]).toBe('What changed: /lawsuit changes --since 2018-04-20')
    // Both the entry and the corrected part may turn out to be wrong.
    expect(edition.shown).toContainEqual({ part: 'lawsuit/section:terms', revision: 2 })
    expect(edition.shown.some(({ part }) => part.startsWith('lawsuit/correction:'))).toBe(true)
  })

  test('a quotation is named, and its words are not shown', () => {
    const says = newsText({}, { quotes: [QUOTE, { ...QUOTE, id: 'mayor-2', saidOn: 'not given' }] })
    expect(says).toBe(`ADDED · quote of 2 May 2026 · DEVELOPING
Ana Example, Mayor at the time: /quote "Ana Example" #1 --story lawsuit

ADDED · quote, date not given
Ana Example, Mayor at the time: /quote "Ana Example" #2 --story lawsuit`)
  })

  test('a fact carries its verdict, and says when it was not verified', () => {
    const claim = {
      says: 'Police closed the road.',
      source: 1,
      words: 'Police closed the road',
      verdict: 'Too broad.',
    }
    const fact = { id: 'road', text: 'One lane.', confidence: 'unverified', sources: [1], claim }
    expect(newsText({}, { facts: [fact] })).toBe(`ADDED · checked claim · DEVELOPING
The Paper: Police closed the road. → Too broad. (not verified) Source 1`)
  })

  test('a section is named by its title and its line; revised, with the day', () => {
    const body = (terms: string, more = '') => `## Summary\n\nShut. [1]\n\n## Terms\n\n${terms} [1]\n${more}`
    const says = newsText(
      { body: body('A grant.') },
      { body: body('A big grant.', '\n## Cities\n\nNone. [1]\n') },
    )
    expect(says).toBe(`ADDED · Cities · DEVELOPING
Read it: /lawsuit cities

REVISED · Fri 20 Apr · Terms
Read it: /lawsuit terms`)
  })

  test('title, state or dates alone: where the story stands', () => {
    expect(newsText({}, { meta: { state: 'settled' } })).toBe(
      'REVISED · Fri 20 Apr · title, state or dates · SETTLED\nThe U.S. appeals are open since Feb. 2018. Sources 1, 2',
    )
  })

  test('a whole story: where it stands, once', () => {
    const { says, selection } = friday(
      libraryFromFiles(city()),
      libraryFromFiles(court({ timeline: [SUIT, RULING] }), city()),
    )!
    expect(says).toContain(
      'NEW STORY · DEVELOPING\nThe U.S. appeals are open since Feb. 2018. Sources 1, 2\n',
    )
    expect(selection.body.stories).toHaveLength(1)
    expect(selection.body.stories[0]!.told).toHaveLength(1)
  })

  test('an event keeps its caveat', () => {
    const noted = { ...RULING, note: 'One report.' }
    expect(newsText({}, { timeline: [SUIT, noted] })).toContain('nationwide. Sources 1, 2 Note: One report.')
  })
})

describe('the first edition', () => {
  const library = libraryFromFiles(court(), city())

  test('says where each story stands: its status in one sentence, or its dek', () => {
    const revisions = recordedRevisions(library, 0)
    const { newsFrom: _, ...first } = edition(library, revisions)
    const selection = selectEdition(first)!
    const { reply, shown } = draw(library, revisions, selection)
    expect(toPlainText(reply)).toBe(`Chicago v. Sessions and 1 more story

Morning brief · Fri 20 Apr 2018 · Chicago

Chicago v. Sessions · DEVELOPING · covers to 19 Apr 2018
The U.S. appeals are open since Feb. 2018. Sources 1, 2

Welcoming City Ordinance · ARCHIVED · covers to 12 Sept 2012 · later events not checked
Why it closed and when it opens.

First digest: where each story stands. From now on: what is new.`)
    expect(shown.map(({ part }) => part)).toEqual([
      'lawsuit/label',
      'lawsuit/section:status',
      'welcoming-city/label',
    ])
    expect(lines(reply)).toEqual(['Summary: lawsuit: /lawsuit summary', 'Sources: lawsuit: /lawsuit sources'])
  })

  test('of more stories than fit goes on in the thread, and counts what finds no room there', () => {
    const many = Array.from({ length: 40 }, (_, index) =>
      storyFiles(`story-${index}`, { meta: { title: `Story number ${index}` } }),
    )
    const library = libraryFromFiles(...many)
    const { newsFrom: _, ...first } = edition(library, new Map())
    const { reply, thread } = draw(library, new Map(), selectEdition(first)!)
    expect(toPlainText(reply)).toContain('37 more in the reply below')
    const below = toPlainText(thread!.reply)
    expect(below).toMatch(/And \d+ more stories: \/nutgraf story list$/)
    const named = new Set(`${toPlainText(reply)} ${below}`.match(/^Story number \d+(?= · DEV)/gm))
    expect(named.size + Number(/And (\d+) more/.exec(below)![1])).toBe(40)
  })

  test('of no stories at all is none', () => {
    expect(selectEdition(edition(library, new Map(), { stories: [] }))).toBeUndefined()
  })
})

describe('a day without news', () => {
  const library = libraryFromFiles(court(), city())

  test('brings nothing', () => {
    expect(friday(library, library)).toBeUndefined()
  })

  test('or one line, which names no story', () => {
    const quiet = { quiet: 'note', slot: MONDAY, date: '2018-04-23', now: MONDAY, newsFrom: FRIDAY } as const
    const next = MONDAY + 24 * HOUR
    const { says, shown, reply } = friday(library, library, { ...quiet, newsTo: MONDAY, next })!
    expect(says).toBe('Nothing new since Fri 07:30 · 2 stories · next: Tue 07:30')
    expect([shown, reply.parts, reply.buttons]).toEqual([[], [], undefined])
  })

  test('gives the date where a weekday would not tell which', () => {
    const newsFrom = moment('2017-12-01T13:30:00Z')
    const next = FRIDAY + 7 * 24 * HOUR
    const revisions = recordedRevisions(library, newsFrom)
    const selection = selectEdition(edition(library, revisions, { quiet: 'note', newsFrom, next }))!
    expect(toPlainText(draw(library, revisions, selection).reply)).toBe(
      'Nothing new since Fri 1 Dec 2017 07:30 · 2 stories · next: Fri 27 Apr 07:30',
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
    const { says, below, thread } = friday(before, after)!
    expect(says.match(/Hearing \d+/g)).toEqual(['Hearing 30', 'Hearing 29'])
    expect(says).toContain('Changes since Thu 07:30 · 28 more in the reply below')
    expect(below).toMatch(
      /^Chicago v\. Sessions · DEVELOPING · covers to 19 Apr 2018\n\nMorning brief · Fri 20 Apr 2018 · continued\n/,
    )
    const told = below!.match(/Hearing \d+/g)!
    expect(below).toContain(`\n\n${28 - told.length} more: /lawsuit timeline --since 2018-03-01`)
    expect(told[0]).toBe('Hearing 28')
    expect(told.length).toBeGreaterThan(3)
    expect(thread!.reply.buttons).toBeUndefined()
  })

  test('the reply is stored as a selection of its own, which draws the same', () => {
    const { selection, revisions, below } = friday(before, after)!
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
      const { reply, thread } = friday(libraryFromFiles(court(), ...many.slice(0, 2)), library)!
      const { ask, errors } = startConversation(library)
      const said = [reply, thread?.reply].map(message => (message ? toPlainText(message) : '')).join('\n')
      const typed = [...said.matchAll(/\/(?:lawsuit|nutgraf|quote) [^·\n]*/g)].map(([line]) => line.trim())
      const buttons = (reply.buttons ?? []).map(button => button.line)
      for (const line of [...typed, ...buttons]) expect([line, ask(line).refusal]).toEqual([line, undefined])
      expect(errors).toEqual([])
      named += typed.length
    }
    expect(named).toBeGreaterThan(7)
  })
})

describe('an edition is redrawn from its selection', () => {
  const before = libraryFromFiles(court(), city())
  const stored = friday(before, libraryFromFiles(court({ timeline: [SUIT, RULING] }), city()))!
  const redraw = (library: Library) =>
    draw(library, recordedRevisions(library, FRIDAY, stored.revisions), stored.selection)

  test('with the words and the revision of today, and nothing that came since', () => {
    const corrected = { ...RULING, text: 'The 7th Circuit upheld the order.' }
    const more = event('2018-04-20', 'Something newer.')
    const { reply, shown } = redraw(libraryFromFiles(court({ timeline: [SUIT, corrected, more] }), city()))
    expect(toPlainText(reply)).toContain(
      'NEW · Thu 19 Apr · DEVELOPING\nThe 7th Circuit upheld the order. Sources 1, 2',
    )
    expect(toPlainText(reply)).not.toContain('newer')
    expect(shown).toContainEqual({ part: 'lawsuit/event:2018-04-19-1', revision: 2 })
  })

  test('says so where a part is gone', () => {
    const { reply, shown } = redraw(libraryFromFiles(court(), city()))
    expect(toPlainText(reply)).toContain(
      '\n\nNEW · DEVELOPING\nWhat was shown here is no longer in the story.\n',
    )
    expect(shown.map(({ part }) => part)).toEqual(['lawsuit/label', 'welcoming-city/label'])
  })

  test('says so where a story is gone, and does not name it', () => {
    const { reply, shown } = redraw(libraryFromFiles(city()))
    expect(toPlainText(reply)).toContain('What was shown here about one story is no longer available.')
    expect(JSON.stringify(reply)).not.toMatch(/Sessions|lawsuit/)
    expect(shown).toEqual([{ part: 'welcoming-city/label', revision: 1 }])
    expect(toPlainText(redraw(libraryFromFiles(court({ timeline: [SUIT, RULING] }))).reply)).toContain(
      'No change: 1 other story',
    )
  })

  test('counts what has grown too long for the platforms', () => {
    const long = { ...RULING, text: 'and so on '.repeat(200) }
    const { reply } = redraw(libraryFromFiles(court({ timeline: [SUIT, long] }), city()))
    expect(toPlainText(reply)).toContain('\n\n1 new: /lawsuit timeline --since 2018-04-19\n')
  })
})

test('lines are those of the place', () => {
  const library = libraryFromFiles(city())
  const { newsFrom: _, ...first } = edition(library, new Map())
  const { reply } = draw(library, new Map(), selectEdition(first)!, 'discord:1/2')
  expect(lines(reply)).toEqual([
    'Summary: /nutgraf story welcoming-city summary',
    'Sources: /nutgraf story welcoming-city sources',
  ])
  expect(reply.buttons!.length).toBeLessThanOrEqual(MAX_BUTTONS)
})

test('check draws every kind of edition of the bundled digests', () => {
  const editions = sampleEditions(bundledLibrary, commandLinesFor('slack:T1/C1'))
  const kinds = (name: string) =>
    editions.filter(({ digest }) => digest === name).map(({ variant }) => variant)
  const wanted = ['first edition', 'quiet edition', 'all entries new', 'all entries new, thread']
  const more = ['all entries revised', 'all entries revised, thread', 'all stories new']
  expect(kinds('morning')).toEqual([...wanted, ...more])
  expect(kinds('weekly')).toEqual(kinds('morning'))
  const texts = editions.map(({ reply }) => toPlainText(reply))
  expect(texts.filter(text => text.startsWith('Nothing new since'))).toHaveLength(2)
  expect(
    editions.every(({ maxCharacters = PHONE_BUDGET }, index) => texts[index]!.length <= maxCharacters),
  ).toBe(true)
})
