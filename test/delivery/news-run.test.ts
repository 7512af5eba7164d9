import { afterAll, beforeAll, expect, test } from 'vitest'
import { runNews } from '../support/delivery/news-run.ts'
import { type LoopbackPostgres, startPostgres } from '../support/loopback/postgres.ts'

let server: LoopbackPostgres
beforeAll(async () => {
  server = await startPostgres()
}, 60_000)
afterAll(() => server?.stop())

test('content is saved while three processes deliver: each piece of news is told once at each place', {
  timeout: 150_000,
}, async () => {
  const databaseUrl = await server.createDatabase()
  const result = await runNews({ databaseUrl, workers: 3, places: 12, rounds: 5 })
  expect(result).toMatchObject({ lost: [], doubled: [], told: 60, unsettled: 0 })
})
