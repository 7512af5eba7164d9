import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import type { CallerInfo } from '../../src/chat/caller-info.ts'
import { toPlainText } from '../../src/chat/plain-text.ts'
import type { Call, Place, Platform } from '../../src/chat/platform.ts'
import { createHandler } from '../../src/commands/handler.ts'
import { formatLine, splitCommand } from '../../src/commands/line.ts'
import { deskNoticeReply } from '../../src/delivery/desk-notices.ts'
import { render as renderDiscord } from '../../src/platforms/discord/render.ts'
import { render as renderSlack } from '../../src/platforms/slack/render.ts'
import { createSqliteEngine } from '../../src/store/sqlite.ts'
import { openStore, type Store } from '../../src/store/store.ts'
import { STORIES } from '../support/conversations/digest-conversation.ts'
import { fakePlatform } from '../support/delivery/fake-platform.ts'
import { recordingLog } from '../support/recording-log.ts'
import { temporaryFolder } from '../support/start-process.ts'

const open: Store[] = []
afterEach(() => Promise.all(open.splice(0).map(store => store.close())))

const DESK: Place = 'slack:T1/CDESK'
const DANA = { id: 'slack:T1/U1', name: 'Dana', rights: ['member' as const] }

/** Starts a conversation with a bot that takes reports; `desk` is the place that receives them. */
async function reporting({ desk = DESK, about }: { desk?: Place | null; about?: CallerInfo } = {}) {
  let ahead = 0
  const store = await openStore(
    createSqliteEngine(join(temporaryFolder(), 'db'), { clock: () => Date.now() + ahead }),
  )
  open.push(store)
  const platformNamed = (name: string): Platform => ({
    ...fakePlatform(name).platform,
    link: ({ id }) => `https://chat.example/${id}`,
    ...(name === 'slack' && { lookUpCaller: async () => about ?? { guest: false } }),
  })
  const platforms = new Map(['slack', 'discord'].map(name => [name, platformNamed(name)]))
  const reports = { store, platform: (name: string) => platforms.get(name), log: recordingLog() }
  const { answer } = createHandler(
    {
      library: () => STORIES,
      version: '1',
      zone: 'UTC',
      reports: { ...reports, ...(desk && { deskPlace: desk }) },
    },
    recordingLog(),
  )
  let count = 0
  const ask = async (typed: string, call: Partial<Call> = {}) =>
    answer({
      ...splitCommand(typed),
      place: 'slack:T1/C1',
      caller: DANA,
      audience: 'caller',
      at: Date.now() - 1_000 + ++count,
      ...call,
    })
  return {
    store,
    ask,
    say: async (typed: string, call: Partial<Call> = {}) => toPlainText(await ask(typed, call)),
    /** The notices to the desk, newest last. */
    notices: async () => {
      const rows = await store.ledger.claim({
        owner: 'x',
        leaseMs: 1,
        max: 50,
        platforms: ['slack'],
        pace: () => undefined,
      })
      return rows.map(row => ({ place: row.place, kind: row.kind, reply: deskNoticeReply(row) }))
    },
    pass: (ms: number) => {
      ahead += ms
    },
  }
}

test('a sentence goes to the desk with the link, the name and nothing that pings', async () => {
  const { say, notices } = await reporting()
  const sentence = 'The date is "wrong" — see <!channel> @everyone <@U1> --public'
  const typed = formatLine({ args: ['report', sentence], flags: {} })
  const message = { place: 'slack:T1/C1' as const, id: '17.5' }
  expect(await say(`/nutgraf ${typed}`, { message })).toBe(
    'Thank you. On its way to the desk: your sentence, a link to the message and your name.',
  )
  const [notice] = await notices()
  expect(notice).toMatchObject({ place: DESK, kind: 'notice' })
  expect(toPlainText(notice!.reply)).toBe(`Reported by Dana (slack:T1/U1) · the message\n“${sentence}”`)
  const onDiscord = renderDiscord(notice!.reply)
  expect(onDiscord.content).toContain('[the message](<https://chat.example/17.5>)')
  expect(onDiscord.content).toContain('\\@everyone')
  expect(onDiscord.allowed_mentions).toEqual({ parse: [] })
  expect(renderSlack(notice!.reply).text).toContain('&lt;!channel&gt;')
})

test('typed by hand it keeps its dashes and marks; without a sentence it says how', async () => {
  const { say, notices } = await reporting()
  expect(await say('/nutgraf report It was – not is – "2018".')).toMatch(/^Thank you\./)
  expect(toPlainText((await notices())[0]!.reply)).toBe(
    'Reported by Dana (slack:T1/U1) in slack:T1/C1\n“It was – not is – "2018".”',
  )
  expect(await say('/nutgraf report')).toMatch(/^Tell the desk in one sentence what is wrong: /)
  expect(await say(`/nutgraf report ${'x'.repeat(301)}`)).toMatch(/^That has 301 characters/)
  expect(await say('/nutgraf report x --public')).toMatch(/^A report goes to the desk alone/)
})

test('one word about a message is a sentence, and switches nothing', async () => {
  const message = { place: 'slack:T1/C1' as const, id: '17.5' }
  for (const word of ['Off', 'on']) {
    const { say, notices } = await reporting()
    const typed = formatLine({ args: ['report', word], flags: {} })
    expect(await say(`/nutgraf ${typed}`, { message })).toMatch(/^Thank you\./)
    expect(toPlainText((await notices())[0]!.reply)).toBe(
      `Reported by Dana (slack:T1/U1) · the message\n“${word}”`,
    )
  }
})

test('three a day by each person', async () => {
  const { say, pass, store } = await reporting()
  for (const number of [1, 2, 3]) expect(await say(`/nutgraf report ${number}`)).toMatch(/^Thank you/)
  expect(await say('/nutgraf report 4')).toBe(
    'Nothing was sent: the limit is three reports a day. You can send the next one in 24 h.',
  )
  expect(await say('/nutgraf report 5', { caller: { ...DANA, id: 'slack:T1/U2' } })).toMatch(/^Thank you/)
  pass(24 * 3_600_000 + 1)
  expect(await say('/nutgraf report 6')).toMatch(/^Thank you/)
  expect(await store.ledger.countByState()).toEqual({ due: 5 })
})

test('without a desk it says who cannot be reached, and help offers it only where there is one', async () => {
  const withoutDesk = await reporting({ desk: null })
  expect(await withoutDesk.say('/nutgraf report x')).toContain(
    '(DESK_CHANNEL) is not set on this bot. Nothing was sent.',
  )
  expect((await withoutDesk.ask('/nutgraf help')).buttons).toBeUndefined()
  const withDesk = await reporting()
  expect((await withDesk.ask('/nutgraf help')).buttons).toEqual([
    { label: 'Report an error', line: '/nutgraf report' },
  ])
})

test('on Slack members switch it off in a channel, admins in a workspace, guests nowhere', async () => {
  const guest = await reporting({ about: { guest: true } })
  expect(await guest.say('/nutgraf report off')).toContain('Nothing was changed.')
  const { say, notices } = await reporting()
  expect(await say('/nutgraf report off')).toBe(
    'Reports to the desk are now off in this channel. To change that: /nutgraf report on',
  )
  expect(await say('/nutgraf report it is wrong')).toBe('Reports are switched off here. Nothing was sent.')
  expect(await say('/nutgraf report it is wrong', { place: 'slack:T1/C2' })).toMatch(/^Thank you/)
  expect(await say('/nutgraf report off workspace')).toContain(
    'Only an admin can do that for the whole workspace',
  )
  expect(await say('/nutgraf report off server', { place: 'slack:T1/D1' })).toContain(
    'not in a direct message',
  )
  expect(await say('/nutgraf report ON')).toContain('now on in this channel')
  expect(await say('/nutgraf report on')).toContain('already on in this channel')
  expect(await notices()).toHaveLength(1)
  const admin = await reporting({ about: { guest: false, admin: true } })
  expect(await admin.say('/nutgraf report off server')).toContain('now off in all channels here')
  expect(await admin.say('/nutgraf report x', { place: 'slack:T1/C7' })).toContain('switched off here')
  expect(await admin.say('/nutgraf report x', { place: 'slack:T2/C7' })).toMatch(/^Thank you/)
})

test('on Discord whoever manages the server or channel switches it, and nobody else', async () => {
  const { say } = await reporting()
  const at = { place: 'discord:5/6' as const }
  const member = { id: 'discord:1', rights: ['member' as const] }
  const manager = { id: 'discord:2', rights: ['manage' as const, 'member' as const] }
  for (const typed of ['/nutgraf report off', '/nutgraf report off server'])
    expect(await say(typed, { ...at, caller: member })).toContain('Manage Channels or Manage Server')
  expect(await say('/nutgraf report off server', { place: 'discord:@me/6', caller: manager })).toContain(
    'not in a direct message',
  )
  expect(await say('/nutgraf report off server', { ...at, caller: manager })).toContain('all channels here')
  expect(await say('/nutgraf report x', { place: 'discord:5/7', caller: member })).toContain('switched off')
  expect(await say('/nutgraf report x', { place: 'discord:8/7', caller: member })).toMatch(/^Thank you/)
})

test('how to report is told as it can be done: not without a desk, and no menu where there is none', async () => {
  const { say } = await reporting()
  expect(await say('/nutgraf report')).toContain('choose “Report an error”')
  const preview = await say('/nutgraf report', { place: 'preview:local' })
  expect(preview).toContain('/nutgraf report The date')
  expect(preview).not.toContain('menu')
  const withoutDesk = await reporting({ desk: null })
  // Whoever sets the bot up is told what to write, with the id of the channel that they ask in.
  for (const line of ['/nutgraf report', '/nutgraf report The date is wrong.'])
    expect(await withoutDesk.say(line, { place: 'discord:5/7' })).toMatch(
      /I can’t reach the desk.*Nothing was sent.*sets DESK_CHANNEL=discord:5\/7\.$/,
    )
})
