import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { toPlainText } from '../../../src/chat/plain-text.ts'
import { DeliveryError, type Place } from '../../../src/chat/platform.ts'
import { withPictureAsText } from '../../../src/chat/reply.ts'
import { createPictures } from '../../../src/platforms/slack/pictures/send.ts'
import type { SlackPlatform } from '../../../src/platforms/slack/slack.ts'
import { answerView } from '../../../src/platforms/slack/view.ts'
import { sentenceReply } from '../../support/echo-answer.ts'
import { cardBlock, cardReply, createFakePainter, isPngOf } from '../../support/fake-pictures.ts'
import { type Loopback, startSlack } from '../../support/loopback/slack.ts'
import { recordingLog } from '../../support/recording-log.ts'
import { connectSlack, slackPlatformFor } from '../../support/slack/connected-platform.ts'
import type { Json } from '../../support/slack/loopback-workspace.ts'
import { waitUntil } from '../../support/wait-until.ts'

const PLACE: Place = 'slack:T1/C1'
const WORDS = 'see you in court'
let loopback: Loopback
let bot: Awaited<ReturnType<typeof connectSlack>>
let platform: SlackPlatform
let paint: ReturnType<typeof createFakePainter>

beforeAll(async () => {
  loopback = await startSlack()
})
afterAll(() => loopback.close())
beforeEach(async () => {
  await bot?.platform.stop()
  loopback.messages.length = loopback.calls.length = loopback.responses.length = 0
  loopback.files.stored.length = loopback.files.processing.next.length = 0
  loopback.scopes.add('files:write')
  paint = createFakePainter()
  bot = await connectSlack(loopback, { paint })
  platform = bot.platform
})
afterAll(() => bot.platform.stop())

const images = ({ blocks }: Json): Json[] => blocks.filter((block: Json) => block.type === 'image')
const pictureIn = (message: Json) => loopback.files.fileShownIn(message)?.bytes
const warnings = () => bot.log.lines.filter(({ level }) => level === 'warn').map(({ message }) => message)
const COMES_LATER = 'The picture comes in your messages with nutgraf.'
const posted = async (count = 1, withinMs = 5_000): Promise<Json> => {
  await waitUntil(() => loopback.messages.length === count, withinMs)
  return loopback.messages[count - 1]!
}
const responded = async (count = 1): Promise<Json> => {
  await waitUntil(() => loopback.responses.length === count)
  return loopback.responses[count - 1]!
}

/** Whether somebody who reads `channel` sees the picture of a message: a file that no message shares is ours alone. */
const isSeenIn = (channel: string, message: Json) =>
  loopback.files.fileShownIn(message)?.sharedIn.has(channel) === true

test('a card for its caller alone: the words at once, and the picture where Slack can show it', async () => {
  const answer = await loopback.command('/card')
  expect(answer).toMatchObject({ response_type: 'ephemeral' })
  expect(answer.text).toBe(`${toPlainText(withPictureAsText(cardReply(WORDS)))}\n\n${COMES_LATER}`)
  expect(images(answer)).toEqual([])
  const message = await posted()
  expect(message).toMatchObject({ channel: 'DU1', text: toPlainText(cardReply(WORDS)) })
  expect(images(message)).toMatchObject([
    { alt_text: cardBlock(WORDS).alt, slack_file: { id: 'F000000001' } },
  ])
  expect(isPngOf(pictureIn(message)!, WORDS)).toBe(true)
  expect(isSeenIn('DU1', message)).toBe(true)
  expect(loopback.files.stored).toMatchObject([{ name: 'quotation.png', completed: true }])
  // Uploaded to no channel: only our messages show it.
  expect(loopback.callsTo('files.completeUploadExternal')[0]?.args.channel_id).toBeUndefined()
  expect(loopback.responses).toEqual([])
})

test('a button shows a card in the same way, beside the message that the button stands under', async () => {
  await loopback.deliver('interactive', loopback.press('/card'))
  const answer = await responded()
  expect(answer).toMatchObject({ response_type: 'ephemeral', replace_original: false })
  expect(answer.text).toContain(COMES_LATER)
  expect(isPngOf(pictureIn(await posted())!, WORDS)).toBe(true)
})

test('nothing that only its caller sees holds a picture that they cannot see', async () => {
  const answers = [await loopback.command('/card')]
  await loopback.deliver('interactive', loopback.press('/card'))
  answers.push(await responded())
  for (const answer of answers) expect(images(answer)).toEqual([])
  await posted(2)
  for (const message of loopback.messages) expect(isSeenIn(message.channel, message)).toBe(true)
})

test('a card that is shared afterwards is the same file, painted and uploaded once', async () => {
  await loopback.command('/card')
  await posted()
  expect(await loopback.command('/card --public')).toMatchObject({ text: 'Posted in this channel.' })
  const shared = await posted(2)
  expect(images(shared)).toMatchObject([{ slack_file: { id: 'F000000001' } }])
  expect(shared.text).toContain('Shared by Dana')
  expect(paint.pictures).toHaveLength(1)
  expect(loopback.callsTo('files.getUploadURLExternal')).toHaveLength(1)
})

test('a mention is answered with it', async () => {
  await loopback.deliver('events_api', loopback.event({ type: 'app_mention', text: '<@UBOT> card' }))
  await waitUntil(() => loopback.messages.length === 1)
  expect(images(loopback.messages[0]!)[0]?.alt_text).toBe(cardBlock(WORDS).alt)
})

test('a corrected message shows the corrected picture, a withdrawn one none', async () => {
  const message = await platform.post(PLACE, cardReply(WORDS), { key: 'k' })
  await platform.edit(message, cardReply('not see you', { corrections: [['CORRECTED']] }))
  expect(isPngOf(pictureIn(loopback.messages[0]!)!, 'not see you')).toBe(true)
  expect(loopback.messages[0]?.text).toContain('CORRECTED')
  await platform.edit(message, sentenceReply('This story was withdrawn.'))
  expect(loopback.messages).toHaveLength(1)
  expect(images(loopback.messages[0]!)).toEqual([])
})

test('until Slack knows that a file is a picture it is asked again, and nothing is posted twice', async () => {
  loopback.files.processing.next.push(1_800)
  await platform.post(PLACE, cardReply(WORDS), { key: 'k', withoutDeadline: true })
  expect(loopback.callsTo('chat.postMessage').length).toBeGreaterThan(2)
  expect(loopback.messages).toHaveLength(1)
  expect(isPngOf(pictureIn(loopback.messages[0]!)!, WORDS)).toBe(true)
  expect(warnings()).toEqual([])
})

test('a post that somebody waits for is in words where Slack takes too long', async () => {
  loopback.files.processing.next.push(60_000)
  await platform.post(PLACE, cardReply(WORDS), { key: 'k' })
  expect(loopback.messages.map(message => images(message).length)).toEqual([0])
  expect(warnings()).toHaveLength(1)
})

test('a post that is tried again waits for its picture for 30 seconds, and is in words after that', async () => {
  let now = 0
  const show = createPictures({
    paint: async () => new Uint8Array(1),
    upload: async () => 'F000000001',
    stopping: new AbortController().signal,
    log: recordingLog(),
    clock: () => now,
  })
  let refusals = 0
  const unprocessed = () =>
    Promise.reject(
      new DeliveryError('x', { outcome: 'unsent', cause: { data: { error: 'invalid_blocks' } } }),
    ).finally(() => refusals++)
  const send = () =>
    show.send(cardReply(WORDS), { team: 'T1', withinMs: 0, triedAgain: true }, async (reply, file) =>
      file === undefined ? toPlainText(reply) : unprocessed(),
    )
  for (now of [0, 10_000, 29_000])
    await expect(send()).rejects.toMatchObject({ outcome: 'unsent', retryInMs: 2_000 })
  now = 30_000
  expect(await send()).toBe(toPlainText(withPictureAsText(cardReply(WORDS))))
  expect(refusals).toBe(4)
})

test('a private card waits for its picture as long as Slack takes, and its words wait for nothing', async () => {
  loopback.files.processing.next.push(2_000)
  expect((await loopback.command('/card')).text).toContain(`“${WORDS}”`)
  expect(loopback.messages).toEqual([])
  expect(isPngOf(pictureIn(await posted(1, 8_000))!, WORDS)).toBe(true)
})

test('a caller with whom Slack opens no conversation is told so, below the words', async () => {
  loopback.failNext('conversations.open', { error: 'invalid_user_combination' })
  expect((await loopback.command('/card')).text).toContain(`“${WORDS}”`)
  expect((await responded()).text).toMatch(/could not send you the picture/)
  expect(loopback.messages).toEqual([])
})

test('a caller to whom the app cannot write is told so, below the words', async () => {
  loopback.failNext('chat.postMessage', { error: 'messages_tab_disabled' })
  expect((await loopback.command('/card')).text).toContain(COMES_LATER)
  expect((await responded()).text).toMatch(/messages tab/i)
})

test('without the permission there are words, and a private answer says what to do', async () => {
  loopback.scopes.delete('files:write')
  const answer = await loopback.command('/card')
  expect(answer.text).toMatch(
    /“see you in court”.*the permission files:write\. An administrator can allow it/s,
  )
  expect(images(answer)).toEqual([])
  await platform.post(PLACE, cardReply(WORDS), { key: 'k' })
  expect(loopback.messages.map(({ text }) => text)).toEqual([toPlainText(cardReply(WORDS))])
  expect(warnings()).toEqual(Array(2).fill('slack: a reply was sent without its picture'))
  const [warning] = bot.log.lines.filter(({ level }) => level === 'warn')
  expect(String((warning!.details as { err: Error }).err)).toContain('files.uploadV2: missing_scope (T1)')
})

test('a picture that cannot be painted, or uploaded, leaves the words, and is tried anew', async () => {
  loopback.failNext('upload', { status: 500 })
  await platform.post(PLACE, cardReply(WORDS), { key: 'k' })
  await platform.post(PLACE, cardReply(WORDS), { key: 'k2' })
  const broken = slackPlatformFor(loopback, {
    log: bot.log,
    appToken: loopback.appToken,
    paint: () => Promise.reject(new Error('no such letter')),
  })
  await broken.post(PLACE, cardReply(WORDS), { key: 'k3' })
  expect(loopback.messages.map(message => images(message).length)).toEqual([0, 1, 0])
  expect(warnings()).toHaveLength(2)
})

test('a post waits for no slow picture: it is there in words, once; but where no command waits for it, it does', async () => {
  const slow = slackPlatformFor(loopback, {
    log: bot.log,
    appToken: loopback.appToken,
    paint: async picture => {
      await sleep(1_300)
      return paint(picture)
    },
  })
  await Promise.all([
    slow.post(PLACE, cardReply(WORDS), { key: 'k' }),
    slow.post(PLACE, cardReply(WORDS), { key: 'patient', withoutDeadline: true }),
  ])
  expect(loopback.messages.map(message => images(message).length)).toEqual([0, 1])
})

test('a command that posts a slow picture is acknowledged in time, and told later what became of it', async () => {
  const late = Promise.withResolvers<void>()
  const slow = await connectSlack(loopback, {
    paint: async picture => {
      await late.promise
      return paint(picture)
    },
    timing: { ack: 30 },
  })
  await bot.platform.stop()
  expect(await loopback.command('/card --public')).toEqual({})
  expect(loopback.messages).toEqual([])
  late.resolve()
  expect(await responded()).toMatchObject({
    response_type: 'ephemeral',
    replace_original: false,
    text: 'Posted in this channel.',
  })
  expect(loopback.messages.map(message => images(message).length)).toEqual([1])
  await slow.platform.stop()
})

test('a stop waits for no picture: the words were there at once, and what was promised is taken back', async () => {
  const slow = await connectSlack(loopback, { paint: () => new Promise(() => {}) })
  await bot.platform.stop()
  expect((await loopback.command('/card')).text).toContain(`“${WORDS}”`)
  const stopped = slow.platform.stop()
  expect((await responded()).text).toMatch(/was not ready in time/)
  await stopped
})

test('a post with a picture that fails has the same errors as any post, and is not sent again', async () => {
  loopback.files.processing.next.push(0)
  loopback.failNext('chat.postMessage', { cut: 'after' })
  await expect(platform.post(PLACE, cardReply(WORDS), { key: 'k' })).rejects.toMatchObject({
    outcome: 'unknown',
  })
  expect(loopback.messages).toHaveLength(1)
  loopback.failNext('chat.postMessage', { error: 'not_in_channel' })
  await expect(platform.post(PLACE, cardReply(WORDS), { key: 'k2' })).rejects.toMatchObject({
    outcome: 'unsent',
    human: expect.stringContaining('/invite'),
  })
  expect(loopback.callsTo('chat.postMessage')).toHaveLength(2)
})

test('a file that somebody deleted is uploaded anew', async () => {
  await platform.post(PLACE, cardReply(WORDS), { key: 'k' })
  loopback.files.stored.length = 0
  await platform.post(PLACE, cardReply(WORDS), { key: 'k2' })
  await platform.post(PLACE, cardReply(WORDS), { key: 'k3' })
  expect(loopback.messages.map(message => isPngOf(pictureIn(message)!, WORDS))).toEqual([true, true, true])
  expect(loopback.callsTo('files.getUploadURLExternal')).toHaveLength(2)
  expect(warnings()).toEqual([])
})

test('a text message that Slack does not let become a picture is corrected as text', async () => {
  const message = await platform.post(PLACE, sentenceReply('In words.'), { key: 'k' })
  loopback.failNext('chat.update', { error: 'block_mismatch' })
  await platform.edit(message, cardReply(WORDS))
  expect(loopback.messages.map(message => images(message).length)).toEqual([0])
  expect(loopback.messages[0]?.text).toContain(`“${WORDS}”`)
})

test('without a painter there are words, and only a private answer says why', async () => {
  await platform.stop()
  const plainly = await connectSlack(loopback)
  expect((await loopback.command('/card')).text).toMatch(/“see you in court”.*could not be made/s)
  await plainly.platform.post(PLACE, cardReply(WORDS), { key: 'k' })
  expect(loopback.messages.map(({ text }) => text)).toEqual([toPlainText(cardReply(WORDS))])
  await plainly.platform.stop()
})

test('a file belongs to one workspace, and is uploaded there once', async () => {
  const uploads: string[] = []
  const pictures = createPictures({
    paint: async () => new Uint8Array(1),
    stopping: new AbortController().signal,
    upload: async (team, { name }) => `${team} ${name} ${uploads.push(team)}`,
    log: recordingLog(),
  })
  const ask = (team: string) =>
    pictures.send(
      cardReply(WORDS),
      { team, withinMs: 1_000 },
      async (reply, file) => file ?? toPlainText(reply),
    )
  await pictures.prepare(cardReply(WORDS), 'T1')
  expect(await ask('T1')).toBe('T1 quotation.png 1')
  expect(await ask('T1')).toBe('T1 quotation.png 1')
  expect(await ask('T2')).toBe('T2 quotation.png 2')
})

test('a modal shows a picture as text', () => {
  const view = answerView('x', cardReply(WORDS), { channel: 'C1' })
  expect(images(view)).toEqual([])
  expect(JSON.stringify(view.blocks)).toContain(`“${WORDS}”`)
})
