import { join } from 'node:path'
import { sqlite } from '../../src/store/sqlite.ts'
import { scratch } from '../started.ts'
import { storeContract } from './contract.ts'

storeContract('node:sqlite', async () => {
  const file = join(scratch(), 'nutgraf.db')
  let ahead = 0
  const clock = () => Date.now() + ahead
  return {
    open: () => sqlite(file, { clock, look: 20 }),
    pass: async ms => {
      ahead += ms
    },
  }
})
