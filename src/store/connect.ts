import { join } from 'node:path'
import { acquireDataLock } from './data-lock.ts'
import { createSqliteEngine } from './sqlite.ts'
import { openStore, type Store } from './store.ts'

/** Where the store is: a PostgreSQL at `databaseUrl`, or else a file in the data directory. */
export type StoreOptions = { databaseUrl?: string; dataDir: string }

/** Names the file of the embedded store. */
export const storeFile = (dataDir: string) => join(dataDir, 'nutgraf.db')

/** Opens the store; `failed` hears of connections that broke while nobody used them. */
export async function connect(
  { databaseUrl, dataDir }: StoreOptions,
  failed: (cause: unknown) => void,
): Promise<Store> {
  if (databaseUrl === undefined) return openStore(createSqliteEngine(storeFile(dataDir)))
  // The driver is loaded only by those who need it.
  const { createPostgresEngine } = await import('./postgres.ts')
  return openStore(createPostgresEngine(databaseUrl, { failed }))
}

/** Holds the data directory for one bot where the store is a file in it; several may share a PostgreSQL. */
export const acquireStoreLock = (
  { databaseUrl, dataDir }: StoreOptions,
  onWait: () => void,
): Promise<() => void> =>
  databaseUrl === undefined ? acquireDataLock(dataDir, { onWait }) : Promise.resolve(() => {})
