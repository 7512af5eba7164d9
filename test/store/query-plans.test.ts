import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { NewDelivery } from '../../src/store/delivery.ts'
import type { Engine, Query } from '../../src/store/engine.ts'
import { createSqliteEngine } from '../../src/store/sqlite.ts'
import { openStore } from '../../src/store/store.ts'
import { temporaryFolder } from '../support/start-process.ts'
import { bring, updateOf } from '../support/wire/item-updates.ts'

/** Tables that grow with every post. */
const LARGE = 'deliveries|shown|repairs|items|item_carriers|item_keys|item_changes|hook_calls'

/** Notes every statement that an engine is asked for. */
function watchStatements(engine: Engine): Engine & { statements: Set<string> } {
  const statements = new Set<string>()
  const watch =
    (query: Query): Query =>
    (sql, values) => {
      statements.add(sql)
      return query(sql, values)
    }
  return {
    ...engine,
    statements,
    query: watch(engine.query),
    transaction: work => engine.transaction(query => work(watch(query))),
    clock: () => Promise.resolve(Date.now()),
  }
}

/** Whether a statement calls one of the large tables by this name. */
const isLargeTable = (sql: string, name: string) =>
  name !== '' && new RegExp(`\\b(?:${LARGE})(?: as)? ${name}\\b`).test(sql)

const row = (key: string, more: Partial<NewDelivery> = {}): NewDelivery => ({
  key,
  kind: 'edition',
  place: `slack:T1/${key}`,
  lane: 'slack:T1',
  number: 1,
  state: 'due',
  dueAt: 0,
  digest: 'morning',
  ...more,
})

test('no statement of everyday work reads all posts, or all in one state to find a few by their keys', async () => {
  const bare = createSqliteEngine(join(temporaryFolder(), 'db'))
  const engine = watchStatements(bare)
  const store = await openStore(engine)
  engine.statements.clear()

  const { ledger, corrections, shares, reports, subscriptions, cleaning } = store
  await ledger.add([row('a'), row('b'), row('c'), row('d')])
  const claim = () =>
    ledger.claim({
      owner: 'o',
      leaseMs: 9_000,
      max: 9,
      platforms: ['slack'],
      pace: () => ({ lane: 'l', laneMs: 1, placeMs: 1 }),
    })
  await claim()
  const its = (key: string) => ({ key, owner: 'o' })
  for (const key of ['a', 'b', 'c', 'd'])
    await ledger.beginAttempt(its(key), { leaseMs: 9_000, shown: [{ part: 's/label', revision: 1 }] })
  await ledger.markSent(its('a'), { place: 'slack:T1/a', id: '1' })
  await ledger.markFailed(its('b'), 'gone')
  await ledger.markUnclear(its('c'), 'nobody may look')
  await ledger.retryLater(its('d'), { inMs: 1, error: 'later', first: true })
  await ledger.nextDueAt()
  await ledger.find('a')
  await ledger.findByMessage({ platform: 'slack', place: '/a', id: '1' })
  await ledger.statesOf(['a', 'b'])
  await ledger.shownParts('a')
  await ledger.editions('slack:T1/a', 'morning', 14)
  await ledger.failedOrUnclear(9)
  await ledger.retry('c')
  await ledger.messagesShowing('s/label')
  await ledger.messagesShowing('s/')
  const share = { owner: 'o', leaseMs: 1, shown: [], answer: 'h', asker: 'u' }
  await shares.tryAdd(row('e', { kind: 'answer', selection: '{}' }), share)
  await reports.tryAdd(row('f', { kind: 'notice' }), { asker: 'u', scopes: ['slack:T1/f'] })
  await subscriptions.remove('slack:T1/a', 'morning')
  await subscriptions.datesDone({ place: 'slack:T1/a', digest: 'morning', nextSlot: 1 }, 1)

  const cause = { cause: 's/correction:1', story: 's', part: 's/label', revision: 2 } as const
  await corrections.applyCause({ ...cause, kind: 'correction', waits: true }, { lane: () => 'edits' })
  await corrections.partWasCorrected(cause.cause, 3, { lane: () => 'edits' })
  const withdrawal = { cause: 's/withdrawn:1', story: 's', part: 's/', revision: 0, waits: false } as const
  await corrections.applyCause({ ...withdrawal, kind: 'withdrawal' }, { lane: () => 'edits' })
  await corrections.causesWithUnmarkedMessages()
  await corrections.requeuePending(() => 'edits')
  await corrections.causes()
  await corrections.repairsOf('a')
  await claim()
  await ledger.markSent(its('a'), { place: 'slack:T1/a', id: '1' }, { repaired: [cause.cause] })
  await corrections.causesToFinish('a')
  await corrections.finishCause(cause.cause)
  await corrections.retryRepairs(cause.cause)
  await corrections.takeBack(cause.cause)
  await corrections.putBack(cause.cause)
  await cleaning.deleteOld(Date.now() + 9, 9)
  await cleaning.forgetAskers(Date.now() + 9, 9)

  const { wire } = store
  const own = { via: 'feed:wqad' as const, keys: ['guid:a'] }
  await bring(store, updateOf('a', { ...own, heldUntil: 1 }))
  await bring(store, updateOf('a', { ...own, kind: 'changed', title: 'New' }))
  await wire.release()
  await wire.items.list({ limit: 9 })
  await wire.items.arrivedTo()
  await wire.items.ofVia('feed:wqad', 9)
  await wire.items.revisionsOf(['a'])
  await wire.items.changesShown()
  await wire.items.changesOf(['a'])
  await wire.lastCall('feed:wqad')
  await wire.deleteOld(Date.now() + 9)
  await wire.forgetCalls(Date.now())

  expect(engine.statements.size).toBeGreaterThan(70)
  const slow: string[] = []
  for (const sql of engine.statements) {
    if (!/^\s*(?:select|insert|update|delete|with)/.test(sql)) continue
    const plan = await bare.query<{ detail: string }>(`explain query plan ${sql}`)
    const byKey = /\bkey in\b|\bkey = \$/.test(sql)
    for (const { detail } of plan) {
      const [, scanned = ''] = /^SCAN (\w+)$/.exec(detail) ?? []
      const scansAll = new RegExp(`^(?:${LARGE})$`).test(scanned) || isLargeTable(sql, scanned)
      const allInState = byKey && /^SEARCH (?:deliveries|d) USING INDEX \w+ \(state=\?\)/.test(detail)
      if (scansAll || allInState) slow.push(`${detail}: ${sql.replace(/\s+/g, ' ')}`)
    }
  }
  expect(slow).toEqual([])
  await store.close()
})
