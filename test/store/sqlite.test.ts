import { join } from 'node:path'
import { sqlite } from '../../src/store/sqlite.ts'
import { scratch } from '../support/start-process.ts'
import type { Fresh } from '../support/store/open-stores.ts'
import { askedContract } from './buttons-contract.ts'
import { repairsContract } from './corrections-contract.ts'
import { deskContract } from './desk-contract.ts'
import { storeContract } from './store-contract.ts'

const fresh: Fresh = async () => {
  const file = join(scratch(), 'nutgraf.db')
  let ahead = 0
  const clock = () => Date.now() + ahead
  return {
    open: () => sqlite(file, { clock, look: 20 }),
    pass: async ms => {
      ahead += ms
    },
  }
}

storeContract('node:sqlite', fresh)
deskContract('node:sqlite', fresh)
askedContract('node:sqlite', fresh)
repairsContract('node:sqlite', fresh)
