import { afterEach } from 'vitest'
import type { Engine } from '../../../src/store/engine.ts'
import { openStore, type Store } from '../../../src/store/store.ts'

/**
 * Creates a fresh database: each `open` gives another connection to it, as of another process. `advanceClock` moves the
 * clock that all of them see, also back.
 */
export type CreateDatabase = () => Promise<{ open(): Engine; advanceClock(ms: number): Promise<void> }>

/**
 * Creates a function that opens one or more stores on a fresh database, as one or more processes do; its `engine` opens a
 * bare connection to the same database. Call it in the `describe` block of the tests that use it: everything that is open
 * is closed after each of them.
 */
export function createStoreOpener(fresh: CreateDatabase) {
  const open: { close(): Promise<void> }[] = []
  afterEach(async () => {
    await Promise.all(open.splice(0).map(opened => opened.close()))
  })
  return async function stores(count = 1) {
    const database = await fresh()
    const all: Store[] = []
    for (let index = 0; index < count; index++) {
      const store = await openStore(database.open())
      open.push(store)
      all.push(store)
    }
    const engine = () => {
      const raw = database.open()
      open.push(raw)
      return raw
    }
    return { all, store: all[0]!, engine, advanceClock: database.advanceClock }
  }
}
