import { afterAll, expect, test } from 'vitest'
import type { DiscordOptions } from '../../../src/platforms/discord/discord.ts'
import { MESSAGE_COMMANDS } from '../../../src/platforms/discord/message-commands.ts'
import {
  connectDiscord,
  discordPlatformFor,
  EMPTY_HANDLERS,
} from '../../support/discord/connected-platform.ts'
import { APP, commandBody, GUILD, type Json } from '../../support/discord/payloads.ts'
import { type Loopback, type LoopbackOptions, startDiscord } from '../../support/loopback/discord.ts'
import { recordingLog } from '../../support/recording-log.ts'
import { waitUntil } from '../../support/wait-until.ts'

const FAST = { startTimeout: 1_500, resumeTimeout: 10_000, backOff: 20, backOffMax: 100 }
const open: (() => Promise<void>)[] = []
const unhandled: unknown[] = []
process.on('unhandledRejection', cause => unhandled.push(cause))

async function startBot(options: LoopbackOptions = {}, platformOptions: Partial<DiscordOptions> = {}) {
  const loopback = await startDiscord({ identifyWindow: 0, ...options })
  const connected = await connectDiscord(loopback, { timing: FAST, ...platformOptions })
  open.push(async () => {
    await connected.platform.stop()
    await loopback.close()
  })
  return { loopback, ...connected }
}

const answer = async (loopback: Loopback, page: number) => {
  const response = await loopback.command('/lawsuit summary', { page })
  expect(response.data.content).toBe(`lawsuit: summary --page ${page}`)
}

const states = (log: ReturnType<typeof recordingLog>) =>
  log.lines.map(({ message }) => message).filter(message => /^discord: (lost|connected)$/.test(message))

afterAll(async () => {
  for (const stop of open.splice(0)) await stop()
  expect(unhandled).toEqual([])
})

test.concurrent('a dropped connection is resumed, and what was asked meanwhile is answered', async () => {
  const { loopback, platform, log } = await startBot()
  loopback.dropSockets()
  await waitUntil(() => platform.state().state === 'lost')
  await answer(loopback, 1)
  expect(states(log)).toEqual(['discord: connected', 'discord: lost', 'discord: connected'])
  expect(loopback.counts).toEqual({ accepted: 2, identified: 1, resumed: 1 })
  await answer(loopback, 2)
})

test.concurrent('asked to reconnect, nothing is lost that came right before or right after', {
  timeout: 60_000,
}, async () => {
  const { loopback } = await startBot()
  for (let round = 0; round < 3; round++) {
    const before = answer(loopback, 10 * round + 1)
    loopback.reconnect()
    const after = [answer(loopback, 10 * round + 2), answer(loopback, 10 * round + 3)]
    await Promise.all([before, ...after])
    await waitUntil(() => loopback.counts.resumed === round + 1)
  }
  expect(loopback.counts.identified).toBe(1)
  await answer(loopback, 99)
})

test.concurrent.each(['dropSockets', 'invalidate'] as const)(
  'a session that is gone is begun anew (%s)',
  async how => {
    const { loopback, platform } = await startBot({ identifyWindow: 5_000 })
    loopback.forgetSessions()
    loopback[how]()
    await waitUntil(() => loopback.counts.identified === 2)
    await waitUntil(() => platform.state().state === 'connected')
    // Discord counts an identify that comes too soon as well: 1,000 a day are allowed.
    expect(loopback.refusedIdentifies()).toBe(0)
    await answer(loopback, 1)
  },
  15_000,
)

test.concurrent('a connection that ended for good is replaced once Discord accepts us again', async () => {
  const { loopback, platform } = await startBot()
  loopback.refusals.push(4004, 4014)
  loopback.closeSockets(4004)
  await waitUntil(() => platform.state().state === 'lost')
  expect(platform.state().detail).toMatch(/DISCORD_TOKEN \(4004\)/)
  await waitUntil(() => loopback.refusals.length === 0)
  await waitUntil(() => platform.state().state === 'connected')
  expect(platform.state().detail).toBeUndefined()
  await answer(loopback, 1)
})

test.concurrent('a token that stops being accepted shows in the state until it is again', async () => {
  const { loopback, platform } = await startBot()
  loopback.tokens.clear()
  loopback.closeSockets(4004)
  await waitUntil(() => loopback.callsTo('GET /gateway/bot').length >= 4)
  expect(platform.state()).toMatchObject({
    state: 'lost',
    detail: expect.stringMatching(/DISCORD_TOKEN \(401\)/),
  })
  loopback.tokens.add(loopback.token)
  await waitUntil(() => platform.state().state === 'connected')
  await answer(loopback, 1)
})

test.concurrent('a connection that stays lost is replaced', async () => {
  const { loopback, platform } = await startBot(
    {},
    { timing: { ...FAST, resumeTimeout: 100, startTimeout: 800 } },
  )
  loopback.setSilent(true)
  loopback.dropSockets()
  await waitUntil(() => platform.state().detail !== undefined)
  loopback.setSilent(false)
  await waitUntil(() => platform.state().state === 'connected')
  await answer(loopback, 1)
})

test.concurrent('stop answers what is under way, closes the connection, and nothing reconnects', async () => {
  const { loopback, platform } = await startBot()
  const last = loopback.command('/lawsuit summary')
  await new Promise(resolve => setTimeout(resolve, 10))
  await platform.stop()
  expect((await last).data.content).toBe('lawsuit: summary')
  expect(platform.state()).toEqual({ state: 'stopped', account: 'nutgraf#1234 · Loopback' })
  await waitUntil(() => loopback.connections() === 0)
  await new Promise(resolve => setTimeout(resolve, 100))
  expect(loopback.connections()).toBe(0)
})

test.concurrent('100 stops under load lose no command that had been sent before the connection was shut', {
  timeout: 60_000,
}, async () => {
  const loopback = await startDiscord({ identifyWindow: 0 })
  open.push(loopback.close)
  let sentAtAll = 0
  for (let round = 0; round < 100; round++) {
    const { platform } = await connectDiscord(loopback, { timing: FAST })
    const asked: { body: Json; answer: Promise<unknown> }[] = []
    let isOpen = true
    const load = (async () => {
      while (isOpen) {
        const body = commandBody('/lawsuit summary', { page: asked.length + 1 })
        const sent = loopback.tryInteract(body)
        if (sent) asked.push({ body, answer: sent.catch(() => 'nothing') })
        isOpen = sent !== undefined
        await new Promise(resolve => setImmediate(resolve))
      }
    })()
    await new Promise(resolve => setTimeout(resolve, round % 10))
    await platform.stop()
    await load
    const answers = await Promise.all(asked.map(({ answer }) => answer))
    expect(answers.filter(answer => answer === 'nothing')).toEqual([])
    sentAtAll += asked.length
    loopback.forgetSessions()
  }
  expect(sentAtAll).toBeGreaterThan(200)
})

test.concurrent('servers are counted as they come and go', async () => {
  const { loopback, platform } = await startBot({ guilds: ['One', 'Two', 'Three'] })
  expect(platform.state().account).toBe('nutgraf#1234 · 3 servers')
  loopback.deliver('GUILD_DELETE', { id: GUILD })
  loopback.deliver('GUILD_DELETE', { id: String(BigInt(GUILD) + 1n), unavailable: true })
  await waitUntil(() => platform.state().account === 'nutgraf#1234 · 2 servers')
})

const failure = async (loopback: Pick<Loopback, 'apiUrl' | 'token'>, timing = FAST) => {
  const platform = discordPlatformFor(loopback, { log: recordingLog(), timing })
  const cause = await platform.start(EMPTY_HANDLERS).catch((reason: Error) => reason)
  await platform.stop()
  return (cause as Error).message
}

test.concurrent('a start that fails says why in one sentence that names the setting', async () => {
  const loopback = await startDiscord({ identifyWindow: 0 })
  expect(await failure({ apiUrl: loopback.apiUrl, token: 'wrong' })).toMatch(
    /^Discord does not accept DISCORD_TOKEN \(401\)/,
  )
  loopback.refusals.push(4004)
  expect(await failure(loopback)).toMatch(/^Discord does not accept DISCORD_TOKEN \(4004\)/)
  loopback.refusals.push(4014)
  expect(await failure(loopback)).toMatch(/^Discord does not allow these intents \(4014\)/)
  loopback.failNext('GET /gateway/bot', ...Array(4).fill({ status: 502 }))
  expect(await failure(loopback)).toBe('Discord cannot be reached (HTTP 502).')
  loopback.setSilent(true)
  expect(await failure(loopback, { ...FAST, startTimeout: 300 })).toBe(
    'Discord cannot be reached (no answer in time).',
  )
  expect(loopback.connections()).toBe(0)
  await loopback.close()
  expect(await failure(loopback)).toBe('Discord cannot be reached (ECONNREFUSED).')
})

const COMMANDS = `PUT /applications/:id/commands`
const registered = (loopback: Loopback, scope = '') => loopback.commands.get(scope)?.map(({ name }) => name)

test.concurrent('commands are registered at the start, and again only when they change', async () => {
  const changing = { commands: [] as ReturnType<DiscordOptions['commands']> }
  const command = {
    name: 'one',
    about: 'One',
    reach: 'always' as const,
    run: () => ({ blocks: [], parts: [], audience: 'caller' as const }),
  }
  changing.commands = [
    command,
    {
      ...command,
      name: 'two',
      flags: ['page', 'public'],
      argument: { name: 'of', about: 'x', required: false, suggests: true },
    },
  ]
  const { loopback, platform } = await startBot({}, { commands: () => changing.commands })
  await waitUntil(() => loopback.callsTo(COMMANDS).length === 1)
  expect(await platform.register()).toBe('unchanged')
  changing.commands = [...changing.commands].reverse()
  expect(await platform.register()).toBe('unchanged')
  expect(loopback.callsTo(COMMANDS)).toHaveLength(1)
  changing.commands = [{ ...command, about: 'Another' }]
  expect(await platform.register()).toBe('changed')
  expect(registered(loopback)).toEqual(['one', ...MESSAGE_COMMANDS.map(({ name }) => name)])
})

test.concurrent('commands of other kinds stay as they are', async () => {
  const { loopback, platform, log } = await startBot()
  await waitUntil(() => log.lines.some(({ message }) => /commands registered/.test(message)))
  const other = {
    id: '600000000000000001',
    application_id: APP,
    version: '600000000000000002',
    type: 3,
    name: 'Look up',
    description: '',
  }
  loopback.commands.set('', [other])
  expect(await platform.register()).toBe('changed')
  expect(loopback.callsTo(COMMANDS).at(-1)?.body.at(-1)).toEqual({
    id: other.id,
    type: 3,
    name: 'Look up',
    description: '',
  })
})

test.concurrent('with a server named, they are registered there and nowhere else', async () => {
  const { loopback, log } = await startBot({}, { guildId: GUILD })
  await waitUntil(() => log.lines.some(({ message }) => /commands registered/.test(message)))
  expect(registered(loopback, GUILD)).toContain('lawsuit')
  expect(registered(loopback)).toEqual([])
  expect(JSON.stringify(loopback.commands.get(GUILD))).not.toContain('contexts')
})

test.concurrent('where commands cannot be registered, the bot answers all the same and says so', async () => {
  const loopback = await startDiscord()
  loopback.failNext('GET /applications/:id/commands', { status: 403, code: 50001 })
  const { platform, log } = await connectDiscord(loopback)
  open.push(() => platform.stop(), loopback.close)
  await waitUntil(() =>
    log.lines.some(({ message }) => message === 'discord: the commands could not be registered'),
  )
  await answer(loopback, 1)
  expect(await platform.register()).toBe('changed')
})

test.concurrent('in no server yet, it says how to invite it', async () => {
  const { platform } = await startBot({ guilds: [] })
  const { detail } = platform.state()
  const url = new URL(detail!.replace(/^invite it: /, ''))
  expect(url.origin + url.pathname).toBe('https://discord.com/oauth2/authorize')
  expect(Object.fromEntries(url.searchParams)).toEqual({
    client_id: APP,
    scope: 'bot applications.commands',
    permissions: '274878024704',
  })
})
