import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Handlers, Paint } from '../../../src/chat/platform.ts'
import { createPublish } from '../../../src/delivery/publish.ts'
import type { DiscordPlatform } from '../../../src/platforms/discord/discord.ts'
import { discordPlatformFor } from '../../support/discord/connected-platform.ts'
import { APP, type Json } from '../../support/discord/payloads.ts'
import { type Loopback, startDiscord } from '../../support/loopback/discord.ts'
import { bundledAnswers, createButtonLines } from '../../support/platforms/bundled-answers.ts'
import { fakePaint } from '../../support/preview/fake-preview.ts'
import { recordingLog } from '../../support/recording-log.ts'
import { waitUntil } from '../../support/wait-until.ts'

let loopback: Loopback
let platform: DiscordPlatform
let other: Handlers['answer'] | undefined
let paint: Paint = fakePaint
const buttonLines = createButtonLines()

beforeAll(async () => {
  loopback = await startDiscord()
  const log = recordingLog()
  platform = discordPlatformFor(loopback, { log, buttonLines, paint: picture => paint(picture) })
  await platform.start({
    ...bundledAnswers,
    answer: call => (other ?? bundledAnswers.answer)(call),
    publish: createPublish({ platforms: () => [platform], log }),
  })
})
afterAll(async () => {
  await platform.stop()
  await loopback.close()
})
beforeEach(() => {
  other = undefined
  paint = fakePaint
  loopback.privateMessages.length = loopback.messages.length = 0
})

/** The last answer, once it was changed. */
async function changedAnswer(): Promise<Json> {
  const last = () => [...loopback.responses.values()].at(-1)!
  await waitUntil(() => last().revised)
  return last()
}

/** Asks a line through a button of a message, since the commands here are not registered. Resolves with the answer. */
async function ask(line: string): Promise<Json> {
  await loopback.press(`run:${line}`)
  return loopback.privateMessages.at(-1)!
}

describe('in a message that only its reader sees', () => {
  test('three presses on the next page change one message three times', async () => {
    const message = await ask('/lawsuit facts')
    for (const page of [2, 3, 4]) {
      expect((await loopback.pressIn(message, 'Next page')).type).toBe(7)
      expect(message.content).toContain(`Page ${page} of 4`)
    }
    expect(loopback.privateMessages).toHaveLength(1)
    expect(message.edits).toBe(3)
  })

  test('a picked option takes the place of its list, with nothing left of it; and the way back too', async () => {
    const message = await ask('/lawsuit timeline')
    const event = '19 Apr 2018 · 7th Circuit upholds the nationwide block'
    await loopback.pressIn(message, event)
    expect(message.content).toContain('19 Apr 2018')
    expect(message.content).not.toContain('Turning points')
    expect(JSON.stringify(message.components)).not.toContain('Open an event')
    await loopback.pressIn(message, 'Back to the list')
    expect(message.content).toContain('18 events in 2018')
    expect(JSON.stringify(message.components)).toContain('Open an event')
    expect(loopback.privateMessages).toHaveLength(1)
  })

  test('what a page has not, the message has not any more: sources, buttons, picture', async () => {
    const message = await ask('/lawsuit timeline --chart')
    expect(message.attachments).toHaveLength(1)
    message.components = [
      { type: 1, components: [{ type: 2, style: 2, label: 'On', custom_id: 'turn-run:/lawsuit facts' }] },
    ]
    other = () => ({ blocks: [{ kind: 'text', text: ['Only words'] }], parts: [], audience: 'caller' })
    await loopback.pressIn(message, 'On')
    expect(message).toMatchObject({ content: 'Only words', embeds: [], components: [], attachments: [] })
  })

  test('a refusal, and an answer that is no page of the list, leave the list and stand below it', async () => {
    const message = await ask('/lawsuit facts')
    const { content } = message
    for (const custom_id of ['turn-run:/lawsuit facts --page 99', 'run:/lawsuit sources']) {
      message.components = [{ type: 1, components: [{ type: 2, style: 2, label: 'On', custom_id }] }]
      expect((await loopback.pressIn(message, 'On')).type).toBe(4)
    }
    expect(message.content).toBe(content)
    expect(loopback.privateMessages).toHaveLength(3)
  })
})

test('a public message never changes: a press makes a copy for its presser, and that one turns', async () => {
  loopback.say(`<@${APP}> lawsuit facts`)
  const ours = () => loopback.messages.find(({ author }) => author.id === APP)
  await waitUntil(() => ours() !== undefined)
  const message = ours()!
  const before = JSON.stringify(message)
  expect((await loopback.pressIn(message, 'Next page')).type).toBe(4)
  const [copy] = loopback.privateMessages as [Json]
  for (const _ of [3, 4]) await loopback.pressIn(copy, 'Next page')
  expect(loopback.privateMessages).toHaveLength(1)
  expect(copy).toMatchObject({ edits: 2, content: expect.stringContaining('Page 4 of 4') })
  expect(JSON.stringify(message)).toBe(before)
})

test('an option with a long line works, in a message that was posted too', async () => {
  const line = `/nutgraf find ${'bridge '.repeat(30).trim()}`
  const reply = { blocks: [], parts: [], audience: 'place' as const, title: 'List' }
  const menus = [{ label: 'Open', options: [{ label: 'The long one', line }] }]
  await platform.post('discord:200000000000000001/300000000000000001', { ...reply, menus }, { key: 'k' })
  const calls: string[] = []
  other = ({ command, text }) => {
    calls.push(`/${command} ${text}`)
    return { ...reply, audience: 'caller', title: 'Found' }
  }
  await loopback.pressIn(loopback.messages[0]!, 'The long one')
  expect(calls).toEqual([line])
  buttonLines.all.clear()
  const { data } = await loopback.pressIn(loopback.messages[0]!, 'The long one')
  expect(data.content).toContain('This button is too old')
})

describe('a timeline as a picture', () => {
  const EVENT = '7th Circuit upholds the nationwide block'

  test('says its words itself: the message has only its label and its sources', async () => {
    const { content, attachments } = await ask('/lawsuit timeline --chart')
    expect(content).toMatch(/^-# ARCHIVED STORY.*\n-# Sources [\d, ]+ · checked/)
    expect(content).not.toContain(EVENT)
    expect(attachments[0].description).toContain(EVENT)
  })

  test('is words where it cannot be painted, and in a post too', async () => {
    paint = () => Promise.reject(new Error('no such letter'))
    expect((await ask('/lawsuit timeline 2018 --chart')).content).toContain(EVENT)
    await ask('/lawsuit timeline 2018 --chart --public')
    expect(loopback.messages[0]).toMatchObject({ content: expect.stringContaining(EVENT) })
    paint = fakePaint
    await ask('/lawsuit timeline --chart --public')
    expect(loopback.messages[1]!.content).not.toContain(EVENT)
    expect(loopback.messages[1]!.attachments).toHaveLength(1)
  })

  test('that is late takes the place of its words when it comes', async () => {
    const painted = Promise.withResolvers<void>()
    paint = picture => painted.promise.then(() => fakePaint(picture))
    const answering = loopback.press('run:/lawsuit timeline 2017 --chart')
    expect((await answering).data.content).toContain('Chicago sues Sessions')
    painted.resolve()
    const { data } = await changedAnswer()
    expect(data.content).not.toContain('Chicago sues Sessions')
    expect(data.attachments).toHaveLength(1)
  })
})
