import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { DeliveryError, Place } from '../../../src/chat/platform.ts'
import type { DiscordPlatform } from '../../../src/platforms/discord/discord.ts'
import { deliveryError } from '../../../src/platforms/discord/errors.ts'
import { REFUSALS } from '../../../src/platforms/discord/refusals.ts'
import { connectDiscord } from '../../support/discord/connected-platform.ts'
import { ALL_PERMISSIONS, MANAGE_THREADS, PERMISSION_BITS } from '../../support/discord/loopback-channels.ts'
import { APP, BOT, CHANNEL, GUILD, snowflake } from '../../support/discord/payloads.ts'
import { sentenceReply } from '../../support/echo-answer.ts'
import { type Loopback, startDiscord } from '../../support/loopback/discord.ts'
import { waitUntil } from '../../support/wait-until.ts'

const POST = 'POST /channels/:id/messages'
const THREAD = '300000000000000020'
const IN_THREAD: Place = `discord:${GUILD}/${THREAD}`
const HOUR_MS = 3_600_000
let loopback: Loopback
let platform: DiscordPlatform

beforeAll(async () => {
  loopback = await startDiscord()
  ;({ platform } = await connectDiscord(loopback))
  loopback.threads.set(THREAD, CHANNEL)
})
afterAll(async () => {
  await platform.stop()
  await loopback.close()
})
beforeEach(() => {
  loopback.messages.length = loopback.calls.length = 0
  loopback.channelPermissions.delete(CHANNEL)
  loopback.threadStates.clear()
  loopback.forgetNonces()
  loopback.server.activeThreadsAreFull = false
  loopback.oldEdits.left = Number.POSITIVE_INFINITY
})

const ours = () => loopback.messages.filter(({ author }) => author.id === BOT.id)
const placeOf = (id: string): Place => `discord:${GUILD}/${id}`
const errorOf = async (work: Promise<unknown>): Promise<DeliveryError> => {
  const cause = await work.catch((reason: unknown) => reason)
  expect(cause).toMatchObject({ name: 'DeliveryError' })
  return cause as DeliveryError
}

test('without Read Message History a mention is answered as a message of its own, once', async () => {
  loopback.channelPermissions.set(CHANNEL, ALL_PERMISSIONS & ~PERMISSION_BITS.history)
  loopback.say(`<@${APP}> lawsuit status`)
  await waitUntil(() => ours().length > 0)
  expect(ours()).toMatchObject([{ content: 'nutgraf: lawsuit status' }])
  expect(ours()[0]?.message_reference).toBeUndefined()
  const [asReply, alone] = loopback.callsTo(POST)
  expect(asReply?.body.message_reference).toBeDefined()
  // Nothing was sent at first, so Discord may take the repeat for the same message.
  expect(alone?.body.nonce).toBe(asReply?.body.nonce)
})

describe('a correction in a thread', () => {
  const postOld = async () => {
    const ref = await platform.post(IN_THREAD, sentenceReply('wrong'), { key: snowflake() })
    loopback.threadStates.set(THREAD, { archived: true })
    return ref
  }

  test('that is archived opens it', async () => {
    const ref = await postOld()
    await platform.edit(ref, sentenceReply('right'))
    expect(ours()).toMatchObject([{ content: 'right' }])
    expect(loopback.callsTo('PATCH /channels/:id').map(({ body }) => body)).toEqual([{ archived: false }])
    await platform.edit(ref, sentenceReply('right again'))
    expect(loopback.callsTo('PATCH /channels/:id')).toHaveLength(1)
  })

  test.each([true, false])('that is locked says so, and what can be done (archived: %s)', async archived => {
    const ref = await postOld()
    loopback.threadStates.set(THREAD, { archived, locked: true })
    expect(await errorOf(platform.edit(ref, sentenceReply('right')))).toMatchObject({
      outcome: 'unsent',
      human: 'The thread is locked, so I can’t correct messages in it. A moderator can unlock it.',
      curable: true,
    })
    loopback.channelPermissions.set(CHANNEL, ALL_PERMISSIONS | MANAGE_THREADS)
    await platform.edit(ref, sentenceReply('right'))
    expect(ours()).toMatchObject([{ content: 'right' }])
  })

  test('waits while the server has as many active threads as it may have', async () => {
    const ref = await postOld()
    loopback.server.activeThreadsAreFull = true
    const failure = await errorOf(platform.edit(ref, sentenceReply('right')))
    expect(failure).toMatchObject({
      outcome: 'unsent',
      retryInMs: 600_000,
      human: expect.stringMatching(/as many active threads/),
    })
    loopback.server.activeThreadsAreFull = false
    await platform.edit(ref, sentenceReply('right'))
    expect(ours()).toMatchObject([{ content: 'right' }])
  })
})

test('too many edits of old messages wait as long as Discord says, with the reason, and hold up nothing else', async () => {
  const place = placeOf('300000000000000030')
  const ref = await platform.post(place, sentenceReply('wrong'), { key: 'old' })
  loopback.messages[0]!.timestamp = new Date(Date.now() - HOUR_MS - 1).toISOString()
  Object.assign(loopback.oldEdits, { left: 0, retryAfter: 900 })
  expect(await errorOf(platform.edit(ref, sentenceReply('right')))).toMatchObject({
    outcome: 'unsent',
    retryInMs: 900_000,
    human: 'Discord limits edits of messages older than an hour. I go on as soon as it lets me.',
  })
  const fresh = await platform.post(place, sentenceReply('new'), { key: 'new' })
  await platform.edit(fresh, sentenceReply('new, edited'))
  loopback.oldEdits.left = 1
  await platform.edit(ref, sentenceReply('right'))
  expect(ours().map(({ content }) => content)).toEqual(['right', 'new, edited'])
})

test('a message that was deleted within minutes is not posted again: that was somebody’s wish', async () => {
  await platform.post(placeOf(CHANNEL), sentenceReply('x'), { key: 'deleted' })
  loopback.messages.length = 0
  expect(
    await errorOf(platform.post(placeOf(CHANNEL), sentenceReply('x'), { key: 'deleted' })),
  ).toMatchObject({
    outcome: 'unsent',
    human: 'The message was deleted.',
  })
})

test('a nonce is the same in every channel, so no two posts share one', async () => {
  const first = await platform.post(placeOf(CHANNEL), sentenceReply('x'), { key: 'answer a 1' })
  const second = await platform.post(placeOf('300000000000000002'), sentenceReply('x'), { key: 'answer b 1' })
  expect(second.id).not.toBe(first.id)
})

/** What Discord’s documentation says of each code, as far as a post or an edit may meet it. */
const PASSES = [
  20016, 20022, 20028, 20029, 30046, 40003, 40004, 40006, 40062, 110000, 110001, 130000, 160006, 160007,
]
const CURABLE = [
  10003, 10004, 20009, 40001, 50001, 50007, 50009, 50013, 50014, 50083, 50278, 160005, 200000, 200001, 240000,
]
const FINAL = [10008, 40058, 50005, 50006, 50008, 50024, 50035, 50074, 160002]

test('every refusal that we know passes, can be cured, or is final', () => {
  expect(Object.keys(REFUSALS).map(Number)).toEqual([...PASSES, ...CURABLE, ...FINAL].sort((a, b) => a - b))
})

const editWith = (code: number, status = 400) =>
  deliveryError(
    Object.assign(new Error('loopback'), { code, status }),
    'PATCH /channels/1/messages/2',
    'a place',
  )

test.each(PASSES)('%i is tried again, and its reason can be told', code => {
  const { retryInMs = 0, human, outcome } = editWith(code)
  expect(outcome).toBe('unsent')
  expect(retryInMs).toBeGreaterThanOrEqual(60_000)
  expect(human).toMatch(/\.$/)
})

test.each([...CURABLE, ...FINAL])('%i says why, without advice to try at once', code => {
  const { retryInMs, human, curable } = editWith(code)
  expect({ retryInMs, curable: curable ?? false }).toEqual({
    retryInMs: undefined,
    curable: CURABLE.includes(code),
  })
  expect(human).toMatch(/\.$/)
  // An edit is not a post: what people read of it must not speak of posting.
  if ([50001, 50013, 160005, 10003].includes(code)) expect(human).not.toMatch(/post/)
})

test('a refusal that nobody knows is final, and says nothing that may be wrong', () => {
  expect(editWith(999_999)).toMatchObject({
    retryInMs: undefined,
    human: undefined,
    curable: undefined,
  })
  expect(editWith(0, 403)).toMatchObject({
    human: expect.stringMatching(/View Channel/),
    curable: true,
  })
})
