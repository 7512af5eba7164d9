import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type LoopbackPostgres, startPostgres } from '../../support/loopback/postgres.ts'
import { runItemChanges } from '../../support/wire/item-run.ts'

let server: LoopbackPostgres
beforeAll(async () => {
  server = await startPostgres()
}, 60_000)
afterAll(() => server?.stop())

const MESSAGES = Number(process.env.MESSAGES ?? 40)
const FIRST = /^\W*HEADLINE CHANGED\W+by WQAD, .*was: WRONG HEADLINE/

describe('a report stands in many places', { timeout: 110_000 }, () => {
  const runs = [
    ['slack', 1],
    ['discord', 1],
  ] as const
  test.for(runs)(
    'on %s: its new headline is in each message once, through kill -9',
    async ([platform, kills]) => {
      const databaseUrl = platform === 'discord' ? await server.createDatabase() : undefined
      const run = await runItemChanges({ platform, messages: MESSAGES, kills, databaseUrl })
      expect(run.killed).toBe(kills)
      expect(run.changed).toHaveLength(MESSAGES)
      expect(run.changed.filter(text => !FIRST.test(text) || !text.includes('Right headline'))).toEqual([])
      expect(run.extraEdits).toEqual([])
      expect(
        run.withdrawn.filter(text => !/WITHDRAWN\W+by WQAD/.test(text) || /headline/i.test(text)),
      ).toEqual([])
      expect(run.tookMs).toBeLessThan(30_000)
      expect(run.causes).toMatchObject([
        { cause: 'wire/item:aaa@3', repaired: MESSAGES, pending: 0, impossible: 0 },
        { cause: 'wire/item:aaa@2', repaired: MESSAGES, pending: 0, impossible: 0 },
      ])
    },
  )
})
