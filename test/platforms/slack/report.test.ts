import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { toPlainText } from '../../../src/chat/plain-text.ts'
import { deskNoticeReply } from '../../../src/delivery/desk-notices.ts'
import { render } from '../../../src/platforms/slack/render.ts'
import { startDigestBot } from '../../support/conversations/digest-bot.ts'
import { type Loopback, startSlack } from '../../support/loopback/slack.ts'
import { recordingLog } from '../../support/recording-log.ts'
import { slackPlatformFor } from '../../support/slack/connected-platform.ts'
import type { Json } from '../../support/slack/loopback-workspace.ts'
import { BOT } from '../../support/slack/payloads.ts'
import { temporaryFolder } from '../../support/start-process.ts'
import { waitUntil } from '../../support/wait-until.ts'

let loopback: Loopback
let bot: Awaited<ReturnType<typeof startDigestBot>>
let file: string

const startBot = () => {
  const log = recordingLog()
  const createPlatform = () => slackPlatformFor(loopback, { log, appToken: loopback.appToken })
  return startDigestBot(createPlatform, log, [], { file, desk: 'slack:T1/CDESK' })
}

beforeEach(async () => {
  file = join(temporaryFolder(), 'db')
  loopback = await startSlack()
  bot = await startBot()
})
afterEach(async () => {
  await bot.stop()
  await loopback.close()
})

const words = (view: Json): string => JSON.stringify(view.blocks)
const rows = () => {
  const options = { owner: 'x', leaseMs: 1, max: 9, platforms: ['slack'], pace: () => undefined }
  return bot.store.ledger.claim(options)
}
const notices = async () => (await rows()).map(row => [row.place, toPlainText(deskNoticeReply(row))])
const reportMessage = (message: Json) => loopback.deliver('interactive', reportBody(message))
const reportBody = (message: Json) =>
  loopback.shortcut('', { callback_id: 'report_error', message: { type: 'message', ts: '17.5', ...message } })

test('the shortcut asks for one sentence, and the modal says that it was sent', async () => {
  await reportMessage({ bot_id: BOT.bot_id, thread_ts: '16.1' })
  await waitUntil(() => loopback.views.shown.length === 1)
  const [view] = loopback.views.shown
  expect(view).toMatchObject({ callback_id: 'report', title: { text: 'Report an error' } })
  expect(view!.blocks[0].element).toMatchObject({ type: 'plain_text_input', max_length: 300 })
  const sentence = 'Not <!channel> but "2018"'
  const answer = await loopback.deliver('interactive', loopback.submit(view!, { sentence }))
  expect(answer.response_action).toBe('update')
  expect(words(answer.view)).toContain('On its way to the desk')
  expect(await notices()).toEqual([
    ['slack:T1/CDESK', `Reported by dana (slack:T1/U1) · the message\n“${sentence}”`],
  ])
  expect(loopback.messages).toEqual([])
})

test('what is told of a reply in a thread links to it in its thread', async () => {
  await reportMessage({ bot_id: BOT.bot_id, thread_ts: '16.1' })
  await waitUntil(() => loopback.views.shown.length === 1)
  await loopback.deliver(
    'interactive',
    loopback.submit(loopback.views.shown[0]!, { sentence: 'It is wrong.' }),
  )
  const [notice] = await rows()
  expect(JSON.stringify(render(deskNoticeReply(notice!)).blocks)).toContain(
    'https://loopback.slack.com/archives/C1/p175?thread_ts=16.1&cid=C1',
  )

  const container = { channel_id: 'C1', thread_ts: '16.1' }
  for (const answers of [1, 2]) {
    await loopback.deliver('interactive', loopback.press('/span timeline --public', { container }))
    await waitUntil(() => loopback.responses.length === answers)
  }
  const ts = loopback.messages[0]!.ts.replace('.', '')
  expect(loopback.messages).toMatchObject([{ thread_ts: '16.1' }])
  expect(JSON.stringify(loopback.responses[1])).toContain(
    `https://loopback.slack.com/archives/C1/p${ts}?thread_ts=16.1&cid=C1`,
  )
})

test('for a message of somebody else, and where Slack opens no modal, a sentence says what to do', async () => {
  await reportMessage({ user: 'U2' })
  await waitUntil(() => loopback.responses.length === 1)
  expect(loopback.responses[0]?.text).toMatch(/^That message is not mine/)
  loopback.failNext('views.open', { error: 'expired_trigger_id' })
  await reportMessage({ bot_id: BOT.bot_id })
  await waitUntil(() => loopback.responses.length === 2)
  expect(loopback.responses[1]).toMatchObject({ response_type: 'ephemeral' })
  expect(loopback.responses[1]?.text).toContain('/nutgraf report')
  expect(loopback.views.shown).toEqual([])
})

test('a share names who made it, and the same again is a link, also after a restart', async () => {
  const share = async (user_id: string) =>
    (await loopback.command('/span timeline --public', { user_id })).text
  expect(await share('U1')).toBe('Posted in this channel.')
  const [post] = loopback.messages
  expect(post?.text.split('\n').at(-1)).toBe('Shared by Dana · asked with /span timeline')
  await bot.stop()
  bot = await startBot()
  expect(await share('U2')).toMatch(/^That answer was posted here a few minutes ago: go to it/)
  const repeat = await loopback.command('/span facts --public')
  expect(repeat.text).toMatch(/^Not posted: you shared an answer less than a minute ago\./)
  expect(loopback.messages).toHaveLength(1)
})
