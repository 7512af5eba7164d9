import { afterEach, describe, expect, test } from 'vitest'
import { toPlainText } from '../../src/chat/plain-text.ts'
import { DeliveryError, type Place } from '../../src/chat/platform.ts'
import { startBridgeBot, stopBridgeBots } from '../support/delivery/bridge-bot.ts'
import { dailySubscription } from '../support/delivery/due-rows.ts'

afterEach(stopBridgeBots)

const HOUR = 3_600_000
const event = (id: string, date: string, text: string) => ({
  ...{ id, date, text },
  ...{ confidence: 'medium', sources: [1] },
})
const RUST = event('rust', '2025-12-30', 'An inspection finds rust.')
const WRONG = event('vote', '2026-05-04', 'The council votes on WEDNESDAY.')
const RIGHT = event('vote', '2026-05-04', 'The council votes on Thursday.')
const ENTRY = { on: '2026-05-05', part: 'event:vote', was: 'MITTWOCH', now: 'Donnerstag', why: 'Misread.' }
const CORRECTED = { timeline: [RUST, RIGHT], corrections: [ENTRY] }
/** A place where nothing that was posted can be edited, and one where it can. */
const HOOK: Place = 'fake:hook'
const BOT: Place = 'fake:1'

/** A bot that has posted messages with a wrong event in a place whose messages cannot be edited. */
async function startWrongBot(editions = 1) {
  const bot = await startBridgeBot({ first: { timeline: [RUST, WRONG] } })
  bot.fake.platform.repairs = place => (place === HOOK ? 'second message' : 'edits')
  for (let count = 0; count < editions; count++) {
    await bot.publish('/nutgraf bridge timeline', HOOK)
    bot.advanceClock(HOUR)
  }
  const textsIn = (place: Place) =>
    bot.fake.messages.filter(({ ref }) => ref.place === place).map(({ text }) => text)
  const counts = async () =>
    (await bot.store.corrections.causes()).map(({ repaired, told, pending, impossible }) => ({
      repaired,
      told,
      pending,
      impossible,
    }))
  return { ...bot, textsIn, counts }
}

describe('a correction where nothing can be edited', () => {
  test('is one second message that names the first, and says what is right', async () => {
    const bot = await startWrongBot()
    const edited = await bot.publish('/nutgraf bridge timeline', BOT)
    await bot.writeStory(CORRECTED)
    const [first, second, ...more] = bot.textsIn(HOOK)
    expect(more).toEqual([])
    expect(first).toContain('WEDNESDAY')
    expect(first).not.toContain('CORRECTED')
    expect(second).toMatch(/CORRECTED .* · was: MITTWOCH · now: Donnerstag · why: Misread\./)
    expect(second).toMatch(
      /This is about the message of \w{3} \d+ \w{3} \d{4}, \d\d:\d\d UTC, above\. It can’t be changed there\./,
    )
    expect(bot.messageAt(edited)).toMatchObject({ edits: 1 })
    expect(await bot.counts()).toEqual([{ repaired: 1, told: 1, pending: 0, impossible: 0 }])
    expect(toPlainText(await bot.ask('/nutgraf bridge changes'))).toContain(
      '1 message repaired, 1 told in a second message',
    )
  })

  test('comes once, whoever looks, and after a restart too', async () => {
    const bot = await startWrongBot()
    await bot.writeStory(CORRECTED)
    await bot.look()
    await bot.restart()
    bot.advanceClock(2 * HOUR)
    await bot.look()
    await bot.writeStory({ timeline: [RUST, RIGHT, event('rain', '2026-05-06', 'Rain.')] })
    expect(bot.textsIn(HOOK)).toHaveLength(2)
    expect(bot.editCount()).toBe(0)
  })

  test('of fifty messages in one place is one message, and all fifty are counted', async () => {
    const bot = await startWrongBot(50)
    await bot.writeStory(CORRECTED)
    const texts = bot.textsIn(HOOK)
    expect(texts).toHaveLength(51)
    expect(texts.at(-1)).toMatch(
      /This is about 50 messages above: the message of .*, the message of .*, the message of .*, 47 more\./,
    )
    expect(await bot.counts()).toEqual([{ repaired: 0, told: 50, pending: 0, impossible: 0 }])
  })

  test('names an edition by its title', async () => {
    const bot = await startWrongBot(0)
    await bot.store.subscriptions.save([dailySubscription(HOOK, Date.now() + 9 * HOUR)])
    await bot.writeStory({ timeline: [RUST] })
    await bot.deliverEdition(HOOK)
    await bot.writeStory({ timeline: [RUST, WRONG] })
    await bot.deliverEdition(HOOK)
    await bot.writeStory(CORRECTED)
    expect(bot.textsIn(HOOK)).toHaveLength(3)
    expect(bot.textsIn(HOOK)[1]).toContain('WEDNESDAY')
    expect(bot.textsIn(HOOK)[2]).toMatch(
      /This is about “Morning brief” of \w{3} \d+ \w{3} \d{4}, \d\d:\d\d UTC, above\./,
    )
  })

  test('with a notice is still one message', async () => {
    const bot = await startWrongBot()
    await bot.writeStory({ ...CORRECTED, corrections: [{ ...ENTRY, notice: true }] })
    expect(bot.textsIn(HOOK)).toHaveLength(2)
  })

  test('that was entered before the part was put right is told once', async () => {
    const bot = await startWrongBot()
    await bot.writeStory({ corrections: [ENTRY] })
    expect(bot.textsIn(HOOK)).toHaveLength(2)
    await bot.writeStory({ timeline: [RUST, RIGHT] })
    expect(bot.textsIn(HOOK)).toHaveLength(2)
    expect(await bot.counts()).toEqual([{ repaired: 0, told: 1, pending: 0, impossible: 0 }])
  })

  test('a second correction of the same part is told too, and names the first message', async () => {
    const bot = await startWrongBot()
    await bot.writeStory(CORRECTED)
    bot.advanceClock(5 * HOUR)
    const again = { ...ENTRY, on: '2026-05-06', was: 'Donnerstag', now: 'Freitag', why: 'Moved.' }
    await bot.writeStory({
      timeline: [RUST, event('vote', '2026-05-04', 'The council votes on Friday.')],
      corrections: [ENTRY, again],
    })
    const texts = bot.textsIn(HOOK)
    expect(texts).toHaveLength(3)
    expect(texts[2]).toMatch(/now: Freitag.*This is about the message of/s)
  })
})

describe('a correction that is taken back', () => {
  test('is told in one more message, and put back in another', async () => {
    const bot = await startWrongBot()
    await bot.writeStory(CORRECTED)
    await bot.writeStory({ corrections: [] })
    expect(bot.textsIn(HOOK)).toHaveLength(3)
    expect(bot.textsIn(HOOK)[2]).toMatch(
      /^CORRECTION TAKEN BACK .*no longer applies\..*This is about the message of/s,
    )
    await bot.writeStory({ corrections: [ENTRY] })
    expect(bot.textsIn(HOOK)).toHaveLength(4)
    expect(bot.textsIn(HOOK)[3]).toContain('now: Donnerstag')
    expect(await bot.counts()).toEqual([{ repaired: 0, told: 1, pending: 0, impossible: 0 }])
  })

  test('before anything was posted stays unsaid', async () => {
    const bot = await startWrongBot()
    bot.fake.queueOutcomes('limited', 'limited', 'limited')
    bot.writeStoryUnseen(CORRECTED)
    await bot.pipeline().refresh()
    await bot.writeStory({ corrections: [] })
    expect(bot.textsIn(HOOK).filter(text => text.includes('CORRECTED'))).toEqual([])
    expect(await bot.counts()).toEqual([{ repaired: 0, told: 0, pending: 0, impossible: 0 }])
  })
})

describe('a story that is taken down', () => {
  const down = { withdrawn: { on: '2026-05-06', reason: 'The source took its report back.' } }

  test('is told in a second message without its words, and that it is back in a third', async () => {
    const bot = await startWrongBot(2)
    await bot.writeStory({ meta: down })
    const texts = bot.textsIn(HOOK)
    expect(texts).toHaveLength(3)
    expect(texts[2]).toMatch(
      /^WITHDRAWN 6 May 2026 · this story was taken down: The source took its report back\./,
    )
    expect(texts[2]).not.toContain('rust')
    await bot.writeStory({ meta: {} })
    expect(bot.textsIn(HOOK)).toHaveLength(4)
    expect(bot.textsIn(HOOK)[3]).toMatch(/^RESTORED /)
  })
})

describe('a second message that does not arrive', () => {
  test('is refused for good: the first counts as one that cannot be changed, and the desk can try again', async () => {
    const bot = await startWrongBot()
    bot.fake.queueOutcomes('gone')
    await bot.writeStory(CORRECTED)
    expect(await bot.store.corrections.causes()).toMatchObject([
      { told: 0, impossible: 1, reasons: [{ error: 'The channel is gone.', count: 1 }] },
    ])
    const [second] = (await bot.store.ledger.failedOrUnclear(5)).rows
    expect(await bot.store.ledger.retry(second!.key)).toBe(true)
    await bot.look()
    expect(await bot.counts()).toEqual([{ repaired: 0, told: 1, pending: 0, impossible: 0 }])
    expect(bot.textsIn(HOOK)).toHaveLength(2)
  })

  test('is unclear: it is not posted twice, and is told as unclear', async () => {
    const bot = await startWrongBot()
    bot.fake.platform.findPost = async () => {
      throw new DeliveryError('fake: nobody may look', { outcome: 'unknown' })
    }
    bot.fake.queueOutcomes('cut after')
    await bot.writeStory(CORRECTED)
    expect(bot.textsIn(HOOK)).toHaveLength(2)
    expect(await bot.store.corrections.causes()).toMatchObject([{ told: 0, impossible: 1 }])
    expect(await bot.store.ledger.countByState()).toMatchObject({ doubt: 1 })
    expect(toPlainText(await bot.ask('/nutgraf bridge changes'))).toContain(
      'It is unclear whether a second message about it was posted.',
    )
  })
})
