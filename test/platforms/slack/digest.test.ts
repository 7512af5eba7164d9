import { beforeEach, expect, test } from 'vitest'
import { type SlackDigestBot, startDigestBotOnSlack } from '../../support/slack/digest-bot.ts'
import { waitUntil } from '../../support/wait-until.ts'

const PLACE = 'slack:T1/C1'
let loopback: SlackDigestBot['loopback']
let bot: SlackDigestBot['bot']

beforeEach(async () => {
  ;({ loopback, bot } = await startDigestBotOnSlack())
})

const ask = async (line: string, fields: object = {}): Promise<string> =>
  (await loopback.command(line, fields)).text
const here = () => bot.store.subscriptions.list(PLACE)

test('on, status, off: each confirmed in the channel, the zone from the person’s profile', async () => {
  expect(await ask('/digest on morning 7.30am')).toBe('Done. I posted a confirmation in this channel.')
  expect(loopback.messages[0]?.text).toMatch(
    /^Morning brief is on in #general, set by Dana\nMon–Fri 07:30 Chicago time \(America\/Chicago\) · quiet days: no post\n2 stories/,
  )
  expect(await here()).toMatchObject([{ digest: 'morning', time: '07:30', zone: 'America/Chicago' }])
  const status = await ask('/digest status')
  expect(status).toMatch(/^Digests in #general\n\nMorning brief \(morning\) · ON · Mon–Fri 07:30/)
  expect(status).toContain('can post ✓ · can correct ✓ · can look back ✓')
  await ask('/digest off morning')
  expect(loopback.messages[1]?.text).toContain('Morning brief is off in #general, stopped by Dana')
  expect(await here()).toEqual([])
})

test('where it was not invited it says how to, and changes nothing', async () => {
  expect(await ask('/digest on morning', { channel_id: 'CNONE' })).toBe(
    'I can’t post in this channel. Type /invite @nutgraf, then send this again. Nothing was changed.',
  )
  expect(await bot.store.subscriptions.list()).toEqual([])
  expect(await ask('/digest status', { channel_id: 'CNONE' })).toContain('Type /invite @nutgraf.')
})

test('guests may look, and change nothing but what they get themselves', async () => {
  for (const user_id of ['UGUEST', 'USINGLE'])
    expect(await ask('/digest on morning', { user_id })).toMatch(/^Guests can’t change digests/)
  expect(await ask('/digest on morning', { user_id: 'UNOBODY' })).toMatch(/^I can’t check right now/)
  expect(loopback.messages).toEqual([])
  expect(await ask('/digest preview morning', { user_id: 'UGUEST' })).toContain(
    'Morning brief: where each story stands',
  )
  expect(await ask('/digest on morning', { user_id: 'UGUEST', channel_id: 'D1' })).toMatch(/^Done/)
  expect(await bot.store.subscriptions.list()).toMatchObject([
    { place: 'slack:T1/D1', zone: 'Europe/Berlin' },
  ])
})

test('an ambiguous zone is asked with buttons, and a button is the answer', async () => {
  const { blocks } = await loopback.command('/digest on morning 7:30 cst')
  const button = blocks.at(-1).elements[0]
  expect(button.value).toBe('/digest on morning 07:30 America/Chicago')
  await loopback.deliver('interactive', loopback.press(button.value))
  await waitUntil(() => loopback.responses.length > 0)
  expect(await here()).toMatchObject([{ zone: 'America/Chicago', time: '07:30' }])
})

test('a mention is answered in its thread, and the confirmation stands in the channel', async () => {
  await loopback.deliver(
    'events_api',
    loopback.event({ type: 'app_mention', text: '<@UBOT> digest on morning', ts: '9.1' }),
  )
  await waitUntil(() => loopback.messages.length > 1)
  expect(loopback.messages.map(({ text, thread_ts }) => [text.slice(0, 16), thread_ts])).toEqual([
    ['Morning brief is', undefined],
    ['Done. I posted a', '9.1'],
  ])
  expect(await here()).toHaveLength(1)
})

test('what Slack cannot say whether it posted is not stored', async () => {
  loopback.failNext('chat.postMessage', { status: 500 })
  expect(await ask('/digest on morning')).toMatch(
    /can’t tell whether that was posted.* Nothing was changed\.$/,
  )
  expect(await here()).toEqual([])
})
