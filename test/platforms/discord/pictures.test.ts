import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Paint, Place } from '../../../src/chat/platform.ts'
import type { DiscordPlatform } from '../../../src/platforms/discord/discord.ts'
import { connectDiscord, discordPlatformFor } from '../../support/discord/connected-platform.ts'
import { ALL_PERMISSIONS, PERMISSION_BITS } from '../../support/discord/loopback-channels.ts'
import { APP, CHANNEL, GUILD, type Json } from '../../support/discord/payloads.ts'
import { sentenceReply } from '../../support/echo-answer.ts'
import { cardBlock, cardReply, createFakePainter, isPngOf } from '../../support/fake-pictures.ts'
import { type Loopback, startDiscord } from '../../support/loopback/discord.ts'
import { waitUntil } from '../../support/wait-until.ts'

const PLACE: Place = `discord:${GUILD}/${CHANNEL}`
const WORDS = 'see you in court'
const IN_WORDS = '-# ARCHIVED STORY\n> “see you in court”\nSessions\n\n-# 1 of 2'
const POST = 'POST /channels/:id/messages'
const EDIT = 'PATCH /channels/:id/messages/:id'
const CALLBACK = 'POST /interactions/:id/:token/callback'
const REVISE = 'PATCH /webhooks/:id/:token/messages/@original'
let loopback: Loopback
let bot: Awaited<ReturnType<typeof connectDiscord>>
let platform: DiscordPlatform
let painted: ReturnType<typeof createFakePainter>
/** How the bot paints in this test. */
let paint: Paint

beforeAll(async () => {
  loopback = await startDiscord()
  bot = await connectDiscord(loopback, { paint: picture => paint(picture) })
  platform = bot.platform
  await waitUntil(() => loopback.callsTo('PUT /applications/:id/commands').length > 0)
})
afterAll(async () => {
  await platform.stop()
  await loopback.close()
})
let last = 0
beforeEach(() => {
  loopback.messages.length = loopback.calls.length = bot.log.lines.length = 0
  loopback.channelPermissions.delete(CHANNEL)
  loopback.forgetNonces()
  painted = createFakePainter()
  paint = painted
})

/** Makes words that no test had before, so that no picture of them is cached. */
const words = () => `it is over ${++last}`
const files = ({ attachments = [] }: Json): Json[] => attachments
const warnings = () => bot.log.lines.filter(({ level }) => level === 'warn').map(({ message }) => message)
const answerNow = () => [...loopback.responses.values()].at(-1)!

test('a card for its caller alone comes with the first answer: words, and the picture below them', async () => {
  const { type, data } = await loopback.command('/card')
  expect(type).toBe(4)
  expect(data).toMatchObject({ content: IN_WORDS, flags: 64, allowed_mentions: { parse: [] } })
  expect(files(data)).toMatchObject([
    { filename: 'quotation.png', content_type: 'image/png', description: cardBlock(WORDS).alt },
  ])
  expect(isPngOf(files(data)[0]?.bytes, WORDS)).toBe(true)
  expect(loopback.calls.map(({ route }) => route)).toEqual([CALLBACK])
})

test('a button shows a card too, and shared below the words and above the mark', async () => {
  expect(files((await loopback.press('run:/card')).data)).toHaveLength(1)
  expect((await loopback.press('run:/card --public')).data.content).toBe('Posted in this channel.')
  expect(loopback.messages).toMatchObject([
    {
      content: `${IN_WORDS}\n-# Shared by dana`,
      embeds: [{ footer: { text: expect.stringMatching(/^nutgraf · ref/) } }],
      attachments: [{ description: cardBlock(WORDS).alt }],
    },
  ])
  expect(loopback.callsTo(POST)).toHaveLength(1)
})

test('each request names its file by the number of the part that holds it, also an edit', async () => {
  await loopback.command('/card')
  const reference = await platform.post(PLACE, cardReply(words()), { key: 'k' })
  await platform.edit(reference, cardReply(words()), { key: 'k' })
  const withFiles = loopback.calls.filter(call => call.files.length > 0)
  expect(withFiles.map(({ route }) => route)).toEqual([CALLBACK, POST, EDIT])
  // Discord takes these numbers as text too, so only what they say counts.
  for (const { body, files: parts } of withFiles)
    expect(files(body.data ?? body).map(({ id, filename }) => [String(id), filename])).toEqual(
      parts.map(({ index, name }) => [String(index), name]),
    )
})

test('a mention is answered with it', async () => {
  loopback.say(`<@${APP}> card`)
  await waitUntil(() => loopback.messages.length > 1)
  expect(files(loopback.messages[1]!)[0]?.description).toBe(cardBlock(WORDS).alt)
})

test('a corrected message shows the corrected picture, a withdrawn one none', async () => {
  const reference = await platform.post(PLACE, cardReply(words()), { key: 'k' })
  await platform.edit(reference, cardReply('not see you'), { key: 'k' })
  const [message] = loopback.messages
  expect(files(message!)).toHaveLength(1)
  expect(isPngOf(files(message!)[0]?.bytes, 'not see you')).toBe(true)
  await platform.edit(reference, sentenceReply('This story was withdrawn.'), { key: 'k' })
  expect(loopback.messages).toMatchObject([{ content: 'This story was withdrawn.', attachments: [] }])
  expect(await platform.findPost(PLACE, 'k', { since: Date.now() })).toEqual(reference)
})

test('an edit whose picture cannot be painted takes the old one away', async () => {
  const reference = await platform.post(PLACE, cardReply(words()), { key: 'k' })
  paint = () => Promise.reject(new Error('no such letter'))
  await platform.edit(reference, cardReply(words()), { key: 'k' })
  expect(loopback.messages).toMatchObject([{ attachments: [] }])
  expect(warnings()).toEqual(['discord: a reply was sent without its picture'])
})

test('an edit whose picture does not arrive has the right words at once, and no old picture', async () => {
  const reference = await platform.post(PLACE, cardReply('wrong'), { key: 'k' })
  for (const failure of [{ status: 502 }, { cut: 'before' }, { cut: 'after' }] as const) {
    loopback.failNext(EDIT, failure)
    await platform.edit(reference, cardReply(WORDS), { key: 'k' })
    expect(loopback.messages).toMatchObject([{ content: IN_WORDS, attachments: [] }])
  }
  // Where the words do not arrive either, the edit fails, and is tried again later.
  loopback.failNext(EDIT, { status: 502 }, { status: 502 })
  await expect(platform.edit(reference, cardReply(WORDS), { key: 'k' })).rejects.toMatchObject({
    outcome: 'unknown',
    retryInMs: expect.any(Number),
  })
  // A rate limit concerns the whole edit, so it is not repeated without the picture.
  loopback.failNext(EDIT, { status: 429, retryAfter: 1 })
  await expect(platform.edit(reference, cardReply(WORDS), { key: 'k' })).rejects.toMatchObject({
    outcome: 'unsent',
  })
})

test('without the permission the words are posted, once, with their mark', async () => {
  loopback.channelPermissions.set(CHANNEL, ALL_PERMISSIONS & ~PERMISSION_BITS.attach)
  const reference = await platform.post(PLACE, cardReply(WORDS), { key: 'k' })
  expect(loopback.messages).toMatchObject([{ content: IN_WORDS }])
  expect(files(loopback.messages[0]!)).toEqual([])
  expect(await platform.findPost(PLACE, 'k', { since: Date.now() })).toEqual(reference)
  expect(warnings()).toHaveLength(1)
  // Where it may not post at all, the error says so.
  loopback.channelPermissions.set('300000000000000006', 0n)
  await expect(
    platform.post(`discord:${GUILD}/300000000000000006`, cardReply(WORDS), { key: 'k' }),
  ).rejects.toMatchObject({ outcome: 'unsent', human: expect.stringContaining('Send Messages') })
})

test('a post with a picture that fails has the same errors as any post, and is not sent again', async () => {
  loopback.failNext(POST, { cut: 'after' })
  await expect(platform.post(PLACE, cardReply(WORDS), { key: 'k' })).rejects.toMatchObject({
    outcome: 'unknown',
  })
  expect(loopback.callsTo(POST)).toHaveLength(1)
  expect(await platform.post(PLACE, cardReply(WORDS), { key: 'k' })).toMatchObject({
    id: loopback.messages[0]?.id,
  })
  expect(loopback.messages).toHaveLength(1)
})

test('a picture that Discord refuses in an answer leaves the words, and the reason', async () => {
  loopback.failNext(CALLBACK, { status: 403, code: 50013 })
  expect((await loopback.command('/card')).data.content).toBe(
    `${IN_WORDS}\n-# No picture here: nutgraf lacks the permission Attach Files.`,
  )
  loopback.failNext(CALLBACK, { status: 502 })
  expect((await loopback.command('/card')).data.content).toMatch(/The picture could not be made/)
  // Discord's response was lost on the way, but Discord has our answer.
  loopback.failNext(CALLBACK, { cut: 'after' })
  expect(files((await loopback.command('/card')).data)).toHaveLength(1)
  await waitUntil(() => warnings().includes('discord: an interaction had its answer already'))
  const lines = JSON.stringify(bot.log.lines) + bot.log.lines.map(({ details }) => inside(details)).join()
  expect(lines).not.toMatch(/interaction-\d/)
})

const inside = (details: object) => String((details as { err?: unknown }).err)

test('a picture that takes its time comes after the words, below them', async () => {
  const late = Promise.withResolvers<Uint8Array>()
  paint = () => late.promise
  const { data } = await loopback.press('run:/card 1')
  expect(data.content).toContain('“see you in court 1”')
  expect(files(data)).toEqual([])
  late.resolve(await painted(cardBlock('late').picture))
  await waitUntil(() => answerNow().revised)
  expect(answerNow().data).toMatchObject({ content: data.content, flags: 64 })
  expect(files(answerNow().data)).toMatchObject([{ description: cardBlock('see you in court 1').alt }])
  expect(loopback.callsTo(REVISE)[0]?.body.allowed_mentions).toEqual({ parse: [] })
})

test('a picture that cannot be painted leaves the words, and whoever asked alone is told', async () => {
  paint = () => Promise.reject(new Error('no such letter'))
  expect((await loopback.press('run:/card 2')).data.content).toMatch(
    /“see you in court 2”.*The picture could not be made/s,
  )
  // Without a painter there is no warning.
  const plainly = discordPlatformFor(loopback, { log: bot.log })
  await plainly.post(PLACE, cardReply(WORDS), { key: 'plain' })
  expect(loopback.messages).toMatchObject([{ content: IN_WORDS }])
  expect(warnings()).toHaveLength(1)
})

// This test is the last one: it stops the platform.
test('a stop waits for no picture that follows', async () => {
  paint = () => new Promise(() => {})
  await loopback.press('run:/card 9')
  await platform.stop()
  expect(answerNow().data.content).toMatch(/“see you in court 9”.*was not ready in time/s)
})
