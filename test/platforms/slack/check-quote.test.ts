import { beforeEach, expect, test } from 'vitest'
import { type SlackDigestBot, startDigestBotOnSlack } from '../../support/slack/digest-bot.ts'
import type { Json } from '../../support/slack/loopback-workspace.ts'
import { chosenBody } from '../../support/slack/payloads.ts'
import { waitUntil } from '../../support/wait-until.ts'

let loopback: SlackDigestBot['loopback']

beforeEach(async () => {
  ;({ loopback } = await startDigestBotOnSlack())
})

const words = (view: Json): string => JSON.stringify(view.blocks)
async function checkMessage(text: string, fields: object = {}): Promise<Json> {
  const count = loopback.views.shown.length
  expect(await loopback.deliver('interactive', loopback.shortcut(text, fields))).toEqual({})
  await waitUntil(() => loopback.views.shown.length > count)
  return loopback.views.shown.at(-1)!
}

test('the quotation in a message is checked, in a modal, also where the bot is not', async () => {
  const text = '&gt; He said “The bridge stays shut until it is safe” &amp; left. <https://x.org|x>'
  const view = await checkMessage(text, { channel: { id: 'CNONE', name: 'other' } })
  expect(view.title.text).toBe('Check this quote')
  expect(words(view)).toContain('Checked from that message: “The bridge stays shut until it is safe”')
  expect(words(view)).toContain('Exact match')
  expect(loopback.messages).toEqual([])
  expect(loopback.responses).toEqual([])
})

test('a button in the modal is answered on top of it, and then in its place', async () => {
  const view = await checkMessage('The bridge stays shut until it is safe')
  const button = view.blocks.at(-1).elements[0]
  await loopback.deliver('interactive', loopback.withTrigger(chosenBody(view, button)))
  await waitUntil(() => loopback.views.shown.length === 2)
  const [, second] = loopback.views.shown
  expect(second?.private_metadata).toBe('{"channel":"C1"}')
  expect(words(second!)).toContain('exact match with our stored')
  const [next] = second!.blocks.at(-1).elements
  await loopback.deliver('interactive', loopback.withTrigger(chosenBody(second!, next)))
  await waitUntil(() => loopback.callsTo('views.update').length === 1)
  expect(loopback.views.shown).toHaveLength(2)
})

test('hostile, long and empty messages are answered in a sentence, and nothing in them pings', async () => {
  const hostile = await checkMessage('<!channel> <@U2> “*never* `said` by <!here> anybody”')
  const shown = hostile.blocks.find((block: Json) => words({ blocks: [block] }).includes('Checked from that'))
  expect(shown.elements[0].type).toBe('plain_text')
  expect(words(hostile)).toContain('Not found')
  expect(words(await checkMessage('x '.repeat(2_000)))).toContain(
    'That has 3,999 characters. Check at most 500',
  )
  expect(words(await checkMessage(''))).toContain('That message has no words to check.')
})

test('where Slack opens no modal the answer comes as a message for its reader alone', async () => {
  loopback.failNext('views.open', { error: 'expired_trigger_id' })
  await loopback.deliver('interactive', loopback.shortcut('The bridge stays shut until it is safe'))
  await waitUntil(() => loopback.responses.length > 0)
  expect(loopback.responses[0]).toMatchObject({ response_type: 'ephemeral' })
  expect(loopback.responses[0]?.text).toContain('Exact match')
})
