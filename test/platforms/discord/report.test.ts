import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { toPlainText } from '../../../src/chat/plain-text.ts'
import { text } from '../../../src/chat/reply.ts'
import { deskNoticeReply } from '../../../src/delivery/desk-notices.ts'
import { startDigestBot } from '../../support/conversations/digest-bot.ts'
import { discordPlatformFor } from '../../support/discord/connected-platform.ts'
import {
  BOT,
  CHANNEL,
  DANA,
  GUILD,
  type Json,
  messageBody,
  submitBody,
} from '../../support/discord/payloads.ts'
import { type Loopback, startDiscord } from '../../support/loopback/discord.ts'
import { recordingLog } from '../../support/recording-log.ts'
import { temporaryFolder } from '../../support/start-process.ts'
import { waitUntil } from '../../support/wait-until.ts'

let loopback: Loopback
let bot: Awaited<ReturnType<typeof startDigestBot>>
let file: string

const startBot = () => {
  const log = recordingLog()
  return startDigestBot(
    (handle, store) =>
      discordPlatformFor(loopback, {
        log,
        commands: handle.commands,
        buttonLines: { save: store.buttonLines.save, find: store.buttonLines.find },
      }),
    log,
    [],
    { file, desk: `discord:${GUILD}/${CHANNEL}` },
  )
}

beforeEach(async () => {
  file = join(temporaryFolder(), 'db')
  loopback = await startDiscord()
  bot = await startBot()
  await waitUntil(() => loopback.callsTo('PUT /applications/:id/commands').length > 0)
})
afterEach(async () => {
  await bot.stop()
  await loopback.close()
})

const contentOf = async (response: Promise<Json>) => (await response).data.content
const buttons = ({ data }: Json): Json[] => data.components?.[0]?.components ?? []

test('the command at a message asks for one sentence, and says what became of it', async () => {
  const message = messageBody('An answer', { author: BOT })
  const { type, data } = await loopback.pick('Report an error', message)
  expect([type, data.title]).toEqual([9, 'Report an error'])
  const sentence = 'Not @everyone but "2018"'
  const answer = await loopback.submit(data, { sentence })
  expect(answer.data).toMatchObject({ flags: 64, content: expect.stringContaining('On its way to the desk') })
  const options = { owner: 'x', leaseMs: 1, max: 9, platforms: ['discord'], pace: () => undefined }
  const [row] = await bot.store.ledger.claim(options)
  expect(toPlainText(deskNoticeReply(row!))).toBe(
    `Reported by dana (discord:${DANA.id}) · the message\n“${sentence}”`,
  )
  expect(row!.selection).toContain(`https://discord.com/channels/${GUILD}/${CHANNEL}/${message.id}`)
  expect(loopback.messages).toEqual([])
  expect(await contentOf(loopback.pick('Report an error', messageBody('Mine')))).toMatch(
    /^That message is not mine/,
  )
})

test('a form whose identifier was forged sends nothing to the desk, and changes nothing', async () => {
  const { data } = await loopback.pick('Report an error', messageBody('An answer', { author: BOT }))
  const ids = ['report:', 'report:1) https://evil.example', 'report:../../1', 'form', 'other:1', '']
  for (const custom_id of ids)
    loopback.deliver('INTERACTION_CREATE', submitBody({ ...data, custom_id }, { sentence: 'Wrong.' }))
  expect(await contentOf(loopback.submit({ ...data, custom_id: 'form:no --public @everyone' }))).toMatch(
    /Nothing was changed/,
  )
  expect(await bot.store.ledger.countByState()).toEqual({})
  expect(await bot.store.subscriptions.list()).toEqual([])
  expect(loopback.messages).toEqual([])
})

test('who may not write in a channel is offered no Share, and shares nothing with --public', async () => {
  const reader = { permissions: String(1n << 10n) }
  const labels = async (fields: object) =>
    buttons(await loopback.command('/span timeline', {}, fields)).map(({ label }) => label)
  expect(await labels({})).toContain('Share to channel')
  expect(await labels(reader)).not.toContain('Share to channel')
  const inThread = { ...reader, permissions: String(1n << 11n), channel: { id: CHANNEL, type: 11 } }
  for (const fields of [reader, inThread])
    expect(await contentOf(loopback.command('/span timeline', { public: true }, fields))).toMatch(
      /^You can’t write in this channel/,
    )
  expect(loopback.messages).toEqual([])
  expect(await contentOf(loopback.command('/span timeline', { public: true }))).toBe(
    'Posted in this channel.',
  )
  expect(loopback.messages[0]?.content).toMatch(/\n-# Shared by dana · asked with `\/span timeline`$/)
})

test('a line too long for its button works after a restart; one that nobody knows any more says so', async () => {
  const words =
    'the bridge stays shut until it is safe and nobody may cross it before the last of its rust is gone'
  const answer = await loopback.command('/nutgraf find', { words, story: 'brigde' })
  const [meant] = buttons(answer)
  expect(meant).toMatchObject({ label: 'bridge', custom_id: expect.stringMatching(/^kept:[\w-]{43}$/) })
  const check = `/quote check "${words}"`
  const reply = { blocks: [text('x')], buttons: [{ label: 'Check', line: check }], parts: [] }
  await bot.platform.post(`discord:${GUILD}/${CHANNEL}`, { ...reply, audience: 'place' }, { key: 'k' })
  const posted = loopback.messages[0]!.components[0].components[0]
  await bot.stop()
  bot = await startBot()
  expect(await contentOf(loopback.press(meant!.custom_id))).toMatch(/Not found with the others/)
  expect(await contentOf(loopback.press(posted.custom_id))).toMatch(/Not found|Differs|Exact/)
  const old = await loopback.press('kept:nobody')
  expect(old.data).toMatchObject({ flags: 64, content: expect.stringMatching(/^This button is too old/) })
  expect(await contentOf(loopback.press('run:/span sources #99'))).toMatch(/^This button is out of date/)
})
