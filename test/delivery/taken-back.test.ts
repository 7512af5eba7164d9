import { afterEach, describe, expect, test } from 'vitest'
import { toPlainText } from '../../src/chat/plain-text.ts'
import { DeliveryError } from '../../src/chat/platform.ts'
import { storyFiles } from '../support/content/story-files.ts'
import { startBridgeBot, stopBridgeBots } from '../support/delivery/bridge-bot.ts'

afterEach(stopBridgeBots)

const event = (id: string, text: string) => ({
  ...{ id, date: '2026-05-04', text },
  ...{ confidence: 'medium', sources: [1] },
})
const WRONG = event('vote', 'The council votes on WEDNESDAY.')
const RIGHT = event('vote', 'The council votes on Thursday.')
const ENTRY = { on: '2026-05-05', part: 'event:vote', was: 'WEDNESDAY', now: 'Thursday', why: 'Misread.' }
const FIRST = { timeline: [WRONG] }
const CORRECTED = { timeline: [RIGHT], corrections: [ENTRY] }
const DOWN = { withdrawn: { on: '2026-05-06', reason: 'The source took its report back.' } }
const UP = { withdrawn: undefined }
const TAKEN_BACK =
  /CORRECTION TAKEN BACK \w{3} \d+ \w{3} \d{4}, \d\d:\d\d UTC · A correction that was shown here no longer applies\./

describe('a correction that is taken back', () => {
  test('goes from every message that shows it, each once, and the message says so', async () => {
    const bot = await startBridgeBot({ first: FIRST, desk: 'fake:desk' })
    const message = await bot.publish('/nutgraf bridge timeline')
    const other = await bot.publish('/nutgraf bridge quotes')
    await bot.writeStory(CORRECTED)
    const changes = await bot.publish('/nutgraf bridge changes')
    expect(bot.messageAt(changes).text).toContain('Thursday')
    await bot.writeStory({ ...FIRST, corrections: [] })
    expect(bot.messageAt(message)).toMatchObject({ edits: 2 })
    expect(bot.messageAt(message).text).toMatch(TAKEN_BACK)
    expect(bot.messageAt(message).text).not.toMatch(/CORRECTED|was:|Thursday/)
    expect(bot.messageAt(message).text).toContain('WEDNESDAY')
    expect(bot.messageAt(changes)).toMatchObject({ edits: 1 })
    expect(bot.messageAt(changes).text).not.toContain('Thursday')
    expect(bot.messageAt(other)).toMatchObject({ edits: 0 })
    const edits = bot.editCount()
    await bot.look()
    await bot.restart()
    expect(bot.editCount()).toBe(edits)
    const notices = bot.fake.messages.filter(({ ref }) => ref.place === 'fake:desk').map(({ text }) => text)
    expect(notices.at(-1)).toMatch(
      /^Taken back: a correction of bridge\/event:vote\. 2 messages were changed, the last \d+\.\d s after it was known\.$/,
    )
  })

  test('is corrected again once its entry is put back', async () => {
    const bot = await startBridgeBot({ first: FIRST })
    const message = await bot.publish('/nutgraf bridge timeline')
    await bot.writeStory(CORRECTED)
    await bot.writeStory({ ...FIRST, corrections: [] })
    await bot.writeStory(CORRECTED)
    expect(bot.messageAt(message)).toMatchObject({ edits: 3 })
    expect(bot.messageAt(message).text).toContain('was: WEDNESDAY · now: Thursday')
    expect(bot.messageAt(message).text).not.toContain('TAKEN BACK')
  })

  test('edits no message that still waits, neither untried nor refused by its platform', async () => {
    const bot = await startBridgeBot({ first: FIRST })
    const waiting = await bot.publish('/nutgraf bridge timeline')
    const { edit } = bot.fake.platform
    let tries = 0
    bot.fake.platform.edit = async () => {
      tries++
      throw new DeliveryError('fake: 503', { outcome: 'unsent', retryInMs: 60_000 })
    }
    bot.writeStoryUnseen(CORRECTED)
    await bot.pipeline().refresh()
    await expect.poll(() => tries).toBe(1)
    await expect.poll(() => bot.store.ledger.countByState()).toMatchObject({ due: 1 })
    bot.fake.platform.edit = edit
    await bot.writeStory({ ...FIRST, corrections: [] })
    bot.advanceClock(120_000)
    await bot.look()
    await bot.restart()
    expect(bot.messageAt(waiting)).toMatchObject({ edits: 0 })
    expect(await bot.store.ledger.countByState()).toEqual({ sent: 1 })
    expect(await bot.store.faults.list()).toEqual([])
    // It shows the mistake, so it is corrected if the entry is put back after all.
    await bot.writeStory(CORRECTED)
    expect(bot.messageAt(waiting)).toMatchObject({ edits: 1 })
    expect(bot.messageAt(waiting).text).toContain('CORRECTED')
  })

  test('is edited back where nobody knows whether the edit arrived', async () => {
    const bot = await startBridgeBot({ first: FIRST })
    const message = await bot.publish('/nutgraf bridge timeline')
    const { edit } = bot.fake.platform
    let arrived = false
    bot.fake.platform.edit = async (...args) => {
      await edit(...args)
      arrived = true
      throw new DeliveryError('fake: cut', { outcome: 'unknown', retryInMs: 60_000 })
    }
    bot.writeStoryUnseen(CORRECTED)
    await bot.pipeline().refresh()
    await expect.poll(() => arrived).toBe(true)
    await expect.poll(() => bot.store.ledger.countByState()).toMatchObject({ due: 1 })
    bot.fake.platform.edit = edit
    bot.writeStoryUnseen({ ...FIRST, corrections: [] })
    await bot.pipeline().refresh()
    bot.advanceClock(120_000)
    bot.pipeline().wake()
    await bot.waitUntilSettled()
    expect(bot.messageAt(message).text).toMatch(TAKEN_BACK)
    expect(bot.messageAt(message).text).not.toContain('CORRECTED')
  })

  test('is named no more where the entry was only worded anew', async () => {
    const bot = await startBridgeBot({ first: FIRST })
    const message = await bot.publish('/nutgraf bridge timeline')
    await bot.writeStory(CORRECTED)
    await bot.writeStory({ corrections: [{ ...ENTRY, now: 'on Thursday' }] })
    expect(bot.messageAt(message).text).toContain('now: on Thursday')
    expect(bot.messageAt(message).text).not.toContain('TAKEN BACK')
  })

  test('its notice in a thread says that it is gone', async () => {
    const bot = await startBridgeBot({ first: FIRST })
    await bot.publish('/nutgraf bridge timeline')
    await bot.writeStory({ ...CORRECTED, corrections: [{ ...ENTRY, notice: true }] })
    const notice = bot.fake.messages.find(({ key }) => key.startsWith('notice '))!
    expect(notice.text).toContain('now: Thursday')
    await bot.writeStory({ ...FIRST, corrections: [] })
    expect(notice.text).toMatch(TAKEN_BACK)
    expect(notice.text).not.toContain('Thursday')
  })

  test('while it is being edited in, the last word is that it was taken back', async () => {
    const bot = await startBridgeBot({ first: FIRST })
    const message = await bot.publish('/nutgraf bridge timeline')
    const { edit } = bot.fake.platform
    const release = Promise.withResolvers<void>()
    let edits = 0
    bot.fake.platform.edit = async (...args) => {
      if (edits++ === 0) await release.promise
      return edit(...args)
    }
    bot.writeStoryUnseen(CORRECTED)
    await bot.pipeline().refresh()
    await expect.poll(() => edits).toBe(1)
    bot.writeStoryUnseen({ ...FIRST, corrections: [] })
    await bot.pipeline().refresh()
    release.resolve()
    await bot.waitUntilSettled()
    expect(bot.messageAt(message).text).toMatch(TAKEN_BACK)
    expect(bot.messageAt(message).text).not.toContain('CORRECTED ')
  })
})

describe('a story that is put back', () => {
  const ROAD = storyFiles('road', { meta: { title: 'The road to town' } })

  test('every copy shows its words again, once, and its corrections with them', async () => {
    const bot = await startBridgeBot({ first: FIRST, more: ROAD, desk: 'fake:desk' })
    const edition = (await bot.deliverEdition('fake:1'))!
    const answer = await bot.publish('/nutgraf bridge timeline')
    const other = await bot.publish('/nutgraf road timeline')
    const plain = bot.messageAt(await bot.publish('/nutgraf bridge quotes', 'fake:2'))
    const before = { edition: edition.text, plain: plain.text }
    await bot.writeStory(CORRECTED)
    const corrected = bot.messageAt(answer).text
    await bot.writeStory({ meta: DOWN })
    expect(bot.messageAt(answer).text).toMatch(/^WITHDRAWN/)
    expect(edition.text).toContain('WITHDRAWN')
    await bot.writeStory({ meta: UP })
    expect(bot.messageAt(answer).text).toBe(corrected)
    expect(plain.text.replace(/ · corrected 5 May 2026/, '')).toBe(before.plain)
    expect(edition.text).not.toContain('WITHDRAWN')
    expect(edition.text).toContain('The bridge on Main Street')
    expect(bot.messageAt(other)).toMatchObject({ edits: 0 })
    expect(toPlainText(await bot.ask('/nutgraf find council'))).toContain('Thursday')
    const edits = bot.editCount()
    await bot.look()
    await bot.restart()
    expect(bot.editCount()).toBe(edits)
    const notices = bot.fake.messages.filter(({ ref }) => ref.place === 'fake:desk').map(({ text }) => text)
    expect(notices.at(-1)).toMatch(/^Restored: bridge\. 3 messages were changed, the last /)
  })

  test('it can be taken down and put back again and again, also on one day', async () => {
    const bot = await startBridgeBot({ first: FIRST })
    const message = bot.messageAt(await bot.publish('/nutgraf bridge timeline'))
    const words = message.text
    for (let round = 1; round <= 3; round++) {
      const reason = `Reason ${round}.`
      await bot.writeStory({ meta: { withdrawn: { ...DOWN.withdrawn, reason } } })
      expect(message.text).toContain(reason)
      await bot.writeStory({ meta: UP })
      expect(message.text).toBe(words)
    }
    expect(message.edits).toBe(6)
  })

  test('put back while its notices are still on their way, every copy ends with its words', async () => {
    const bot = await startBridgeBot({ first: FIRST })
    const messages = []
    for (let place = 1; place <= 5; place++)
      messages.push(bot.messageAt(await bot.publish('/nutgraf bridge timeline', `fake:${place}`)))
    const words = messages.map(({ text }) => text)
    const { edit } = bot.fake.platform
    const release = Promise.withResolvers<void>()
    let edits = 0
    bot.fake.platform.edit = async (...args) => {
      if (edits++ === 1) await release.promise
      return edit(...args)
    }
    bot.writeStoryUnseen({ meta: DOWN })
    await bot.pipeline().refresh()
    await expect.poll(() => edits).toBeGreaterThan(1)
    bot.writeStoryUnseen({ meta: UP })
    await bot.pipeline().refresh()
    release.resolve()
    await bot.waitUntilSettled()
    expect(messages.map(({ text }) => text)).toEqual(words)
  })

  test('a correction that was entered while it was down reaches its copies when it is back', async () => {
    const bot = await startBridgeBot({ first: FIRST })
    const message = bot.messageAt(await bot.publish('/nutgraf bridge timeline'))
    await bot.writeStory({ meta: DOWN })
    await bot.writeStory(CORRECTED)
    await bot.writeStory({ meta: UP })
    expect(message.text).toContain('was: WEDNESDAY · now: Thursday')
    expect(message.text).toContain('The council votes on Thursday.')
  })
})
