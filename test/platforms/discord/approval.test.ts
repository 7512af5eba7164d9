import { expect, test } from 'vitest'
import { afterEachTest } from '../../support/after-each.ts'
import { startApprovalProcess } from '../../support/approval/approval-process.ts'
import { CHANNEL, DANA, GUILD, type Json } from '../../support/discord/payloads.ts'
import { type Loopback, startDiscord } from '../../support/loopback/discord.ts'
import { waitUntil } from '../../support/wait-until.ts'

const open: Loopback[] = []
afterEachTest(async () => {
  for (const loopback of open.splice(0)) await loopback.close()
})

const PLACE = `discord:${GUILD}/${CHANNEL}` as const
const STRANGER = {
  member: { user: { id: '400000000000000009', username: 'sam' }, permissions: '0', roles: [] },
}

test('a brief waits in the editors’ channel until one of them presses Approve; it says what it said in the preview', {
  timeout: 60_000,
}, async () => {
  const discord = await startDiscord()
  open.push(discord)
  const desk = await startApprovalProcess(PLACE, {
    ...{ DISCORD_TOKEN: discord.token, DISCORD_API_URL: discord.apiUrl },
    ...{ DESK_CHANNEL: PLACE, DESK_USERS: `discord:${DANA.id}` },
  })
  const notices = (): Json[] =>
    discord.messages.filter(({ content }: Json) => content.includes('Morning brief · '))
  const press = (label: string, fields: object = {}) => discord.pressIn(notices()[0]!, label, fields)

  await desk.sendBrief()
  await waitUntil(() => notices().length === 1)
  expect(notices()[0]!.content).toContain(
    'Held: its time has come, and it is not approved. Nobody has approved it yet.',
  )
  expect((await press('Approve', STRANGER)).data.content).toContain('That is for the editors')
  const preview = (await press('Preview')).data
  expect([preview.flags, preview.content]).toEqual([64, expect.stringContaining('Preview · for')])
  expect((await press('Hold')).data.content).toContain('It waits until it is approved.')
  await waitUntil(() => notices()[0]!.content.includes('Held by an editor.'))
  expect(discord.messages).toHaveLength(1)
  expect((await press('Approve')).data.content).toContain('Approved: Morning brief')
  await waitUntil(() => discord.messages.length === 2)
  const brief: Json = discord.messages[1]!
  const late = / · sent [^·]+ instead of [^·]+(?= ·|$)/m
  // What the editor saw in private is what everybody sees, but for the title and how late it is.
  expect(preview.content.replace(/\*\*Preview[^\n]+\n+/, '')).toBe(brief.content.replace(late, ''))
  await waitUntil(() => notices()[0]!.content.includes('Posted. Approved by dana'))
  expect(await desk.loggedActions()).toEqual([
    'edition composed nutgraf',
    `hold discord:${DANA.id}`,
    `approve discord:${DANA.id}`,
  ])
  expect(await desk.stop()).toEqual([expect.stringContaining('refused a caller')])
})
