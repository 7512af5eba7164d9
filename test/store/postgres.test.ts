import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll } from 'vitest'
import { createPostgresEngine } from '../../src/store/postgres.ts'
import { type LoopbackPostgres, startPostgres } from '../support/loopback/postgres.ts'
import type { CreateDatabase } from '../support/store/open-stores.ts'
import { buttonsContract } from './buttons-contract.ts'
import { correctionsContract } from './corrections-contract.ts'
import { deskContract } from './desk-contract.ts'
import { storeContract } from './store-contract.ts'

let server: LoopbackPostgres
beforeAll(async () => {
  server = await startPostgres()
}, 60_000)
afterAll(() => server?.stop())

const fresh: CreateDatabase = async () => {
  const url = await server.createSchema()
  return { open: () => createPostgresEngine(url), advanceClock: ms => sleep(ms) }
}

storeContract('PostgreSQL', fresh)
deskContract('PostgreSQL', fresh)
buttonsContract('PostgreSQL', fresh)
correctionsContract('PostgreSQL', fresh)
