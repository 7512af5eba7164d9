import { afterEach, expect, test } from 'vitest'
import type { SlackOptions } from '../../../src/platforms/slack/slack.ts'
import { createOtherProcessWarning } from '../../../src/platforms/slack/sockets/other-processes.ts'
import { startSlack } from '../../support/loopback/slack.ts'
import { recordingLog } from '../../support/recording-log.ts'
import { connectSlack } from '../../support/slack/connected-platform.ts'
import { waitUntil } from '../../support/wait-until.ts'

const FAST = { settled: 0, quiet: 100, backOff: 20, backOffMax: 100, crowded: 300 }
const open: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const stop of open.splice(0)) await stop()
})

async function startBot(timing: SlackOptions['timing'] = FAST, rules: object = {}, grace = 100) {
  const loopback = await startSlack({ grace })
  Object.assign(loopback.socketRules, rules)
  const connected = await connectSlack(loopback, { timing })
  open.push(async () => {
    await connected.platform.stop()
    await loopback.close()
  })
  const warnings = () =>
    connected.log.lines.filter(({ level }) => level === 'warn').map(({ message }) => message)
  return { loopback, ...connected, warnings }
}

test('another process with the same token is reported: at once where it is certain, else at the next hello', () => {
  const log = recordingLog()
  const warn = createOtherProcessWarning(log)
  const warned = () => log.lines.filter(({ level }) => level === 'warn').length
  warn(1, 1)
  // A process that is just being replaced.
  warn(2, 1)
  expect(warned()).toBe(0)
  warn(1, 1)
  warn(3, 1)
  warn(3, 1)
  expect(warned()).toBe(1)
  warn(2, 2)
  warn(2, 1)
  warn(2, 1)
  expect(warned()).toBe(2)
})

test('more than two connections at the first hello are a warning, our own while we reconnect are none', async () => {
  const { loopback, warnings } = await startBot()
  loopback.refresh()
  await waitUntil(() => loopback.accepted() === 2 && loopback.connections() === 1)
  await loopback.command('/lawsuit x')
  expect(warnings()).toEqual([])
  const crowded = await startBot(FAST, { others: 2 })
  expect(crowded.warnings()).toMatchObject([
    expect.stringMatching(/other processes are connected with the same/),
  ])
})

test('where Slack allows no more connections we say so, wait, and come back', async () => {
  const { loopback, platform, warnings } = await startBot(FAST, { others: 10 }, 20)
  await waitUntil(() => warnings().some(line => /as many connections/.test(line)))
  expect(loopback.callsTo('apps.connections.open')).toHaveLength(1)
  await waitUntil(() => platform.state().state === 'lost')
  expect(loopback.callsTo('apps.connections.open')).toHaveLength(1)
  loopback.socketRules.others = 0
  await waitUntil(() => platform.state().state === 'connected')
  expect((await loopback.command('/lawsuit back')).text).toBe('lawsuit: back')
})

test('a hello that takes longer than Slack’s warning costs nobody: we replace a connection before Slack does', {
  timeout: 60_000,
}, async () => {
  // A connection lasts five seconds, Slack warns 200 ms ahead, and a hello takes 300 ms.
  const { loopback } = await startBot({ ...FAST, quiet: 5_000 }, { helloMs: 300, lastsMs: 5_000 }, 200)
  const answers: Promise<unknown>[] = []
  const end = performance.now() + 7_000
  let lastRefresh = performance.now()
  while (performance.now() < end) {
    // Slack closes what is older than it said.
    if (performance.now() - lastRefresh > 500) {
      lastRefresh = performance.now()
      loopback.refreshOlderThan(5_000)
    }
    answers.push(loopback.command(`/lawsuit ${answers.length}`))
    await new Promise(resolve => setTimeout(resolve, 10))
  }
  const settled = await Promise.allSettled(answers)
  expect(settled.filter(({ status }) => status === 'rejected')).toEqual([])
  expect(answers.length).toBeGreaterThan(100)
})

test('a command that Slack sends right before it closes its connection is answered over another one', async () => {
  const { loopback } = await startBot({ ...FAST, quiet: 5_000 }, {}, 60_000)
  loopback.refresh()
  await waitUntil(() => loopback.connections() === 2)
  await loopback.command('/lawsuit both are up')
  const over = [...Array(4).keys()].map(number => loopback.command(`/lawsuit ${number}`))
  loopback.closeOldest()
  expect(await Promise.all(over)).toMatchObject([0, 1, 2, 3].map(number => ({ text: `lawsuit: ${number}` })))
})

test('where no connection is left, the next one answers', async () => {
  const { loopback } = await startBot()
  const answer = loopback.command('/lawsuit x')
  loopback.closeOldest()
  expect(await answer).toMatchObject({ text: 'lawsuit: x' })
})

test('a frame that is no object is ignored', async () => {
  const { loopback } = await startBot()
  loopback.sendRaw('null')
  loopback.sendRaw('[]')
  loopback.sendRaw('x')
  expect((await loopback.command('/lawsuit x')).text).toBe('lawsuit: x')
})
