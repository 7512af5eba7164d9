import fc from 'fast-check'
import { expect, test } from 'vitest'
import { commandLinesFor } from '../../src/commands/digest/command-lines.ts'
import { partContentsOf } from '../../src/content/parts.ts'
import { loadContent } from '../../src/content/read/load.ts'
import { selectEdition } from '../../src/digests/edition.ts'
import { countMore, countRests, type EntryRef } from '../../src/digests/selection.ts'
import { storyFiles } from '../support/content/story-files.ts'

const entry: fc.Arbitrary<EntryRef> = fc.record(
  {
    part: fc.constantFrom(
      ...['a', 'b', 'c', 'status'].map(name => `s/section:${name}`),
      ...['s/label', 's/event:e', 's/quote:q', 's/fact:f', 's/correction:0'],
    ),
    kind: fc.constantFrom('CORRECTED', 'NEW', 'ADDED', 'REVISED', 'STANDS'),
    date: fc.constantFrom('2001-01-01', '2002-02-02', '2003-03-03'),
  },
  { requiredKeys: ['part', 'kind'] },
)

test('the rests of a list, looked at once, are counted as each of them by itself', () => {
  fc.assert(
    fc.property(fc.array(entry, { maxLength: 15 }), entries => {
      const rests = entries.map((_, from) => countMore(entries.slice(from)))
      expect(countRests(entries)).toEqual(rests)
    }),
  )
})

test('an entry is drawn a few times at most, however many messages are tried', () => {
  const [story] = loadContent(storyFiles('bridge')).stories
  const [quote] = story!.quotes
  const quotes = Array.from({ length: 60 }, (_, index) => ({ ...quote!, id: `q${index}`, words: `${index}` }))
  const long = { ...story!, quotes, facts: [], timeline: [], sections: [], corrections: [] }
  const revisions = new Map(
    [...partContentsOf(long).keys()].map(part => {
      const at = part.includes('/quote:') ? 2 : 0
      return [part, { part, story: long.slug, hash: '', revision: 1, firstSeenAt: at, seenAt: at }]
    }),
  )
  const drawn = new Map<string, number>()
  const lines = commandLinesFor('slack:T1/C1')
  const { thread } = selectEdition({
    digest: { name: 'morning', title: 'Morning brief' },
    stories: [long],
    revisions,
    commandLines: {
      ...lines,
      forQuote(of, { id }) {
        drawn.set(id, (drawn.get(id) ?? 0) + 1)
        return lines.forQuote(of, { ...quote!, id })
      },
    },
    zone: 'UTC',
    slot: 3,
    date: '1970-01-01',
    now: 3,
    newsFrom: 1,
    newsTo: 3,
    quiet: 'note',
  })!
  expect(thread?.stories[0]?.told.length).toBeGreaterThan(4)
  // With the state of the story, where it is the first of a message, and without.
  expect(Math.max(...drawn.values())).toBeLessThanOrEqual(2)
})
