import { afterEach, describe, expect, test } from 'vitest'
import { AT_ONCE } from '../../../src/content/digest.ts'
import { planAtOnce, readHours } from '../../../src/digests/at-once.ts'
import type { Subscription } from '../../../src/store/subscriptions.ts'
import { startBridgeBot, stopBridgeBots } from '../../support/delivery/bridge-bot.ts'
import { dailySubscription } from '../../support/delivery/due-rows.ts'
import { bring } from '../../support/wire/bring.ts'
import { feed } from '../../support/wire/items.ts'

afterEach(stopBridgeBots)

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const BREAKING = { name: 'breaking', title: 'Breaking', time: AT_ONCE, days: 'daily', quiet: 'skip' }

async function startBreaking(more: object = {}, subscription: Partial<Subscription> = {}) {
  const bot = await startBridgeBot({
    first: { meta: { wire: { words: ['bridge'], not: ['weather'] } } },
    feeds: [feed('wqad'), feed('ap', { outlet: 'AP' })],
    digests: [{ ...BREAKING, ...more }],
  })
  await bot.store.subscriptions.save([
    dailySubscription('fake:1', Date.parse('9999-12-31T00:00:00Z'), {
      ...{ digest: 'breaking', time: AT_ONCE },
      ...subscription,
    }),
  ])
  const texts = () => bot.fake.messages.map(({ text }) => text)
  return { ...bot, texts }
}

describe('items as they come', () => {
  test('each is a post: the headline, then who reports it and that our desk did not check it', async () => {
    const bot = await startBreaking()
    await bring(bot.store, 'aaa', 'Bridge stays shut')
    await bring(bot.store, 'bbb', 'No such words')
    await bot.followWire()
    expect(bot.texts()).toEqual([
      expect.stringMatching(
        /^Bridge stays shut[^\n]*\n+REPORTED BY WQAD, first seen \w{3} \d+ \w+ \d\d:\d\d · not checked by our desk$/,
      ),
    ])
    await bring(bot.store, 'ccc', 'Bridge opens', { via: 'feed:ap', outlet: 'AP', kind: 'new' })
    await bot.followWire()
    await bot.restart()
    expect(bot.texts()).toHaveLength(2)
  })

  test('a changed headline comes first in its post, with the old words; one that was taken back is gone', async () => {
    const bot = await startBreaking()
    await bring(bot.store, 'aaa', 'Bridge SHUT')
    await bring(bot.store, 'bbb', 'Bridge lies')
    await bot.followWire()
    await bring(bot.store, 'aaa', 'Bridge open', { kind: 'changed' })
    await bring(bot.store, 'bbb', '', { kind: 'changed', state: 'withdrawn' })
    await bot.followWire()
    expect(bot.texts()).toEqual([
      expect.stringMatching(/^HEADLINE CHANGED by WQAD, \d\d:\d\d · was: Bridge SHUT\n[\s\S]*Bridge open/),
      expect.stringMatching(/^WITHDRAWN by WQAD, \d\d:\d\d$/),
    ])
    expect(bot.editCount()).toBe(2)
  })

  test('one that is taken back before it was posted is never posted', async () => {
    const bot = await startBreaking()
    const { post } = bot.fake.platform
    bot.fake.queueOutcomes('limited')
    await bring(bot.store, 'aaa', 'Bridge lies')
    bot.fake.platform.post = async (...posting) => {
      await bring(bot.store, 'aaa', '', { kind: 'changed', state: 'withdrawn' })
      bot.fake.platform.post = post
      return post(...posting)
    }
    await bot.followWire()
    expect(bot.texts()).toEqual([])
  })

  test('what a feed had when it was first asked is no news; nor is what the place was shown already', async () => {
    const bot = await startBreaking()
    await bring(bot.store, 'old', 'Bridge of old', { backlog: true })
    await bring(bot.store, 'aaa', 'Bridge known')
    const view = (await bot.store.wire.items.list({ limit: 9 })).length
    expect(view).toBe(2)
    await bot.followWire()
    expect(bot.texts()).toEqual([expect.stringContaining('Bridge known')])
  })

  test('more than an hour has room for come together', async () => {
    const bot = await startBreaking({ anHour: 3 })
    for (const number of [1, 2, 3, 4, 5]) await bring(bot.store, `i${number}`, `Bridge number ${number}`)
    await bot.followWire()
    expect(bot.texts()).toHaveLength(3)
    expect(bot.texts()[2]).toMatch(
      /^Bridge number 3[\s\S]*• Bridge number 4[\s\S]*• Bridge number 5[\s\S]*3 reports together/,
    )
    await bring(bot.store, 'i6', 'Bridge number 6')
    await bot.followWire()
    expect(bot.texts()).toHaveLength(3)
    bot.advanceClock(HOUR + MINUTE)
    await bot.followWire()
    expect(bot.texts()).toHaveLength(4)
  })

  test('of very many that waited, as many as a phone shows, and the line to all', async () => {
    const hour = new Date().getUTCHours()
    const [from, to] = [hour, (hour + 2) % 24].map(of => `${String(of).padStart(2, '0')}:00`)
    const bot = await startBreaking({ quietHours: `${from}-${to}` })
    for (let number = 0; number < 40; number++) await bring(bot.store, `n${number}`, `Bridge ${number}`)
    await bot.followWire()
    expect(bot.texts()).toEqual([])
    bot.advanceClock(2 * HOUR)
    await bot.followWire()
    expect(bot.texts()).toHaveLength(1)
    expect(bot.texts()[0]!.length).toBeLessThanOrEqual(900)
    expect(bot.texts()[0]).toContain('40 reports together · All 40: /nutgraf wire')
    const shown = await bot.store.ledger.shownParts(bot.fake.messages[0]!.key)
    expect(shown.length).toBeLessThanOrEqual(12)
  })

  test('a place that chose words gets only those', async () => {
    const bot = await startBreaking({}, { words: 'mayor' })
    await bring(bot.store, 'aaa', 'Bridge: what the mayor says')
    await bring(bot.store, 'bbb', 'Bridge: what others say')
    await bot.followWire()
    expect(bot.texts()).toEqual([expect.stringContaining('mayor')])
  })
})

describe('when they come', () => {
  const at = (clock: string) => Date.parse(`2026-05-05T${clock}:00Z`)
  const items = (...clocks: string[]) => clocks.map(clock => ({ arrived: at(clock), clock }))
  const all = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
  const rules = { anHour: 3, quietHours: '22:00-07:00', zone: 'UTC', days: [...all] }
  const plan = (now: string, waiting: { arrived: number }[], posted = 0, more = {}) =>
    planAtOnce(waiting, { posted, now: at(now), rules: { ...rules, ...more } }).map(group => group.length)

  test('not in quiet hours, which may go over midnight; afterwards together', () => {
    expect(plan('23:00', items('22:59'))).toEqual([])
    expect(plan('06:59', items('02:00'))).toEqual([])
    expect(plan('07:00', items('02:00', '03:00', '04:00', '05:00', '06:00'))).toEqual([5])
    expect(plan('21:59', items('21:59'))).toEqual([1])
    expect(plan('13:00', items('13:00'), 0, { quietHours: '12:00-14:00' })).toEqual([])
    expect(plan('14:00', items('14:00'), 0, { quietHours: '12:00-14:00' })).toEqual([1])
  })

  test('not on other days', () => {
    expect(plan('12:00', items('12:00'), 0, { days: ['wed'] })).toEqual([])
    expect(plan('12:00', items('12:00'), 0, { days: ['tue'] })).toEqual([1])
  })

  test('never more than an hour may have', () => {
    expect(plan('12:00', items('12:00', '12:00', '12:00'))).toEqual([1, 1, 1])
    expect(plan('12:00', items('12:00', '12:00', '12:00', '12:00'))).toEqual([1, 1, 2])
    expect(plan('12:00', items('12:00', '12:00'), 2)).toEqual([2])
    expect(plan('12:00', items('12:00'), 3)).toEqual([])
    expect(plan('12:00', [], 0)).toEqual([])
  })

  test('hours are read as they are written', () => {
    expect(readHours('22:00 – 07:00')).toEqual({ from: '22:00', to: '07:00' })
    expect(readHours('late')).toBeUndefined()
  })
})
