import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { diagnoseFeeds } from '../../src/doctor/feeds.ts'
import { feed } from '../support/wire/items.ts'

const RSS =
  '<rss version="2.0"><channel><title>A</title><item><title>News</title><link>https://a.example/1</link></item></channel></rss>'

let server: Server
let base = ''
beforeAll(async () => {
  server = createServer((request, response) => {
    if (request.url === '/good')
      return response.writeHead(200, { 'content-type': 'application/rss+xml' }).end(RSS)
    if (request.url === '/moved') return response.writeHead(301, { location: '/good' }).end()
    if (request.url === '/page')
      return response.writeHead(200).end('<!doctype html><html><body>Hi</body></html>')
    response.writeHead(request.url === '/gone' ? 410 : 503).end()
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => server.close())

const tryAll = (...paths: string[]) =>
  diagnoseFeeds(
    paths.map(path => feed(path, { url: `${base}/${path}` })),
    { feedHosts: [base.replace('http://', '')] },
  )

test('feeds that can be read are one good finding; without feeds there is none', async () => {
  expect(await tryAll()).toEqual([])
  expect(await tryAll('good')).toMatchObject([
    { area: 'feeds', severity: 'ok', says: 'The feed can be read.' },
  ])
})

test('what is wrong with a feed is named, with its cure', async () => {
  const findings = await tryAll('good', 'page', 'down', 'gone', 'moved')
  expect(findings.map(({ severity, id, says }) => `${severity} ${id}: ${says}`)).toEqual(
    [
      `error feed-unread: The feed “page” cannot be read: there is a web page instead of a feed.`,
      `note feed-moved: The feed “moved” has moved for good: write ${base}/good in content/feeds.yml.`,
      `warning feed-unreachable: The feed “down” is not reached: its server answers with an error (503).`,
      `error feed-unreachable: The feed “gone” is not reached: its server says that it is gone for good.`,
    ].sort((a, b) => (a.split(': ').slice(1).join() < b.split(': ').slice(1).join() ? -1 : 1)),
  )
})

test('a feed of the own network is only asked where its host is named', async () => {
  const findings = await diagnoseFeeds([feed('in', { url: `${base}/good` })], { feedHosts: [] })
  expect(findings).toMatchObject([{ severity: 'error', id: 'feed-private' }])
})
