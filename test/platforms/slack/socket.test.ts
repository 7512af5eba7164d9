import { afterEach, expect, test } from 'vitest'
import type { SlackOptions } from '../../../src/platforms/slack/slack.ts'
import { type Loopback, type LoopbackOptions, startSlack } from '../../support/loopback/slack.ts'
import { recordingLog } from '../../support/recording-log.ts'
import { connectSlack, slackPlatformFor } from '../../support/slack/connected-platform.ts'
import { waitUntil } from '../../support/wait-until.ts'

const FAST = { settled: 0, quiet: 200, backOff: 20, backOffMax: 100 }
const nobody = {
  answer: () => ({ blocks: [], parts: [], audience: 'caller' as const }),
  suggest: () => [],
  publish: async () => ({ problem: { blocks: [], parts: [], audience: 'caller' as const } }),
}
const open: (() => Promise<void>)[] = []
const unhandled: unknown[] = []
process.on('unhandledRejection', cause => unhandled.push(cause))

async function startBot(options: LoopbackOptions = {}, timing: SlackOptions['timing'] = FAST) {
  const loopback = await startSlack(options)
  const connected = await connectSlack(loopback, { timing })
  open.push(async () => {
    await connected.platform.stop()
    await loopback.close()
  })
  return { loopback, ...connected }
}

async function expectAllAnswered(loopback: Loopback, lines: string[]) {
  const replies = await Promise.all(lines.map(line => loopback.command(line)))
  expect(replies.map(reply => reply.text)).toEqual(lines.map(line => line.replace(/^\/(\w+) /, '$1: ')))
}

afterEach(async () => {
  for (const stop of open.splice(0)) await stop()
  expect(unhandled).toEqual([])
})

test('commands, mentions and buttons are answered over Socket Mode', async () => {
  const { loopback, platform } = await startBot()
  expect(platform.state()).toEqual({ state: 'connected', account: '@nutgraf in Loopback' })
  expect(platform.requestListener).toBeUndefined()
  expect(await loopback.command('/lawsuit summary')).toMatchObject({
    response_type: 'ephemeral',
    text: 'lawsuit: summary',
  })
  await loopback.deliver('events_api', loopback.event({ type: 'app_mention', text: '<@UBOT> help' }))
  await waitUntil(() => loopback.messages.length === 1)
  await loopback.deliver('interactive', loopback.press('/quote sessions'))
  await waitUntil(() => loopback.responses.length === 1)
})

test('no command is lost over 100 refreshes, sent right before and right after each', {
  timeout: 60_000,
}, async () => {
  const { loopback, platform } = await startBot({ grace: 120 })
  let answered = 0
  for (let refresh = 0; refresh < 100; refresh++) {
    const accepted = loopback.accepted()
    const before = expectAllAnswered(loopback, [`/lawsuit before ${refresh}`])
    loopback.refresh(refresh % 2 ? 'warning' : 'refresh_requested')
    const after = expectAllAnswered(loopback, [`/lawsuit after ${refresh}`, `/lawsuit again ${refresh}`])
    await Promise.all([before, after])
    await waitUntil(() => loopback.accepted() > accepted)
    await expectAllAnswered(loopback, [`/lawsuit later ${refresh}`])
    await waitUntil(() => loopback.connections() === 1)
    answered += 4
  }
  expect(answered).toBe(400)
  expect(loopback.callsTo('apps.connections.open')).toHaveLength(101)
  expect(platform.state().state).toBe('connected')
})

test('an old connection that Slack leaves open is closed by us once it is quiet', async () => {
  const { loopback } = await startBot({ grace: 60_000 }, { ...FAST, quiet: 100 })
  loopback.refresh()
  await waitUntil(() => loopback.connections() === 2)
  await expectAllAnswered(loopback, ['/lawsuit one', '/lawsuit two'])
  await waitUntil(() => loopback.connections() === 1)
  await expectAllAnswered(loopback, ['/lawsuit three'])
})

test('a connection that must be replaced as soon as it is up does not start a loop', async () => {
  const { loopback } = await startBot({ grace: 20 }, { ...FAST, settled: 10_000, backOff: 200 })
  const chase = setInterval(() => loopback.refresh(), 5)
  await new Promise(resolve => setTimeout(resolve, 400))
  clearInterval(chase)
  expect(loopback.callsTo('apps.connections.open').length).toBeLessThan(6)
  await waitUntil(() => loopback.connections() === 1)
})

test('nor do connections that must be replaced together with their hello', async () => {
  const { loopback } = await startBot(
    { grace: 20 },
    { ...FAST, settled: 200, backOff: 200, backOffMax: 1_000 },
  )
  // Only a connection that had settled is replaced at once.
  await new Promise(resolve => setTimeout(resolve, 250))
  const before = loopback.callsTo('apps.connections.open').length
  loopback.sendAwayNext(50)
  loopback.dropSockets()
  await new Promise(resolve => setTimeout(resolve, 400))
  expect(loopback.callsTo('apps.connections.open').length - before).toBeLessThan(5)
  loopback.sendAwayNext(0)
  await waitUntil(() => loopback.connections() === 1)
})

test('a dropped connection is connected anew, and the state says lost in between', async () => {
  const { loopback, log } = await startBot()
  const states = () =>
    log.lines.map(line => line.message).filter(line => /^slack: (lost|connected)$/.test(line))
  loopback.dropSockets()
  await waitUntil(() => states().length === 3)
  expect(states()).toEqual(['slack: connected', 'slack: lost', 'slack: connected'])
  await expectAllAnswered(loopback, ['/lawsuit back'])
})

test('a connection that ended for good is replaced once Slack accepts us again', async () => {
  const { loopback, platform } = await startBot()
  loopback.tokens.delete(loopback.appToken)
  loopback.dropSockets()
  await waitUntil(() => loopback.callsTo('apps.connections.open').length >= 4)
  expect(platform.state()).toMatchObject({ state: 'lost', detail: expect.stringContaining('invalid_auth') })
  loopback.tokens.add(loopback.appToken)
  await waitUntil(() => platform.state().state === 'connected')
  expect(platform.state().detail).toBeUndefined()
  await expectAllAnswered(loopback, ['/lawsuit healed'])
})

test('Slack may fail in every way while we reconnect', async () => {
  const { loopback, platform } = await startBot()
  loopback.failNext(
    'apps.connections.open',
    { status: 500 },
    { cut: 'before' },
    { status: 429, retryAfter: 1 },
    { error: 'internal_error' },
  )
  loopback.dropSockets()
  await waitUntil(() => loopback.callsTo('apps.connections.open').length === 6)
  await waitUntil(() => platform.state().state === 'connected')
  await expectAllAnswered(loopback, ['/lawsuit back'])
})

test('stop answers what is under way, closes the sockets, and nothing reconnects', async () => {
  const { loopback, platform } = await startBot()
  const last = loopback.command('/lawsuit last')
  await new Promise(resolve => setTimeout(resolve, 10))
  await platform.stop()
  expect((await last).text).toBe('lawsuit: last')
  expect(platform.state().state).toBe('stopped')
  await waitUntil(() => loopback.connections() === 0)
  await new Promise(resolve => setTimeout(resolve, 200))
  expect(loopback.connections()).toBe(0)
})

test.each([
  ['SLACK_BOT_TOKEN', 'botToken', 'auth.test'],
  ['SLACK_APP_TOKEN', 'appToken', 'apps.connections.open'],
] as const)('a bad %s ends the start with one sentence that names it', async (variable, token, method) => {
  const loopback = await startSlack()
  loopback.tokens.delete(loopback[token])
  const platform = slackPlatformFor(loopback, { log: recordingLog(), appToken: loopback.appToken })
  const failure = await platform.start(nobody).catch((cause: Error) => cause)
  expect((failure as Error).message).toMatch(new RegExp(`${variable} \\(invalid_auth\\)`))
  expect((failure as Error).message).not.toContain(loopback[token])
  expect(loopback.callsTo(method)).toHaveLength(1)
  await platform.stop()
  await loopback.close()
})

test('where Slack cannot be reached at all, the start says so', async () => {
  const loopback = await startSlack()
  await loopback.close()
  const platform = slackPlatformFor(loopback, { log: recordingLog(), appToken: 'xapp-1' })
  await expect(platform.start(nobody)).rejects.toThrow(/could not be reached/)
})
