import { afterEach, describe, expect, test } from 'vitest'
import { stopBridgeBots } from '../../support/delivery/bridge-bot.ts'
import { DESK, startCardBot } from '../../support/wire/card-bot.ts'

afterEach(stopBridgeBots)

const HOUR = 3_600_000

describe('cards of the desk', () => {
  test('an item that matches a story stands once in the channel of the desk, with the words that matched', async () => {
    const bot = await startCardBot()
    await bot.bring('aaa', 'Bridge on Main Street stays shut', {
      published: Date.parse('2026-05-30T10:02:00Z'),
    })
    await bot.bring('bbb', 'No such words')
    await bot.bring('ccc', 'Bridge in bad weather')
    await bot.followWire()
    expect(bot.texts()).toEqual([
      expect.stringMatching(
        /^WQAD: Bridge on Main Street stays shut\n+bridge: “bridge”, “main street” · Sat 30 May 10:02$/,
      ),
    ])
    // Another outlet brings the same report, and other processes look too.
    await bot.bring('aaa', 'Bridge on Main Street stays shut', {
      via: 'feed:ap',
      outlet: 'AP',
      kind: 'joined',
    })
    await bot.followWire()
    await bot.restart()
    expect(bot.texts()).toHaveLength(1)
  })

  test('none of what was there before, was taken back, is held or came unsigned', async () => {
    const bot = await startCardBot()
    await bot.bring('old', 'Bridge of old', { backlog: true })
    await bot.bring('hld', 'Bridge of tomorrow', { heldUntil: Date.now() + HOUR })
    await bot.bring('dra', 'Bridge unsigned', { state: 'draft' })
    await bot.bring('wdr', 'Bridge lies')
    await bot.bring('wdr', '', { kind: 'changed', state: 'withdrawn' })
    await bot.followWire()
    expect(bot.texts()).toEqual([])
    expect(await bot.store.cards.countWaiting()).toBe(0)
    bot.advanceClock(HOUR + 1_000)
    await bot.store.wire.release()
    await bot.followWire()
    expect(bot.texts()).toEqual([expect.stringContaining('WQAD: Bridge of tomorrow')])
  })

  test('a crash after the post doubles nothing', async () => {
    const bot = await startCardBot()
    bot.fake.queueOutcomes('cut after')
    await bot.bring('aaa', 'Bridge stays shut')
    await bot.followWire()
    expect(bot.texts()).toHaveLength(1)
    expect(bot.fake.searchedKeys).toContain(`${DESK} card:aaa`)
  })

  test('what its outlet changes is told on the card; of what it takes back nothing is left', async () => {
    const bot = await startCardBot()
    await bot.bring('aaa', 'Bridge SHUT')
    await bot.bring('bbb', 'Bridge lies')
    await bot.followWire()
    await bot.bring('aaa', 'Bridge open', { kind: 'changed' })
    await bot.bring('bbb', '', { kind: 'changed', state: 'withdrawn' })
    await bot.followWire()
    expect(bot.texts()).toEqual([
      expect.stringMatching(
        /^HEADLINE CHANGED by WQAD, \d\d:\d\d · was: Bridge SHUT\n[\s\S]*WQAD: Bridge open/,
      ),
      expect.stringMatching(/^WITHDRAWN by WQAD, \d\d:\d\d$/),
    ])
  })

  test('what is decided stands on the card, also where that happened while it was posted', async () => {
    const bot = await startCardBot()
    await bot.bring('aaa', 'Bridge stays shut')
    const decision = { who: 'fake:u', name: 'Dana', at: Date.now() }
    const { post } = bot.fake.platform
    bot.fake.platform.post = async (...posting) => {
      await bot.store.cards.change({ item: 'aaa', revision: 0, decision })
      bot.fake.platform.post = post
      return post(...posting)
    }
    await bot.followWire()
    expect(bot.texts()).toEqual([expect.not.stringContaining('Ignored')])
    await bot.look()
    await bot.restart()
    expect(bot.texts()).toEqual([expect.stringMatching(/Ignored by Dana, \d\d:\d\d/)])
    expect(bot.editCount()).toBe(1)
  })

  test('more than an hour has room for come together, a line each, as many as a phone shows', async () => {
    const bot = await startCardBot()
    for (let number = 1; number <= 40; number++) await bot.bring(`n${number}`, `Bridge number ${number}`)
    await bot.followWire()
    expect(bot.texts()).toHaveLength(12)
    expect(bot.texts()[11]).toMatch(
      /^29 reports for the desk\n[\s\S]*• WQAD: Bridge number 12[^\n]* · bridge: “bridge”\n[\s\S]*All 29: \/desk cards/,
    )
    expect(bot.texts()[11]!.length).toBeLessThanOrEqual(900)
    expect(await bot.store.cards.countWaiting()).toBe(40)
    await bot.bring('n41', 'Bridge number 41')
    await bot.followWire()
    expect(bot.texts()).toHaveLength(12)
    bot.advanceClock(HOUR + 60_000)
    await bot.followWire()
    expect(bot.texts()).toHaveLength(13)
    await bot.store.cards.change({
      ...{ item: 'n13', revision: 0 },
      decision: { who: 'fake:u', name: 'Dana', at: Date.now() },
    })
    await bot.restart()
    expect(bot.texts()[11]).toMatch(/Bridge number 13[^\n]* · Ignored by Dana, /)
  })

  test('a correction of the event reaches its card, and of a story that is taken down nothing is left', async () => {
    const event = { id: 'shut', date: '2026-05-04', text: 'It is shut.', confidence: 'medium', sources: [1] }
    const bot = await startCardBot({ timeline: [event] })
    await bot.bring('aaa', 'Bridge stays shut')
    await bot.followWire()
    const added = { key: 'k', story: 'bridge', id: 'shut' }
    const decision = { who: 'fake:u', name: 'Dana', at: Date.now(), added }
    await bot.store.cards.change({ item: 'aaa', revision: 0, decision })
    await bot.restart()
    expect(bot.texts()).toEqual([
      expect.stringMatching(/Added to bridge by Dana, \d\d:\d\d · event “4 May: It is shut\.”$/),
    ])
    await bot.writeStory({
      timeline: [{ ...event, text: 'It is closed.' }],
      corrections: [{ on: '2026-05-05', part: 'event:shut', was: 'shut', now: 'closed', why: 'Wrong word.' }],
    })
    expect(bot.texts()).toEqual([
      expect.stringMatching(/^CORRECTED [^\n]*was: shut · now: closed[\s\S]*event “4 May: It is closed\.”$/),
    ])
    await bot.writeStory({ meta: { withdrawn: { on: '2026-05-06', reason: 'Wrong person.' } } })
    expect(bot.texts()[0]).toMatch(/Wrong person\.$/)
    expect(bot.texts()[0]).not.toMatch(/closed|shut/)
  })

  test('a process whose content does not have the event yet draws the card once it has', async () => {
    const bot = await startCardBot()
    await bot.bring('aaa', 'Bridge stays shut')
    await bot.followWire()
    const added = { key: 'k', story: 'bridge', id: 'shut' }
    const decision = { who: 'fake:u', name: 'Dana', at: Date.now(), added }
    await bot.store.cards.change({ item: 'aaa', revision: 0, decision })
    await bot.store.cards.showChanges(place => place)
    await bot.store.notify()
    await expect
      .poll(async () => (await bot.store.ledger.find(`${DESK} card:aaa`))?.error)
      .toContain('the content here does not have the event of a card yet')
    expect(bot.texts()[0]).not.toContain('Added')
    const event = { id: 'shut', date: '2026-05-04', text: 'It is shut.', confidence: 'medium', sources: [1] }
    await bot.writeStory({ timeline: [event] })
    expect(bot.texts()[0]).toMatch(/Added to bridge by Dana, \d\d:\d\d · event “4 May: It is shut\.”$/)
  })

  test('without a channel of the desk there are none', async () => {
    const bot = await startCardBot()
    await bot.restart({ cardPlace: undefined })
    await bot.bring('aaa', 'Bridge stays shut')
    await bot.followWire()
    expect(await bot.store.cards.countWaiting()).toBe(0)
  })
})
