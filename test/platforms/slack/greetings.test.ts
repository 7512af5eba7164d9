import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { CallOutcome } from '../../../src/chat/platform.ts'
import { createPublish } from '../../../src/delivery/publish.ts'
import type { SlackPlatform } from '../../../src/platforms/slack/slack.ts'
import { type Loopback, startSlack } from '../../support/loopback/slack.ts'
import { bundledAnswers } from '../../support/platforms/bundled-answers.ts'
import { recordingLog } from '../../support/recording-log.ts'
import { slackPlatformFor } from '../../support/slack/connected-platform.ts'
import { waitUntil } from '../../support/wait-until.ts'

let loopback: Loopback
let platform: SlackPlatform
const outcomes: CallOutcome[] = []

beforeAll(async () => {
  loopback = await startSlack()
  const log = recordingLog()
  platform = slackPlatformFor(loopback, { log, appToken: loopback.appToken })
  await platform.start({
    ...bundledAnswers,
    publish: createPublish({ platforms: () => [platform], log }),
    countCall: (_, outcome) => void outcomes.push(outcome),
  })
})
afterAll(async () => {
  await platform.stop()
  await loopback.close()
})
beforeEach(() => {
  loopback.messages.length = loopback.calls.length = outcomes.length = 0
})

const hear = async (event: object) => {
  await loopback.deliver('events_api', loopback.event({ type: 'app_mention', ...event }))
  await waitUntil(() => outcomes.length > 0)
}
const inPrivate = () => loopback.callsTo('chat.postEphemeral').map(({ args }) => args)

test('thanks in a channel are answered to their writer alone', async () => {
  await hear({ text: '<@UBOT> thanks!', ts: '9.1' })
  expect(inPrivate()).toMatchObject([
    { channel: 'C1', user: 'U1', text: expect.stringMatching(/^You’re welcome/) },
  ])
  expect(inPrivate()[0]).not.toHaveProperty('thread_ts')
  expect(loopback.messages).toEqual([])
  expect(outcomes).toEqual(['refused'])
})

test('a greeting in a thread is answered in that thread', async () => {
  await hear({ text: '<@UBOT> good morning', ts: '9.2', thread_ts: '9.1' })
  expect(inPrivate()).toMatchObject([{ thread_ts: '9.1', text: expect.stringMatching(/^Hello!/) }])
})

test('between two, and where Slack does not allow it, the answer stands where the greeting does', async () => {
  await hear({ type: 'message', channel_type: 'im', channel: 'D1', text: 'hello', ts: '9.3' })
  expect(loopback.messages).toMatchObject([{ channel: 'D1', text: expect.stringMatching(/^Hello!/) }])
  expect(inPrivate()).toEqual([])
  outcomes.length = 0
  loopback.failNext('chat.postEphemeral', { error: 'user_not_in_channel' })
  await hear({ text: '<@UBOT> hello', ts: '9.4' })
  expect(loopback.messages[1]).toMatchObject({ channel: 'C1', thread_ts: '9.4' })
})

test('anything else is answered for all to see, what is not understood too', async () => {
  await hear({ text: '<@UBOT> lawsuit xylophone', ts: '9.5' })
  expect(inPrivate()).toEqual([])
  expect(loopback.messages).toMatchObject([{ thread_ts: '9.5' }])
})
