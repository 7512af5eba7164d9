import { expect, test } from 'vitest'
import { connect } from '../../../src/store/connect.ts'
import { addressOf, startBot, temporaryFolder } from '../../support/start-process.ts'
import { signCall } from '../../support/wire/sign-call.ts'
import { SIGNED_CALLS } from '../../support/wire/signed-calls.ts'

const KILLS = 2
const standard = SIGNED_CALLS.find(({ name }) => name === 'standard')!

test('a bot that is killed the moment it has said 202 has lost nothing', { timeout: 120_000 }, async () => {
  const dataDir = temporaryFolder()
  const titles: string[] = []
  for (let kill = 0; kill < KILLS; kill++) {
    const bot = startBot({ DATA_DIR: dataDir, CONTENT_DIR: 'content', HOOK_SECRET_STANDARD: standard.secret })
    const address = await addressOf(bot)
    const ended = Promise.withResolvers<void>()
    bot.child.once('exit', () => ended.resolve())
    const send = async (index: number) => {
      const title = `report-${kill}-${index}`
      const body = { type: 'item.published', data: { id: title, title, updated: '2026-08-17T17:31:00Z' } }
      const call = await signCall('standard', body, { at: Date.now(), id: title })
      const { status } = await fetch(`${address}${call.path}`, {
        method: 'POST',
        headers: call.headers,
        body: call.body,
      })
      if (status === 202) titles.push(title)
      // The first answer ends it, in the middle of the others.
      process.kill(-bot.child.pid!, 'SIGKILL')
    }
    await Promise.allSettled(Array.from({ length: 8 }, (_, index) => send(index)))
    await ended.promise
  }
  expect(titles.length).toBeGreaterThanOrEqual(KILLS)
  const store = await connect({ dataDir }, () => {})
  const kept = (await store.wire.items.ofVia('hook:standard', 100)).map(({ title }) => title)
  await store.close()
  expect(kept).toEqual(expect.arrayContaining(titles))
  expect(new Set(kept).size).toBe(kept.length)
})
