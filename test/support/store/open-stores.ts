import { afterEach } from 'vitest'
import type { Engine } from '../../../src/store/engine.ts'
import { openStore, type Store } from '../../../src/store/store.ts'

/** A fresh database: `open` gives one more connection to it, as another process has one. */
export type CreateDatabase = () => Promise<{ open(): Engine; advanceClock(ms: number): Promise<void> }>

/**
 * Opens stores on one fresh database, as so many processes do, with a bare connection to it where it is asked for. To be
 * called in the block of the tests that use it: what is open is closed after each of them.
 */
export function createStoreOpener(fresh: CreateDatabase) {
  const open: { close(): Promise<void> }[] = []
  afterEach(async () => {
    await Promise.all(open.splice(0).map(one => one.close()))
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
