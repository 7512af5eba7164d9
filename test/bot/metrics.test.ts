import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createMetrics } from '../../src/bot/metrics.ts'
import type { Call, PlatformState } from '../../src/chat/platform.ts'
import type { Delivery } from '../../src/store/delivery.ts'
import { createSqliteEngine } from '../../src/store/sqlite.ts'
import { openStore } from '../../src/store/store.ts'
import { startSlack } from '../support/loopback/slack.ts'
import { addressOf, startBot, temporaryFolder } from '../support/start-process.ts'
import { setFeedState } from '../support/wire/feed-states.ts'

const NOW = 1_700_000_000_000
const call = (command: string, more: Partial<Call> = {}): Call => ({
  command,
  text: '',
  place: 'slack:T1/C1',
  caller: { id: 'slack:T1/U1', rights: [] },
  audience: 'caller',
  at: NOW - 2,
  ...more,
})

const DELIVERY: Delivery = {
  ...{ key: 'k', kind: 'answer', place: 'slack:T1/C1', lane: 'slack:T1', number: 1 },
  ...{ state: 'sending', attempts: 2, createdAt: NOW, dueAt: NOW },
}

/** Metrics on a store of their own: `lines` renders ours, `later` advances their clock. */
async function openMetrics(more: Partial<Parameters<typeof createMetrics>[0]> = {}) {
  let now = NOW
  const store = await openStore(
    createSqliteEngine(join(temporaryFolder(), 'nutgraf.db'), { clock: () => now }),
  )
  const metrics = createMetrics({
    store,
    commands: () => [{ name: 'lawsuit' }, { name: 'quote' }],
    library: () => ({ revision: 'abc' }),
    platforms: () => [],
    problems: () => [],
    version: '1.2.3',
    role: 'all',
    clock: () => now,
    ...more,
  })
  const lines = async () =>
    (await metrics.render()).body.split('\n').filter(line => line.startsWith('nutgraf_'))
  const later = (ms: number) => {
    now += ms
  }
  return { ...metrics, store, lines, later }
}

test('commands are counted by their registered names, and all others together', async () => {
  const { countCall, lines } = await openMetrics()
  countCall(call('lawsuit'), 'answered')
  countCall(call('lawsuit'), 'answered')
  for (let number = 0; number < 50; number++) countCall(call(`typed${number}`), 'refused')
  countCall(call('quote', { audience: 'place', at: NOW - 1_500 }), 'posted')
  const rendered = await lines()
  expect(rendered.filter(line => line.startsWith('nutgraf_commands_total'))).toEqual([
    'nutgraf_commands_total{platform="slack",command="lawsuit",outcome="answered"} 2',
    'nutgraf_commands_total{platform="slack",command="other",outcome="refused"} 50',
    'nutgraf_commands_total{platform="slack",command="quote",outcome="posted"} 1',
  ])
  expect(rendered).toContain('nutgraf_command_seconds_bucket{le="0.001",platform="slack",heard="command"} 0')
  expect(rendered).toContain(
    'nutgraf_command_seconds_bucket{le="0.0025",platform="slack",heard="command"} 52',
  )
  expect(rendered).toContain('nutgraf_command_seconds_bucket{le="1",platform="slack",heard="mention"} 0')
  expect(rendered).toContain('nutgraf_command_seconds_bucket{le="2",platform="slack",heard="mention"} 1')
})

test('deliveries are counted by state, with pending edits and the lag of the oldest', async () => {
  const { store, lines, later, countDelivery } = await openMetrics()
  const row = { kind: 'edition', place: 'slack:T1/C1', lane: 'slack:T1', number: 1 } as const
  await store.ledger.add([
    { ...row, key: 'late', state: 'due', dueAt: NOW - 90_000 },
    { ...row, key: 'soon', state: 'due', dueAt: NOW + 90_000 },
    { ...row, key: 'old', state: 'missed', dueAt: NOW - 1 },
  ])
  countDelivery({ ...DELIVERY, place: 'discord:1/2', kind: 'edition' }, 'sent')
  expect(await lines()).toEqual(
    expect.arrayContaining([
      'nutgraf_deliveries{state="due"} 2',
      'nutgraf_deliveries{state="sending"} 0',
      'nutgraf_deliveries{state="doubt"} 0',
      'nutgraf_edits_pending 0',
      'nutgraf_delivery_lag_seconds 90',
      'nutgraf_deliveries_total{platform="discord",kind="edition",outcome="sent"} 1',
      'nutgraf_store_up 1',
    ]),
  )
  const part = 'lawsuit/section:status'
  const key = 'posted'
  const shown = [{ part, revision: 1 }]
  await store.ledger.addClaimed(
    { ...row, key, state: 'due', dueAt: NOW },
    { owner: 'me', leaseMs: 10_000, shown },
  )
  await store.ledger.markSent({ key, owner: 'me' }, { place: row.place, id: '1.1' })
  expect(await lines()).toContain('nutgraf_edits_pending 0')
  const cause = { cause: 'lawsuit/correction:1', kind: 'correction', story: 'lawsuit' } as const
  await store.corrections.applyCause(
    { ...cause, part, revision: 2, waits: false },
    { lane: () => 'slack:T1' },
  )
  expect(await lines()).toContain('nutgraf_edits_pending 1')
  later(10_000)
  expect(await lines()).toContain('nutgraf_delivery_lag_seconds 100')
})

test('an answer that waited is counted once, when it is posted or given up', async () => {
  const { countDelivery, lines } = await openMetrics()
  const selection = JSON.stringify({ command: 'quote', text: 'x', at: NOW - 4_000 })
  const late = { ...DELIVERY, selection: selection.replace('}', ',"late":true}') }
  countDelivery(late, 'again')
  countDelivery(late, 'unknown')
  countDelivery({ ...DELIVERY, selection }, 'failed')
  expect((await lines()).filter(line => line.startsWith('nutgraf_commands_total{'))).toEqual([])
  countDelivery(late, 'sent')
  countDelivery({ ...late, message: { place: late.place, id: '1.1' } }, 'sent')
  countDelivery(late, 'failed')
  countDelivery(late, 'doubt')
  const rendered = await lines()
  expect(rendered.filter(line => line.startsWith('nutgraf_commands_total{'))).toEqual([
    'nutgraf_commands_total{platform="slack",command="quote",outcome="posted"} 1',
    'nutgraf_commands_total{platform="slack",command="quote",outcome="unposted"} 2',
  ])
  expect(rendered).toContain('nutgraf_command_seconds_bucket{le="3",platform="slack",heard="mention"} 0')
  expect(rendered).toContain('nutgraf_command_seconds_bucket{le="5",platform="slack",heard="mention"} 3')
})

test('each platform has one state, and the content has an age', async () => {
  let state: PlatformState['state'] = 'connected'
  let revision = 'abc'
  const library = () => ({ revision })
  const { lines, later } = await openMetrics({
    platforms: () => [{ name: 'slack', state: () => ({ state }) }],
    library,
  })
  later(5_000)
  expect(await lines()).toEqual(
    expect.arrayContaining([
      'nutgraf_platform_state{platform="slack",state="connected"} 1',
      'nutgraf_platform_state{platform="slack",state="lost"} 0',
      'nutgraf_content_age_seconds 5',
      'nutgraf_info{version="1.2.3",role="all",content="abc"} 1',
    ]),
  )
  state = 'lost'
  revision = 'def'
  const changed = await lines()
  expect(changed).toEqual(
    expect.arrayContaining([
      'nutgraf_platform_state{platform="slack",state="connected"} 0',
      'nutgraf_platform_state{platform="slack",state="lost"} 1',
      'nutgraf_content_age_seconds 0',
      'nutgraf_info{version="1.2.3",role="all",content="def"} 1',
    ]),
  )
  expect(changed.join('\n')).not.toContain('abc')
})

test('when the store does not answer, only its own figures are missing', async () => {
  const { store, lines } = await openMetrics()
  await store.close()
  const rendered = await lines()
  expect(rendered).toContain('nutgraf_store_up 0')
  expect(rendered.some(line => line.startsWith('nutgraf_deliveries{'))).toBe(false)
})

test('with METRICS=1 a bot serves counts of the calls from its platform', {
  timeout: 60_000,
}, async () => {
  const slack = await startSlack()
  const env = {
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_APP_TOKEN: slack.appToken,
    SLACK_API_URL: slack.apiUrl,
    HOST: '127.0.0.1',
  }
  const bot = startBot({ ...env, METRICS: '1' })
  const address = await addressOf(bot)
  // Slack asks one mention to wait, and refuses the other for good.
  slack.failNext('chat.postMessage', { status: 429, retryAfter: 1 }, { error: 'msg_too_long' })
  for (const ts of ['9.1', '9.2'])
    await slack.deliver('events_api', slack.event({ type: 'app_mention', text: '<@UBOT> help', ts }))
  await expect.poll(() => slack.callsTo('chat.postMessage').length).toBe(2)
  await slack.command('/quote sessions')
  await slack.command('/quote nobody-at-all')
  await slack.command('/lawsuit status --public')
  const late = 'nutgraf_commands_total{platform="slack",command="nutgraf",outcome="posted"} 1'
  const scrape = () => fetch(`${address}/metrics`)
  await expect.poll(async () => (await scrape()).text(), { timeout: 20_000 }).toContain(late)
  const response = await scrape()
  expect(response.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/)
  const text = await response.text()
  expect(text).toContain('nutgraf_commands_total{platform="slack",command="quote",outcome="answered"} 1')
  expect(text).toContain('nutgraf_commands_total{platform="slack",command="quote",outcome="refused"} 1')
  expect(text).toContain('nutgraf_commands_total{platform="slack",command="lawsuit",outcome="posted"} 1')
  expect(text).toContain('nutgraf_commands_total{platform="slack",command="nutgraf",outcome="unposted"} 1')
  expect(text).toContain('nutgraf_platform_state{platform="slack",state="connected"} 1')
  expect(text).toMatch(/^process_resident_memory_bytes \d+$/m)
  expect(text).not.toContain(slack.botToken)
  await slack.close()
})

test('each feed has its failures, and how long ago it was reached and brought something', async () => {
  const { lines, store, later } = await openMetrics({ feeds: () => [{ name: 'wqad' }, { name: 'ap' }] })
  await setFeedState(store, 'wqad', { reachedAt: NOW - 60_000, newItemAt: NOW - 120_000 })
  await setFeedState(store, 'gone', { failures: 7 })
  await setFeedState(store, 'ap', { failures: 3 })
  later(1_000)
  expect((await lines()).filter(line => line.startsWith('nutgraf_feed'))).toEqual([
    'nutgraf_feed_failures{feed="ap"} 3',
    'nutgraf_feed_failures{feed="wqad"} 0',
    'nutgraf_feed_reached_age_seconds{feed="wqad"} 61',
    'nutgraf_feed_new_age_seconds{feed="wqad"} 121',
  ])
})
