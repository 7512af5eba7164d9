import { request as httpRequest, type IncomingMessage } from 'node:http'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Reply, text } from '../../../src/chat/reply.ts'
import { formatLine } from '../../../src/commands/line.ts'
import { createPreview, type Preview } from '../../../src/platforms/preview/preview.ts'
import { createWebServer, type WebServer } from '../../../src/web/server.ts'
import {
  CARD_REPLY,
  commands,
  errorLog,
  fakeDraws,
  fakePaint,
  handlersFor,
} from '../../support/preview/fake-preview.ts'

let page: Preview
let server: WebServer
let port: number
let url: string

beforeEach(async () => {
  const log = errorLog()
  page = createPreview({ draws: fakeDraws, log, commands, paint: fakePaint })
  server = createWebServer({
    host: '127.0.0.1',
    port: 0,
    health: () => ({ ok: true }),
    ready: () => true,
    preview: page.app.fetch,
    log,
  })
  ;({ port } = await server.start())
  await page.start(handlersFor(page))
  url = `http://127.0.0.1:${port}`
})
afterEach(async () => {
  await page.stop()
  await server.stop()
})

const ask = (line: unknown, headers: Record<string, string> = {}) =>
  fetch(`${url}/preview/ask`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ line }),
  })

/** A request whose Host is ours to choose; fetch would not let us. */
const statusFor = (path: string, headers: Record<string, string>, method = 'GET') =>
  new Promise<{ status: number; body: string }>((resolve, reject) => {
    const sent = httpRequest({ host: '127.0.0.1', port, path, method, headers }, res => {
      let body = ''
      res.on('data', chunk => {
        body += chunk
      })
      res.on('end', () => resolve({ status: res.statusCode!, body }))
    })
    sent.on('error', reject)
    sent.end()
  })

test('the page and all it needs come from this process, under a strict policy', async () => {
  const html = await (await fetch(url)).text()
  const paths = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(found => found[1]!)
  expect(paths.every(path => path.startsWith('/'))).toBe(true)
  const parts = ['element', 'picker', 'combobox', 'turn', 'dialog', 'form', 'fields', 'menu', 'report']
  for (const path of [...paths, ...parts.map(name => `/preview/${name}.js`)]) {
    const response = await fetch(url + path)
    expect([path, response.status]).toEqual([path, 200])
    expect(response.headers.get('content-security-policy')).toContain("default-src 'self'")
  }
  expect((await fetch(`${url}/preview/../../package.json`)).status).toBe(404)
  expect((await fetch(`${url}/constructor`)).status).toBe(404)
})

test('an answer has plain text, the JSON of each platform and what people there see', async () => {
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

test('a refusal is marked; an empty or strange line is told what to do', async () => {
  expect((await (await ask('/nothing')).json()).refusal).toBe(true)
  for (const line of [' ', 7, null]) expect((await ask(line)).status).toBe(400)
  expect((await ask('x'.repeat(5_000))).status).toBe(413)
})

test('a picture comes from memory alone, and only where one was painted', async () => {
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
  ['where it is no picture', async () => new Uint8Array(3)],
])('%s the words stand there, as both platforms get them', async (_, paints) => {
  const poor = createPreview({
    draws: fakeDraws,
    log: errorLog(),
    commands,
    ...(paints && { paint: paints }),
  })
  await poor.start(handlersFor(poor))
  const asked = (line: string) =>
    poor.app.fetch(
      new Request('http://localhost/preview/ask', {
        method: 'POST',
        headers: { host: 'localhost', 'content-type': 'application/json' },
        body: JSON.stringify({ line }),
      }),
    )
  const answer = await (await asked('/card')).json()
  expect(answer.unpainted).toBe(true)
  expect(answer.text).toMatch(/^“exact words”\nJeff Sessions\n\nThe picture could not be made/)
  expect(JSON.stringify(answer.draws)).not.toMatch(/slack_file|filename|"img"/)
  expect((await (await asked('/card --public')).json()).text).toBe('“exact words”\nJeff Sessions')
  await poor.stop()
})

test('an edit that is painted faster than its post still comes last', async () => {
  const slow = Promise.withResolvers<void>()
  const first = createPreview({
    ...{ draws: fakeDraws, log: errorLog(), commands },
    paint: async picture => {
      if (picture.foot !== 'fast') await slow.promise
      return fakePaint(picture)
    },
  })
  await first.start(handlersFor(first))
  const request = new Request('http://localhost/preview/events', { headers: { host: 'localhost' } })
  const events = eventsOf(await first.app.fetch(request))
  const reply: Reply = { ...CARD_REPLY, audience: 'place' }
  const ref = await first.post('preview:local', reply, { key: 'k' })
  await first.edit(ref, { ...reply, blocks: [text('Corrected')] })
  slow.resolve()
  await events.next()
  expect(await events.next()).toMatchObject({ text: 'Corrected', edited: true })
  await first.stop()
})

const post = async (path: string, body: object) =>
  (
    await fetch(`${url}/preview/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
  ).json()

test('a form is asked for by its line, and comes anew for another digest', async () => {
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
    expect((await post('filled', { filled })).problem).toBe('There is no such form here.')
  const offers = await (await fetch(`${url}/preview/offers?argument=zone&typed=ber`)).json()
  expect(offers).toEqual({ offers: [{ name: 'Europe/Berlin', value: 'Europe/Berlin' }] })
})

test('a report names the message that it is about, which has an address here', async () => {
  const reply = { blocks: [text('Brief')], parts: [], audience: 'place' as const }
  const ref = await page.post('preview:local', reply, { key: 'k' })
  const sentence = 'The date is "wrong" --public'
  const answer = await post('report', { message: ref.id, sentence })
  expect(answer.text).toBe(`Thank you. ${formatLine({ args: ['report', sentence], flags: {} })} ${ref.id}`)
  expect(page.link!(ref)).toBe(`http://127.0.0.1:${port}/#message-${ref.id}`)
  expect((await post('check', { message: ref.id })).text).toBe('Checked: Brief')
  for (const message of ['99', 7, undefined])
    expect((await post('report', { message, sentence })).problem).toContain('not here any more')
})

test('a draw that fails says so and leaves the other standing', async () => {
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
    log: errorLog(),
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

test('only loopback names with the right port are a Host', async () => {
  for (const host of [`localhost:${port}`, `127.0.0.1:${port}`, `[::1]:${port}`])
    expect([host, (await statusFor('/', { host })).status]).toEqual([host, 200])
  for (const host of [
    'evil.example',
    `evil.example:${port}`,
    'localhost',
    'localhost:1',
    `localhost.evil:${port}`,
    '127.0.0.1.nip.io',
  ])
    expect([host, (await statusFor('/', { host })).status]).toEqual([host, 403])
  expect((await page.app.fetch(new Request('http://localhost/'))).status).toBe(403)
  expect((await statusFor('/', { host: 'evil.example' })).body).toContain(`Open http://localhost:${port}`)
})

test('what a proxy on this machine passes on from others is refused', async () => {
  const host = `127.0.0.1:${port}`
  for (const name of ['x-forwarded-for', 'x-real-ip', 'forwarded'])
    expect([name, (await statusFor('/', { host, [name]: '192.0.2.7' })).status]).toEqual([name, 403])
})

test('another site may neither ask nor listen', async () => {
  expect((await ask('/nutgraf help', { origin: url })).status).toBe(200)
  expect((await ask('/nutgraf help', { origin: 'https://evil.example' })).status).toBe(403)
  expect((await ask('/nutgraf help', { origin: 'null' })).status).toBe(403)
  expect((await ask('/nutgraf help', { 'sec-fetch-site': 'cross-site' })).status).toBe(403)
  const host = `127.0.0.1:${port}`
  expect((await statusFor('/preview/events', { host, origin: 'http://localhost:1' })).status).toBe(403)
  expect((await statusFor('/preview/commands', { host, 'sec-fetch-site': 'same-site' })).status).toBe(403)
  expect((await ask('/nutgraf help', { 'content-type': 'text/plain' })).status).toBe(415)
})

test('a long body is refused, with its length told or not', async () => {
  const body = JSON.stringify({ line: 'x'.repeat(70_000) })
  const headers = { 'content-type': 'application/json' }
  expect((await fetch(`${url}/preview/ask`, { method: 'POST', headers, body })).status).toBe(413)
  const streamed = new Blob([body]).stream()
  const response = await fetch(`${url}/preview/ask`, {
    method: 'POST',
    headers,
    body: streamed,
    duplex: 'half',
  } as RequestInit)
  expect(response.status).toBe(413)
  expect((await fetch(`${url}/preview/ask`, { method: 'POST', headers, body: '{' })).status).toBe(400)
})

test('the picker offers every line, and values for what is typed', async () => {
  const { lines, examples } = await (await fetch(`${url}/preview/commands`)).json()
  expect(lines.map((one: { line: string }) => one.line)).toEqual([
    '/nutgraf',
    '/nutgraf find ',
    '/nutgraf help',
    '/quote ',
    '/quote sessions',
    '/quote emanuel',
    '/quote check ',
    '/lawsuit',
    '/lawsuit summary',
    '/lawsuit sources',
  ])
  expect(examples).toEqual(['/lawsuit summary', '/quote sessions', '/nutgraf help'])
  const typed = await (await fetch(`${url}/preview/commands?typed=${encodeURIComponent('/quote e')}`)).json()
  expect(typed.lines[0].line).toBe('/quote emanuel')
})

test('a public answer and later posts and edits arrive on open pages', async () => {
  const leave = new AbortController()
  const stream = await fetch(`${url}/preview/events`, { signal: leave.signal })
  const events = eventsOf(stream)
  const { posted } = await (await ask('/lawsuit summary --public')).json()
  const first = await events.next()
  expect(first).toMatchObject({ id: posted, edited: false })
  expect(JSON.stringify(first)).not.toContain('Only visible to you')

  const reply = { blocks: [text('Morning brief')], parts: [], audience: 'place' as const }
  const ref = await page.post('preview:local', reply, { key: 'slot-1' })
  expect(await page.post('preview:local', reply, { key: 'slot-1' })).toEqual(ref)
  expect(await events.next()).toMatchObject({ id: ref.id, text: 'Morning brief' })
  expect(await page.findPost('preview:local', 'slot-1', { since: 0 })).toEqual(ref)
  expect(await page.findPost('preview:local', 'slot-1', { since: Date.now() + 1_000 })).toBeUndefined()

  await page.edit(ref, { ...reply, blocks: [text('Corrected')] })
  expect(await events.next()).toMatchObject({ id: ref.id, text: 'Corrected', edited: true })
  leave.abort()

  const late = new AbortController()
  const again = eventsOf(await fetch(`${url}/preview/events`, { signal: late.signal }))
  expect(await again.next()).toMatchObject({ id: posted })
  expect(await again.next()).toMatchObject({ id: ref.id, text: 'Corrected' })
  late.abort()
})

test('stopping ends open streams, so that the server stops at once', async () => {
  const stream = await fetch(`${url}/preview/events`)
  const began = Date.now()
  await page.stop()
  await server.stop()
  expect(Date.now() - began).toBeLessThan(1_000)
  await stream.text()
  expect(page.state().state).toBe('stopped')
})

test('a place or message that is not there is an honest delivery error', async () => {
  const reply = { blocks: [], parts: [], audience: 'place' as const }
  await expect(page.post('preview:other', reply, { key: 'k' })).rejects.toMatchObject({ outcome: 'unsent' })
  await expect(page.edit({ place: 'preview:local', id: '99' }, reply)).rejects.toThrow('no message 99')
})

function eventsOf(response: Response) {
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader()
  let rest = ''
  return {
    next: async (): Promise<object> => {
      for (;;) {
        const found = /data: (.*)\n\n/.exec(rest)
        if (found) {
          rest = rest.slice(found.index + found[0].length)
          return JSON.parse(found[1]!)
        }
        const { value, done } = await reader.read()
        if (done) throw new Error('the stream ended')
        rest += value
      }
    },
  }
}

test('another machine is refused, whatever Host it claims', async () => {
  const from = async (remoteAddress: string) => {
    const incoming = { socket: { localPort: 3000, remoteAddress } } as unknown as IncomingMessage
    const request = new Request('http://localhost:3000/', { headers: { host: 'localhost:3000' } })
    return (await page.app.fetch(request, { incoming })).status
  }
  for (const here of ['127.0.0.1', '127.8.0.1', '::ffff:127.0.0.1', '::1'])
    expect([here, await from(here)]).toEqual([here, 200])
  for (const away of ['192.0.2.7', '::ffff:192.0.2.127', '2001:db8::1', '10.127.0.1'])
    expect([away, await from(away)]).toEqual([away, 403])
})
