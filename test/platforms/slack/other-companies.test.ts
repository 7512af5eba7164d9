import { beforeEach, expect, test } from 'vitest'
import { phrases } from '../../../src/phrases/phrases.ts'
import { type SlackDigestBot, startDigestBotOnSlack } from '../../support/slack/digest-bot.ts'
import { waitUntil } from '../../support/wait-until.ts'

/** Somebody of another company, in a channel that both share: what they do names their own workspace (Slack Connect). */
const OLGA = { id: 'UOTHER', username: 'olga', name: 'olga', team_id: 'T2' }
const PLACE = 'slack:T1/C1'
const GUESTS = /^Guests can’t change digests/
let loopback: SlackDigestBot['loopback']
let bot: SlackDigestBot['bot']

beforeEach(async () => {
  ;({ loopback, bot } = await startDigestBotOnSlack())
  await loopback.command('/digest on morning 07:30 America/Chicago')
  loopback.messages.length = 0
})

const everywhere = () => bot.store.subscriptions.list()
const expectUnchanged = async () =>
  expect(await everywhere()).toMatchObject([{ place: PLACE, digest: 'morning', time: '07:30' }])

test('a mention of theirs changes no digest', async () => {
  const event = {
    type: 'app_mention',
    text: '<@UBOT> digest off morning',
    ts: '9.1',
    user: OLGA.id,
    user_team: 'T2',
  }
  await loopback.deliver('events_api', loopback.event(event, { team_id: 'T2' }))
  await waitUntil(() => loopback.messages.length > 0)
  expect(loopback.messages[0]?.text).toMatch(GUESTS)
  await expectUnchanged()
})

test.each([
  ['ours', { id: 'T1' }],
  ['theirs', { id: 'T2' }],
  ['none', null],
])('a button that they press changes no digest, where the payload names %s', async (_, team) => {
  await loopback.deliver('interactive', loopback.press('/digest off morning', { user: OLGA, team }))
  await waitUntil(() => loopback.responses.length > 0)
  expect(loopback.responses[0]?.text).toMatch(GUESTS)
  await expectUnchanged()
})

test('a button that they press asks about the channel that everybody else asks about', async () => {
  await loopback.deliver('interactive', loopback.press('/digest status', { user: OLGA, team: null }))
  await waitUntil(() => loopback.responses.length > 0)
  expect(loopback.responses[0]?.text).toContain('Morning brief (morning) · ON')
})

test('a slash command and a form of theirs change none either', async () => {
  expect((await loopback.command('/digest off morning', { user_id: OLGA.id, team_id: 'T2' })).text).toMatch(
    GUESTS,
  )
  await expectUnchanged()
})

test.each(['report off', 'report off workspace'])('they switch no reports off: %s', async line => {
  const event = { type: 'app_mention', text: `<@UBOT> ${line}`, ts: '9.1', user: OLGA.id }
  await loopback.deliver('events_api', loopback.event(event, { team_id: 'T2' }))
  await waitUntil(() => loopback.messages.length > 0)
  expect([phrases.report.membersOnly, phrases.report.adminsOnly]).toContain(loopback.messages[0]?.text)
})

test('somebody of another workspace of our own organisation is no guest', async () => {
  expect((await loopback.command('/digest off morning', { user_id: 'UGRID' })).text).toMatch(/^Done/)
})
