import { expect, test } from 'vitest'
import { afterEachTest } from '../../support/after-each.ts'
import { startApprovalProcess } from '../../support/approval/approval-process.ts'
import { type Loopback, startSlack } from '../../support/loopback/slack.ts'
import type { Json } from '../../support/slack/loopback-workspace.ts'
import { waitUntil } from '../../support/wait-until.ts'

const open: Loopback[] = []
afterEachTest(async () => {
  for (const loopback of open.splice(0)) await loopback.close()
})

test('a brief waits in the editors’ channel until one of them presses Approve; it says what it said in the preview', {
  timeout: 60_000,
}, async () => {
  const slack = await startSlack()
  open.push(slack)
  const desk = await startApprovalProcess('slack:T1/C1', {
    ...{ SLACK_BOT_TOKEN: slack.botToken, SLACK_APP_TOKEN: slack.appToken, SLACK_API_URL: slack.apiUrl },
    ...{ DESK_CHANNEL: 'slack:T1/C1', DESK_USERS: 'slack:T1/U1' },
  })
  const notices = () => slack.messages.filter(({ text }) => text.includes('Morning brief · '))
  const press = (label: string, fields: object = {}) => {
    const buttons = notices()[0]!.blocks!.flatMap(({ elements = [] }: Json) => elements)
    const { value } = buttons.find(({ text }: Json) => text?.text === label)
    return slack.deliver('interactive', slack.press(value, fields) as Json)
  }
  await desk.sendBrief()
  await waitUntil(() => notices().length === 1)
  expect(notices()[0]!.text).toContain(
    'Held: its time has come, and it is not approved. Nobody has approved it yet.',
  )

  await press('Approve', { user: { id: 'U2', team_id: 'T1' } })
  await waitUntil(() => slack.responses.length === 1)
  expect(slack.responses[0]!.text).toContain('That is for the editors of this newsroom.')

  await press('Preview')
  await waitUntil(() => slack.responses.length === 2)
  expect(slack.responses[1]!.text).toContain('Preview · for')
  await press('Hold')
  await waitUntil(() => notices()[0]!.text.includes('Held by an editor.'))
  expect(slack.messages).toHaveLength(1)

  const { text: told = '' } = await slack.command('/desk approve')
  const [, code] = /\/desk approve (morning-[0-9a-f]{6})/.exec(told) ?? []
  expect((await slack.command(`/desk preview ${code}`)).text).toContain('Preview · for')
  await press('Approve')
  await waitUntil(() => slack.messages.length === 2)
  const brief = slack.messages[1]!
  // What the editor saw in private is what everybody sees, below the title.
  const shown = slack.responses[1]!
  const late = / · sent [^·]+ instead of [^·]+?(?= ·|$)/m
  expect(shown.text?.replace(/\*?Preview[^\n]+\n+/, '')).toBe(brief.text.replace(late, ''))
  await waitUntil(() => notices()[0]!.text.includes('Posted. Approved by'))
  expect(await desk.loggedActions()).toEqual([
    'edition composed nutgraf',
    'hold slack:T1/U1',
    'approve slack:T1/U1',
  ])
  expect(await desk.stop()).toEqual([expect.stringContaining('refused a caller')])
})
