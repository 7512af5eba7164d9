import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Killing, killing } from '../support/delivery/kill-run.ts'
import { type LoopbackPostgres, startPostgres } from '../support/loopback/postgres.ts'

let server: LoopbackPostgres
beforeAll(async () => {
  server = await startPostgres()
}, 60_000)
afterAll(() => server?.stop())

const NOTHING = { doubled: [], lost: [], doubt: [], astray: [] }
const PLATFORMS: Killing['platform'][] = ['slack', 'discord']

describe.concurrent('processes are killed while they deliver', { timeout: 150_000 }, () => {
  for (const platform of PLATFORMS) {
    test(`one on the embedded store, to ${platform}: each part of each edition arrives once`, async () => {
      expect(await killing({ platform, kills: 7 })).toMatchObject({ ...NOTHING, wished: 28 })
    })

    test(`workers on PostgreSQL, to ${platform}: each part of each edition arrives once`, async () => {
      const databaseUrl = await server.database()
      expect(await killing({ platform, databaseUrl, kills: 7 })).toMatchObject({ ...NOTHING, wished: 28 })
    })

    test(`where ${platform} lets nobody look, a post in the middle stays in doubt and is told once`, async () => {
      const seen = await killing({
        platform,
        kills: 2,
        wave: 1,
        blind: true,
        moments: ['killed after', 'killed before'],
      })
      // One stands there, one does not; nobody could know which. What hangs on them is not posted either.
      expect(seen.doubled).toEqual([])
      expect(seen.doubt).toHaveLength(4)
      expect(seen.desk).toHaveLength(2)
      for (const told of seen.desk) expect(told).toContain('In doubt')
    })
  }
})
