import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type KillRunOptions, runKills } from '../support/delivery/kill-run.ts'
import { type LoopbackPostgres, startPostgres } from '../support/loopback/postgres.ts'

let server: LoopbackPostgres
beforeAll(async () => {
  server = await startPostgres()
}, 60_000)
afterAll(() => server?.stop())

/** `KILLS=40` kills for longer. */
const KILLS = Number(process.env.KILLS ?? 3)
const NOTHING = { duplicates: [], lost: [], unclear: [], misplaced: [] }
const PLATFORMS: KillRunOptions['platform'][] = ['slack', 'discord']

describe.concurrent('processes are killed while they deliver', { timeout: 240_000 }, () => {
  for (const platform of PLATFORMS) {
    test(`one on the embedded store, to ${platform}: each part of each edition arrives once`, async () => {
      expect(await runKills({ platform, kills: KILLS })).toMatchObject({ ...NOTHING, expected: 4 * KILLS })
    })

    test(`workers on PostgreSQL, to ${platform}: each part of each edition arrives once`, async () => {
      const databaseUrl = await server.createDatabase()
      expect(await runKills({ platform, databaseUrl, kills: KILLS })).toMatchObject({
        ...NOTHING,
        expected: 4 * KILLS,
      })
    })

    test(`where ${platform} lets nobody look, a post in the middle stays in doubt and is told once`, async () => {
      const result = await runKills({
        platform,
        kills: 2,
        subscriptionsPerKill: 1,
        historyHidden: true,
        moments: ['killed after', 'killed before'],
      })
      // One was posted, the other was not, and nobody can know which. Their thread replies are not posted either.
      expect(result.duplicates).toEqual([])
      expect(result.unclear).toHaveLength(4)
      expect(result.deskMessages).toHaveLength(2)
      for (const notice of result.deskMessages) expect(notice).toContain('In doubt')
    })
  }
})
