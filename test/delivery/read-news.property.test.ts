import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createLibrary, type Library } from '../../src/content/library.ts'
import { partContentsOf, partsByStory } from '../../src/content/parts.ts'
import type { Story } from '../../src/content/story.ts'
import { createPastContent } from '../../src/delivery/past-content.ts'
import { readNews, readOwed } from '../../src/delivery/read-news.ts'
import { newsOf, type OwedPart, stillOwed } from '../../src/digests/news.ts'
import { createSqliteEngine } from '../../src/store/sqlite.ts'
import { openStore, type Store } from '../../src/store/store.ts'
import { libraryFromFiles, storyFiles } from '../support/content/story-files.ts'
import { temporaryFolder } from '../support/start-process.ts'

const DAY = 86_400_000
const SLUGS = ['bridge', 'court', 'tunnel']
const base = libraryFromFiles(storyFiles('bridge')).stories[0]!
const [fact, event] = [base.facts[0]!, base.timeline[0]!]

/** A story with some facts and events, each in one of several wordings. */
const written = fc.record({
  dek: fc.nat(1),
  facts: fc.dictionary(fc.constantFrom('cost', 'lane', 'steel'), fc.nat(2), { maxKeys: 3 }),
  events: fc.dictionary(fc.constantFrom('opens', 'closes'), fc.nat(1), { maxKeys: 2 }),
})
type Written = typeof written extends fc.Arbitrary<infer Value> ? Value : never

/** Contents as they were saved one after another, some days apart; a story may be missing for a while. */
const histories = fc.record({
  saves: fc.array(
    fc.record({
      days: fc.constantFrom(1, 2, 40),
      stories: fc.tuple(...SLUGS.map(() => fc.option(written, { nil: undefined, freq: 5 }))),
    }),
    { minLength: 1, maxLength: 7 },
  ),
  ours: fc.subarray(SLUGS, { minLength: 1 }),
  from: fc.nat(6),
  to: fc.nat(6),
  /** How many saves the content of an edition is behind what was recorded since. */
  behind: fc.constantFrom(0, 0, 1),
  owed: fc.uniqueArray(fc.constantFrom('bridge/fact:cost', 'court/label', 'tunnel/event:opens'), {
    maxLength: 2,
  }),
  shown: fc.subarray(['bridge/label', 'bridge/fact:cost', 'court/event:opens']),
})

const storyOf = (slug: string, { dek, facts, events }: Written): Story => ({
  ...base,
  slug,
  dek: `Dek ${dek}.`,
  facts: Object.entries(facts).map(([id, words]) => ({ ...fact, id, text: [`Words ${words}.`] })),
  timeline: Object.entries(events).map(([id, words]) => ({ ...event, id, text: [`Event ${words}.`] })),
})

/** Records all contents, and gives the library of each and its moment. */
async function record(
  store: Store,
  saves: { stories: (Written | undefined)[] }[],
  moments: number[],
  tick: (now: number) => void,
) {
  const libraries: Library[] = []
  for (const [index, { stories }] of saves.entries()) {
    tick(moments[index]!)
    const shown = SLUGS.flatMap((slug, at) => (stories[at] ? [storyOf(slug, stories[at])] : []))
    const library = createLibrary(shown, `v${index}`)
    await store.revisions.acquireContentLease(
      'a',
      { value: library.revision, stories: () => partsByStory(library) },
      9,
    )
    libraries.push(library)
  }
  return libraries
}

test('what is read by story gives the same news, debts and past as all revisions together', async () => {
  const folder = temporaryFolder()
  let runs = 0
  await fc.assert(
    fc.asyncProperty(histories, async ({ saves, ours, from, to, behind, owed: owedParts, shown }) => {
      let now = 0
      const store = await openStore(createSqliteEngine(join(folder, `db-${runs++}`), { clock: () => now }))
      const moments = saves.map((_, index) =>
        saves.slice(0, index + 1).reduce((sum, { days }) => sum + days * DAY, DAY),
      )
      const libraries = await record(store, saves, moments, moment => {
        now = moment
      })
      const at = (index: number) => moments[Math.min(index, moments.length - 1)]!
      const [newsFrom = 0, newsTo = 0] = [at(from), at(to)].sort((a, b) => a - b)
      const library = libraries[Math.max(0, libraries.length - 1 - behind)]!
      const stories = library.stories.filter(({ slug }) => ours.includes(slug))
      const owed = owedParts.map((part): OwedPart => ({ part, since: 0 }))
      const revisions = new Map((await store.revisions.recordedAfter(0)).map(row => [row.part, row]))
      const query = { stories, newsFrom, newsTo, owed, zone: 'UTC' }
      expect(await readNews(store, query)).toEqual(newsOf({ ...query, revisions }))

      const owedQuery = { ...query, story: library.story, mayBeOurs: (slug: string) => ours.includes(slug) }
      const sorted = (parts: OwedPart[]) => parts.toSorted((a, b) => (a.part < b.part ? -1 : 1))
      expect(sorted(await readOwed(store, owedQuery))).toEqual(sorted(stillOwed({ ...owedQuery, revisions })))

      const past = await createPastContent(store)(library, { at: newsFrom, shownParts: shown })
      const wasThen = new Set(shown.flatMap(part => [part, `${part.split('/')[0]}/label`]))
      const isHidden = (part: string) =>
        (revisions.get(part)?.firstSeenAt ?? 0) > newsFrom && !wasThen.has(part)
      const expected = library.stories
        .filter(({ slug }) => !isHidden(`${slug}/label`))
        .flatMap(story => [...partContentsOf(story).keys()].filter(part => !isHidden(part)))
      const isOwn = (part: string) => /label$|fact:|event:/.test(part)
      expect(past.stories.flatMap(story => [...partContentsOf(story).keys()]).filter(isOwn)).toEqual(
        expected.filter(isOwn),
      )
      await store.close()
    }),
    { numRuns: 80 },
  )
}, 120_000)

test('of a thousand stories, only those are read that changed', async () => {
  let now = DAY
  const store = await openStore(createSqliteEngine(join(temporaryFolder(), 'db'), { clock: () => now }))
  const stories = Array.from({ length: 1_000 }, (_, index) =>
    storyOf(`story-${index}`, { dek: 0, facts: { cost: 0 }, events: {} }),
  )
  const save = (changed: Story[]) =>
    store.revisions.acquireContentLease(
      'a',
      { value: String(now), stories: () => partsByStory({ stories: changed }) },
      9,
    )
  await save(stories)
  now += DAY
  stories[7] = storyOf('story-7', { dek: 0, facts: { cost: 1 }, events: {} })
  await save(stories)
  const asked: string[] = []
  const watched = {
    revisions: {
      ...store.revisions,
      changesAfter: (query: Parameters<Store['revisions']['changesAfter']>[0]) => {
        asked.push(...query.stories)
        return store.revisions.changesAfter(query)
      },
    },
  }
  const query = { stories, newsFrom: DAY, newsTo: now, owed: [], zone: 'UTC' }
  expect((await readNews(watched, query)).map(({ part }) => part)).toEqual(['story-7/fact:cost'])
  expect(asked.splice(0)).toEqual(['story-7'])
  // None of them misses a part that it had.
  expect(await readOwed(watched, { ...query, story: () => stories[7], mayBeOurs: () => true })).toEqual([])
  expect(asked).toEqual([])
  await store.close()
})
