import { expect, test } from 'vitest'
import { afterEachTest } from '../../support/after-each.ts'
import { type Loopback, startSlack } from '../../support/loopback/slack.ts'
import type { Json } from '../../support/slack/loopback-workspace.ts'
import { waitUntil } from '../../support/wait-until.ts'
import { startCardProcess } from '../../support/wire/card-process.ts'

const open: Loopback[] = []
afterEachTest(async () => {
  for (const loopback of open.splice(0)) await loopback.close()
})

test('from a report on loopback to its event in the story and the next brief: two clicks; undone by one', {
  timeout: 60_000,
}, async () => {
  const slack = await startSlack()
  open.push(slack)
  const desk = await startCardProcess('slack:T1/C1', {
    ...{ SLACK_BOT_TOKEN: slack.botToken, SLACK_APP_TOKEN: slack.appToken, SLACK_API_URL: slack.apiUrl },
    ...{ DESK_CHANNEL: 'slack:T1/C1', DESK_USERS: 'slack:T1/U1' },
  })
  const say = async (line: string, more: object = {}): Promise<string> =>
    (await slack.command(line, more)).text ?? ''
  const cards = () => slack.messages.filter(({ text }) => /^(?:WQAD: |WITHDRAWN|HEADLINE)/.test(text))
  const briefs = () => slack.messages.filter(({ text }) => text.includes('developing'))
  const press = (label: string, fields: object = {}) => {
    const buttons = cards()[0]!.blocks!.flatMap(({ elements = [] }: Json) => elements)
    const { value } = buttons.find(({ text }: Json) => text?.text === label)
    const body = slack.press(value, fields) as Json & { trigger_id: string }
    return slack.deliver('interactive', slack.withTrigger(body))
  }
  await desk.bring('p-17', 'Bridge reopens *today* & <soon>', new Date())
  await waitUntil(() => cards().length === 1)
  expect(cards()[0]!.text).toMatch(
    /^WQAD: Bridge reopens \*today\* &amp; &lt;soon&gt;\n+bridge: “bridge” · \w{3} \d+ \w+ \d\d:\d\d$/,
  )

  // Who is no editor can neither open the form nor submit it.
  await press('Ignore', { user: { id: 'U2', team_id: 'T1' } })
  await waitUntil(() => slack.responses.length === 1)
  expect(slack.responses[0]!.text).toContain('That is for the editors of this newsroom.')

  await press('Add to timeline')
  await waitUntil(() => slack.views.shown.length === 1)
  const [view] = slack.views.shown
  const element = (name: string): Json =>
    view!.blocks.find(({ block_id }: Json) => block_id?.startsWith(`${name}@`))?.element
  const today = new Intl.DateTimeFormat('sv-SE', { timeZone: 'America/Chicago' }).format(new Date())
  expect(element('date').initial_date).toBe(today)
  expect(element('text').initial_value).toBe('Bridge reopens *today* & <soon>')
  expect(element('id').initial_value).toBe('bridge-reopens-today-soon')
  expect(element('story').initial_option.value).toBe('bridge')
  const forged = slack.submit(view!, {}, { user: { id: 'U2', team_id: 'T1' } })
  expect(JSON.stringify(await slack.deliver('interactive', forged))).toContain('That is for the editors')
  const done = await slack.deliver('interactive', slack.submit(view!))
  expect(JSON.stringify(done)).toContain('Added to bridge.')
  await waitUntil(() => cards()[0]!.text.includes('Added to bridge by Dana'))
  expect(cards()[0]!.text).toMatch(
    /Added to bridge by Dana[^\n]*, \d\d:\d\d · event “\d+ \w+: Bridge reopens \*today\* &amp; &lt;soon&gt;”/,
  )
  expect(await say('/span timeline')).toContain('Bridge reopens *today* &amp; &lt;soon&gt;')
  await desk.sendBrief()
  await waitUntil(() => briefs().length === 1)
  expect(briefs()[0]!.text).toMatch(/^(?:\d+ \w+ \d{4}: )?Bridge reopens \*today\* &amp; &lt;soon&gt;/)

  // The second editor is told who was first.
  const again = await slack.deliver('interactive', slack.submit(view!))
  expect(JSON.stringify(again)).toContain('That is decided: Added to bridge by Dana')

  await press('Undo')
  await waitUntil(() => !cards()[0]!.text.includes('Added to bridge'))
  expect(await say('/span timeline')).not.toContain('Bridge reopens')
  await press('Ignore')
  await waitUntil(() => cards()[0]!.text.includes('Ignored by Dana'))
  expect(cards()).toHaveLength(1)
  expect(await desk.stop()).toEqual([
    expect.stringContaining('refused a caller'),
    expect.stringContaining('refused a caller'),
  ])
})
