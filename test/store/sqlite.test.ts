import { join } from 'node:path'
import { sqlite } from '../../src/store/sqlite.ts'
import { scratch } from '../started.ts'
import { askedContract } from './askedcontract.ts'
import { storeContract } from './contract.ts'
import { deskContract } from './deskcontract.ts'
import type { Fresh } from './opening.ts'
import { repairsContract } from './repairscontract.ts'

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
