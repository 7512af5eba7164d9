import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { connect } from '../../../src/store/connect.ts'
import { type LoopbackPostgres, startPostgres } from '../../support/loopback/postgres.ts'
import { temporaryFolder } from '../../support/start-process.ts'
import { runPollKills, wrongItems } from '../../support/wire/poll-kills.ts'

let server: LoopbackPostgres
beforeAll(async () => {
  server = await startPostgres()
}, 60_000)
afterAll(() => server?.stop())

describe('processes are killed while they poll feeds that misbehave', { timeout: 150_000 }, () => {
  test('one on the embedded store: each report is one item, with its last title', async () => {
    const place = { dataDir: temporaryFolder() }
    const run = await runPollKills({ store: place, processes: 1, kills: 5, polls: 200 })
    const store = await connect(place, () => {})
    expect(await wrongItems(store, run)).toEqual([])
    await store.close()
  })

  test('three on PostgreSQL: each report is one item, with its last title', async () => {
    const place = { dataDir: temporaryFolder(), databaseUrl: await server.createDatabase() }
    const run = await runPollKills({ store: place, processes: 3, kills: 5, polls: 200 })
    const store = await connect(place, () => {})
    expect(await wrongItems(store, run)).toEqual([])
    await store.close()
  })
})
