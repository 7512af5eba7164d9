import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CorrectionRunOptions } from '../support/delivery/correction-options.ts'
import { runCorrections } from '../support/delivery/correction-run.ts'
import { type LoopbackPostgres, startPostgres } from '../support/loopback/postgres.ts'

let server: LoopbackPostgres
beforeAll(async () => {
  server = await startPostgres()
}, 60_000)
afterAll(() => server?.stop())

const PLATFORMS: CorrectionRunOptions['platform'][] = ['slack', 'discord']
/** `MESSAGES=500` runs it at the size of a newsroom. */
const MESSAGES = Number(process.env.MESSAGES ?? 160)
const NONE = { wronglyEdited: [], editedTwice: [], stillWrong: [] }

describe.concurrent('many messages stand, and what they show was wrong', { timeout: 240_000 }, () => {
  for (const platform of PLATFORMS) {
    test(`on ${platform}: each that shows it is edited once, none else, through failures and kill -9`, async () => {
      const { messages, threads, corrected, laterEdits, withdrawn, deskMessages } = await runCorrections({
        platform,
        messages: MESSAGES,
        kills: { corrected: 1, withdrawn: platform === 'slack' ? 0 : 1 },
      })
      expect(messages).toBeGreaterThanOrEqual(MESSAGES)
      expect(threads).toBeGreaterThan(MESSAGES / 5)
      expect(corrected).toMatchObject({
        ...NONE,
        wrong: MESSAGES / 2,
        edited: MESSAGES / 2,
        limited: expect.any(Number),
      })
      expect(corrected.cause).toMatchObject({ repaired: MESSAGES / 2, pending: 0, impossible: 0 })
      expect(corrected.limited).toBeGreaterThan(0)
      expect(laterEdits).toBe(0)

      const { wrong } = withdrawn
      expect(wrong).toBeGreaterThan(MESSAGES / 40)
      expect(withdrawn).toMatchObject(NONE)
      // One message was deleted, and the bot was removed from the channel of another.
      expect(withdrawn.cause).toMatchObject({ repaired: wrong - 1, pending: 0, impossible: 2 })
      expect(withdrawn.cause.reasons.map(({ error }) => error).sort()).toEqual([
        expect.stringMatching(/^I (?:can’t change my messages in this|am not in that) channel/),
        'The message was deleted.',
      ])
      const notices = deskMessages.filter(text => text.includes('Withdrawn: museum'))
      expect(notices).toHaveLength(1)
      expect(notices[0]).toContain(`${wrong - 1} messages were changed, the last `)
      expect(notices[0]).toContain('2 can’t be changed: 1 × ')
    })
  }

  test('workers on PostgreSQL, of which one has the content later: all the same, each told once in its thread', async () => {
    const databaseUrl = await server.createDatabase()
    const result = await runCorrections({
      ...{ platform: 'discord', messages: 120, databaseUrl, contentDelayMs: 1_500 },
      ...{ kills: { corrected: 1, withdrawn: 0 }, withoutFaults: true, notice: true },
    })
    expect(result.corrected).toMatchObject({ ...NONE, wrong: 60, edited: 60 })
    expect(result.corrected.cause).toMatchObject({ repaired: 60, pending: 0, impossible: 0 })
    expect(result.notices).toHaveLength(60)
    expect(new Set(result.notices).size).toBe(60)
    expect(result.laterEdits).toBe(0)
    expect(result.withdrawn).toMatchObject(NONE)
    expect(result.withdrawn.cause).toMatchObject({ pending: 0, impossible: 2 })
    expect(result.deskMessages.filter(text => text.includes('Withdrawn: museum'))).toHaveLength(1)
  })
})
