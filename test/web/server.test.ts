import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { createWebServer, type WebOptions, type WebServer } from '../../src/web/server.ts'
import { recordingLog } from '../support/recording-log.ts'

let running: WebServer[] = []
afterEach(async () => {
  await Promise.all(running.map(server => server.stop()))
  running = []
})

async function serve(options: Partial<WebOptions> = {}) {
  const log = recordingLog()
  const server = createWebServer({
    host: '127.0.0.1',
    port: 0,
    health: () => ({ ok: true, platforms: { slack: { state: 'connected' } } }),
    ready: () => true,
    log,
    ...options,
  })
  running.push(server)
  const { port } = await server.start()
  return { server, log, port, url: `http://127.0.0.1:${port}` }
}

test('health is 200 with the state of each platform, ready only when all are connected', async () => {
  let connected = false
  const { url } = await serve({ ready: () => connected })
  const health = await fetch(`${url}/health`)
  expect(health.status).toBe(200)
  expect(await health.json()).toEqual({ ok: true, platforms: { slack: { state: 'connected' } } })
  expect((await fetch(`${url}/ready`)).status).toBe(503)
  connected = true
  expect((await fetch(`${url}/ready`)).status).toBe(200)
})

test('Slack’s requests reach its listener unchanged, before any router', async () => {
  const seen: string[] = []
  const { url } = await serve({
    slack: (req, res) => {
      req.setEncoding('utf8')
      req.on('data', chunk => seen.push(chunk))
      req.on('end', () => res.end('slack'))
    },
  })
  const response = await fetch(`${url}/slack/events?x=1`, { method: 'POST', body: 'raw=1' })
  expect([await response.text(), ...seen]).toEqual(['slack', 'raw=1'])
  expect((await fetch(`${url}/slack/events`)).status).toBe(404)
})

test('metrics are served only if there are any', async () => {
  const { url } = await serve({
    metrics: async () => ({ type: 'text/plain; version=0.0.4', body: 'up 1\n' }),
  })
  const response = await fetch(`${url}/metrics`)
  expect([response.headers.get('content-type'), await response.text()]).toEqual([
    'text/plain; version=0.0.4',
    'up 1\n',
  ])
  expect((await fetch(`${(await serve()).url}/metrics`)).status).toBe(404)
})

test('feeds are served below their path, with their tags, and to whoever only reads', async () => {
  const asked: object[] = []
  const { url } = await serve({
    feeds: async question => {
      asked.push(question)
      return { status: 200, headers: { 'content-type': 'application/rss+xml', etag: '"1"' }, body: '<rss/>' }
    },
    preview: () => new Response('preview'),
  })
  const response = await fetch(`${url}/feeds/road.rss?x=1`, { headers: { 'if-none-match': '"0"' } })
  expect([response.headers.get('etag'), await response.text()]).toEqual(['"1"', '<rss/>'])
  expect(await (await fetch(`${url}/feeds/road.rss`, { method: 'HEAD' })).text()).toBe('')
  expect(asked).toEqual([
    { path: '/feeds/road.rss', ifNoneMatch: '"0"' },
    { path: '/feeds/road.rss', ifNoneMatch: undefined },
  ])
  expect(await (await fetch(`${url}/feeds/road.rss`, { method: 'POST' })).text()).toBe('preview')
  expect((await fetch(`${(await serve()).url}/feeds/road.rss`)).status).toBe(404)
})

test('without Slack over HTTP and without preview, only health is served', async () => {
  const { url } = await serve()
  expect((await fetch(`${url}/slack/events`, { method: 'POST' })).status).toBe(404)
  expect((await fetch(url)).status).toBe(404)
})

test('the preview gets every other path, and its errors are logged and answered politely', async () => {
  const { url, log } = await serve({
    preview: request => {
      if (request.url.endsWith('/boom')) throw new Error('secret detail')
      return new Response(`preview of ${new URL(request.url).pathname}`)
    },
  })
  expect(await (await fetch(`${url}/any/path`)).text()).toBe('preview of /any/path')
  const failed = await fetch(`${url}/boom`)
  expect(failed.status).toBe(500)
  expect(await failed.text()).not.toContain('secret')
  expect(log.errors).toHaveLength(1)
})

test('a port in use gives one clear sentence', async () => {
  const other = createServer().listen(0, '127.0.0.1')
  await new Promise(resolve => other.once('listening', resolve))
  const { port } = other.address() as AddressInfo
  await expect(serve({ port })).rejects.toThrow(
    `Port ${port} is in use. Set PORT to another port, or stop the program that uses it.`,
  )
  other.close()
})

test('stop lets a request finish, closes idle connections at once and frees the port', async () => {
  const arrived = Promise.withResolvers<() => void>()
  const { server, url, port } = await serve({
    slack: (_, res) => {
      arrived.resolve(() => res.end('done'))
    },
  })
  await fetch(`${url}/health`).then(response => response.text())
  const slow = fetch(`${url}/slack/events`, { method: 'POST', body: 'x' })
  const release = await arrived.promise
  const began = Date.now()
  const stopped = server.stop()
  await expect(fetch(`${url}/health`)).rejects.toThrow()
  release()
  expect(await (await slow).text()).toBe('done')
  await stopped
  expect(Date.now() - began).toBeLessThan(1_500)
  await serve({ port })
  await server.stop()
})
