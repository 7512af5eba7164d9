import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { type OpenBot, openBot } from '../../src/bot/open.ts'
import { readConfig } from '../../src/config.ts'
import { type LoopbackPostgres, startPostgres } from '../support/loopback/postgres.ts'
import { temporaryFolder } from '../support/start-process.ts'

let server: LoopbackPostgres
beforeAll(async () => {
  server = await startPostgres()
}, 60_000)
afterAll(() => server?.stop())

const stops: (() => unknown)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop()
})

/** A way to a database on which all connections break at one of the requests that go over it, once. */
async function breakingWay(target: number) {
  let requests = 0
  let breaksAt = Number.POSITIVE_INFINITY
  const sockets = new Set<Socket>()
  const way = createServer(socket => {
    const onward = connect(target, '127.0.0.1')
    for (const each of [socket, onward]) sockets.add(each.on('error', () => {}))
    onward.pipe(socket)
    socket.on('data', request => {
      // The farewell of a bot that closes may arrive later.
      const isFarewell = request[0] === 'X'.charCodeAt(0)
      if (!isFarewell && ++requests === breaksAt) for (const each of sockets) each.destroy()
      else onward.write(request)
    })
    socket.on('close', () => onward.destroy())
  }).listen(0, '127.0.0.1')
  await once(way, 'listening')
  stops.push(() => {
    for (const each of sockets) each.destroy()
    way.close()
  })
  return {
    port: (way.address() as AddressInfo).port,
    requests: () => requests,
    breakAt: (request: number) => {
      requests = 0
      breaksAt = request
    },
  }
}

test('a database that goes away at any moment of a start is waited for, with its tables or without', {
  timeout: 120_000,
}, async () => {
  // Each bot that is opened here adds a listener for what nobody caught.
  process.setMaxListeners(200)
  const fresh = new URL(await server.createDatabase())
  const way = await breakingWay(Number(fresh.port))
  const dataDir = temporaryFolder()

  async function open(url: URL): Promise<{ bot: OpenBot; waits: string[] }> {
    url.port = String(way.port)
    const read = readConfig({ DATABASE_URL: url.href, DATA_DIR: dataDir, LOG_LEVEL: 'error' })
    if ('problems' in read) throw new Error(read.problems.join())
    const waits: string[] = []
    const onWait = (sentence: string) => waits.push(sentence)
    return { bot: await openBot(read.config, { hasPrompt: false, onWait, waitRetryMs: 5 }), waits }
  }

  const { bot } = await open(fresh)
  const whole = way.requests()
  expect(whole).toBeGreaterThan(20)
  await bot.close()
  way.breakAt(Number.POSITIVE_INFINITY)
  await (await open(fresh)).bot.close()
  const second = way.requests()

  const cuts = [
    // Half of these cuts are in the middle of the migration.
    ...Array.from({ length: 12 }, (_, index) => ({
      at: 1 + Math.floor((index * whole) / 12),
      url: () => server.createDatabase().then(url => new URL(url)),
    })),
    ...Array.from({ length: second }, (_, index) => ({ at: index + 1, url: async () => fresh })),
  ]
  let waited = 0
  for (const { at, url } of cuts) {
    const address = await url()
    way.breakAt(at)
    const opened = await open(address)
    if (opened.waits.length > 0) waited++
    for (const sentence of opened.waits) expect(sentence).toMatch(/^store: PostgreSQL (?:ended|does not)/)
    expect(await opened.bot.store.ledger.countByState()).toEqual({})
    await opened.bot.close()
  }
  // Some requests nobody waits for, and how many there are differs a little.
  expect(waited).toBeGreaterThan(cuts.length / 2)
})
