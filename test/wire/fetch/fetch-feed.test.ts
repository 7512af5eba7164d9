import { deflateRawSync, gzipSync } from 'node:zlib'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createFeedFetcher, type FeedFetcher } from '../../../src/wire/fetch/fetch-feed.ts'
import { type FeedServer, startFeedServer } from '../../support/wire/feed-server.ts'

let server: FeedServer
let fetcher: FeedFetcher
beforeEach(async () => {
  server = await startFeedServer()
  fetcher = createFeedFetcher({
    userAgent: 'nutgraf/1 (+https://bot.example)',
    ownHosts: [`127.0.0.1:${server.port}`],
    timeoutMs: 400,
  })
})
afterEach(() => fetcher.close())

const get = (path: string, more = {}) => fetcher.fetch({ url: server.origin + path, ...more })
const text = ({ bytes }: { bytes: Uint8Array }) => new TextDecoder().decode(bytes)

test('a feed is asked for with our name, with the validators as they came, and with nothing else about us', async () => {
  server.serve('/rss', '<rss/>', { 'last-modified': 'Fri, 20 Apr 2018 07:30:00 GMT' })
  const first = await get('/rss')
  expect(first).toMatchObject({ kind: 'body', url: `${server.origin}/rss` })
  const { headers } = first as Extract<typeof first, { kind: 'body' }>
  const again = await get('/rss', { etag: headers.etag, lastModified: headers['last-modified'] })
  expect(again).toMatchObject({ kind: 'same' })
  const sent = server.calls[1]!.headers
  expect(sent['if-none-match']).toBe(headers.etag)
  expect(sent['if-modified-since']).toBe('Fri, 20 Apr 2018 07:30:00 GMT')
  expect(sent['user-agent']).toBe('nutgraf/1 (+https://bot.example)')
  expect(Object.keys(sent).sort()).toEqual(
    [
      'accept',
      'accept-encoding',
      'connection',
      'host',
      'if-modified-since',
      'if-none-match',
      'user-agent',
    ].sort(),
  )
})

test('a packed body is unpacked, also where its header is wrong', async () => {
  const pack = (path: string, body: Uint8Array, encoding: string) =>
    server.answer(path, res => res.writeHead(200, { 'content-encoding': encoding }).end(body))
  pack('/gzip', gzipSync('<rss>1</rss>'), 'gzip')
  pack('/raw', deflateRawSync('<rss>2</rss>'), 'deflate')
  pack('/plain', Buffer.from('<rss>3</rss>'), 'gzip')
  pack('/twice', gzipSync(gzipSync('<rss>4</rss>')), 'gzip, gzip')
  for (const [path, body] of Object.entries({ '/gzip': '1', '/raw': '2', '/plain': '3', '/twice': '4' })) {
    const got = await get(path)
    expect(got.kind === 'body' && text(got)).toBe(`<rss>${body}</rss>`)
  }
  pack('/strange', Buffer.from('x'), 'rot13')
  pack('/broken', Buffer.from([0x1f, 0x8b, 1, 2, 3]), 'gzip')
  expect(await get('/strange')).toMatchObject({ failure: { code: 'encoding' } })
  expect(await get('/broken')).toMatchObject({ failure: { code: 'encoding' } })
})

test('a body that becomes too large is given up, packed or not, and one that drips ends in time', async () => {
  const bomb = gzipSync(Buffer.alloc(200_000_000))
  server.answer('/bomb', res => res.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb))
  server.answer('/large', res => res.writeHead(200).end(Buffer.alloc(5_000_001, 'x')))
  server.answer('/fits', res => res.writeHead(200).end(Buffer.alloc(5_000_000, 'x')))
  server.answer('/drip', res => {
    res.writeHead(200)
    const timer = setInterval(() => res.write('x'), 50)
    res.on('close', () => clearInterval(timer))
  })
  server.answer('/silent', () => {})
  const patient = createFeedFetcher({ userAgent: 'x', ownHosts: ['127.0.0.1'] })
  const slow = (path: string) => patient.fetch({ url: server.origin + path })
  expect(await slow('/bomb')).toMatchObject({ failure: { code: 'tooLarge' } })
  expect(await slow('/large')).toMatchObject({ failure: { code: 'tooLarge' } })
  expect(await slow('/fits')).toMatchObject({ kind: 'body' })
  expect(await get('/drip')).toMatchObject({ failure: { code: 'timeout' } })
  expect(await get('/silent')).toMatchObject({ failure: { code: 'timeout' } })
  await patient.close()
})

test('only redirects that are permanent at every hop give a new address; the others are followed', async () => {
  server.serve('/new', '<rss/>')
  server.redirect('/a', 301, '/b')
  server.redirect('/b', 308, `${server.origin}/new#top`)
  server.redirect('/c', 301, '/d')
  server.redirect('/d', 307, '/new')
  server.redirect('/loop', 301, '/loop')
  server.redirect('/nowhere', 302, 'http://[')
  server.answer('/lost', res => res.writeHead(301).end())
  expect(await get('/a')).toMatchObject({ kind: 'body', movedTo: `${server.origin}/new` })
  const temporary = await get('/c')
  expect(temporary).toMatchObject({ kind: 'body', url: `${server.origin}/new` })
  expect(temporary).not.toHaveProperty('movedTo', expect.anything())
  for (const path of ['/loop', '/nowhere', '/lost'])
    expect(await get(path)).toMatchObject({ failure: { code: 'redirects' } })
  expect(server.callsTo('/loop').length).toBeLessThan(10)
})

test('each refusal has a code of its own', async () => {
  const answer = (status: number, headers = {}) =>
    server.answer('/x', res => res.writeHead(status, headers).end())
  const codes: unknown[] = []
  for (const [status, headers] of [
    [404, {}],
    [503, { 'retry-after': '120' }],
    [410, {}],
    [429, {}],
    [403, { 'cf-mitigated': 'challenge' }],
    [204, {}],
  ] as const) {
    answer(status, headers)
    const got = await get('/x')
    codes.push(got.kind === 'failed' && [got.failure.code, got.failure.detail])
  }
  expect(codes).toEqual([
    ['status', '404'],
    ['status', '503'],
    ['gone', undefined],
    ['tooManyRequests', undefined],
    ['challenge', '403'],
    ['status', '204'],
  ])
  await server.stop()
  expect(await get('/x')).toMatchObject({ failure: { code: 'connection', detail: 'ECONNREFUSED' } })
})

test('a request that is given up rejects', async () => {
  server.answer('/silent', () => {})
  const halt = new AbortController()
  const asked = get('/silent', { signal: halt.signal })
  halt.abort(new Error('stop'))
  await expect(asked).rejects.toThrow('stop')
})
