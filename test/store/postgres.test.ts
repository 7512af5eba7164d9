import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll } from 'vitest'
import { postgres } from '../../src/store/postgres.ts'
import { type LoopbackPostgres, startPostgres } from '../loopback/postgres.ts'
import { askedContract } from './askedcontract.ts'
import { storeContract } from './contract.ts'
import { deskContract } from './deskcontract.ts'
import type { Fresh } from './opening.ts'
import { repairsContract } from './repairscontract.ts'

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
