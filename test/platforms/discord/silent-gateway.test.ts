import { once } from 'node:events'
import { createServer as createHttpServer } from 'node:http'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { expect, test } from 'vitest'
import { createGatewayClient } from '../../../src/platforms/discord/discord-js.ts'

/** A Discord whose API answers, and whose gateway takes connections and says nothing. */
async function startSilentGateway() {
  const sockets: Socket[] = []
  const gateway = createServer(socket => void sockets.push(socket.on('error', () => {}).resume()))
  const api = createHttpServer((_req, res) => {
    const { port } = gateway.address() as AddressInfo
    const session_start_limit = { total: 1_000, remaining: 999, reset_after: 0, max_concurrency: 1 }
    res.setHeader('content-type', 'application/json')
    res.end(JSON.stringify({ url: `ws://127.0.0.1:${port}`, shards: 1, session_start_limit }))
  })
  for (const server of [gateway, api]) await once(server.listen(0, '127.0.0.1'), 'listening')
  return {
    apiUrl: `http://127.0.0.1:${(api.address() as AddressInfo).port}/api`,
    sockets,
    close() {
      for (const server of [gateway, api]) server.close()
      api.closeAllConnections()
      for (const socket of sockets) socket.destroy()
    },
  }
}

test('a client that is given up while the gateway is silent leaves no socket, whose error would end the process', async () => {
  const gateway = await startSilentGateway()
  let isOver = false
  const client = createGatewayClient(gateway.apiUrl, () => isOver)
  client.on('error', () => {})
  void client.login('a.b.c').catch(() => {})
  await expect.poll(() => gateway.sockets.length).toBe(1)
  isOver = true
  await client.destroy()
  await expect.poll(() => gateway.sockets[0]!.destroyed || gateway.sockets[0]!.readableEnded).toBe(true)
  gateway.close()
})
