import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { startDiscord } from '../support/loopback/discord.ts'
import { startPostgres } from '../support/loopback/postgres.ts'
import { startSlack } from '../support/loopback/slack.ts'
import { addressOf, startBot } from '../support/start-process.ts'

const stops: (() => unknown)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop()
})

/** A port at which nobody answers until `open` makes it lead to another. */
async function closedDoor() {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as AddressInfo
  probe.close()
  let server: Server | undefined
  const sockets = new Set<Socket>()
  stops.push(() => door.close())
  const door = {
    port,
    close() {
      server?.close()
      for (const socket of sockets) socket.destroy()
    },
    async open(target: number) {
      server = createServer(socket => {
        const onward = connect(target, '127.0.0.1')
        for (const each of [socket, onward]) sockets.add(each.on('error', () => {}))
        socket.pipe(onward).pipe(socket)
      }).listen(port, '127.0.0.1')
      await once(server, 'listening')
    },
  }
  return door
}

const portOf = (url: string) => Number(new URL(url).port)

async function loopbacks() {
  const [slack, discord] = await Promise.all([startSlack(), startDiscord()])
  stops.push(slack.close, discord.close)
  const slackSettings = {
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_APP_TOKEN: slack.appToken,
    SLACK_API_URL: slack.apiUrl,
  }
  const discordSettings = { DISCORD_TOKEN: discord.token, DISCORD_API_URL: discord.apiUrl }
  return { slack, discord, slackSettings, discordSettings, env: { ...slackSettings, ...discordSettings } }
}

const statusOf = async (url: string) => (await fetch(url)).status
const platformsOf = async (address: string) =>
  ((await (await fetch(`${address}/health`)).json()) as { platforms: Record<string, { detail?: string }> })
    .platforms

test('while Slack cannot be reached the bot serves Discord and says so, and Slack once it is back', {
  timeout: 60_000,
}, async () => {
  const { slack, discord, env } = await loopbacks()
  const door = await closedDoor()
  const bot = startBot({ ...env, SLACK_API_URL: `http://127.0.0.1:${door.port}/api/`, HOST: '127.0.0.1' })
  const address = await addressOf(bot)
  expect(bot.out()).toMatch(
    /Slack {4}not connected, tried again until it is · Slack could not be reached .*\(ECONNREFUSED\)/,
  )
  expect(bot.out()).toMatch(/Discord {2}connected · as nutgraf/)
  expect(bot.err()).toContain('slack: not connected; it is tried again')
  expect(await statusOf(`${address}/ready`)).toBe(503)
  expect(await statusOf(`${address}/health`)).toBe(200)
  expect((await platformsOf(address)).slack?.detail).toContain('ECONNREFUSED')
  expect((await discord.command('/lawsuit summary')).data.content).toContain('ARCHIVED STORY')
  await door.open(portOf(slack.apiUrl))
  await bot.waitForOutput('slack: connected')
  expect(await statusOf(`${address}/ready`)).toBe(200)
  expect((await slack.command('/quote sessions')).text).toContain('“every sanctuary city')
})

test('while Discord cannot be reached the bot serves Slack, and Discord once it is back', {
  timeout: 60_000,
}, async () => {
  const { slack, discord, env } = await loopbacks()
  const door = await closedDoor()
  const bot = startBot({ ...env, DISCORD_API_URL: `http://127.0.0.1:${door.port}/api`, HOST: '127.0.0.1' })
  const address = await addressOf(bot)
  expect(bot.out()).toMatch(
    /Discord {2}not connected, tried again until it is · Discord cannot be reached \(ECONNREFUSED\)/,
  )
  expect(await statusOf(`${address}/ready`)).toBe(503)
  expect((await slack.command('/quote sessions')).text).toContain('“every sanctuary city')
  await door.open(portOf(discord.apiUrl))
  await bot.waitForOutput('discord: connected')
  expect((await discord.command('/lawsuit summary')).data.content).toContain('ARCHIVED STORY')
  expect(await statusOf(`${address}/ready`)).toBe(200)
})

test('what passes by itself is waited for: limits and faults where a start asks', {
  timeout: 60_000,
}, async () => {
  const { slack, discord, env } = await loopbacks()
  slack.failNext('auth.test', { status: 503 })
  slack.failNext('apps.connections.open', { status: 429, retryAfter: 1 }, { error: 'internal_error' })
  discord.failNext('GET /gateway/bot', ...Array(8).fill({ status: 502 }))
  const bot = startBot(env)
  await addressOf(bot)
  await Promise.all([bot.waitForOutput('slack: connected'), bot.waitForOutput('discord: connected')])
  expect(bot.err()).toMatch(/check SLACK_BOT_TOKEN \(HTTP 503\)/)
  expect(bot.err()).toMatch(/Socket Mode cannot be reached \((?:rate limited|internal_error|HTTP 500)\)/)
  expect((await slack.command('/quote sessions')).text).toContain('“every sanctuary city')
})

test('a wrong token of one platform is told, and never ends the work of the other', {
  timeout: 60_000,
}, async () => {
  const { slack, discord, slackSettings, discordSettings } = await loopbacks()
  const withoutDiscord = startBot({ ...slackSettings, ...discordSettings, DISCORD_TOKEN: 'wrong' })
  const withoutSlack = startBot({ ...slackSettings, ...discordSettings, SLACK_APP_TOKEN: 'xapp-wrong' })
  await Promise.all([addressOf(withoutDiscord), addressOf(withoutSlack)])
  expect(withoutDiscord.out()).toMatch(/Discord {2}not connected.* · Discord does not accept DISCORD_TOKEN/)
  expect(withoutSlack.out()).toMatch(/Slack {4}not connected.* · Slack does not accept SLACK_APP_TOKEN/)
  expect((await slack.command('/quote sessions')).text).toContain('“every sanctuary city')
  expect((await discord.command('/lawsuit summary')).data.content).toContain('ARCHIVED STORY')

  // Nothing is left to run: the process ends, and says all of it.
  const neither = startBot({
    ...slackSettings,
    ...discordSettings,
    SLACK_BOT_TOKEN: 'xoxb-wrong',
    DISCORD_TOKEN: 'wrong',
  })
  expect(await neither.ended).toBe(1)
  expect(neither.err()).toMatch(/Slack does not accept SLACK_BOT_TOKEN/)
  expect(neither.err()).toMatch(/Discord does not accept DISCORD_TOKEN/)
})

test('a database that starts later is waited for, with a sentence and /health, and then all is served', {
  timeout: 60_000,
}, async () => {
  const server = await startPostgres()
  stops.push(() => server.stop())
  const { slack, slackSettings } = await loopbacks()
  const url = new URL(await server.createDatabase())
  const door = await closedDoor()
  const target = Number(url.port)
  url.port = String(door.port)
  const bot = startBot({ ...slackSettings, DATABASE_URL: url.href, HOST: '127.0.0.1' })
  await bot.waitForOutput(
    'Waiting for the database, and starting once it is there. store: PostgreSQL does not answer',
  )
  const log = await bot.waitForOutput('/health is served meanwhile')
  const waiting = `http://127.0.0.1:${/"port":(\d+)/.exec(log)![1]}`
  expect(await (await fetch(`${waiting}/health`)).json()).toMatchObject({
    ok: true,
    store: expect.stringMatching(/^waiting: .*does not answer/),
  })
  expect(await statusOf(`${waiting}/ready`)).toBe(503)
  await door.open(target)
  const address = await addressOf(bot)
  expect(await statusOf(`${address}/ready`)).toBe(200)
  expect((await slack.command('/quote sessions')).text).toContain('“every sanctuary city')
  const storeOf = async () => ((await (await fetch(`${address}/health`)).json()) as { store: string }).store
  expect(await storeOf()).toBe('answers')
  door.close()
  expect(await storeOf()).toMatch(/^away: .*PostgreSQL/)
  expect(await statusOf(`${address}/health`)).toBe(200)
  expect((await slack.command('/quote sessions')).text).toContain('“every sanctuary city')
  await door.open(target)
  await expect.poll(storeOf, { timeout: 20_000 }).toBe('answers')
  expect(bot.out() + bot.err()).not.toContain(`:${url.password}@`)
})
