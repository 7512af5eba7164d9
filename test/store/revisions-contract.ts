import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Engine } from '../../src/store/engine.ts'
import type { PartHash, Revision, StoryParts } from '../../src/store/revisions/revisions.ts'
import { openStore, type Store } from '../../src/store/store.ts'
import type { CreateDatabase } from '../support/store/open-stores.ts'

const SLUGS = ['bridge', 'court', 'tunnel']
const NAMES = ['quote:a', 'event:1', 'event:2', 'fact:b']

/** What a story shows: a number for the words of its label and of each part that it has. */
type Shown = { label: number; parts: Record<string, number> }

const shown: fc.Arbitrary<Shown> = fc.record({
  label: fc.nat(1),
  parts: fc.dictionary(fc.constantFrom(...NAMES), fc.nat(2), { maxKeys: 4 }),
})

/** Contents one after another: each story as it is, or hidden as a whole. An older nutgraf records some of them. */
const saves = fc.array(
  fc.record({
    stories: fc.tuple(...SLUGS.map(() => fc.option(shown, { nil: undefined, freq: 4 }))),
    process: fc.constantFrom('a', 'b'),
    older: fc.boolean(),
  }),
  { minLength: 1, maxLength: 8 },
)

function partsOf(slug: string, { label, parts }: Shown): PartHash[] {
  const named = Object.entries(parts).map(([name, words]): PartHash => {
    const event = name.startsWith('event:') ? { event: { words: `${words}`, written: name } } : {}
    return { part: `${slug}/${name}`, story: slug, hash: `h${words}`, ...event }
  })
  return [{ part: `${slug}/label`, story: slug, hash: `l${label}` }, ...named]
}

/** Records revisions as every nutgraf did before it knew which story had changed. */
async function recordAsBefore(engine: Engine, parts: PartHash[]): Promise<void> {
  const rows = await engine.query<{ part: string; revision: number; hash: string; seen_at: number }>(
    'select part, revision, hash, seen_at from revisions order by revision',
  )
  const known = new Map(rows.map(row => [row.part, row]))
  const seenAt = rows.reduce((latest, row) => Math.max(latest, row.seen_at + 1), 1)
  for (const { part, story, hash } of parts.filter(({ part, hash }) => known.get(part)?.hash !== hash))
    await engine.query(
      'insert into revisions (part, revision, story, hash, seen_at) values ($1, $2, $3, $4, $5)',
      [...[part, (known.get(part)?.revision ?? 0) + 1, story, hash, seenAt]],
    )
}

/** How revisions are recorded and read on every engine. */
export function revisionsContract(name: string, fresh: CreateDatabase, { runs }: { runs: number }) {
  describe(`revisions on ${name}`, () => {
    test('what is recorded and read by story is what all parts together give', async () => {
      await fc.assert(
        fc.asyncProperty(saves, async saves => {
          const database = await fresh()
          const engine = database.open()
          const [a, b] = [await openStore(database.open()), await openStore(database.open())]
          const expected = new Map<string, Revision>()
          const current = new Map<string, { hash: string; parts: Set<string> }>()
          const moments: number[] = []
          try {
            for (const [index, { stories, process, older }] of saves.entries()) {
              const parts = SLUGS.flatMap((slug, at) => (stories[at] ? partsOf(slug, stories[at]) : []))
              const store = process === 'a' ? a : b
              const before = moments.at(-1) ?? 0
              if (older) await recordAsBefore(engine, parts)
              else await acquire(store, process, parts, `v${index}`)
              await engine.query('update leases set until = 0')
              const isNew = ({ part, hash }: PartHash) => expected.get(part)?.hash !== hash
              const [{ now } = { now: 0 }] = await engine.query<{ now: number }>(
                'select coalesce(max(seen_at), 0) as now from revisions',
              )
              if (parts.some(isNew)) expect(now).toBeGreaterThan(before)
              for (const part of parts.filter(isNew)) {
                const old = expected.get(part.part)
                const { revision = 0, firstSeenAt = now } = old ?? {}
                const { part: id, story, hash } = part
                expected.set(id, { part: id, story, hash, revision: revision + 1, seenAt: now, firstSeenAt })
              }
              // What an older nutgraf recorded leaves nothing certain.
              if (older && now > before) current.clear()
              if (!older)
                for (const [slug, own] of Map.groupBy(parts, part => part.story))
                  current.set(slug, { hash: hashOf(own), parts: new Set(own.map(({ part }) => part)) })
              moments.push(now)
            }
            expect(byPart(await a.revisions.recordedAfter(0))).toEqual(byPart(expected.values()))
            if (!saves.at(-1)!.older) expect(await goneOf(b)).toEqual(expectedGone(expected, current))
            for (const after of [0, ...moments]) await expectChanges(a, expected, after)
          } finally {
            await Promise.all([engine.close(), a.close(), b.close()])
          }
        }),
        { numRuns: runs },
      )
    }, 120_000)

    test('after a change, only the parts of the story that changed are listed', async () => {
      const database = await fresh()
      const store = await openStore(database.open())
      const listed: string[] = []
      const story = (slug: string, hash: string): StoryParts => ({
        story: slug,
        hash: () => hash,
        parts: () => {
          listed.push(slug)
          return [{ part: `${slug}/label`, story: slug, hash }]
        },
      })
      const acquire = (value: string, ...stories: StoryParts[]) =>
        store.revisions.acquireContentLease('a', { value, stories: () => stories }, 300)
      expect((await acquire('one', story('bridge', '1'), story('court', '1'))).changed).toBe(2)
      expect(listed.splice(0)).toEqual(['bridge', 'court'])
      expect((await acquire('two', story('bridge', '2'), story('court', '1'))).changed).toBe(1)
      expect(listed.splice(0)).toEqual(['bridge'])
      // Hidden and shown again: it is as it was recorded.
      expect((await acquire('three', story('court', '1'))).changed).toBe(0)
      expect((await acquire('two', story('bridge', '2'), story('court', '1'))).changed).toBe(0)
      expect(listed).toEqual([])
      await store.close()
    })

    test('the events of some stories are known without those of others', async () => {
      const database = await fresh()
      const store = await openStore(database.open())
      const event = (slug: string, id: string): PartHash => ({
        ...{ part: `${slug}/event:${id}`, story: slug, hash: id },
        event: { words: id },
      })
      await store.revisions.record([event('bridge', '1'), event('bridge', '2'), event('court', '1')])
      const cause = { cause: 'bridge/correction:x', kind: 'correction' as const, story: 'bridge' }
      await store.corrections.applyCause(
        { ...cause, part: 'bridge/event:1', revision: 1, waits: false },
        { lane: () => 'lane' },
      )
      const known = async (...slugs: string[]) => {
        const { events, correctedParts } = await store.revisions.knownEventsOf(slugs)
        return [events.map(({ part }) => part).sort(), [...correctedParts]]
      }
      const ofBridge = ['bridge/event:1', 'bridge/event:2']
      expect(await known('bridge')).toEqual([ofBridge, [['bridge/correction:x', 'bridge/event:1']]])
      expect(await known('court', 'court')).toEqual([['court/event:1'], []])
      expect(await known()).toEqual([[], []])
      await store.close()
    })
  })
}

const hashOf = (parts: PartHash[]) => JSON.stringify(parts)

const acquire = (store: Store, owner: string, parts: PartHash[], value: string) =>
  store.revisions.acquireContentLease(
    owner,
    {
      value,
      stories: () =>
        [...Map.groupBy(parts, ({ story }) => story)].map(([story, own]) => ({
          story,
          hash: () => hashOf(own),
          parts: () => own,
        })),
    },
    300,
  )

const byPart = (revisions: Iterable<Revision>) => new Map([...revisions].map(row => [row.part, row]))

async function goneOf(store: Store) {
  const rows = await store.revisions.storiesChangedAfter(0)
  return new Map(
    rows.map(({ story, hash, gone, newest }) => [story, hash === '' ? { newest } : { hash, gone, newest }]),
  )
}

function expectedGone(
  expected: Map<string, Revision>,
  current: Map<string, { hash: string; parts: Set<string> }>,
) {
  return new Map(
    [...Map.groupBy(expected.values(), ({ story }) => story)].map(([story, own]) => {
      const newest = Math.max(...own.map(({ seenAt }) => seenAt))
      const now = current.get(story)
      if (!now) return [story, { newest }]
      return [story, { hash: now.hash, gone: own.filter(({ part }) => !now.parts.has(part)).length, newest }]
    }),
  )
}

/** What changed after a moment: all of it, and of a story that is new since only the label. */
async function expectChanges(store: Store, expected: Map<string, Revision>, after: number) {
  const isNew = (slug: string) => (expected.get(`${slug}/label`)?.firstSeenAt ?? 0) > after
  for (const wholly of [new Set<string>(), new Set(['bridge'])]) {
    const isWanted = ({ part, story }: Revision) =>
      wholly.has(story) || !isNew(story) || part === `${story}/label`
    const wanted = [...expected.values()].filter(isWanted)
    const query = { after, stories: SLUGS, wholly }
    expect(byPart(await store.revisions.changesAfter(query))).toEqual(
      byPart(wanted.filter(({ seenAt }) => seenAt > after)),
    )
    expect((await store.revisions.partsAddedAfter(query)).sort()).toEqual(
      wanted
        .filter(({ firstSeenAt }) => firstSeenAt > after)
        .map(({ part }) => part)
        .sort(),
    )
  }
}
