import { afterEach, expect, test } from 'vitest'
import type { Place } from '../../../src/chat/platform.ts'
import { startBridgeBot, stopBridgeBots } from '../../support/delivery/bridge-bot.ts'
import { bring } from '../../support/wire/bring.ts'
import { feed } from '../../support/wire/items.ts'

afterEach(stopBridgeBots)

const MESSAGES = Number(process.env.MESSAGES ?? 60)

test('a changed headline edits each of many messages once, whoever delivers; a second look is silent', async () => {
  const bot = await startBridgeBot({ feeds: [feed('wqad')] })
  await bring(bot.store, 'aaa', 'Bridge stays shut')
  await bot.followWire()
  for (let number = 0; number < MESSAGES; number++)
    await bot.publish('/nutgraf wire', `fake:${number}` as Place)
  await bring(bot.store, 'aaa', 'Bridge opens', { kind: 'changed' })
  // Half of the work is left to another process: this one stops while it edits.
  bot.pipeline().refresh()
  await expect.poll(bot.editCount, { timeout: 20_000, interval: 2 }).toBeGreaterThan(MESSAGES / 4)
  await bot.restart()
  await bot.look()
  expect(bot.fake.messages.map(({ edits }) => edits)).toEqual(Array(MESSAGES).fill(1))
  expect(bot.fake.messages.every(({ text }) => text.includes('• Bridge opens'))).toBe(true)
  expect(await bot.store.corrections.causes()).toMatchObject([
    { kind: 'item', repaired: MESSAGES, pending: 0, impossible: 0 },
  ])
  await bot.followWire()
  expect(bot.editCount()).toBe(MESSAGES)
})
