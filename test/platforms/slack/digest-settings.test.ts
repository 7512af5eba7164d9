import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { beforeEach, expect, test } from 'vitest'
import { startDigestBot } from '../../support/conversations/digest-bot.ts'
import { slackPlatformFor } from '../../support/slack/connected-platform.ts'
import { type SlackDigestBot, startDigestBotOnSlack } from '../../support/slack/digest-bot.ts'
import type { Json } from '../../support/slack/loopback-workspace.ts'
import { chosenBody, postSignedRequest, SECRET, typingBody } from '../../support/slack/payloads.ts'
import type { StoredView } from '../../support/slack/views.ts'
import { waitUntil } from '../../support/wait-until.ts'

const PLACE = 'slack:T1/C1'
let loopback: SlackDigestBot['loopback']
let log: SlackDigestBot['log']
let bot: SlackDigestBot['bot']

beforeEach(async () => {
  ;({ loopback, log, bot } = await startDigestBotOnSlack())
})

const here = () => bot.store.subscriptions.list(PLACE)
const shown = (): StoredView => loopback.views.shown.at(-1)!
const words = (view: Json): string => JSON.stringify(view.blocks)
const fields = (view: Json): string[] =>
  view.blocks.filter((one: Json) => one.type === 'input').map((one: Json) => one.block_id.split('@')[0])
const element = (view: Json, name: string): Json =>
  view.blocks.find((one: Json) => one.block_id?.startsWith(`${name}@`)).element
async function opened(more: object = {}): Promise<StoredView> {
  expect(await loopback.command('/digest', more)).toEqual({})
  return shown()
}
const submit = (view: StoredView, filled: Json = {}) =>
  loopback.deliver('interactive', loopback.submit(view, filled))

test('the command alone opens the form; submitting it is the typed line, and the channel is told', async () => {
  const view = await opened()
  expect(fields(view)).toEqual(['digest', 'sent', 'time', 'zone', 'days', 'stories'])
  expect(element(view, 'time').initial_time).toBe('07:30')
  expect(element(view, 'zone').initial_option.value).toBe('America/Chicago')
  expect(
    element(view, 'days')
      .initial_options.map((one: Json) => one.value)
      .join(),
  ).toBe('mon,tue,wed,thu,fri')
  expect(view.submit.text).toBe('Switch on')
  const answer = await submit(view, {
    ...{ time: '06:15', zone: 'Europe/Berlin', days: ['mon', 'wed'], stories: ['old-bridge'], sent: 'note' },
  })
  expect(answer.response_action).toBe('update')
  expect(words(answer.view)).toContain('Done: the confirmation stands here for everyone.')
  expect(await here()).toMatchObject([
    {
      digest: 'morning',
      time: '06:15',
      zone: 'Europe/Berlin',
      days: 'mon,wed',
      stories: 'old-bridge',
      quiet: 'note',
    },
  ])
  expect(loopback.messages[0]?.text).toMatch(/^Morning brief is on in #general, set by Dana\nMon, Wed 06:15/)
})

test('it shows what is stored, draws another digest anew, and switches off', async () => {
  await submit(await opened(), { time: '05:05', stories: ['bridge', 'old-bridge'] })
  const view = await opened()
  expect(element(view, 'time').initial_time).toBe('05:05')
  expect(element(view, 'stories').initial_options.map((one: Json) => one.value)).toEqual([
    'bridge',
    'old-bridge',
  ])
  expect(view.submit.text).toBe('Save')
  const chosen = { action_id: 'field:digest', selected_option: { value: 'weekly' } }
  await loopback.deliver('interactive', chosenBody(view, chosen))
  await waitUntil(() => fields(view)[0] === 'digest' && view.blocks.at(-1)?.block_id === 'stories@weekly')
  expect(element(view, 'time').initial_time).toBe('09:00')
  expect(element(view, 'sent').initial_option.value).toBe('note')
  await submit(await opened(), { sent: 'off' })
  expect(await here()).toEqual([])
  expect(loopback.messages.at(-1)?.text).toContain('Morning brief is off in #general, stopped by Dana')
})

test('what is wrong is said at its field, and what is refused in the form, which stays', async () => {
  const view = await opened()
  expect(await submit(view, { time: null, days: [], stories: ['all', 'bridge'] })).toEqual({
    response_action: 'errors',
    errors: {
      'time@morning': 'Choose a time.',
      'days@morning': 'Choose at least one day.',
      'stories@morning': 'Choose single stories or all, not both.',
    },
  })
  const elsewhere = await submit(await opened({ channel_id: 'COUT' }))
  expect(elsewhere).toEqual({
    response_action: 'errors',
    errors: {
      'digest@morning':
        'I can’t post in this channel. Type /invite @nutgraf, then send this again. Nothing was changed.',
    },
  })
  expect(await bot.store.subscriptions.list()).toEqual([])
})

test('guests see what comes, without a form, and cannot submit one either', async () => {
  const own = await opened()
  await submit(own)
  const view = await opened({ user_id: 'UGUEST' })
  expect(fields(view)).toEqual([])
  expect(view.submit).toBeUndefined()
  expect(words(view)).toContain('Guests can’t change digests; a member of this channel can.')
  expect(words(view)).toContain('07:30 Chicago time')
  const forged = loopback.submit(own, { sent: 'off' }, { user: { id: 'UGUEST', team_id: 'T1' } })
  expect((await loopback.deliver('interactive', forged)).errors['digest@morning']).toMatch(/^Guests can’t/)
  expect(await here()).toHaveLength(1)
})

test('where the store is slow the modal opens at once and gets its form later', async () => {
  loopback.failNext('users.info', { hang: true })
  const view = await opened()
  expect(words(view)).toContain('One moment …')
  await waitUntil(() => view.blocks.length > 1 || !words(view).includes('One moment'))
  expect(words(view)).toContain('I can’t check right now whether you are a guest here')
  expect(bot.outcomes).toHaveLength(1)
})

test('a form that cannot be made is said in the modal, and counted as that', async () => {
  bot.store.subscriptions.list = () => Promise.reject(new Error('boom'))
  const view = await opened()
  expect(words(view)).toContain('Something went wrong on our side, and it has been logged.')
  expect(bot.outcomes).toEqual(['failed'])
})

test('where Slack does not open it, the command answers in words', async () => {
  loopback.failNext('views.open', { error: 'expired_trigger_id' })
  expect((await loopback.command('/digest')).text).toBe(
    'Slack did not open the form. What comes here: /digest status · How to change it: /digest help',
  )
  expect((await loopback.command('/digest status')).text).toMatch(/^Digests in #general/)
})

test('a field offers what is typed, and nothing that Slack would refuse', async () => {
  const view = await opened()
  const offered = async (field: string, typed: string): Promise<string[]> => {
    const { options } = await loopback.deliver('interactive', typingBody(view, `field:${field}`, typed))
    return options.map((one: Json) => one.value)
  }
  expect(await offered('zone', 'chic')).toEqual(['America/Chicago'])
  expect(await offered('stories', '')).toEqual(['all', 'bridge', 'old-bridge'])
  expect(await offered('stories', 'zzz')).toEqual([])
})

test('signed over HTTP it is the same', async () => {
  const other = await startDigestBot(() => slackPlatformFor(loopback, { log, signingSecret: SECRET }), log)
  const server = createServer((req, res) => other.platform.requestListener?.(req, res))
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events`
  try {
    const asked = await postSignedRequest(url, loopback.withTrigger(loopback.slash('/digest')))
    expect([asked.status, await asked.text()]).toEqual([200, ''])
    const view = shown()
    const offered = await postSignedRequest(url, typingBody(view, 'field:zone', 'berlin'))
    expect((await offered.json()).options[0].value).toBe('Europe/Berlin')
    const refused = await postSignedRequest(url, loopback.submit(view, { time: null }))
    expect((await refused.json()).errors).toEqual({ 'time@morning': 'Choose a time.' })
    const done = await postSignedRequest(url, loopback.submit(view, { time: '08:00' }))
    expect((await done.json()).response_action).toBe('update')
    expect(await other.store.subscriptions.list(PLACE)).toMatchObject([{ time: '08:00' }])
  } finally {
    await other.stop()
    server.closeAllConnections()
    server.close()
  }
})
