import { beforeEach, expect, test } from 'vitest'
import type { Place } from '../../../src/chat/platform.ts'
import { type SlackDigestBot, startDigestBotOnSlack } from '../../support/slack/digest-bot.ts'
import { waitUntil } from '../../support/wait-until.ts'

let loopback: SlackDigestBot['loopback']
let bot: SlackDigestBot['bot']

beforeEach(async () => {
  ;({ loopback, bot } = await startDigestBotOnSlack())
})

const AT = Date.parse('2030-05-02T12:00:00Z')
const subscribe = (place: Place, fields: object = {}) =>
  bot.store.subscriptions.save([
    {
      place,
      digest: 'morning',
      time: '07:30',
      zone: 'America/Chicago',
      days: 'mon',
      stories: '',
      quiet: 'skip',
      state: 'on',
      setBy: 'x',
      setAt: 1,
      nextSlot: AT,
      nextDate: '2030-05-02',
      ...fields,
    },
  ])
async function openHomeAs(user: string, event: object = {}): Promise<string> {
  const body = { type: 'app_home_opened', user, channel: 'DOWN', tab: 'home', ...event }
  loopback.views.homes.clear()
  await loopback.deliver('events_api', loopback.event(body))
  await waitUntil(() => loopback.views.homes.has(user))
  return JSON.stringify(loopback.views.homes.get(user)?.blocks)
}

test('the page shows the digests and their channels, the stories, and how to ask', async () => {
  await subscribe('slack:T1/C1')
  await subscribe('slack:T1/C2', { state: 'paused', reason: 'gone' })
  const page = await openHomeAs('U1')
  expect(page).toContain('"url":"https://loopback.slack.com/archives/C1","text":"#general"')
  expect(page).toContain('Next: Thu 2 May 2030 07:00')
  expect(page).toContain('Paused')
  expect(page).toContain('Last: none yet')
  expect(page).toContain('/span summary')
  expect(page).toContain('/quote check')
  expect(loopback.messages).toEqual([])
})

test('private channels, other people’s conversations and other workspaces are not named', async () => {
  await subscribe('slack:T1/G1')
  await subscribe('slack:T1/DOTHER')
  await subscribe('slack:T2/C1')
  await subscribe('slack:T1/DOWN')
  const page = await openHomeAs('U1')
  expect(page).not.toMatch(/G1|DOTHER|T2/)
  expect(page).toContain('in this conversation')
  expect(page).toContain('2 more are posted in conversations that are not shown here')
  await subscribe('slack:T1/C1')
  expect(await openHomeAs('UGUEST')).not.toContain('#general')
})

test('the name of a channel is cached, and another tab asks for nothing', async () => {
  await subscribe('slack:T1/C1')
  await openHomeAs('U1')
  await openHomeAs('U1')
  expect(loopback.callsTo('conversations.info')).toHaveLength(1)
  await loopback.deliver(
    'events_api',
    loopback.event({ type: 'app_home_opened', user: 'U1', channel: 'DOWN', tab: 'messages' }),
  )
  expect(loopback.callsTo('views.publish')).toHaveLength(2)
})

test('of many digests a page names some and counts the others', async () => {
  for (let index = 0; index < 30; index++)
    await subscribe(`slack:T1/C${100 + index}`, { nextSlot: AT + index })
  const page = await openHomeAs('U1')
  expect(page.match(/Last: none yet/g)).toHaveLength(20)
  expect(page).toContain('10 more are posted in conversations that are not shown here')
})

test('where the store fails, the page says so', async () => {
  bot.store.subscriptions.listWithin = () => Promise.reject(new Error('gone'))
  expect(await openHomeAs('U1')).toContain('I can’t load this page right now')
})
