import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { beforeEach, describe, expect, test } from 'vitest'
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
const lastView = (): StoredView => loopback.views.shown.at(-1)!
const words = (view: Json): string => JSON.stringify(view.blocks)
const fields = (view: Json): string[] =>
  view.blocks.filter(({ type }: Json) => type === 'input').map(({ block_id }: Json) => block_id.split('@')[0])
const element = (view: Json, name: string): Json =>
  view.blocks.find(({ block_id }: Json) => block_id?.startsWith(`${name}@`)).element
async function openForm(more: object = {}): Promise<StoredView> {
  expect(await loopback.command('/digest', more)).toEqual({})
  return lastView()
}
const submit = (view: StoredView, filled: Json = {}) =>
  loopback.deliver('interactive', loopback.submit(view, filled))

test('the command alone opens the form; submitting it is the typed line, and the channel is told', async () => {
  const view = await openForm()
  expect(fields(view)).toEqual(['digest', 'sent', 'time', 'zone', 'days', 'stories', 'words'])
  expect(element(view, 'time').initial_time).toBe('07:30')
  expect(element(view, 'zone').initial_option.value).toBe('America/Chicago')
  expect(
    element(view, 'days')
      .initial_options.map(({ value }: Json) => value)
      .join(),
  ).toBe('mon,tue,wed,thu,fri')
  expect(view.submit.text).toBe('Switch on')
  const answer = await submit(view, {
    time: '06:15',
    zone: 'Europe/Berlin',
    days: ['mon', 'wed'],
    stories: ['old-bridge'],
    sent: 'note',
  })
  expect(answer.response_action).toBe('update')
  expect(words(answer.view)).toContain('Done. I posted a confirmation in this channel.')
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
  await submit(await openForm(), {
    time: '05:05',
    stories: ['bridge', 'old-bridge'],
    words: 'bridge -police',
  })
  const view = await openForm()
  expect(element(view, 'words')).toMatchObject({ initial_value: 'bridge -police', max_length: 200 })
  expect(element(view, 'time').initial_time).toBe('05:05')
  expect(element(view, 'stories').initial_options.map(({ value }: Json) => value)).toEqual([
    'bridge',
    'old-bridge',
  ])
  expect(view.submit.text).toBe('Save')
  const chosen = { action_id: 'field:digest', selected_option: { value: 'weekly' } }
  await loopback.deliver('interactive', chosenBody(view, chosen))
  await waitUntil(() => fields(view)[0] === 'digest' && view.blocks.at(-1)?.block_id === 'words@weekly')
  expect(element(view, 'time').initial_time).toBe('09:00')
  expect(element(view, 'sent').initial_option.value).toBe('note')
  await submit(await openForm(), { sent: 'off' })
  expect(await here()).toEqual([])
  expect(loopback.messages.at(-1)?.text).toContain('Morning brief is off in #general, stopped by Dana')
})

test('what is wrong is said at its field, and what is refused in the form, which stays', async () => {
  const view = await openForm()
  expect(await submit(view, { time: null, days: [], stories: ['all', 'bridge'], words: '"bridge' })).toEqual({
    response_action: 'errors',
    errors: {
      'time@morning': 'Choose a time.',
      'days@morning': 'Choose at least one day.',
      'stories@morning': 'Choose single stories or “all”, not both.',
      'words@morning':
        'The quotation mark before “bridge” is not closed. Write a phrase like this: words: "7th circuit"',
    },
  })
  const elsewhere = await submit(await openForm({ channel_id: 'CNONE' }))
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
  const own = await openForm()
  await submit(own)
  const view = await openForm({ user_id: 'UGUEST' })
  expect(fields(view)).toEqual([])
  expect(view.submit).toBeUndefined()
  expect(words(view)).toContain('Guests can’t change digests; a member of this channel can.')
  expect(words(view)).toContain('07:30 Chicago time')
  const forged = loopback.submit(own, { sent: 'off' }, { user: { id: 'UGUEST', team_id: 'T1' } })
  expect((await loopback.deliver('interactive', forged)).errors['digest@morning']).toMatch(/^Guests can’t/)
  expect(await here()).toHaveLength(1)
})

describe('a press on “Change or stop” under a brief', () => {
  const press = (fields: object = {}) =>
    loopback.deliver(
      'interactive',
      loopback.withTrigger(
        loopback.press('/digest settings morning', fields) as Json & { trigger_id: string },
      ),
    )

  test('opens the form, whose submission changes the digest', async () => {
    await press()
    await waitUntil(() => loopback.views.shown.length > 0)
    expect(element(lastView(), 'digest').initial_option.value).toBe('morning')
    await submit(lastView(), { sent: 'note' })
    expect(await here()).toMatchObject([{ digest: 'morning', quiet: 'note' }])
    expect(loopback.responses).toEqual([])
  })

  test('shows guests what comes, and says so where it cannot be opened', async () => {
    await press({ user: { id: 'UGUEST', team_id: 'T1' } })
    await waitUntil(() => loopback.views.shown.length > 0)
    expect(words(lastView())).toContain('Guests can’t change digests; a member of this channel can.')
    loopback.failNext('views.open', { error: 'expired_trigger_id' })
    await press()
    await waitUntil(() => loopback.responses.length > 0)
    expect(loopback.responses[0]).toMatchObject({ response_type: 'ephemeral', replace_original: false })
    expect(loopback.responses[0]!.text).toContain('/digest')
  })
})

test('where the store is slow the modal opens at once and gets its form later', async () => {
  loopback.failNext('users.info', { hang: true })
  const view = await openForm()
  expect(words(view)).toContain('One moment …')
  await waitUntil(() => view.blocks.length > 1 || !words(view).includes('One moment'))
  expect(words(view)).toContain('I can’t check right now whether you are a guest here')
  expect(bot.outcomes).toHaveLength(1)
})

test('a form that cannot be made is said in the modal, and counted as that', async () => {
  bot.store.subscriptions.list = () => Promise.reject(new Error('boom'))
  const view = await openForm()
  expect(words(view)).toContain('Something went wrong on our side, and it has been logged.')
  expect(bot.outcomes).toEqual(['failed'])
})

test('where Slack does not open it, the command answers in words', async () => {
  loopback.failNext('views.open', { error: 'expired_trigger_id' })
  expect((await loopback.command('/digest')).text).toBe(
    'Slack did not open the form. What this channel gets: /digest status · How to change it: /digest help',
  )
  expect((await loopback.command('/digest status')).text).toMatch(/^Digests in #general/)
})

test('a field suggests what matches, and nothing that Slack would refuse', async () => {
  const view = await openForm()
  const optionsFor = async (field: string, typed: string): Promise<string[]> => {
    const { options } = await loopback.deliver('interactive', typingBody(view, `field:${field}`, typed))
    return options.map(({ value }: Json) => value)
  }
  expect(await optionsFor('zone', 'chic')).toEqual(['America/Chicago'])
  expect(await optionsFor('stories', '')).toEqual(['all', 'bridge', 'old-bridge'])
  expect(await optionsFor('stories', 'zzz')).toEqual([])
})

test('the form works the same over HTTP', async () => {
  const other = await startDigestBot(() => slackPlatformFor(loopback, { log, signingSecret: SECRET }), log)
  const server = createServer((req, res) => other.platform.requestListener?.(req, res))
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events`
  try {
    const command = await postSignedRequest(url, loopback.withTrigger(loopback.slash('/digest')))
    expect([command.status, await command.text()]).toEqual([200, ''])
    const view = lastView()
    const suggestions = await postSignedRequest(url, typingBody(view, 'field:zone', 'berlin'))
    expect((await suggestions.json()).options[0].value).toBe('Europe/Berlin')
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
