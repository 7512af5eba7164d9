import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { acquireDataLock, wasDataUsed } from './data-lock.ts'
import { StoreError } from './engine.ts'
import { createSqliteEngine } from './sqlite.ts'
import { openStore, type Store } from './store.ts'

/** Where the store is: on PostgreSQL at `databaseUrl`, otherwise in a file of the data directory. */
export type StoreOptions = { databaseUrl?: string; dataDir: string }

/** The path of the embedded store's file. */
export const storeFile = (dataDir: string) => join(dataDir, 'nutgraf.db')

/** Whether the embedded store of a data directory is gone, though a bot has worked there. */
export const isStoreGone = ({ databaseUrl, dataDir }: StoreOptions): boolean =>
  databaseUrl === undefined && wasDataUsed(dataDir) && !existsSync(storeFile(dataDir))

/** Opens the store. `onError` receives the errors of connections that broke while they were idle. */
export async function connect(
  { databaseUrl, dataDir }: StoreOptions,
  onError: (cause: unknown) => void,
): Promise<Store> {
  if (databaseUrl === undefined) return openStore(createSqliteEngine(storeFile(dataDir)))
  // Only a bot that uses PostgreSQL loads its driver.
  const { createPostgresEngine } = await import('./postgres.ts')
  const engine = createPostgresEngine(databaseUrl, { onError })
  return openStore(engine).catch(async cause => {
    await engine.close().catch(() => {})
    throw cause
  })
}

/** How often a database that is away is tried: soon enough after it starts, and no load for it meanwhile. */
const RETRY_MS = 2_000

/** How a database that is away is waited for. `onWait` receives each sentence that differs from the one before. */
type Waiting = { onWait(sentence: string): void; retryMs?: number }

/** Does work that needs the store, and again until a database that is away is there. */
export async function waitWhileAway<T>(
  work: () => Promise<T>,
  { onWait, retryMs = RETRY_MS }: Waiting,
): Promise<T> {
  for (let last: string | undefined; ; ) {
    try {
      return await work()
    } catch (cause) {
      if (!(cause instanceof StoreError) || !cause.isAway) throw cause
      if (cause.message !== last) onWait(cause.message)
      last = cause.message
      await sleep(retryMs)
    }
  }
}

/** Locks the data directory for one bot if the store is a file in it. Several bots may share a PostgreSQL. */
export const acquireStoreLock = (
  { databaseUrl, dataDir }: StoreOptions,
  onWait: () => void,
): Promise<() => void> =>
  databaseUrl === undefined ? acquireDataLock(dataDir, { onWait }) : Promise.resolve(() => {})
