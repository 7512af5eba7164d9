import { describe, expect, test } from 'vitest'
import { type CreateDatabase, createStoreOpener } from '../support/store/open-stores.ts'

/** What every engine must do for people who press buttons: share, find a line again, and report. */
export function buttonsContract(name: string, fresh: CreateDatabase) {
  describe(`what people ask for, on ${name}`, () => {
    const stores = createStoreOpener(fresh)
    const row = (key: string, place = 'slack:T1/C1') => ({
      key,
      kind: 'answer' as const,
      place: place as 'slack:T1/C1',
      lane: 'slack:T1',
      number: 1,
      state: 'due' as const,
      dueAt: 0,
      selection: '{}',
    })
    const share = (asker: string, answer: string) => ({
      owner: 'a',
      leaseMs: 400,
      shown: [{ part: 's/label', revision: 1 }],
      asker,
      answer,
    })

    test('of many shares at once, in several processes, one of each person and of each answer is made', async () => {
      const { all } = await stores(4)
      const person = await Promise.all(
        all.map((store, index) => store.shares.tryAdd(row(`p${index}`), share('dana', `answer ${index}`))),
      )
      expect(person.filter(result => result === 'open')).toHaveLength(1)
      expect(person.filter(result => result !== 'open')).toEqual(
        Array(3).fill({ waitMs: expect.any(Number) }),
      )
      const same = await Promise.all(
        all.map((store, index) => store.shares.tryAdd(row(`s${index}`), share(`sam ${index}`, 'the same'))),
      )
      expect(same.filter(result => result === 'open')).toHaveLength(1)
      expect(same.filter(result => typeof result === 'object' && 'same' in result)).toHaveLength(3)
      expect(await all[0]!.shares.tryAdd(row('s0'), share('kim', 'other'))).toBe(
        same[0] === 'open' ? 'known' : 'open',
      )
      expect(await all[1]!.ledger.countByState()).toEqual({ sending: same[0] === 'open' ? 2 : 3 })
    })

    test('a line is found again under its key, in another process too; an unknown key is none', async () => {
      const { store, all } = await stores(2)
      const other = all[1]!
      const lines = [
        { key: 'k1', line: '/nutgraf find “Übung” --page 2' },
        { key: 'k2', line: '/quote x' },
      ]
      await Promise.all([store.buttonLines.save(lines), other.buttonLines.save(lines)])
      expect(await other.buttonLines.find('k1')).toBe(lines[0]!.line)
      expect(await store.buttonLines.find('k3')).toBeUndefined()
    })
  })
}
