import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll } from 'vitest'
import { postgres } from '../../src/store/postgres.ts'
import { type LoopbackPostgres, startPostgres } from '../support/loopback/postgres.ts'
import type { Fresh } from '../support/store/open-stores.ts'
import { askedContract } from './buttons-contract.ts'
import { repairsContract } from './corrections-contract.ts'
import { deskContract } from './desk-contract.ts'
import { storeContract } from './store-contract.ts'

let server: LoopbackPostgres
beforeAll(async () => {
  server = await startPostgres()
}, 60_000)
afterAll(() => server?.stop())

const fresh: Fresh = async () => {
  const url = await server.schema()
  return { open: () => postgres(url), pass: ms => sleep(ms) }
}

storeContract('PostgreSQL', fresh)
deskContract('PostgreSQL', fresh)
askedContract('PostgreSQL', fresh)
repairsContract('PostgreSQL', fresh)
