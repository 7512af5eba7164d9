import { gzipSync } from 'node:zlib'
import { afterAll, describe, expect, test } from 'vitest'
import { fetchPage } from '../../../src/import/page/fetch-page.ts'
import { PageError } from '../../../src/import/page/page-failure.ts'
import { stopReadingPages } from '../../../src/import/page/read-page.ts'
import { type FeedServer, startFeedServer } from '../../support/wire/feed-server.ts'

afterAll(stopReadingPages)

const PAGE = `<html><head><title>Levy fails</title></head><body><article>${'<p>Voters in Ashford turned down the school levy on Tuesday by 212 votes, the clerk said.</p>'.repeat(6)}</article></body></html>`
const HTML = { 'content-type': 'text/html; charset=utf-8' }

const fetchFrom = (server: FeedServer, path: string, more: { timeoutMs?: number } = {}) =>
  fetchPage(`${server.origin}${path}`, {
    userAgent: 'nutgraf/test',
    ownHosts: [`127.0.0.1:${server.port}`],
    ...more,
  })

const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'read',
    cause => (cause instanceof PageError ? cause.code : String(cause)),
  )

describe('a page of the web', () => {
  test('is read as an article, by the address at the end of redirects, asked for without anything about us', async () => {
    const server = await startFeedServer()
    server.answer('/2025/11/04/levy', res =>
      res.writeHead(200, { ...HTML, 'content-encoding': 'gzip' }).end(gzipSync(PAGE)),
    )
    server.redirect('/short', 302, '/2025/11/04/levy')
    const article = await fetchFrom(server, '/short')
    expect(article).toMatchObject({
      title: { value: 'Levy fails', from: 'page' },
      published: { date: '2025-11-04', from: 'address', sure: false },
      url: `${server.origin}/2025/11/04/levy`,
    })
    expect(article.words).toBe(6 * 16)
    const [call] = server.callsTo('/2025/11/04/levy')
    expect(call?.headers).toMatchObject({
      'user-agent': 'nutgraf/test',
      accept: expect.stringMatching(/^text\/html/),
    })
    for (const header of ['cookie', 'referer', 'authorization', 'if-none-match'])
      expect(call?.headers).not.toHaveProperty(header)
  })

  test('is read as plain text if its server calls it so', async () => {
    const server = await startFeedServer()
    server.answer('/a.txt', res =>
      res.writeHead(200, { 'content-type': 'text/plain' }).end('Levy fails\n\nVoters said <p>no</p>.'),
    )
    expect((await fetchFrom(server, '/a.txt')).text).toBe('Voters said <p>no</p>.')
    server.answer('/b.txt', res => res.writeHead(200, { 'content-type': 'text/plain' }).end(PAGE))
    expect((await fetchFrom(server, '/b.txt')).title?.value).toBe('Levy fails')
  })

  test('is refused with a reason where it is none, or not there', async () => {
    const server = await startFeedServer()
    const answer = (
      path: string,
      status: number,
      headers: Record<string, string>,
      body: string | Uint8Array = PAGE,
    ) => server.answer(path, res => res.writeHead(status, headers).end(body))
    answer('/film', 200, { 'content-type': 'video/mp4' })
    answer('/pdf', 200, { 'content-type': 'application/pdf' }, '%PDF-1.7')
    answer('/odd', 200, { 'content-type': '"; drop' })
    answer('/gone', 410, HTML)
    answer('/error', 503, HTML)
    answer('/challenge', 403, { ...HTML, 'cf-mitigated': 'challenge' })
    answer('/large', 200, HTML, Buffer.alloc(11_000_000, 'a'))
    answer('/bomb', 200, { ...HTML, 'content-encoding': 'gzip' }, gzipSync(Buffer.alloc(60_000_000, '<p>')))
    answer('/broken', 200, { ...HTML, 'content-encoding': 'br' }, 'no br')
    server.redirect('/loop', 302, '/loop')
    server.redirect('/file', 302, 'file:///etc/passwd')
    server.redirect('/metadata', 302, 'http://169.254.169.254/latest/meta-data/')
    server.redirect('/inside', 302, 'http://127.0.0.1:1/')
    server.answer('/drip', res => {
      res.writeHead(200, HTML)
      const timer = setInterval(() => res.write('<p>'), 20)
      res.on('close', () => clearInterval(timer))
    })
    const expected = {
      ...{ '/film': 'notAPage', '/pdf': 'notAPage', '/odd': 'notAPage', '/gone': 'gone', '/error': 'status' },
      ...{ '/challenge': 'challenge', '/large': 'tooLarge', '/bomb': 'tooLarge', '/broken': 'encoding' },
      ...{ '/loop': 'redirects', '/file': 'private', '/metadata': 'private', '/inside': 'private' },
      ...{ '/drip': 'timeout', '/nothing': 'status' },
    }
    const codes: Record<string, string> = {}
    for (const path of Object.keys(expected))
      codes[path] = await codeOf(fetchFrom(server, path, path === '/drip' ? { timeoutMs: 400 } : {}))
    expect(codes).toEqual(expected)
  })

  test.each([
    'http://127.0.0.1:9/',
    'http://localhost/',
    'http://[::1]/',
    'http://0x7f.1/',
    'http://10.0.0.1/',
    'http://169.254.169.254/',
    'https://user:password@example.org/',
    'file:///etc/passwd',
    'ftp://example.org/a.html',
    'javascript:alert(1)',
    'www.example.org/page',
    '',
  ])('is not asked for at %s', async url => {
    const dnsLookUp = (
      _name: string,
      _options: unknown,
      done: (error: null, addresses: { address: string; family: number }[]) => void,
    ) => done(null, [{ address: '127.0.0.1', family: 4 }])
    expect(await codeOf(fetchPage(url, { userAgent: 'nutgraf/test', dnsLookUp }))).toBe('private')
  })

  test('never has its address in the sentence that says why', async () => {
    const error: Error = await fetchPage('http://secret-token.localhost/', {
      userAgent: 'nutgraf/test',
      dnsLookUp: (_name, _options, done) => done(null, [{ address: '127.0.0.1', family: 4 }]),
    }).then(
      () => new Error('read'),
      cause => cause,
    )
    expect(error.message).toBe('The page was not read: its address is not one of the public internet.')
  })
})
