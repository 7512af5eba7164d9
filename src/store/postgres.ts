import pg from 'pg'
import { TimeoutError, withTimeout } from '../chat/with-timeout.ts'
import type { Engine, Query, Row, Value } from './engine.ts'
import { withExplicitSslMode } from './postgres/address.ts'
import { postgresError } from './postgres/errors.ts'
import { cuttableSockets } from './postgres/sockets.ts'

const CHANNEL = 'nutgraf'
const CONNECT_MS = 10_000
const STATEMENT_MS = 30_000
const RECONNECT_MS = 1_000
const CLOCK_SQL = 'select (extract(epoch from clock_timestamp()) * 1000)::bigint as now'

// BIGINT arrives as text, since it may exceed a number. Ours (times and counts) never do.
pg.types.setTypeParser(pg.types.builtins.INT8, Number)

/**
 * Creates the engine for PostgreSQL, for several processes or machines. The next statement replaces a broken
 * connection.
 */
export function createPostgresEngine(
  url: string,
  { maxConnections = 5, onError = (_cause: unknown) => {} } = {},
): Engine {
  const sockets = cuttableSockets()
  const settings: pg.ClientConfig = {
    connectionString: withExplicitSslMode(url),
    connectionTimeoutMillis: CONNECT_MS,
    statement_timeout: STATEMENT_MS,
    application_name: 'nutgraf',
    keepAlive: true,
    stream: sockets.make,
  }
  const pool = new pg.Pool({ ...settings, max: maxConnections })
  // The driver's own errors hold the whole connection, with the key that cancels its queries: no log may have that.
  // Without a listener, an idle connection that the server ends would end the process.
  pool.on('error', cause => onError(postgresError(cause)))
  // So would one that is just being handed over, when for a moment nobody else listens. Its user gets the error from
  // the query.
  pool.on('connect', client => client.on('error', () => {}))

  /** When each transaction began, by the server's clock. */
  const startedAt = new WeakMap<Query, number>()

  /** Takes a connection; the driver throws at once where a file of certificates cannot be read. */
  async function takeClient(): Promise<pg.PoolClient> {
    try {
      return await pool.connect()
    } catch (cause) {
      throw postgresError(cause)
    }
  }

  const queryOn =
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
    query: queryOn(pool),
    async transaction(work) {
      const client = await takeClient()
      let broken: Error | undefined
      const noteBroken = (cause: Error) => {
        broken = cause
      }
      client.on('error', noteBroken)
      try {
        const query = queryOn(client)
        // Each transaction begins by reading the clock: both take one round trip.
        const [, clock] = (await client.query(`begin; ${CLOCK_SQL}`).catch(cause => {
          throw postgresError(cause)
        })) as unknown as { rows: { now: number }[] }[]
        startedAt.set(query, clock!.rows[0]!.now)
        const result = await work(query)
        await queryOn(client)('commit')
        return result
      } catch (cause) {
        await client.query('rollback').catch(noteBroken)
        throw cause
      } finally {
        client.off('error', noteBroken)
        client.release(broken)
      }
    },
    forUpdateSkipLocked: 'for update of d skip locked',
    forUpdate: 'for update',
    clock: async query => startedAt.get(query) ?? (await query<{ now: number }>(CLOCK_SQL))[0]!.now,
    check: async () => void (await queryOn(pool)(CLOCK_SQL)),
    notify: async () => void (await queryOn(pool)(`notify ${CHANNEL}`)),
    listen: wake => listen(settings, wake, onError),
    async cutIfSilent(ms) {
      if (!sockets.isCut() && (await isSilent(settings, ms))) sockets.cut()
    },
    close: () => pool.end(),
  }
}

/**
 * Listens on a connection of its own, and reconnects whenever that ends. `onError` receives one error until it is connected
 * again. Returns what stops it.
 */
async function listen(
  settings: pg.ClientConfig,
  wake: () => void,
  onError: (cause: unknown) => void,
): Promise<() => Promise<void>> {
  let client: pg.Client
  let timer: NodeJS.Timeout | undefined
  let stopped = false
  let isReported = false
  const report = (cause: unknown) => {
    if (!isReported) onError(postgresError(cause))
    isReported = true
  }

  async function connect() {
    const next = new pg.Client(settings)
    client = next
    let ended = false
    const reconnect = () => {
      if (ended || stopped) return
      ended = true
      timer = setTimeout(() => void connect(), RECONNECT_MS)
    }
    next.on('notification', wake)
    next.on('error', report)
    next.on('end', reconnect)
    try {
      await next.connect()
      await next.query(`listen ${CHANNEL}`)
      isReported = false
      // A look finds whatever was announced while nobody listened.
      wake()
    } catch (cause) {
      report(cause)
      next.end().catch(() => {})
      reconnect()
    }
  }

  await connect()
  return async () => {
    stopped = true
    clearTimeout(timer)
    await client.end().catch(() => {})
  }
}

/** What the network says of a server that is not there: what still waits for it waits in vain. */
const NOT_THERE = new Set([
  'ECONNREFUSED',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
])

/**
 * Whether a server says nothing for some milliseconds on a connection of its own: those of the pool may all be busy. One
 * that refuses us is not silent.
 */
async function isSilent(settings: pg.ClientConfig, ms: number): Promise<boolean> {
  const client = new pg.Client(settings)
  client.on('error', () => {})
  try {
    await withTimeout(
      client.connect().then(() => client.query(CLOCK_SQL)),
      ms,
    )
    return false
  } catch (cause) {
    return cause instanceof TimeoutError || NOT_THERE.has((cause as NodeJS.ErrnoException).code ?? '')
  } finally {
    client.end().catch(() => {})
  }
}
