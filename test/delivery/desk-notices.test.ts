import { afterEach, expect, test } from 'vitest'
import { DeliveryError } from '../../src/chat/platform.ts'
import { createNamePlace } from '../../src/delivery/place-name.ts'
import { startBridgeBot, stopBridgeBots } from '../support/delivery/bridge-bot.ts'
import { fakePlatform } from '../support/delivery/fake-platform.ts'

afterEach(stopBridgeBots)

const KNOWN = { post: true, correct: true, look: true, name: '#city-desk' }
const WITHDRAWN = { meta: { withdrawn: { on: '2026-05-05', reason: 'The source withdrew it.' } } }

test('notices to editors name channels, and offer to try again what people can cure', async () => {
  const bot = await startBridgeBot({ desk: 'fake:desk' })
  bot.fake.platform.checkAccess = async () => KNOWN
  const notices = () =>
    bot.fake.messages.filter(({ ref }) => ref.place === 'fake:desk').map(({ text }) => text)
  bot.fake.queueOutcomes('gone')
  await bot.deliverEdition('fake:1')
  await bot.waitUntilSettled()
  expect(notices()).toEqual(['Problem with the digest “morning” in #city-desk on fake: The channel is gone.'])

  bot.fake.platform.edit = async () => {
    const human = 'The thread is locked, so I can’t correct messages in it. A moderator can unlock it.'
    throw new DeliveryError('fake: locked', { outcome: 'unsent', human, curable: true })
  }
  await bot.publish('/nutgraf bridge status')
  await bot.writeStory(WITHDRAWN)
  await bot.waitUntilSettled()
  expect(notices().slice(1)).toEqual([
    expect.stringMatching(
      /^Withdrawn: bridge\. No message was changed\. 1 can’t be changed: 1 × The thread is locked, .* A moderator can unlock it\. Once that is mended, type \/desk retry bridge\/withdrawn:2026-05-05$/,
    ),
  ])
})

test('a place is named by its platform once in ten minutes, and by its id where that does not tell', async () => {
  const { platform } = fakePlatform('discord')
  let asked = 0
  platform.checkAccess = async () => {
    if (++asked === 1) throw new Error('discord: HTTP 500')
    return KNOWN
  }
  const namePlace = createNamePlace(name => (name === 'discord' ? platform : undefined))
  expect(await namePlace('discord:1/2')).toBe('discord:1/2')
  expect(await namePlace('discord:1/2')).toBe('#city-desk on Discord')
  expect(await namePlace('discord:1/2')).toBe('#city-desk on Discord')
  expect(asked).toBe(2)
  expect(await namePlace('slack:T1/C1')).toBe('slack:T1/C1')
})
