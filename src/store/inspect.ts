import { existsSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { pathToFileURL } from 'node:url'
import { type StoreOptions, storeFile } from './connect.ts'
import { type Engine, type Row, StoreError } from './engine.ts'
import { faults } from './faults.ts'
import { MIGRATIONS } from './schema.ts'
import { sqliteError } from './sqlite.ts'
import { type Subscription, subscriptions } from './subscriptions.ts'
import { type WithdrawnStory, withdrawals } from './withdrawals.ts'

/**
 * What a store holds, without opening it for work: nothing is written, made or brought to another version. `version`
 * is absent while there are no tables; `newest` is the one of this program. `server` and `mayCreate` tell of a
 * PostgreSQL.
 */
export type Inspection = {
  version?: number
  newestVersion: number
  serverVersion?: string
  mayCreateTables?: boolean
  subscriptions: Subscription[]
  withdrawals: WithdrawnStory[]
  faults: { subject: string; message: string; since: number }[]
}

/** Looks into a store, or rejects with a sentence why it cannot be read. */
export async function inspect({ databaseUrl, dataDir }: StoreOptions): Promise<Inspection> {
  if (databaseUrl !== undefined) {
    const { createPostgresEngine } = await import('./postgres.ts')
    const engine = createPostgresEngine(databaseUrl, { most: 1 })
    try {
      const [about] = await engine.query(
        `select current_setting('server_version') as server,
        case when has_schema_privilege(current_schema(), 'create') then 1 else 0 end as creates`,
      )
      const [known] = await engine.query(
        `select case when to_regclass('version') is null then 0 else 1 end as known`,
      )
      const seen = known?.known === 1 ? await readTables(engine) : NO_TABLES
      return { ...seen, serverVersion: String(about?.server), mayCreateTables: about?.creates === 1 }
    } finally {
      await engine.close()
    }
  }
  const file = storeFile(dataDir)
  if (!existsSync(file)) return NO_TABLES
  const database = openReadOnly(file)
  try {
    const query = async <R extends Row>(sql: string) => database.prepare(sql).all() as R[]
    const [known] = await query(`select name from sqlite_master where name = 'version'`)
    return known ? await readTables({ query }) : NO_TABLES
  } catch (cause) {
    throw cause instanceof StoreError ? cause : sqliteError(cause, file)
  } finally {
    database.close()
  }
}

const NO_TABLES: Inspection = {
  newestVersion: MIGRATIONS.length,
  subscriptions: [],
  withdrawals: [],
  faults: [],
}

async function readTables({ query }: Pick<Engine, 'query'>): Promise<Inspection> {
  const [row] = await query<{ number: number }>('select number from version')
  const version = row?.number ?? 0
  // Tables of another version may have other columns: whoever starts the bot brings them to this one, or is refused.
  if (version !== MIGRATIONS.length) return { ...NO_TABLES, version }
  const all = await subscriptions({ query } as Engine).list()
  const lasting = await faults({ query } as Engine).list()
  const down = await withdrawals({ query } as Engine).withdrawals()
  return { version, newestVersion: MIGRATIONS.length, subscriptions: all, withdrawals: down, faults: lasting }
}

/** Without a log beside it the file is all there is, and is read as it stands; else even a look would make one. */
function openReadOnly(file: string): DatabaseSync {
  try {
    if (existsSync(`${file}-wal`)) return new DatabaseSync(file, { readOnly: true })
    const still = pathToFileURL(file)
    still.search = '?immutable=1&mode=ro'
    return new DatabaseSync(still, { readOnly: true })
  } catch (cause) {
    throw sqliteError(cause, file)
  }
}
