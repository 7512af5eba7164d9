import { describe, expect, test } from 'vitest'
import { type CreateDatabase, createStoreOpener } from '../support/store/open-stores.ts'

const WHO = { who: 'slack:T1/U1', at: 1_000 }
const EVENT = { path: 'stories/bridge/timeline.desk.yml', entry: { id: 'a', date: '2026-05-02', text: 'x' } }
const SOURCE = { path: 'stories/bridge/sources.desk.yml', entry: { number: 3, outlet: 'Gazette' } }
const TEXT = { path: 'stories/bridge/sources/3.txt', text: 'Words.\r\n' }

/** What every engine must do about what the desk adds to stories. */
export function documentsContract(name: string, fresh: CreateDatabase) {
  describe(`documents on ${name}`, () => {
    const stores = createStoreOpener(fresh)

    test('an act is added completely and once, in the order of acts, and every process sees it', async () => {
      const { all } = await stores(2)
      const [a, b] = all.map(({ documents }) => documents) as [
        (typeof all)[0]['documents'],
        (typeof all)[0]['documents'],
      ]
      const before = await b.version()
      expect(await a.addEntry({ key: 'k1', ...WHO, ...EVENT })).toBe('added')
      expect(await b.add({ key: 'k2', ...WHO, entries: [SOURCE], files: [TEXT] })).toBe('added')
      expect(await b.addEntry({ key: 'k1', ...WHO, ...EVENT, entry: { id: 'other' } })).toBe('known')
      expect(await a.addFile({ key: 'k3', ...WHO, ...TEXT, text: 'other' })).toBe('taken')
      expect(await a.isKnown('k3')).toBe(false)
      expect(await a.isKnown('k2')).toBe(true)
      const documents = await a.all()
      expect(documents.map(({ number: _, ...document }) => document)).toEqual([
        { key: 'k1', ...WHO, ...EVENT },
        { key: 'k2', ...WHO, ...TEXT },
        { key: 'k2', ...WHO, ...SOURCE },
      ])
      expect(await b.all()).toEqual(documents)
      expect(await a.waiting()).toBe(3)
      expect(await b.version()).toBeGreaterThan(before)
    })

    test('of many processes that do the same act at once, one does it', async () => {
      const { all } = await stores(3)
      const acts = all.flatMap(({ documents }) => [
        documents.addEntry({ key: 'k', ...WHO, ...EVENT }),
        documents.addFile({ key: `f${all.length}`, ...WHO, ...TEXT }),
      ])
      expect((await Promise.all(acts)).filter(outcome => outcome === 'added')).toHaveLength(2)
      expect(await all[0]!.documents.waiting()).toBe(2)
    })

    test('what was checked with other documents than there are is neither added nor undone', async () => {
      const { all } = await stores(2)
      const [a, b] = [all[0]!.documents, all[1]!.documents]
      const seen = await a.version()
      const acts = [
        a.add({ key: 'k1', ...WHO, seen, entries: [EVENT] }),
        b.add({ key: 'k2', ...WHO, seen, entries: [SOURCE] }),
      ]
      expect((await Promise.all(acts)).toSorted()).toEqual(['added', 'stale'])
      const [{ key } = { key: '' }] = await a.all()
      expect(await b.removeEntry(key, undefined, seen)).toBe('stale')
      expect(await a.waiting()).toBe(1)
      const again = await b.version()
      expect(await b.add({ key: 'k3', ...WHO, seen: again, entries: [SOURCE], files: [TEXT] })).toBe('added')
      // Whoever adds several acts knows the version after each.
      expect(await b.version()).toBe(again + 2)
      expect(await b.removeEntry(key, undefined, again + 2)).toBe('removed')
    })

    test('an act can be undone, and then done again, until it was pulled', async () => {
      const { store } = await stores()
      const { documents } = store
      expect(await documents.removeEntry('k')).toBe('unknown')
      await documents.add({ key: 'k', ...WHO, entries: [EVENT, SOURCE] })
      const version = await documents.version()
      expect(await documents.removeEntry('k')).toBe('removed')
      expect(await documents.removeEntry('k')).toBe('unknown')
      expect(await documents.all()).toEqual([])
      expect(await documents.version()).not.toBe(version)
      expect(await documents.add({ key: 'k', ...WHO, entries: [EVENT, SOURCE] })).toBe('added')
      const [first] = await documents.all()
      expect(await documents.markPulled([first!.number], 5_000)).toEqual([first!.number])
      expect((await documents.all()).map(({ pulledAt }) => pulledAt)).toEqual([5_000, undefined])
      expect(await documents.removeEntry('k')).toBe('landed')
      // Its file could not be written after all.
      await documents.unmarkPulled([first!.number])
      expect((await documents.all()).map(({ pulledAt }) => pulledAt)).toEqual([undefined, undefined])
      expect(await documents.removeEntry('k')).toBe('removed')
      await documents.add({ key: 'k', ...WHO, entries: [EVENT, SOURCE] })
      const [again] = await documents.all()
      await documents.markPulled([again!.number], 5_000)
      // Pulled once more, after a pull that was cut off: when it was first stays.
      await documents.markPulled([again!.number], 6_000)
      expect((await documents.all())[0]!.pulledAt).toBe(5_000)
    })

    test('what was undone is not pulled, and what was let go of stays known', async () => {
      const { store } = await stores()
      const { documents } = store
      await documents.addEntry({ key: 'k1', ...WHO, ...EVENT })
      await documents.addEntry({ key: 'k2', ...WHO, ...SOURCE })
      const numbers = (await documents.all()).map(({ number }) => number)
      await documents.removeEntry('k1')
      expect(await documents.markPulled(numbers, 1)).toEqual([numbers[1]])
      expect(await documents.letGo(numbers)).toBe(1)
      expect(await documents.letGo(numbers)).toBe(0)
      expect(await documents.all()).toEqual([])
      expect(await documents.addEntry({ key: 'k2', ...WHO, ...SOURCE })).toBe('known')
      expect(await documents.removeEntry('k2')).toBe('landed')
      // Numbers are never used again: whoever still knows an old one lets go of nothing else.
      await documents.addEntry({ key: 'k4', ...WHO, ...EVENT })
      expect(numbers).not.toContain((await documents.all())[0]!.number)
      expect(await documents.letGo(numbers)).toBe(0)
    })

    test('what changes alongside is changed or refused together with the act', async () => {
      const { store } = await stores()
      const { documents, looks } = store
      const { now } = await looks.find(['x'])
      const note =
        (isWanted: boolean) => async (query: (sql: string, values: (string | number)[]) => unknown) => {
          await query('insert into looks (key, at) values ($1, $2)', [`${isWanted}`, now - 1])
          return isWanted
        }
      expect(await documents.add({ key: 'k', ...WHO, entries: [EVENT] }, note(false))).toBe('refused')
      expect(await documents.waiting()).toBe(0)
      expect(await documents.add({ key: 'k', ...WHO, entries: [EVENT] }, note(true))).toBe('added')
      expect(await looks.find(['true'])).toHaveProperty('at')
    })

    test.each([
      'stories/bridge/../../etc/passwd.yml',
      '/stories/bridge/timeline.desk.yml',
      'stories/../timeline.desk.yml',
      'stories/bridge/story.desk.yml',
      'digests.desk.yml',
    ])('an entry for no list of a story is refused: %s', async path => {
      const { store } = await stores()
      expect(() => store.documents.addEntry({ key: 'k', ...WHO, ...EVENT, path })).toThrow('no path')
    })

    test.each([
      'stories/bridge/sources/../../x.txt',
      'stories/bridge/.hidden.yml',
      'stories/x/sources/.a.txt',
    ])('a file that is none of a story is refused: %s', async path => {
      const { store } = await stores()
      expect(() => store.documents.addFile({ key: 'k', ...WHO, ...TEXT, path })).toThrow('no path')
    })
  })
}
