import { existsSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { pathToFileURL } from 'node:url'
import { causes, type WithdrawnStory } from './causes.ts'
import { type StoreOptions, storeFile } from './connect.ts'
import { documents, type StoredDocument } from './documents/documents.ts'
import { type Engine, type Row, StoreError } from './engine.ts'
import { faults } from './faults.ts'
import { MIGRATIONS } from './schema.ts'
import { sqliteError } from './sqlite/errors.ts'
import { refuseEmpty } from './sqlite/open-file.ts'
import { type Subscription, subscriptions } from './subscriptions.ts'

/**
 * What a store contains, read without opening it for work: nothing is written, created or migrated. `version` is absent
 * if there are no tables; `newestVersion` is the one that this program knows. `serverVersion` and `mayCreateTables`
 * describe a PostgreSQL.
 */
export type Inspection = {
  version?: number
  newestVersion: number
  serverVersion?: string
  mayCreateTables?: boolean
  subscriptions: Subscription[]
  withdrawals: WithdrawnStory[]
  documents?: StoredDocument[]
  faults: { subject: string; message: string; since: number }[]
}

/** Inspects a store, or rejects with a sentence that says why it cannot be read. */
export const inspect = ({ databaseUrl, dataDir }: StoreOptions): Promise<Inspection> =>
  databaseUrl === undefined ? inspectFile(storeFile(dataDir)) : inspectPostgres(databaseUrl)

async function inspectPostgres(databaseUrl: string): Promise<Inspection> {
  const { createPostgresEngine } = await import('./postgres.ts')
  const engine = createPostgresEngine(databaseUrl, { maxConnections: 1 })
  try {
    const [server] = await engine.query(
      `select current_setting('server_version') as version,
      case when has_schema_privilege(current_schema(), 'create') then 1 else 0 end as may_create`,
    )
    const [tables] = await engine.query(
      `select case when to_regclass('version') is null then 0 else 1 end as present`,
    )
    const contents = tables?.present === 1 ? await readTables(engine) : NO_TABLES
    return { ...contents, serverVersion: String(server?.version), mayCreateTables: server?.may_create === 1 }
  } finally {
    await engine.close()
  }
}

async function inspectFile(file: string): Promise<Inspection> {
  if (!existsSync(file)) return NO_TABLES
  refuseEmpty(file)
  const database = openReadOnly(file)
  try {
    const query = async <R extends Row>(sql: string) => database.prepare(sql).all() as R[]
    const [versionTable] = await query(`select name from sqlite_master where name = 'version'`)
    return versionTable ? await readTables({ query }) : NO_TABLES
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
  // Tables of another version may have other columns. A start of the bot migrates them, or refuses to.
  if (version !== MIGRATIONS.length) return { ...NO_TABLES, version }
  const engine = { query } as Engine
  return {
    version,
    newestVersion: MIGRATIONS.length,
    subscriptions: await subscriptions(engine).list(),
    faults: await faults(engine).list(),
    withdrawals: await causes(engine).withdrawals(),
    documents: await documents(engine).all(),
  }
}

/**
 * Opens a file without writing to it. If there is no write-ahead log beside it, the file is complete and is opened as
 * immutable: otherwise even a read would create a log.
 */
function openReadOnly(file: string): DatabaseSync {
  try {
    if (existsSync(`${file}-wal`)) return new DatabaseSync(file, { readOnly: true })
    const immutable = pathToFileURL(file)
    immutable.search = '?immutable=1&mode=ro'
    return new DatabaseSync(immutable, { readOnly: true })
  } catch (cause) {
    throw sqliteError(cause, file)
  }
}
