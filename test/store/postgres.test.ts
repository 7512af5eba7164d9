import { afterAll, beforeAll } from 'vitest'
import { createPostgresEngine } from '../../src/store/postgres.ts'
import { type LoopbackPostgres, startPostgres } from '../support/loopback/postgres.ts'
import type { CreateDatabase } from '../support/store/open-stores.ts'
import { approvalsContract } from './approvals-contract.ts'
import { buttonsContract } from './buttons-contract.ts'
import { cardsContract } from './cards-contract.ts'
import { cleaningContract } from './cleaning-contract.ts'
import { correctionsContract } from './corrections-contract.ts'
import { deskContract } from './desk-contract.ts'
import { documentsContract } from './documents-contract.ts'
import { draftsContract } from './drafts-contract.ts'
import { feedsOutContract } from './feeds-out-contract.ts'
import { itemsToldContract } from './items-told-contract.ts'
import { peopleContract } from './people-contract.ts'
import { pollsContract } from './polls-contract.ts'
import { revisionsContract } from './revisions-contract.ts'
import { secondMessagesContract } from './second-messages-contract.ts'
import { storeContract } from './store-contract.ts'
import { timeContract } from './time-contract.ts'
import { wireContract } from './wire-contract.ts'

let server: LoopbackPostgres
beforeAll(async () => {
  server = await startPostgres()
}, 60_000)
afterAll(() => server?.stop())

const fresh: CreateDatabase = async () => {
  const url = await server.createSchema()
  return { open: () => createPostgresEngine(url), advanceClock: ms => server.moveClock(url, ms) }
}

storeContract('PostgreSQL', fresh)
deskContract('PostgreSQL', fresh)
approvalsContract('PostgreSQL', fresh)
draftsContract('PostgreSQL', fresh)
documentsContract('PostgreSQL', fresh)
peopleContract('PostgreSQL', fresh)
buttonsContract('PostgreSQL', fresh)
wireContract('PostgreSQL', fresh)
pollsContract('PostgreSQL', fresh)
itemsToldContract('PostgreSQL', fresh)
cardsContract('PostgreSQL', fresh)
feedsOutContract('PostgreSQL', fresh)
correctionsContract('PostgreSQL', fresh)
secondMessagesContract('PostgreSQL', fresh)
cleaningContract('PostgreSQL', fresh, { runs: 5 })
timeContract('PostgreSQL', fresh, { runs: 8 })
revisionsContract('PostgreSQL', fresh, { runs: 6 })
