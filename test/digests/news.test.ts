import { describe, expect, test } from 'vitest'
import { type NewsQuery, newsOf } from '../../src/digests/news.ts'
import {
  libraryFromFiles,
  PAPER,
  QUOTE,
  type StoryFields,
  storyFiles,
} from '../support/content/story-files.ts'
import { moment, recordedRevisions } from '../support/digests/recorded-revisions.ts'

const MONDAY = moment('2026-05-04T12:30:00Z')
const FRIDAY = moment('2026-05-08T12:30:00Z')
const ZONE = 'America/Chicago'

const OLD = { date: '2026-01-07', text: 'An inspection finds rust.', confidence: 'high', sources: [1] }
const NEW = { date: '2026-05-06', text: 'The mayor resigns.', confidence: 'high', sources: [1] }
const FACT = { id: 'lane', text: 'One lane is open.', confidence: 'high', sources: [1] }
const CORRECTION = {
  on: '2026-05-07',
  part: 'section:background',
  was: '1930',
  now: '1931',
  why: 'A reader wrote.',
}
const plainStory: StoryFields = {
  timeline: [OLD],
  quotes: [],
  facts: [],
  corrections: [],
  meta: { coversTo: '2026-05-06' },
}

const bridge = (fields: StoryFields = {}) => storyFiles('bridge', { ...plainStory, ...fields })
const body = (background: string) => `## Summary\n\nShut. [1]\n\n## Background\n\n${background} [1]\n`

/** What is new on Friday if `before` became `after` on Tuesday. */
function news(before: StoryFields | undefined, after: StoryFields, more: Partial<NewsQuery> = {}): string[] {
  const now = libraryFromFiles(bridge(after))
  const known = before && recordedRevisions(libraryFromFiles(bridge(before)), MONDAY - 86_400_000)
  const revisions = recordedRevisions(now, MONDAY + 86_400_000, known)
  return summarize(
    newsOf({ stories: now.stories, revisions, newsFrom: MONDAY, newsTo: FRIDAY, zone: ZONE, ...more }),
  )
}
const summarize = (items: ReturnType<typeof newsOf>) =>
  items.map(({ kind, part, date }) =>
    [kind, part.replace(/correction:\w+/, 'correction').replace('bridge/', ''), date]
      .filter(Boolean)
      .join(' '),
  )

describe('an entry of the timeline', () => {
  test('is new when it happened since', () => {
    expect(news({}, { timeline: [OLD, NEW] })).toEqual(['NEW event:2026-05-06-1 2026-05-06'])
  })

  test('is added when it is older, however new the entry is', () => {
    const older = { ...NEW, date: '2026-05-03' }
    expect(news({}, { timeline: [OLD, older] })).toEqual(['ADDED event:2026-05-03-1 2026-05-03'])
  })

  test('is new on the very day of the last edition, in the zone of the place', () => {
    const [newsFrom, late] = [moment('2026-05-05T02:00:00Z'), { ...NEW, date: '2026-05-04' }]
    const kind = (zone: string) => news({}, { timeline: [OLD, late] }, { newsFrom, zone })[0]!.split(' ')[0]
    expect(kind('America/Chicago')).toBe('NEW')
    expect(kind('Asia/Tokyo')).toBe('ADDED')
  })

  test('is revised when its words change, with the day of that', () => {
    const changed = { ...OLD, text: 'An inspection finds dust.' }
    expect(news({}, { timeline: [changed] })).toEqual(['REVISED event:2026-01-07-1 2026-05-05'])
  })
})

describe('an event without its day', () => {
  test('is as new as the last day of its month', () => {
    expect(news({}, { timeline: [OLD, { ...NEW, date: '2026-05' }] })).toEqual([
      'NEW event:2026-05-1 2026-05',
    ])
    expect(news({}, { timeline: [OLD, { ...NEW, date: '2026-04' }] })).toEqual([
      'ADDED event:2026-04-1 2026-04',
    ])
  })

  test('is never new if only its year is known', () => {
    expect(news({}, { timeline: [{ ...NEW, date: '2026' }, OLD] })).toEqual(['ADDED event:2026-1 2026'])
  })
})

describe('what is still to come', () => {
  const expected = { ...NEW, id: 'vote', date: '2026-06-26', expected: true }

  test('is COMING', () => {
    expect(news({}, { timeline: [OLD, expected] })).toEqual(['COMING expected:vote 2026-06-26'])
  })

  test('is NEW once it has happened, and no revision of what was expected', () => {
    const { expected: _, ...happened } = { ...expected, date: '2026-05-06' }
    expect(news({ timeline: [OLD, expected] }, { timeline: [OLD, happened] })).toEqual([
      'NEW event:vote 2026-05-06',
    ])
  })
})

describe('the order', () => {
  const said = { ...QUOTE, saidOn: NEW.date }

  test('is corrections, turning points, the status, words that were said, and the rest by its day', () => {
    const day = (date: string, more: object = {}) => ({ ...NEW, date, text: `On ${date}.`, ...more })
    const timeline = [
      OLD,
      day('2026-05-04'),
      day('2026-05-05', { major: true }),
      day('2026-05-07'),
      day('2026-05-07', { id: 'second', text: 'Later that day.' }),
    ]
    const status = '\n## Status\n\nOpen. [1]\n'
    const after = { timeline, quotes: [said], corrections: [CORRECTION], body: body('Of 1931.') + status }
    expect(news({ body: body('Of 1930.') + status.replace('Open', 'Shut') }, after)).toEqual([
      'CORRECTED correction 2026-05-07',
      'NEW event:2026-05-05-1 2026-05-05',
      'REVISED section:status 2026-05-05',
      'NEW quote:mayor-1 2026-05-06',
      'NEW event:2026-05-07-1 2026-05-07',
      'NEW event:second 2026-05-07',
      'NEW event:2026-05-04-1 2026-05-04',
    ])
  })

  test('puts an event before what was said at it, and both have one kind', () => {
    const other = { ...NEW, text: 'A vote.', sources: [2], id: 'vote' }
    expect(news({}, { timeline: [OLD, other, NEW], quotes: [said] })).toEqual([
      'NEW event:2026-05-06-2 2026-05-06',
      'NEW quote:mayor-1 2026-05-06',
      'NEW event:vote 2026-05-06',
    ])
    const old = { ...NEW, date: QUOTE.saidOn }
    expect(news({}, { timeline: [OLD, old], quotes: [QUOTE] })).toEqual([
      'ADDED event:2026-05-02-1 2026-05-02',
      'ADDED quote:mayor-1 2026-05-02',
    ])
  })

  test('takes words without a day for as new as their source', () => {
    const source = {
      number: 1,
      outlet: 'The Paper',
      title: 'Bridge shut',
      kind: 'news',
      text: 'paper.txt',
      rights: 'ours',
    }
    const quotes = [{ ...QUOTE, saidOn: 'not given' }]
    const kinds = (date?: string) => {
      const sources = [{ ...source, date }]
      const rest = { sources, timeline: [], people: [] }
      return news(rest, { ...rest, quotes })
    }
    expect([kinds('2026-05-06'), kinds('2026-05-02'), kinds()]).toEqual([
      ['NEW quote:mayor-1 2026-05-06'],
      ['ADDED quote:mayor-1 2026-05-02'],
      ['ADDED quote:mayor-1'],
    ])
  })

  test('puts no turning point of old before what is new', () => {
    const old = { ...NEW, date: '2025-01-02', major: true }
    expect(news({ timeline: [] }, { timeline: [old, NEW] })).toEqual([
      'NEW event:2026-05-06-1 2026-05-06',
      'ADDED event:2025-01-02-1 2025-01-02',
    ])
  })
})

test('quotes, sections and facts that were entered since are added; sources and people come with them', () => {
  const quotes = [QUOTE, { ...QUOTE, id: 'mayor-2', saidOn: 'not given' }]
  const people = [{ name: 'New Person', role: 'Driver', sources: [1] }]
  const after = { quotes, people, facts: [FACT], body: `${body('Old.')}\n## Costs\n\nUnknown. [1]\n` }
  expect(news({ body: body('Old.') }, after)).toEqual([
    'ADDED quote:mayor-1 2026-05-02',
    'ADDED quote:mayor-2 2026-05-02',
    'ADDED section:costs',
    'ADDED fact:lane',
  ])
})

describe('what was corrected', () => {
  const corrected = { body: body('Of 1931.'), corrections: [CORRECTION] }

  test('is not told as revised too', () => {
    expect(news({ body: body('Of 1930.') }, corrected)).toEqual(['CORRECTED correction 2026-05-07'])
  })

  test('is told once, not again by the next edition', () => {
    const later = { newsFrom: FRIDAY, newsTo: FRIDAY + 86_400_000 }
    expect(news({ body: body('Of 1930.') }, corrected, later)).toEqual([])
  })

  test('is told before all else, then what happened, what was entered late, what was revised', () => {
    const timeline = [OLD, { ...NEW, date: '2026-02-01' }, { ...NEW, date: '2026-05-05' }, NEW]
    const after = { ...corrected, timeline, facts: [{ ...FACT, text: 'Two lanes are open.' }] }
    expect(news({ body: body('Of 1930.'), facts: [FACT] }, after)).toEqual([
      'CORRECTED correction 2026-05-07',
      'NEW event:2026-05-06-1 2026-05-06',
      'NEW event:2026-05-05-1 2026-05-05',
      'ADDED event:2026-02-01-1 2026-02-01',
      'REVISED fact:lane 2026-05-05',
    ])
  })
})

describe('a story that is new as a whole', () => {
  test('is one item', () => {
    expect(news(undefined, { timeline: [OLD, NEW] })).toEqual(['NEW label 2026-05-06'])
  })

  test('is added when what it tells is over', () => {
    const meta = { coversTo: '2026-01-07' }
    expect(news(undefined, { meta })).toEqual(['ADDED label 2026-01-07'])
  })
})

describe('title, state and dates', () => {
  const settled = { meta: { ...plainStory.meta, state: 'settled' } }

  test('are told where nothing else is', () => {
    expect(news({}, settled)).toEqual(['REVISED label 2026-05-05'])
  })

  test('move with the story, and are no news beside it', () => {
    expect(news({}, { ...settled, timeline: [OLD, NEW] })).toEqual(['NEW event:2026-05-06-1 2026-05-06'])
  })
})

test('nothing is new where nothing changed, nor what was gone and came back', () => {
  expect(news({}, {})).toEqual([])
  const [withFact, without] = [libraryFromFiles(bridge({ facts: [FACT] })), libraryFromFiles(bridge())]
  const back = recordedRevisions(
    withFact,
    MONDAY + 2,
    recordedRevisions(without, MONDAY + 1, recordedRevisions(withFact, MONDAY - 1)),
  )
  const { stories } = withFact
  expect(newsOf({ stories, revisions: back, newsFrom: MONDAY, newsTo: FRIDAY, zone: ZONE })).toEqual([])
})

describe('the window', () => {
  const now = libraryFromFiles(bridge({ timeline: [OLD, NEW] }))
  const known = recordedRevisions(libraryFromFiles(bridge()), MONDAY - 5)
  const countNews = (seenAt: number, newsFrom: number, newsTo: number) =>
    newsOf({
      stories: now.stories,
      revisions: recordedRevisions(now, seenAt, known),
      newsFrom,
      newsTo,
      zone: ZONE,
    }).length

  test('what is seen at its end belongs to it, and to no other', () => {
    expect([countNews(FRIDAY, MONDAY, FRIDAY), countNews(FRIDAY, FRIDAY, FRIDAY + 9)]).toEqual([1, 0])
    expect([countNews(FRIDAY + 1, MONDAY, FRIDAY), countNews(FRIDAY + 1, FRIDAY, FRIDAY + 9)]).toEqual([0, 1])
  })

  test('what was entered in it and revised after it is told by both', () => {
    const first = recordedRevisions(now, FRIDAY - 1, known)
    const revised = libraryFromFiles(bridge({ timeline: [OLD, { ...NEW, text: 'The mayor stays.' }] }))
    const revisions = recordedRevisions(revised, FRIDAY + 1, first)
    const kinds = (newsFrom: number, newsTo: number) =>
      newsOf({ stories: revised.stories, revisions, newsFrom, newsTo, zone: ZONE }).map(item => item.kind)
    expect([kinds(MONDAY, FRIDAY), kinds(FRIDAY, FRIDAY + 9)]).toEqual([['NEW'], ['REVISED']])
  })
})

test('what is not among the stories is never named, whatever the store knows of it', () => {
  const hidden = libraryFromFiles(bridge(), storyFiles('hidden', { stored: { 'paper.txt': PAPER } }))
  const revisions = recordedRevisions(hidden, MONDAY + 1)
  const stories = hidden.stories.filter(story => story.slug !== 'hidden')
  const items = newsOf({ stories, revisions, newsFrom: MONDAY, newsTo: FRIDAY, zone: ZONE })
  expect(items.map(item => item.story)).toEqual(['bridge'])
  expect(JSON.stringify(items)).not.toContain('hidden')
})

test('the order of the store does not matter', () => {
  const now = libraryFromFiles(bridge({ timeline: [OLD, NEW, { ...NEW, text: 'A vote.' }], facts: [FACT] }))
  const revisions = recordedRevisions(now, MONDAY + 1, recordedRevisions(libraryFromFiles(bridge()), 0))
  const reversed = new Map([...revisions].toReversed())
  const query = { stories: now.stories, newsFrom: MONDAY, newsTo: FRIDAY, zone: ZONE }
  expect(newsOf({ ...query, revisions: reversed })).toEqual(newsOf({ ...query, revisions }))
  expect(newsOf({ ...query, revisions })).toHaveLength(3)
})
