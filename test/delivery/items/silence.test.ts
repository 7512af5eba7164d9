import { afterEach, expect, test } from 'vitest'
import { startBridgeBot, stopBridgeBots } from '../../support/delivery/bridge-bot.ts'
import { dailySubscription, minutesAgo } from '../../support/delivery/due-rows.ts'
import { bring } from '../../support/wire/bring.ts'
import { setFeedState } from '../../support/wire/feed-states.ts'
import { feed } from '../../support/wire/items.ts'

afterEach(stopBridgeBots)

const HOUR = 3_600_000
const NAMES = ['a', 'b', 'c', 'd', 'e']

async function startQuiet(quiet: 'skip' | 'note') {
  const bot = await startBridgeBot({
    first: { meta: { wire: { words: ['bridge'], not: [] } } },
    feeds: NAMES.map(name => feed(name, { outlet: `Outlet ${name}` })),
  })
  let slot = Date.now()
  const brief = async () => (await bot.deliverEdition('fake:1', ++slot))?.text
  const reach = async (...names: string[]) => {
    for (const name of names) await setFeedState(bot.store, name, { reachedAt: Date.now() + 1 })
  }
  const fail = async (...names: string[]) => {
    for (const name of names)
      await setFeedState(bot.store, name, { reachedAt: Date.now() - 3 * HOUR, failures: 9 })
  }
  await bot.store.subscriptions.save([dailySubscription('fake:1', minutesAgo(-60), { quiet })])
  await reach(...NAMES)
  expect(await brief()).toContain('The bridge on Main Street')
  return { ...bot, brief, reach, fail }
}

test('a quiet day with all feeds reached is quiet', async () => {
  const { brief } = await startQuiet('skip')
  expect(await brief()).toBeUndefined()
})

test('where a place wants a line, it says how many were reached', async () => {
  const { brief } = await startQuiet('note')
  expect(await brief()).toMatch(/^Nothing new since \w{3} \d\d:\d\d · 1 story · 5 of 5 feeds reached/)
})

test('two of five feeds were down: it is said even on quiet days, once, and once when it is over', async () => {
  const { brief, fail, reach } = await startQuiet('skip')
  await fail('b', 'd')
  const told = await brief()
  expect(told).toMatch(
    /^2 of 5 feeds not reached since .*\d\d:\d\d: Outlet b, Outlet d · 1 story without news/,
  )
  expect(told).not.toContain('Nothing new')
  expect(await brief()).toBeUndefined()
  await reach('b')
  expect(await brief()).toBeUndefined()
  await reach('d')
  expect(await brief()).toMatch(/all 5 feeds are reached again/)
  expect(await brief()).toBeUndefined()
})

test('where a place wants a line each day, none says “nothing new” while a feed is down', async () => {
  const { brief, fail } = await startQuiet('note')
  await fail('b')
  expect(await brief()).toMatch(/^1 of 5 feeds not reached since/)
  expect(await brief()).toMatch(/^1 of 5 feeds not reached since/)
})

test('a brief with news says it too, once', async () => {
  const { brief, fail, store } = await startQuiet('skip')
  await fail('b')
  await bring(store, 'aaa', 'Bridge stays shut', { via: 'feed:a', outlet: 'Outlet a' })
  expect(await brief()).toMatch(/Bridge stays shut[\s\S]*1 of 5 feeds not reached since .*: Outlet b/)
  await bring(store, 'bbb', 'Bridge opens', { via: 'feed:a', outlet: 'Outlet a' })
  expect(await brief()).not.toContain('not reached')
})
