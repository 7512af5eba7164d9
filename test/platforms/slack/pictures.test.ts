import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { toPlainText } from '../../../src/chat/plain-text.ts'
import type { Place } from '../../../src/chat/platform.ts'
import { createPictures } from '../../../src/platforms/slack/pictures.ts'
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
  loopback.files.stored.length = loopback.files.processingDelays.length = 0
  loopback.scopes.add('files:write')
  paint = createFakePainter()
  bot = await connectSlack(loopback, { paint })
  platform = bot.platform
})
afterAll(() => bot.platform.stop())

const images = ({ blocks }: Json): Json[] => blocks.filter((block: Json) => block.type === 'image')
const pictureIn = (message: Json) => loopback.files.fileShownIn(message)?.bytes
const warnings = () => bot.log.lines.filter(({ level }) => level === 'warn').map(({ message }) => message)
const responded = async (count = 1): Promise<Json> => {
  await waitUntil(() => loopback.responses.length === count, 5_000)
  return loopback.responses[count - 1]!
}

test('a card for its caller alone comes once, with its description, and its words as text', async () => {
  expect(await loopback.command('/card')).toEqual({})
  const answer = await responded()
  expect(answer).toMatchObject({ response_type: 'ephemeral', replace_original: false })
  expect(answer.text).toBe(toPlainText(cardReply(WORDS)))
  expect(images(answer)).toMatchObject([{ alt_text: cardBlock(WORDS).alt, slack_file: { id: 'F000000001' } }])
  expect(isPngOf(pictureIn(answer)!, WORDS)).toBe(true)
  expect(loopback.files.stored).toMatchObject([{ name: 'quotation.png', completed: true }])
  // Uploaded to no channel: only our messages show it.
  expect(loopback.callsTo('files.completeUploadExternal')[0]?.args.channel_id).toBeUndefined()
  expect(loopback.messages).toEqual([])
})

test('a button shows a card too, beside the message that the button stands under', async () => {
  await loopback.deliver('interactive', loopback.press('/card'))
  const answer = await responded()
  expect(answer).toMatchObject({ response_type: 'ephemeral', replace_original: false })
  expect(isPngOf(pictureIn(answer)!, WORDS)).toBe(true)
})

test('a card that is shared afterwards is the same file, painted and uploaded once', async () => {
  await loopback.command('/card')
  await responded()
  expect(await loopback.command('/card --public')).toMatchObject({ text: 'Posted in this channel.' })
  expect(loopback.messages).toHaveLength(1)
  expect(images(loopback.messages[0]!)).toMatchObject([{ slack_file: { id: 'F000000001' } }])
  expect(loopback.messages[0]?.text).toContain('Shared by Dana')
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
  loopback.files.processingDelays.push(1)
  await platform.post(PLACE, cardReply(WORDS), { key: 'k' })
  expect(loopback.callsTo('chat.postMessage')).toHaveLength(2)
  expect(loopback.messages).toHaveLength(1)
  expect(isPngOf(pictureIn(loopback.messages[0]!)!, WORDS)).toBe(true)
  expect(warnings()).toEqual([])
})

test('where Slack takes too long, a private answer is in words and says to ask again', async () => {
  loopback.files.processingDelays.push(3)
  await loopback.command('/card')
  const answer = await responded()
  expect(answer.text).toMatch(/“see you in court”.*was not ready in time\. Ask again in a moment/s)
  expect(images(answer)).toEqual([])
  expect(warnings()).toHaveLength(1)
  await loopback.command('/card')
  expect(images(await responded(2))).toHaveLength(1)
  expect(loopback.callsTo('files.getUploadURLExternal')).toHaveLength(1)
})

test('a response that is lost on its way comes once more, in words', async () => {
  loopback.failNext('response', { cut: 'before' })
  await loopback.command('/card')
  const answer = await responded()
  expect(answer.text).toMatch(/“see you in court”.*The picture could not be made/s)
  expect(images(answer)).toEqual([])
})

test('without the permission there are words, and a private answer says what to do', async () => {
  loopback.scopes.delete('files:write')
  await loopback.command('/card')
  const answer = await responded()
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
  expect(loopback.callsTo('chat.postMessage')).toHaveLength(2)
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

test('a stop waits for no picture: the words are there at once', async () => {
  const slow = await connectSlack(loopback, { paint: () => new Promise(() => {}) })
  await bot.platform.stop()
  await loopback.command('/card')
  const stopped = slow.platform.stop()
  expect((await responded()).text).toMatch(/“see you in court”.*was not ready in time/s)
  await stopped
})

test('a post with a picture that fails has the same errors as any post, and is not sent again', async () => {
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
  const plainly = await connectSlack(loopback)
  await plainly.platform.post(PLACE, cardReply(WORDS), { key: 'k' })
  expect(loopback.messages.map(({ text }) => text)).toEqual([toPlainText(cardReply(WORDS))])
  expect(plainly.log.lines.filter(({ level }) => level === 'warn')).toEqual([])
  await plainly.platform.stop()
})

test('an answer says that its picture is late, and the picture is ready for the next one', async () => {
  const late = Promise.withResolvers<Uint8Array>()
  const uploads: string[] = []
  const show = createPictures({
    paint: () => late.promise,
    stopping: new AbortController().signal,
    upload: async (team, { name }) => `${team} ${name} ${uploads.push(team)}`,
    log: recordingLog(),
  })
  const ask = (team: string, withinMs: number) =>
    show(
      cardReply(WORDS),
      { team, withinMs, callerOnly: true },
      async (reply, file) => file ?? toPlainText(reply),
    )
  expect(await ask('T1', 20)).toMatch(/“see you in court”.*was not ready in time\. Ask again in a moment/s)
  late.resolve(new Uint8Array(1))
  expect(await ask('T1', 1_000)).toBe('T1 quotation.png 1')
  expect(await ask('T1', 1_000)).toBe('T1 quotation.png 1')
  // A file belongs to one workspace.
  expect(await ask('T2', 1_000)).toBe('T2 quotation.png 2')
})

test('a modal shows a picture as text', () => {
  const view = answerView('x', cardReply(WORDS), { channel: 'C1' })
  expect(images(view)).toEqual([])
  expect(JSON.stringify(view.blocks)).toContain(`“${WORDS}”`)
})
