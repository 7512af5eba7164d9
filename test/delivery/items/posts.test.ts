import { afterEach, describe, expect, test } from 'vitest'
import { startBridgeBot, stopBridgeBots } from '../../support/delivery/bridge-bot.ts'
import { dailySubscription, minutesAgo } from '../../support/delivery/due-rows.ts'
import { bring } from '../../support/wire/bring.ts'
import { feed } from '../../support/wire/items.ts'

afterEach(stopBridgeBots)

const WORDS = { meta: { wire: { words: ['bridge'], not: [] } } }
const FEEDS = [feed('wqad'), feed('ap', { outlet: 'AP' })]
const AP = { via: 'feed:ap', outlet: 'AP' } as const
const NEWS = {
  ...{ id: 'rust', date: '2025-12-30', text: 'An inspection finds rust.' },
  ...{ confidence: 'medium', sources: [1] },
}
const MORE = { ...NEWS, id: 'paint', date: '2026-05-04', text: 'Painters come.' }

async function startWithNews() {
  const bot = await startBridgeBot({ first: { ...WORDS, timeline: [NEWS] }, feeds: FEEDS })
  await bot.store.subscriptions.save([dailySubscription('fake:1', minutesAgo(-60))])
  await bot.deliverEdition()
  await bot.writeStory({ timeline: [NEWS, MORE] })
  return bot
}

describe('in the news', () => {
  test('a brief ends with what others report of its stories, each told once in a place', async () => {
    const bot = await startWithNews()
    await bring(bot.store, 'aaa', 'Bridge stays shut, says mayor')
    await bring(bot.store, 'bbb', 'Nothing to do with it')
    const brief = (await bot.deliverEdition())!
    expect(brief.text.split('\n')[0]).toBe('4 May 2026: Painters come.')
    expect(brief.text).toMatch(
      /In the news \(not checked by our desk\)\n+• Bridge stays shut, says mayor .*· WQAD, first seen \d\d:\d\d/,
    )
    expect(brief.text).not.toContain('Nothing to do with it')
    expect(await bot.store.ledger.shownParts(brief.key)).toContainEqual({
      part: 'wire/item:aaa',
      revision: 1,
    })
    await bring(bot.store, 'ccc', 'A second bridge opens')
    const next = (await bot.deliverEdition('fake:1', Date.now() + 1))!
    expect(next.text).toContain('A second bridge opens')
    expect(next.text).not.toContain('stays shut')
  })

  test('where our stories have no news, the first headline is the first line, under who reports it', async () => {
    const bot = await startWithNews()
    await bot.deliverEdition()
    await bring(bot.store, 'aaa', 'Bridge stays shut, says mayor')
    await bring(bot.store, 'bbb', 'Bridge to be sold', AP)
    const lines = (await bot.deliverEdition('fake:1', Date.now() + 1))!.text.split(/\n+/)
    expect(lines[0]).toMatch(/^Bridge (stays shut, says mayor|to be sold)/)
    expect(lines[1]).toMatch(/^REPORTED BY (WQAD, AP|AP, WQAD) · not checked by our desk$/)
    expect(lines.join('\n')).toContain('Morning brief')
  })

  test('nothing new in stories and on the wire is no brief', async () => {
    const bot = await startWithNews()
    await bot.deliverEdition()
    await bring(bot.store, 'bbb', 'Nothing to do with it')
    expect(await bot.deliverEdition('fake:1', Date.now() + 1)).toBeUndefined()
  })
})

describe('what an outlet changes', () => {
  test('edits each message that shows it, with the old words and the name of the outlet', async () => {
    const bot = await startWithNews()
    await bring(bot.store, 'aaa', 'Bridge stays shut, says mayor')
    const brief = (await bot.deliverEdition())!
    await bot.followWire()
    const answer = await bot.publish('/nutgraf wire')
    await bring(bot.store, 'aaa', 'Bridge opens in June, says mayor', { kind: 'changed' })
    await bot.followWire()
    for (const message of [brief, bot.messageAt(answer)]) {
      expect(message.edits).toBe(1)
      expect(message.text).toMatch(
        /^HEADLINE CHANGED by WQAD, \d\d:\d\d · was: Bridge stays shut, says mayor$/m,
      )
      expect(message.text).toContain('• Bridge opens in June, says mayor')
    }
    await bot.followWire()
    await bot.restart()
    expect(bot.editCount()).toBe(2)
    expect(await bot.store.corrections.causes()).toMatchObject([
      { cause: 'wire/item:aaa@2', kind: 'item', repaired: 2, pending: 0, impossible: 0 },
    ])
  })

  test('what it took back is replaced everywhere, and nothing of its words is left', async () => {
    const bot = await startWithNews()
    await bring(bot.store, 'aaa', 'Bridge SECRET words')
    const brief = (await bot.deliverEdition())!
    await bot.followWire()
    const answer = await bot.publish('/nutgraf wire')
    await bring(bot.store, 'aaa', 'Bridge SECRET2 words', { kind: 'changed' })
    await bot.followWire()
    await bring(bot.store, 'aaa', '', { kind: 'changed', state: 'withdrawn' })
    await bot.followWire()
    for (const message of [brief, bot.messageAt(answer)]) {
      expect(message.text).toMatch(/• WITHDRAWN by WQAD, \d\d:\d\d/)
      expect(message.text).not.toContain('SECRET')
    }
  })

  test('a report that another outlet stands by stays under its name', async () => {
    const bot = await startWithNews()
    const keys = ['shared:same']
    await bring(bot.store, 'aaa', 'Bridge stays shut', { keys })
    const brief = (await bot.deliverEdition())!
    await bring(bot.store, 'aaa', 'Bridge stays shut', { ...AP, keys, kind: 'joined' })
    await bring(bot.store, 'aaa', '', { keys, kind: 'changed', state: 'withdrawn' })
    await bot.followWire()
    expect(brief.text).toMatch(/• Bridge stays shut .*· AP, .* · withdrawn by WQAD/)
  })

  test('a message that was on its way while the headline changed is edited too', async () => {
    const bot = await startWithNews()
    await bring(bot.store, 'aaa', 'Bridge stays shut')
    const { post } = bot.fake.platform
    bot.fake.platform.post = async (...posting) => {
      await bring(bot.store, 'aaa', 'Bridge opens', { kind: 'changed' })
      bot.fake.platform.post = post
      return post(...posting)
    }
    const brief = (await bot.deliverEdition())!
    await bot.followWire()
    expect(brief.text).toContain('• Bridge opens')
    expect(brief.edits).toBe(1)
  })

  test('a change of something that no message shows concerns nobody', async () => {
    const bot = await startWithNews()
    await bring(bot.store, 'aaa', 'Elsewhere')
    await bring(bot.store, 'aaa', 'Elsewhere again', { kind: 'changed' })
    await bot.followWire()
    expect(await bot.store.corrections.causes()).toEqual([])
  })
})

test('where messages cannot be edited, a second message says what the outlet changed, once', async () => {
  const bot = await startWithNews()
  await bring(bot.store, 'aaa', 'Bridge stays shut')
  await bot.deliverEdition()
  bot.fake.platform.repairs = () => 'second message'
  const before = bot.fake.messages.length
  await bring(bot.store, 'aaa', 'Bridge opens', { kind: 'changed' })
  await bot.followWire()
  await bot.followWire()
  const told = () => bot.fake.messages.slice(before).map(({ text }) => text)
  expect(told()).toHaveLength(1)
  expect(told()[0]).toMatch(/^REPORTED BY WQAD · not checked by our desk/)
  expect(told()[0]).toMatch(/HEADLINE CHANGED by WQAD, \d\d:\d\d · was: Bridge stays shut\n+Bridge opens/)
  await bring(bot.store, 'aaa', '', { kind: 'changed', state: 'withdrawn' })
  await bot.followWire()
  expect(told()[1]).toMatch(/^WITHDRAWN by WQAD, \d\d:\d\d/)
  expect(bot.editCount()).toBe(0)
})
