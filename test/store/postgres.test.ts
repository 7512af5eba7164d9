import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll } from 'vitest'
import { postgres } from '../../src/store/postgres.ts'
import { type LoopbackPostgres, startPostgres } from '../loopback/postgres.ts'
import { storeContract } from './contract.ts'

let server: LoopbackPostgres
beforeAll(async () => {
  server = await startPostgres()
}, 60_000)
afterAll(() => server?.stop())

storeContract('PostgreSQL', async () => {
  const url = await server.database()
  return { open: () => postgres(url), pass: ms => sleep(ms) }
})
