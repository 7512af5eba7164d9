import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { createPostgresEngine } from '../../src/store/postgres.ts'
import { startPostgres } from '../support/loopback/postgres.ts'
import { addressOf, startBot } from '../support/start-process.ts'

const stops: (() => unknown)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop()
})

/** A door to a server, or to none, that takes every connection; once it is silent it passes nothing on, and ends none. */
async function door(target?: number) {
  const sockets = new Set<Socket>()
  let isSilent = target === undefined
  const server = createServer(socket => {
    sockets.add(socket.on('error', () => {}))
    if (isSilent) return
    const onward = connect(target!, '127.0.0.1')
    sockets.add(onward.on('error', () => {}))
    socket.on('data', bytes => isSilent || onward.write(bytes))
    onward.on('data', bytes => isSilent || socket.write(bytes))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  stops.push(() => {
    server.close()
    for (const socket of sockets) socket.destroy()
  })
  const { port } = server.address() as AddressInfo
  const fallSilent = () => {
    isSilent = true
  }
  return { port, fallSilent, connected: () => once(server, 'connection') }
}

test('what waits for a silent database fails once its connections are cut, and so does what comes later', async () => {
  const { port } = await door()
  const engine = createPostgresEngine(`postgres://n:secret@127.0.0.1:${port}/d`, { maxConnections: 1 })
  // The second one waits for the first, and so does the transaction.
  const waiting = [
    engine.query('select 1'),
    engine.query('select 2'),
    engine.transaction(query => query('select 3')),
    engine.listen(() => {}).then(stop => stop()),
  ]
  const ended = Promise.allSettled(waiting)
  await engine.cutIfSilent(50)
  const [first, second, third] = await ended
  for (const result of [first, second, third])
    expect(result).toMatchObject({ status: 'rejected', reason: { name: 'StoreError', isAway: true } })
  await expect(engine.query('select 4')).rejects.toMatchObject({ name: 'StoreError', isAway: true })
  await engine.close()
})

test('a bot whose database has fallen silent stops, whatever it waits for', {
  timeout: 60_000,
}, async () => {
  const postgres = await startPostgres()
  stops.push(() => postgres.stop())
  const url = new URL(await postgres.createDatabase())
  const { port, fallSilent, connected } = await door(Number(url.port))
  url.port = String(port)
  const bot = startBot({ HOST: '127.0.0.1', DATABASE_URL: url.href })
  await addressOf(bot)
  fallSilent()
  // A connection that is made now waits, and so does what is asked on those that were made before.
  await connected()
  bot.child.kill('SIGTERM')
  expect(await bot.ended).toBe(0)
  expect(bot.err()).not.toMatch(/unhandled/)
})
