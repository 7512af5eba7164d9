import { afterEach, beforeEach, expect, test } from 'vitest'
import { startDigestBot } from '../../support/conversations/digest-bot.ts'
import { discordPlatformFor } from '../../support/discord/connected-platform.ts'
import { APP, DANA, GUILD, type OptionValues } from '../../support/discord/payloads.ts'
import { type Loopback, startDiscord } from '../../support/loopback/discord.ts'
import { recordingLog } from '../../support/recording-log.ts'
import { waitUntil } from '../../support/wait-until.ts'

const ROLE = '700000000000000001'
const REFUSED =
  'That is for the editors of this newsroom. Nothing was changed. What you can ask: `/nutgraf help`'
/** What they hear alone: by which ID they can be made an editor. */
const REFUSED_ALONE = `${REFUSED}. To become an editor, send your ID to whoever runs nutgraf: \`discord:${DANA.id}\``
let loopback: Loopback
const bots: Awaited<ReturnType<typeof startDigestBot>>[] = []

beforeEach(async () => {
  loopback = await startDiscord()
})
afterEach(async () => {
  for (const bot of bots.splice(0)) await bot.stop()
  await loopback.close()
})

async function botFor(users: string[]) {
  const log = recordingLog()
  const bot = await startDigestBot(
    handle => discordPlatformFor(loopback, { log, commands: handle.commands }),
    log,
    users,
  )
  bots.push(bot)
  await waitUntil(() => loopback.callsTo('PUT /applications/:id/commands').length > 0)
  return { ...bot, log }
}
const ask = async (path: string, values: OptionValues = {}, fields: object = {}): Promise<string> =>
  (await loopback.command(path, values, fields)).data.content
const desk = () => loopback.commands.get('')?.find(({ name }) => name === 'desk')

test('it is registered for administrators alone, on servers alone, and only where somebody may use it', async () => {
  await botFor([])
  expect(desk()).toBeUndefined()
  await bots.splice(0)[0]!.stop()
  const { platform } = await botFor([`discord:${GUILD}/${ROLE}`])
  await waitUntil(() => desk() !== undefined)
  expect(desk()).toMatchObject({ default_member_permissions: '0', contexts: [0] })
  expect(desk()?.options.map(({ name }: { name: string }) => name)).toEqual(
    'status kill restore correct retry audit feeds import draft drop cards card add ignore undo approve hold preview help'.split(
      ' ',
    ),
  )
  // Discord returns the commands as we registered them, so they are not written again.
  const puts = () => loopback.callsTo('PUT /applications/:id/commands').length
  const before = puts()
  expect(await platform.register()).toBe('unchanged')
  expect(puts()).toBe(before)
})

test('whoever has the role may use it, by the roles that come with the interaction', async () => {
  await botFor([`discord:${GUILD}/${ROLE}`])
  expect(await ask('/desk status', {}, { roles: ['1', ROLE] })).toMatch(/^\*\*The desk/)
  expect(await ask('/desk status', {}, { roles: ['1'] })).toBe(REFUSED_ALONE)
  // Discord shows the command to administrators, but only people in the settings are editors.
  expect(await ask('/desk status', {}, { permissions: '8' })).toBe(REFUSED_ALONE)
})

test('people who are named may use it, too, and their options are data', async () => {
  const { store } = await botFor([`discord:${DANA.id}`])
  const preview = await ask('/desk kill', { slug: 'bridge', reason: 'It was --confirm "made up"' })
  expect(preview).toContain('To be taken down')
  expect(await store.corrections.withdrawals()).toEqual([])
  const answer = await ask('/desk kill', {
    slug: 'bridge',
    reason: 'It was --confirm "made up"',
    confirm: true,
  })
  expect(answer).toContain('bridge is withdrawn')
  expect(await store.corrections.withdrawals()).toMatchObject([{ reason: 'It was --confirm "made up"' }])
})

test('the values of a correction come by name', async () => {
  await botFor([`discord:${DANA.id}`])
  const values = {
    part: 'bridge/label',
    was: 'developing',
    now: '--b',
    why: 'c',
    notice: true,
    'no-repeat': false,
  }
  const answer = await ask('/desk correct', values)
  expect(answer).toMatch(/was: developing · now: --b · why: c/)
  expect(answer).toContain('A notice goes to each thread at once.')
})

test('a mention brings the roles too, and is still no way in', async () => {
  const { log } = await botFor([`discord:${GUILD}/${ROLE}`])
  loopback.say(`<@${APP}> desk`, { member: { roles: [ROLE] } })
  await waitUntil(() => loopback.messages.length > 1)
  expect(loopback.messages[1]?.content).toContain('Use the slash command: `/desk`')
  loopback.say(`<@${APP}> desk kill a-secret because`)
  await waitUntil(() => loopback.messages.length > 3)
  expect(loopback.messages[3]?.content).toBe(REFUSED)
  const refused = log.lines.filter(({ message }) => message === 'desk: refused a caller who is not an editor')
  expect(refused.map(({ details }) => details)).toMatchObject([{ who: `discord:${DANA.id}`, verb: 'kill' }])
})
