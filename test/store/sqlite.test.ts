import { join } from 'node:path'
import { createSqliteEngine } from '../../src/store/sqlite.ts'
import { temporaryFolder } from '../support/start-process.ts'
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

const fresh: CreateDatabase = async () => {
  const file = join(temporaryFolder(), 'nutgraf.db')
  let ahead = 0
  const clock = () => Date.now() + ahead
  return {
    open: () => createSqliteEngine(file, { clock, pollMs: 20 }),
    advanceClock: async ms => {
      ahead += ms
    },
  }
}

storeContract('node:sqlite', fresh)
deskContract('node:sqlite', fresh)
approvalsContract('node:sqlite', fresh)
draftsContract('node:sqlite', fresh)
documentsContract('node:sqlite', fresh)
peopleContract('node:sqlite', fresh)
buttonsContract('node:sqlite', fresh)
wireContract('node:sqlite', fresh)
pollsContract('node:sqlite', fresh)
itemsToldContract('node:sqlite', fresh)
cardsContract('node:sqlite', fresh)
feedsOutContract('node:sqlite', fresh)
correctionsContract('node:sqlite', fresh)
secondMessagesContract('node:sqlite', fresh)
cleaningContract('node:sqlite', fresh, { runs: 25 })
timeContract('node:sqlite', fresh, { runs: 30 })
revisionsContract('node:sqlite', fresh, { runs: 40 })
