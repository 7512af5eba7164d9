import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runTakeBack } from '../support/delivery/take-back-run.ts'
import { type LoopbackPostgres, startPostgres } from '../support/loopback/postgres.ts'

let server: LoopbackPostgres
beforeAll(async () => {
  server = await startPostgres()
}, 60_000)
afterAll(() => server?.stop())

const NONE = { notTakenBack: [], notRestored: [], wronglyEdited: [] }

describe.concurrent('a correction and a withdrawal are taken back, and processes are killed', {
  timeout: 150_000,
}, () => {
  test.each(['slack', 'discord'] as const)(
    'one on the embedded store, to %s: every copy follows',
    async platform => {
      const result = await runTakeBack({ platform, messages: 60, times: 2 })
      expect(result).toMatchObject(NONE)
      expect(result.corrected).toBeGreaterThan(25)
      expect(result.withdrawn).toBeGreaterThan(2)
      expect(result.causes.map(({ repaired, impossible }) => [repaired, impossible]).sort()).toEqual(
        [
          [result.corrected, 0],
          [result.withdrawn, 0],
        ].sort(),
      )
    },
  )

  test('workers on PostgreSQL: every copy follows', async () => {
    const databaseUrl = await server.createDatabase()
    const result = await runTakeBack({ platform: 'discord', messages: 60, times: 2, databaseUrl })
    expect(result).toMatchObject(NONE)
    expect(result.corrected).toBeGreaterThan(25)
    expect(result.withdrawn).toBeGreaterThan(2)
  })
})
