import { request as httpRequest, type IncomingMessage } from 'node:http'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Reply, text } from '../../../src/chat/reply.ts'
import { formatLine } from '../../../src/commands/line.ts'
import { createPreview, type Preview } from '../../../src/platforms/preview/preview.ts'
import { createWebServer, type WebServer } from '../../../src/web/server.ts'
import {
  CARD_REPLY,
  commands,
  fakeDraws,
  fakePaint,
  handlersFor,
} from '../../support/preview/fake-preview.ts'
import { recordingLog } from '../../support/recording-log.ts'

let preview: Preview
let server: WebServer
let port: number
let url: string

beforeEach(async () => {
  const log = recordingLog()
  preview = createPreview({ draws: fakeDraws, log, commands, paint: fakePaint })
  server = createWebServer({
    host: '127.0.0.1',
    port: 0,
    health: () => ({ ok: true }),
    ready: () => true,
    preview: preview.app.fetch,
    log,
  })
  ;({ port } = await server.start())
  await preview.start(handlersFor(preview))
  url = `http://127.0.0.1:${port}`
})
afterEach(async () => {
  await preview.stop()
  await server.stop()
})

const ask = (line: unknown, headers: Record<string, string> = {}) =>
  fetch(`${url}/preview/ask`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ line }),
  })

/** Sends a request with any Host header, which fetch does not allow. */
const requestPath = (path: string, headers: Record<string, string>, method = 'GET') =>
  new Promise<{ status: number; body: string }>((resolve, reject) => {
    const request = httpRequest({ host: '127.0.0.1', port, path, method, headers }, res => {
      let body = ''
      res.on('data', chunk => {
        body += chunk
      })
      res.on('end', () => resolve({ status: res.statusCode!, body }))
    })
    request.on('error', reject)
    request.end()
  })

test('the page and everything it loads are served by this process, under a strict policy', async () => {
  const html = await (await fetch(url)).text()
  const paths = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(match => match[1]!)
  expect(paths.every(path => path.startsWith('/'))).toBe(true)
  const parts = [
    'element',
    'view',
    'picker',
    'combobox',
    'turn',
    'dialog',
    'form',
    'fields',
    'menu',
    'report',
  ]
  for (const path of [...paths, ...parts.map(name => `/preview/${name}.js`)]) {
    const response = await fetch(url + path)
    expect([path, response.status]).toEqual([path, 200])
    expect(response.headers.get('content-security-policy')).toContain("default-src 'self'")
  }
  expect((await fetch(`${url}/preview/../../package.json`)).status).toBe(404)
  expect((await fetch(`${url}/constructor`)).status).toBe(404)
})

test('an answer has its plain text, the JSON of each platform, and a view of it', async () => {
  const response = await ask('/lawsuit summary')
  expect(response.status).toBe(200)
  const answer = await response.json()
  expect(answer.text).toMatch(/^ARCHIVED STORY/)
  expect(answer.refusal).toBe(false)
  expect(answer.draws.map((draw: { name: string }) => draw.name)).toEqual(['slack', 'discord'])
  expect(answer.draws[0].json.blocks[1].type).toBe('header')
  expect(JSON.stringify(answer.draws[0].view)).toContain('Only visible to you')
  expect(JSON.stringify(answer.draws[1].view)).toContain('Only you can see this')
})

test('a refusal is marked; an empty line and anything else that is not a line is refused', async () => {
  expect((await (await ask('/nothing')).json()).refusal).toBe(true)
  for (const line of [' ', 7, null]) expect((await ask(line)).status).toBe(400)
  expect((await ask('x'.repeat(5_000))).status).toBe(413)
})

test('a picture is served from memory, and only if it was painted', async () => {
  const { text, draws } = await (await ask('/card')).json()
  expect(text).toBe('“exact words”\nJeff Sessions')
  const [path] = /\/preview\/picture\/[\w-]+\.png/.exec(JSON.stringify(draws[0].view))!
  expect(JSON.stringify(draws[1].view)).toContain(path)
  const picture = await fetch(url + path)
  expect([picture.status, picture.headers.get('content-type')]).toEqual([200, 'image/png'])
  expect((await picture.bytes()).length).toBeGreaterThan(100)
  for (const other of ['0'.repeat(43), '../../package', '%2e%2e', ''])
    expect((await fetch(`${url}/preview/picture/${other}.png`)).status).toBe(404)
})

test.each([
  ['without paint', undefined],
  ['where painting fails', () => Promise.reject(new Error('no such letter'))],
  ['where the result is not a picture', async () => new Uint8Array(3)],
])('%s, a picture is shown as text, as both platforms get it', async (_, paint) => {
  const unpainted = createPreview({ draws: fakeDraws, log: recordingLog(), commands, paint })
  await unpainted.start(handlersFor(unpainted))
  const askUnpainted = (line: string) =>
    unpainted.app.fetch(
      new Request('http://localhost/preview/ask', {
        method: 'POST',
        headers: { host: 'localhost', 'content-type': 'application/json' },
        body: JSON.stringify({ line }),
      }),
    )
  const answer = await (await askUnpainted('/card')).json()
  expect(answer.unpainted).toBe(true)
  expect(answer.text).toMatch(/^“exact words”\nJeff Sessions\n\nThe picture could not be made/)
  expect(JSON.stringify(answer.draws)).not.toMatch(/slack_file|filename|"img"/)
  expect((await (await askUnpainted('/card --public')).json()).text).toBe('“exact words”\nJeff Sessions')
  await unpainted.stop()
})

test('an edit that is painted faster than its post is still sent last', async () => {
  const postIsPainted = Promise.withResolvers<void>()
  const slowPreview = createPreview({
    draws: fakeDraws,
    log: recordingLog(),
    commands,
    paint: async picture => {
      if (picture.foot !== 'fast') await postIsPainted.promise
      return fakePaint(picture)
    },
  })
  await slowPreview.start(handlersFor(slowPreview))
  const request = new Request('http://localhost/preview/events', { headers: { host: 'localhost' } })
  const events = eventsOf(await slowPreview.app.fetch(request))
  const reply: Reply = { ...CARD_REPLY, audience: 'place' }
  const ref = await slowPreview.post('preview:local', reply, { key: 'k' })
  await slowPreview.edit(ref, { ...reply, blocks: [text('Corrected')] })
  postIsPainted.resolve()
  await events.next()
  expect(await events.next()).toMatchObject({ text: 'Corrected', edited: true })
  await slowPreview.stop()
})

const post = async (path: string, body: object) =>
  (
    await fetch(`${url}/preview/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
  ).json()

test('a line opens its form, and another digest loads its own form', async () => {
  const { form } = await (await ask('/digest settings evening')).json()
  expect(form).toMatchObject({
    name: 'evening',
    submit: 'Switch on',
    about: [{ tag: 'strong' }, expect.anything()],
  })
  expect((await post('form', { of: 'morning' })).form.name).toBe('morning')
  expect(await post('filled', { filled: { days: [] } })).toEqual({
    problems: { days: 'Choose at least one day.' },
  })
  expect(await post('filled', { filled: { zone: ['nowhere'] } })).toEqual({
    problems: { digest: 'No zone “nowhere” here.' },
  })
  expect(await post('filled', { filled: { zone: ['here'] } })).toMatchObject({
    line: '/digest on here',
    text: 'Set: on here',
  })
  for (const filled of [7, ['x'], { zone: 'here' }, { zone: [7] }, null])
    expect((await post('filled', { filled })).problem).toBe('There is no such form.')
  const offers = await (await fetch(`${url}/preview/offers?argument=zone&typed=ber`)).json()
  expect(offers).toEqual({ offers: [{ name: 'Europe/Berlin', value: 'Europe/Berlin' }] })
})

test('a report names its message, and the message has an address on the page', async () => {
  const reply = { blocks: [text('Brief')], parts: [], audience: 'place' as const }
  const ref = await preview.post('preview:local', reply, { key: 'k' })
  const sentence = 'The date is "wrong" --public'
  const answer = await post('report', { message: ref.id, sentence })
  expect(answer.text).toBe(`Thank you. ${formatLine({ args: ['report', sentence], flags: {} })} ${ref.id}`)
  expect(preview.link!(ref)).toBe(`http://127.0.0.1:${port}/#message-${ref.id}`)
  expect((await post('check', { message: ref.id })).text).toBe('Checked: Brief')
  for (const message of ['99', 7, undefined])
    expect((await post('report', { message, sentence })).problem).toContain('That message is gone')
})

test('a renderer that fails is reported, and the other one still draws', async () => {
  const broken = createPreview({
    draws: [
      {
        name: 'slack',
        render: () => {
          throw new Error('too long')
        },
      },
      fakeDraws[1]!,
    ],
    log: recordingLog(),
    commands,
  })
  await broken.start(handlersFor(broken))
  const request = new Request('http://localhost/preview/ask', {
    method: 'POST',
    headers: { host: 'localhost', 'content-type': 'application/json' },
    body: '{"line":"/nutgraf help"}',
  })
  const answer = await (await broken.app.fetch(request)).json()
  expect(answer.draws[0].problem).toBe('slack could not draw this answer: too long')
  expect(answer.draws[1].view).toBeDefined()
  await broken.stop()
})

test('only a loopback name with the right port is accepted as Host', async () => {
  for (const host of [`localhost:${port}`, `127.0.0.1:${port}`, `[::1]:${port}`])
    expect([host, (await requestPath('/', { host })).status]).toEqual([host, 200])
  for (const host of [
    'evil.example',
    `evil.example:${port}`,
    'localhost',
    'localhost:1',
    `localhost.evil:${port}`,
    '127.0.0.1.nip.io',
  ])
    expect([host, (await requestPath('/', { host })).status]).toEqual([host, 403])
  expect((await preview.app.fetch(new Request('http://localhost/'))).status).toBe(403)
  expect((await requestPath('/', { host: 'evil.example' })).body).toContain(`Open http://localhost:${port}`)
})

test('requests that a proxy on this machine forwards from others are refused', async () => {
  const host = `127.0.0.1:${port}`
  for (const name of ['x-forwarded-for', 'x-real-ip', 'forwarded'])
    expect([name, (await requestPath('/', { host, [name]: '192.0.2.7' })).status]).toEqual([name, 403])
})

test('another site may neither ask nor subscribe to events', async () => {
  expect((await ask('/nutgraf help', { origin: url })).status).toBe(200)
  expect((await ask('/nutgraf help', { origin: 'https://evil.example' })).status).toBe(403)
  expect((await ask('/nutgraf help', { origin: 'null' })).status).toBe(403)
  expect((await ask('/nutgraf help', { 'sec-fetch-site': 'cross-site' })).status).toBe(403)
  const host = `127.0.0.1:${port}`
  expect((await requestPath('/preview/events', { host, origin: 'http://localhost:1' })).status).toBe(403)
  expect((await requestPath('/preview/commands', { host, 'sec-fetch-site': 'same-site' })).status).toBe(403)
  expect((await ask('/nutgraf help', { 'content-type': 'text/plain' })).status).toBe(415)
})

test('a long body is refused, with a Content-Length or without', async () => {
  const body = JSON.stringify({ line: 'x'.repeat(70_000) })
  const headers = { 'content-type': 'application/json' }
  expect((await fetch(`${url}/preview/ask`, { method: 'POST', headers, body })).status).toBe(413)
  const stream = new Blob([body]).stream()
  const response = await fetch(`${url}/preview/ask`, {
    method: 'POST',
    headers,
    body: stream,
    duplex: 'half',
  } as RequestInit)
  expect(response.status).toBe(413)
  expect((await fetch(`${url}/preview/ask`, { method: 'POST', headers, body: '{' })).status).toBe(400)
})

test('the picker offers every line, and values for the typed text', async () => {
  const { lines, examples } = await (await fetch(`${url}/preview/commands`)).json()
  expect(lines.map(({ line }: { line: string }) => line)).toEqual([
    '/nutgraf',
    '/nutgraf find ',
    '/nutgraf help',
    '/quote ',
    '/quote check ',
    '/quote sessions',
    '/quote emanuel',
    '/lawsuit',
    '/lawsuit summary',
    '/lawsuit sources',
  ])
  expect(examples).toEqual(['/lawsuit summary', '/quote sessions', '/nutgraf help'])
  const typed = await (await fetch(`${url}/preview/commands?typed=${encodeURIComponent('/quote e')}`)).json()
  expect(typed.lines[0].line).toBe('/quote emanuel')
})

test('a public answer, and later posts and edits, are sent to open pages', async () => {
  const firstPage = new AbortController()
  const events = eventsOf(await fetch(`${url}/preview/events`, { signal: firstPage.signal }))
  const { posted } = await (await ask('/lawsuit summary --public')).json()
  const event = await events.next()
  expect(event).toMatchObject({ id: posted, edited: false })
  expect(JSON.stringify(event)).not.toContain('Only visible to you')

  const reply = { blocks: [text('Morning brief')], parts: [], audience: 'place' as const }
  const ref = await preview.post('preview:local', reply, { key: 'slot-1' })
  expect(await preview.post('preview:local', reply, { key: 'slot-1' })).toEqual(ref)
  expect(await events.next()).toMatchObject({ id: ref.id, text: 'Morning brief' })
  expect(await preview.findPost('preview:local', 'slot-1', { since: 0 })).toEqual(ref)
  expect(await preview.findPost('preview:local', 'slot-1', { since: Date.now() + 1_000 })).toBeUndefined()

  await preview.edit(ref, { ...reply, blocks: [text('Corrected')] })
  expect(await events.next()).toMatchObject({ id: ref.id, text: 'Corrected', edited: true })
  firstPage.abort()

  const secondPage = new AbortController()
  const pastEvents = eventsOf(await fetch(`${url}/preview/events`, { signal: secondPage.signal }))
  expect(await pastEvents.next()).toMatchObject({ id: posted })
  expect(await pastEvents.next()).toMatchObject({ id: ref.id, text: 'Corrected' })
  secondPage.abort()
})

test('stopping ends open streams, so that the server stops at once', async () => {
  const stream = await fetch(`${url}/preview/events`)
  const startedAt = Date.now()
  await preview.stop()
  await server.stop()
  expect(Date.now() - startedAt).toBeLessThan(1_000)
  await stream.text()
  expect(preview.state().state).toBe('stopped')
})

test('posting to an unknown place or editing an unknown message is a delivery error', async () => {
  const reply = { blocks: [], parts: [], audience: 'place' as const }
  await expect(preview.post('preview:other', reply, { key: 'k' })).rejects.toMatchObject({
    outcome: 'unsent',
  })
  await expect(preview.edit({ place: 'preview:local', id: '99' }, reply)).rejects.toThrow('no message 99')
})

function eventsOf(response: Response) {
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader()
  let rest = ''
  return {
    next: async (): Promise<object> => {
      for (;;) {
        const match = /data: (.*)\n\n/.exec(rest)
        if (match) {
          rest = rest.slice(match.index + match[0].length)
          return JSON.parse(match[1]!)
        }
        const { value, done } = await reader.read()
        if (done) throw new Error('the stream ended')
        rest += value
      }
    },
  }
}

test('another machine is refused, whatever Host it claims', async () => {
  const statusFrom = async (remoteAddress: string) => {
    const incoming = { socket: { localPort: 3000, remoteAddress } } as unknown as IncomingMessage
    const request = new Request('http://localhost:3000/', { headers: { host: 'localhost:3000' } })
    return (await preview.app.fetch(request, { incoming })).status
  }
  for (const local of ['127.0.0.1', '127.8.0.1', '::ffff:127.0.0.1', '::1'])
    expect([local, await statusFrom(local)]).toEqual([local, 200])
  for (const remote of ['192.0.2.7', '::ffff:192.0.2.127', '2001:db8::1', '10.127.0.1'])
    expect([remote, await statusFrom(remote)]).toEqual([remote, 403])
})
