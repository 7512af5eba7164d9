import { expect, test } from 'vitest'
import { afterEachTest } from '../../support/after-each.ts'
import { CHANNEL, DANA, GUILD, type Json } from '../../support/discord/payloads.ts'
import { type Loopback, startDiscord } from '../../support/loopback/discord.ts'
import { waitUntil } from '../../support/wait-until.ts'
import { startCardProcess } from '../../support/wire/card-process.ts'

const open: Loopback[] = []
afterEachTest(async () => {
  for (const loopback of open.splice(0)) await loopback.close()
})

const PLACE = `discord:${GUILD}/${CHANNEL}` as const
const STRANGER = {
  member: { user: { id: '400000000000000009', username: 'sam' }, permissions: '0', roles: [] },
}

test('from a report on loopback to its event in the story and the next brief: two clicks; undone by one', {
  timeout: 60_000,
}, async () => {
  const discord = await startDiscord()
  open.push(discord)
  const desk = await startCardProcess(PLACE, {
    ...{ DISCORD_TOKEN: discord.token, DISCORD_API_URL: discord.apiUrl },
    ...{ DESK_CHANNEL: PLACE, DESK_USERS: `discord:${DANA.id}` },
  })
  const cards = (): Json[] => discord.messages.filter(({ content }: Json) => /bridge: “bridge”/.test(content))
  const briefs = (): Json[] => discord.messages.filter(({ content }: Json) => content.includes('developing'))
  const say = async (path: string) => (await discord.command(path)).data.content as string
  const press = (label: string, fields: object = {}) => discord.pressIn(cards()[0]!, label, fields)
  const HEADLINE = String.raw`Bridge reopens \*today\* & \<soon>`

  await desk.bring('p-17', 'Bridge reopens *today* & <soon>')
  await waitUntil(() => cards().length === 1)
  expect(cards()[0]!.content).toMatch(
    /^WQAD: \[Bridge reopens \\\*today\\\* & \\<soon>\]\(<https:\/\/wqad\.example\/p-17>\)\n/,
  )
  expect((await press('Ignore', STRANGER)).data.content).toContain('That is for the editors')

  const { type, data: modal } = await press('Add to timeline')
  expect([type, modal.title]).toEqual([9, 'Add to timeline'])
  const field = (name: string): Json =>
    modal.components.find(({ component }: Json) => component.custom_id === name).component
  expect(field('text').value).toBe('Bridge reopens *today* & <soon>')
  expect(field('id').value).toBe('bridge-reopens-today-soon')
  expect((await discord.submit(modal, {}, STRANGER)).data.content).toContain('That is for the editors')
  // What is refused is not lost, though Discord closes the form.
  const refused = (await discord.submit(modal, { text: 'A long sentence of mine.', id: 'Not so' })).data
    .content
  expect(refused).toContain('A name has small letters, digits and hyphens')
  expect(refused).toContain('--text="A long sentence of mine."')
  const { data } = await discord.submit(modal, {
    text: 'The bridge is open again.',
    confidence: ['high 1 bridge'],
  })
  expect([data.content, data.flags]).toEqual([expect.stringContaining('**Added to bridge.**'), 64])
  await waitUntil(() => cards()[0]!.content.includes('Added to bridge by dana'))
  expect(cards()[0]!.content).toMatch(/event “\d+ \w+: The bridge is open again\.”/)
  expect(await say('/span timeline')).toContain('The bridge is open again.')
  await desk.sendBrief()
  await waitUntil(() => briefs().length === 1)
  expect(briefs()[0]!.content).toContain('The bridge is open again.')
  expect((await discord.submit(modal)).data.content).toContain('That is decided: Added to bridge by dana')

  await press('Undo')
  await waitUntil(() => !cards()[0]!.content.includes('Added to bridge'))
  expect(await say('/span timeline')).not.toContain('open again')
  await press('Ignore')
  await waitUntil(() => cards()[0]!.content.includes('Ignored by dana'))
  expect(cards()[0]!.content).toContain(HEADLINE)
  expect(cards()).toHaveLength(1)
  expect(await desk.stop()).toEqual([
    expect.stringContaining('refused a caller'),
    expect.stringContaining('refused a caller'),
  ])
})
