import pg from 'pg'
import { type Engine, type Query, type Row, StoreError, type Value } from './engine.ts'

const CHANNEL = 'nutgraf'
const CONNECT_MS = 10_000
const STATEMENT_MS = 30_000
const RECONNECT_MS = 1_000
const CLOCK_SQL = 'select (extract(epoch from clock_timestamp()) * 1000)::bigint as now'

// BIGINT arrives as text, since it may not fit a number; ours (times and counts) always do.
pg.types.setTypeParser(pg.types.builtins.INT8, Number)

/** PostgreSQL, for several processes or machines. A connection that broke is made anew at the next statement. */
export function createPostgresEngine(
  url: string,
  { most = 5, failed = (_cause: unknown) => {} } = {},
): Engine {
  const settings = {
    connectionString: url,
    connectionTimeoutMillis: CONNECT_MS,
    statement_timeout: STATEMENT_MS,
    application_name: 'nutgraf',
    keepAlive: true,
  }
  const pool = new pg.Pool({ ...settings, max: most })
  // An idle connection that the server ends would else take the process with it.
  pool.on('error', failed)
  // Nor may one that is just changing hands, when for a moment nobody else listens: whoever has it hears by its query.
  pool.on('connect', client => client.on('error', () => {}))

  /** When each transaction began, by the server's clock. */
  const begun = new WeakMap<Query, number>()

  const on =
    (client: pg.Pool | pg.PoolClient): Query =>
    async <R extends Row>(sql: string, values: Value[] = []) => {
      try {
        return (await client.query(sql, values)).rows as R[]
      } catch (cause) {
        throw postgresError(cause)
      }
    }

  return {
    name: 'postgres',
    query: on(pool),
    async transaction(work) {
      const client = await pool.connect().catch(cause => Promise.reject(postgresError(cause)))
      let broken: Error | undefined
      client.on('error', note)
      function note(cause: Error) {
        broken = cause
      }
      try {
        const query = on(client)
        // Each transaction begins with a look at the clock: one way to the server and back for both.
        const [, moment] = (await client.query(`begin; ${CLOCK_SQL}`).catch(cause => {
          throw postgresError(cause)
        })) as unknown as { rows: { now: number }[] }[]
        begun.set(query, moment!.rows[0]!.now)
        const result = await work(query)
        await on(client)('commit')
        return result
      } catch (cause) {
        await client.query('rollback').catch(note)
        throw cause
      } finally {
        client.off('error', note)
        client.release(broken)
      }
    },
    forUpdateSkipLocked: 'for update of d skip locked',
    forUpdate: 'for update',
    clock: async query => {
      return begun.get(query) ?? (await query<{ now: number }>(CLOCK_SQL))[0]!.now
    },
    notify: async () => void (await on(pool)(`notify ${CHANNEL}`)),
    listen: async wake => {
      let client: pg.Client
      let timer: NodeJS.Timeout | undefined
      let open = true
      const connect = async () => {
        const next = new pg.Client(settings)
        client = next
        let over = false
        const again = () => {
          if (over || !open) return
          over = true
          timer = setTimeout(() => void connect(), RECONNECT_MS)
        }
        next.on('notification', wake)
        next.on('error', failed)
        next.on('end', again)
        try {
          await next.connect()
          await next.query(`listen ${CHANNEL}`)
          // Whatever was told while nobody listened is found by looking.
          wake()
        } catch (cause) {
          failed(cause)
          next.end().catch(() => {})
          again()
        }
      }
      await connect()
      return async () => {
        open = false
        clearTimeout(timer)
        await client.end().catch(() => {})
      }
    },
    close: () => pool.end(),
  }
}

/** The cause in a sentence; the address stays out of it, since it holds a password. */
function postgresError(cause: unknown): StoreError {
  const { code, message } = cause as { code?: string; message?: string }
  const sentences: Record<string, string> = {
    ECONNREFUSED: 'PostgreSQL does not answer at DATABASE_URL',
    ENOTFOUND: 'the host in DATABASE_URL is not known',
    '28P01': 'PostgreSQL does not accept the password in DATABASE_URL',
    '28000': 'PostgreSQL does not accept the user in DATABASE_URL',
    '3D000': 'the database in DATABASE_URL does not exist',
    '42501': 'the user in DATABASE_URL lacks rights on its tables',
    '53100': 'PostgreSQL’s disk is full',
  }
  return new StoreError(`store: ${sentences[code ?? ''] ?? `PostgreSQL: ${message}`}`, { cause })
}
