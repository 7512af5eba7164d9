import { expect, test } from 'vitest'
import { openPacked, packStory } from '../../../src/check/packed-story.ts'
import { type KnownEvent, nameEvents } from '../../../src/content/events/event-names.ts'
import { comingEvents, overdueEvents } from '../../../src/content/events/expected.ts'
import { eventsWithoutId } from '../../../src/content/events/missing-ids.ts'
import { hadWords, partWordsOf } from '../../../src/content/part-words.ts'
import { partHash, partsOf, writtenPart } from '../../../src/content/parts.ts'
import { loadContent } from '../../../src/content/read/load.ts'
import type { Story } from '../../../src/content/story.ts'
import { visibleAt } from '../../../src/content/visible.ts'
import { createPastContent } from '../../../src/delivery/past-content.ts'
import { newsOf } from '../../../src/digests/news.ts'
import { comingFiles, EXPECTED, HAPPENED } from '../../support/content/coming-events.ts'
import { libraryFromFiles } from '../../support/content/story-files.ts'
import { moment, recordedRevisions } from '../../support/digests/recorded-revisions.ts'

const libraryOf = (timeline: object[], meta: object = {}) => libraryFromFiles(comingFiles({ timeline, meta }))
const storyOf = (timeline: object[], meta: object = {}): Story => libraryOf(timeline, meta).stories[0]!
const story = storyOf([...HAPPENED, ...EXPECTED])

test('what is expected is overdue once the last day that it may be on is over', () => {
  const on = (today: string) => [comingEvents(story, today), overdueEvents(story, today)].map(ids)
  const ids = (events: { id: string }[]) => events.map(({ id }) => id)
  expect(on('2026-05-20')).toEqual([['vote', 'lane'], []])
  expect(on('2026-05-21')).toEqual([['lane'], ['vote']])
  expect(on('2026-07-31')).toEqual([['lane'], ['vote']])
  expect(on('2026-08-01')).toEqual([[], ['vote', 'lane']])
})

test('what happens is another part than what was expected, so it is news and not a revision', () => {
  const before = libraryOf([...HAPPENED, ...EXPECTED])
  const first = recordedRevisions(before, moment('2026-05-10T12:00:00Z'))
  expect([...first.keys()]).toContain('bridge/expected:vote')
  const vote = { ...EXPECTED[0]!, text: 'The council votes for the repairs.', expected: false }
  const after = libraryOf([...HAPPENED, vote, EXPECTED[1]!], { coversTo: '2026-05-20' })
  const news = newsOf({
    stories: after.stories,
    revisions: recordedRevisions(after, moment('2026-05-20T20:00:00Z'), first),
    newsFrom: moment('2026-05-20T12:00:00Z'),
    newsTo: moment('2026-05-21T12:00:00Z'),
    zone: 'UTC',
  })
  expect(news.map(({ kind, part }) => [kind, part])).toContainEqual(['NEW', 'bridge/event:vote'])
  expect(news.map(({ part }) => part)).not.toContain('bridge/expected:vote')
})

test('parts have the hashes that they had before there were months, expected events and a why', () => {
  const hashes = (of: Story) => new Map(partsOf(of).map(({ part, hash }) => [part, hash]))
  const plain = hashes(storyOf(HAPPENED.slice(3)))
  expect(plain.get('bridge/event:2026-05-02-1')).toBe('0f3905574a3ddc6f')
  expect(plain.get('bridge/label')).toBe('b459b436bdf170b2')
  expect(hashes(storyOf([...HAPPENED.slice(3), ...EXPECTED])).get('bridge/label')).toBe(
    plain.get('bridge/label'),
  )
})

test('why is a part of the label, and its words can be corrected', () => {
  const why = 'It carries all [lorries](https://lorries.example). [1]'
  const withWhy = storyOf(HAPPENED, { why })
  const hashOf = (of: Story) => partHash(of, 'bridge/label')
  expect(hashOf(withWhy)).not.toBe(hashOf(storyOf(HAPPENED)))
  expect(hashOf(withWhy)).not.toBe(hashOf(storyOf(HAPPENED, { why: why.replace('[1]', '[2]') })))
  expect(hashOf(withWhy)).not.toBe(hashOf(storyOf(HAPPENED, { why: why.replace('.example', '.test') })))
  const words = partWordsOf(withWhy).get('bridge/label')!
  expect(hadWords(words, 'It carries all lorries.')).toBe(true)
  expect(hadWords(words, 'https://lorries.example')).toBe(true)
})

test('a date without a day is had in the forms in which people write it', () => {
  const words = partWordsOf(story).get('bridge/event:2021-09-1')!
  for (const form of ['2021-09', 'Sept 2021', 'September 2021', 'Sep 2021'])
    expect(hadWords(words, form), form).toBe(true)
  expect(hadWords(words, '1 September 2021')).toBe(false)
  expect(hadWords(partWordsOf(story).get('bridge/event:2021-1')!, '2021')).toBe(true)
})

test('a part is called as its entry is, whether it has happened or is expected', () => {
  expect(writtenPart(story, 'bridge/expected:vote')).toBe('bridge/expected:vote')
  expect(writtenPart(story, 'bridge/event:2021-1')).toBe('bridge/event:2021-1')
})

test('an event keeps its name when its month becomes a day, or its day a month', () => {
  const known = (of: Story): KnownEvent[] =>
    partsOf(of).flatMap(({ part, hash, event }) =>
      event
        ? [{ part, story: 'bridge', hash, words: event.words, written: event.written ?? '', present: 1 }]
        : [],
    )
  const names = (before: Story, after: Story) =>
    nameEvents([after], { events: known(before), correctedParts: new Map() })[0]!.timeline.map(({ id }) => id)
  const warn = (date: string) => ({ ...HAPPENED[1]!, date })
  expect(names(storyOf([warn('2021-09')]), storyOf([warn('2021-09-03')]))).toEqual(['2021-09-1'])
  expect(names(storyOf([warn('2021-09-03')]), storyOf([warn('2021-09')]))).toEqual(['2021-09-03-1'])
  expect(names(storyOf([warn('2021')]), storyOf([warn('2021-09')]))).toEqual(['2021-1'])
  const other = { ...HAPPENED[1]!, text: 'A diver finds a crack below the water line.' }
  expect(names(storyOf([warn('2021-09')]), storyOf([other, warn('2021-09')]))).toEqual([
    '2021-09-2',
    '2021-09-1',
  ])
  // The single event of a month takes the place of the single one before, as on a day.
  expect(
    names(
      storyOf([warn('2021-09')]),
      storyOf([{ ...warn('2021-09'), text: 'Engineers warn of cracks and rust again.' }]),
    ),
  ).toEqual(['2021-09-1'])
})

test('two events of one month need ids, and so do two that are expected', () => {
  const twice = (event: object) => [event, event].map(({ id: _, ...rest }: { id?: string }) => rest)
  expect(eventsWithoutId(storyOf(twice(HAPPENED[1]!))).map(({ id }) => id)).toEqual([
    '2021-09-1',
    '2021-09-2',
  ])
  expect(eventsWithoutId(storyOf(twice(EXPECTED[1]!))).map(({ id }) => id)).toEqual([
    '2026-07-1',
    '2026-07-2',
  ])
})

test('an embargo hides what is expected, with the source of it alone; a secret month moves coversTo to its first day', () => {
  const embargo = '2026-06-10T06:00:00Z'
  const sources = [1, 2, 3].map(number => ({
    number,
    outlet: 'A',
    title: 'b',
    kind: 'news',
    ...(number === 1 && { text: 'paper.txt', rights: 'x' }),
  }))
  const secret = { ...EXPECTED[0]!, date: '2026-09-01', sources: [3], embargo }
  const june = { ...HAPPENED[4]!, date: '2026-06', embargo }
  const why = 'It carries all lorries. [3]'
  const at = (now: string, meta: object = {}) => {
    const { stories, problems } = loadContent(
      comingFiles({ sources, meta, timeline: [...HAPPENED, june, secret] }),
    )
    expect(problems).toEqual([])
    return visibleAt({ stories, digests: [], staleDays: 0 }, Date.parse(now))
  }
  const before = at('2026-06-10T05:59:59Z')
  expect(before.until).toBe(Date.parse(embargo))
  expect(before.stories[0]).toMatchObject({ coming: [], coversTo: '2026-05-04' })
  expect(JSON.stringify(before.stories)).not.toContain('votes')
  const numbers = ({ stories }: typeof before) => stories[0]!.sources.map(({ number }) => number)
  expect(numbers(before)).toEqual([1, 2])
  expect(numbers(at('2026-06-10T05:59:59Z', { why }))).toEqual([1, 2, 3])
  const after = at(embargo)
  expect(after.stories[0]).toMatchObject({ coversTo: '2026-06-01', coming: [{ id: 'vote' }] })
  expect(numbers(after)).toEqual([1, 2, 3])
})

test('an answer of the past shows neither what was expected later nor a day that it did not cover', async () => {
  const library = libraryOf([...HAPPENED.slice(0, 3), ...EXPECTED])
  const past = createPastContent({
    revisions: {
      storiesChangedAfter: async () => [{ story: 'bridge' }],
      partsAddedAfter: async () => ['bridge/expected:lane', 'bridge/event:2021-09-14-1'],
    } as never,
  })
  const shown = await past(library, { at: 0, shownParts: ['bridge/label'] })
  expect(shown.stories[0]).toMatchObject({ coversTo: '2021-09-01', coming: [{ id: 'vote' }] })
})

test('a story that is kept has its why and what it expects without reading its long parts', () => {
  const kept = packStory(storyOf([...HAPPENED, ...EXPECTED], { why: 'It carries all lorries. [1]' }), {
    missingIds: [],
    expected: [],
    lineCount: 0,
    quoteCount: 0,
    secrecy: { hasEmbargo: false, commands: [] },
  })
  const opened = openPacked(kept.head, part => {
    throw new Error(`${part} was read`)
  }).story
  expect(opened.why).toEqual({ text: ['It carries all lorries.'], sources: [1] })
  expect(comingEvents(opened, '2026-05-05').map(({ id }) => id)).toEqual(['vote', 'lane'])
})
