import { afterEach, beforeEach, expect, test } from 'vitest'
import { startDigestBot } from '../../support/conversations/digest-bot.ts'
import { type Loopback, startSlack } from '../../support/loopback/slack.ts'
import { recordingLog } from '../../support/recording-log.ts'
import { slackPlatformFor } from '../../support/slack/connected-platform.ts'
import { waitUntil } from '../../support/wait-until.ts'

const REFUSED =
  'That is for the editors of this newsroom. Nothing was changed. What you can ask: /nutgraf help'
/** What somebody hears who is not an editor: by which ID they can be made one. */
const refusedAs = (user: string) =>
  `${REFUSED}. To become an editor, send your ID to whoever runs nutgraf: slack:T1/${user}`
let loopback: Loopback
let log: ReturnType<typeof recordingLog>
const bots: Awaited<ReturnType<typeof startDigestBot>>[] = []

beforeEach(async () => {
  loopback = await startSlack()
  log = recordingLog()
})
afterEach(async () => {
  for (const bot of bots.splice(0)) await bot.stop()
  await loopback.close()
})

async function botFor(users: string[]) {
  const bot = await startDigestBot(
    () => slackPlatformFor(loopback, { log, appToken: loopback.appToken }),
    log,
    users,
  )
  bots.push(bot)
  return bot
}
const ask = async (line: string, user_id: string): Promise<string> =>
  (await loopback.command(line, { user_id })).text

test('whoever is named may use the desk, and nobody else', async () => {
  await botFor(['slack:T1/U1'])
  expect(await ask('/desk', 'U1')).toMatch(/^The desk/)
  expect(await ask('/nutgraf desk', 'U1')).toMatch(/^The desk/)
  expect(await ask('/desk', 'U2')).toBe(refusedAs('U2'))
  expect(loopback.callsTo('usergroups.users.list')).toEqual([])
})

test('so may whoever is in a user group, which is asked once a minute', async () => {
  loopback.scopes.add('usergroups:read')
  await botFor(['slack:T1/S1'])
  expect(await ask('/desk', 'U2')).toMatch(/^The desk/)
  expect(await ask('/desk', 'U9')).toBe(refusedAs('U9'))
  expect(loopback.callsTo('usergroups.users.list').map(({ args }) => args)).toEqual([{ usergroup: 'S1' }])
})

test('a group of another workspace lets nobody in, and is not even asked', async () => {
  await botFor(['slack:T2/S1'])
  expect(await ask('/desk', 'U1')).toBe(refusedAs('U1'))
  expect(loopback.callsTo('usergroups.users.list')).toEqual([])
})

test('where Slack does not say who is in a group nobody is; it is asked again, and the log says why', async () => {
  await botFor(['slack:T1/S1'])
  loopback.scopes.add('usergroups:read')
  loopback.failNext('usergroups.users.list', { error: 'missing_scope' }, { status: 500 })
  expect(await ask('/desk', 'U1')).toBe(refusedAs('U1'))
  expect(await ask('/desk', 'U1')).toBe(refusedAs('U1'))
  expect(await ask('/desk', 'U1')).toMatch(/^The desk/)
  const warnings = log.lines.filter(({ message }) => message === 'slack: a group could not be asked')
  expect(warnings.map(({ details }) => String((details as { err: Error }).err))).toEqual([
    'DeliveryError: slack: usergroups.users.list: missing_scope (slack:T1/S1)',
    'DeliveryError: slack: usergroups.users.list: HTTP 500 (slack:T1/S1)',
  ])
})

test('in a mention and with --public it points to the slash command, and shows nothing', async () => {
  const bot = await botFor(['slack:T1/U1'])
  expect(await ask('/desk --public', 'U1')).toContain('Use the slash command: /desk')
  const typed = '<@UBOT> desk kill bridge because --confirm'
  await loopback.deliver('events_api', loopback.event({ type: 'app_mention', text: typed, ts: '9.1' }))
  await waitUntil(() => loopback.messages.length > 0)
  expect(loopback.messages[0]?.text).toContain('Use the slash command: /desk')
  expect(await bot.store.corrections.withdrawals()).toEqual([])
})

test('a button does what its line says only for whoever is of the desk', async () => {
  const bot = await botFor(['slack:T1/U1'])
  const { blocks } = await loopback.command('/desk kill bridge It was made up.', { user_id: 'U1' })
  const { value } = blocks.at(-1).elements[0]
  expect(value).toBe('/desk kill bridge "It was made up." --confirm')
  const press = (id: string) =>
    loopback.deliver('interactive', loopback.press(value, { user: { id, team_id: 'T1', username: 'x' } }))
  await press('U2')
  await waitUntil(() => loopback.responses.length === 1)
  expect(loopback.responses[0]?.text).toBe(refusedAs('U2'))
  expect(await bot.store.corrections.withdrawals()).toEqual([])
  await press('U1')
  await waitUntil(() => loopback.responses.length === 2)
  expect(await bot.store.corrections.withdrawals()).toMatchObject([
    { slug: 'bridge', reason: 'It was made up.' },
  ])
})
