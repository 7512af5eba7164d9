import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createSqliteEngine } from '../../../src/store/sqlite.ts'
import { openStore } from '../../../src/store/store.ts'
import { createUpkeep } from '../../../src/wire/poll/upkeep.ts'
import { recordingLog } from '../../support/recording-log.ts'
import { temporaryFolder } from '../../support/start-process.ts'
import { waitUntil } from '../../support/wait-until.ts'
import { bring, updateOf } from '../../support/wire/item-updates.ts'

const DAY_MS = 86_400_000

test('a held item arrives once its time has come; an outage is one line in the log, and what is old goes', async () => {
  let ahead = 0
  const clock = () => Date.now() + ahead
  const store = await openStore(createSqliteEngine(join(temporaryFolder(), 'nutgraf.db'), { clock }))
  let isAway = true
  let released = 0
  const log = recordingLog()
  const release = () => (isAway ? Promise.reject(new Error('store: away')) : store.wire.release())
  const upkeep = createUpkeep({
    store: { ...store, wire: { ...store.wire, release } },
    wireDays: 30,
    onReleased: () => released++,
    log,
    lookMs: 5,
  })
  await bring(store, updateOf('a', { via: 'hook:ghost', heldUntil: clock() + DAY_MS }))
  upkeep.start()
  await waitUntil(() => log.lines.filter(({ level }) => level === 'debug').length > 2)
  expect(log.errors).toHaveLength(1)
  isAway = false
  ahead = 2 * DAY_MS
  await waitUntil(() => released > 0)
  expect((await store.wire.items.list({ limit: 9 })).map(({ id }) => id)).toEqual(['a'])
  expect(await upkeep.clean()).toBe(0)
  ahead = 60 * DAY_MS
  expect(await upkeep.clean()).toBe(1)
  expect((await store.wire.items.byId(['a'])).size).toBe(0)
  ahead = 900 * DAY_MS
  await upkeep.clean()
  expect(await store.wire.lastCall('hook:ghost')).toBeUndefined()
  await upkeep.stop()
  await store.close()
})
