import { join } from 'node:path'
import { acquireDataLock } from './data-lock.ts'
import { createSqliteEngine } from './sqlite.ts'
import { openStore, type Store } from './store.ts'

/** Where the store is: on PostgreSQL at `databaseUrl`, otherwise in a file of the data directory. */
export type StoreOptions = { databaseUrl?: string; dataDir: string }

/** The path of the embedded store's file. */
export const storeFile = (dataDir: string) => join(dataDir, 'nutgraf.db')

/** Opens the store. `onError` receives the errors of connections that broke while they were idle. */
export async function connect(
  { databaseUrl, dataDir }: StoreOptions,
  onError: (cause: unknown) => void,
): Promise<Store> {
  if (databaseUrl === undefined) return openStore(createSqliteEngine(storeFile(dataDir)))
  // Only a bot that uses PostgreSQL loads its driver.
  const { createPostgresEngine } = await import('./postgres.ts')
  return openStore(createPostgresEngine(databaseUrl, { onError }))
}

/** Locks the data directory for one bot if the store is a file in it. Several bots may share a PostgreSQL. */
export const acquireStoreLock = (
  { databaseUrl, dataDir }: StoreOptions,
  onWait: () => void,
): Promise<() => void> =>
  databaseUrl === undefined ? acquireDataLock(dataDir, { onWait }) : Promise.resolve(() => {})
