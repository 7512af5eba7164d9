import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { openHooks } from '../../../src/bot/hooks.ts'
import { readConfig } from '../../../src/config.ts'
import { createSqliteEngine } from '../../../src/store/sqlite.ts'
import type { Store } from '../../../src/store/store.ts'
import { createWebServer } from '../../../src/web/server.ts'
import { keysOf } from '../../../src/wire/identify/keys.ts'
import { recordingLog } from '../../support/recording-log.ts'
import { temporaryFolder } from '../../support/start-process.ts'
import { createStoreOpener } from '../../support/store/open-stores.ts'
import { signCall } from '../../support/wire/sign-call.ts'
import { SIGNED_CALLS, type SignedCall } from '../../support/wire/signed-calls.ts'

const stored = (name: string) => JSON.parse(SIGNED_CALLS.find(call => call.name === name)!.body)
const outlets = { HOOK_OUTLET_GHOST: 'City Paper' }
const env = Object.fromEntries(
  SIGNED_CALLS.map(({ name, secret }) => [`HOOK_SECRET_${name.toUpperCase()}`, secret]),
)

describe('hooks', () => {
  const openStores = createStoreOpener(async () => {
    const file = join(temporaryFolder(), 'nutgraf.db')
    return { open: () => createSqliteEngine(file), advanceClock: async () => {} }
  })
  const stops: (() => Promise<void>)[] = []
  afterEach(async () => {
    await Promise.all(stops.splice(0).map(stop => stop()))
  })

  async function serve(broken?: Error) {
    const { store } = await openStores()
    const log = recordingLog()
    const read = readConfig({ ...env, ...outlets })
    if ('problems' in read) throw new Error(read.problems.join())
    let news = 0
    const wire = broken ? { ...store.wire, accept: () => Promise.reject(broken) } : store.wire
    const hooks = openHooks(read.config, { store: { ...store, wire } as Store, log, onNews: () => news++ })
    const server = createWebServer({
      host: '127.0.0.1',
      port: 0,
      health: () => ({ ok: true }),
      ready: () => true,
      log,
      hooks,
    })
    const { port } = await server.start()
    stops.push(server.stop)
    const send = async (
      { path, headers, body }: Omit<SignedCall, 'name' | 'secret'>,
      init: RequestInit = {},
    ) => {
      const response = await fetch(`http://127.0.0.1:${port}${path}`, {
        method: 'POST',
        headers,
        body,
        ...init,
      })
      const text = await response.text()
      return { status: response.status, headers: response.headers, json: text && JSON.parse(text), text }
    }
    const vias = [...SIGNED_CALLS.map(({ name }) => `hook:${name}` as const), 'feed:wqad', 'feed:ap'] as const
    const items = async () => {
      const all = await Promise.all(vias.map(via => store.wire.items.ofVia(via, 50)))
      return [...new Map(all.flat().map(item => [item.id, item])).values()]
    }
    return { send, items, log, store, port, news: () => news }
  }
  const now = () => Date.now()
  const publish = async (title: string, updated: string, id = title) =>
    signCall(
      'standard',
      { ...stored('standard'), data: { ...stored('standard').data, title, updated } },
      { at: now(), id: id.replace(/\W/g, '-') },
    )

  test('what a signed call publishes stands under its outlet; a draft stands for nobody', async () => {
    const { send, items, news } = await serve()
    for (const name of ['standard', 'ghost', 'superdesk', 'sanity', 'github', 'websked'])
      expect(
        await send(await signCall(name, { ...stored(name), time: Math.floor(now() / 1000) }, { at: now() })),
      ).toMatchObject({
        status: 202,
        json: { items: 1 },
      })
    expect(await send(SIGNED_CALLS.find(({ name }) => name === 'strapi')!)).toMatchObject({ status: 202 })
    const standing = await items()
    expect(
      standing
        .filter(({ state }) => state === 'stands')
        .map(({ outlet, title }) => `${outlet}: ${title}`)
        .sort(),
    ).toEqual([
      'AAP: Smith & Sons close',
      'City Paper: Council votes 4–3',
      'WQAD: City sues over “grant” rules',
      'arc.example: Levy passes',
      'github.com: Court records 2.0',
      'sanity.example: Flood watch ends',
    ])
    expect(standing.filter(({ state }) => state === 'draft').map(({ title }) => title)).toEqual([
      'Zoning change proposed',
    ])
    expect(news()).toBe(7)
  })

  test('the same call five times is one item, and is answered in the same way', async () => {
    const { send, items, news } = await serve()
    const call = await publish('Once', '2026-08-17T17:31:00Z')
    const answers = await Promise.all([call, call, call, call, call].map(once => send(once)))
    expect(answers.map(({ status, text }) => `${status} ${text.trim()}`)).toEqual(
      Array(5).fill('202 {"items":1}'),
    )
    // Tried again later: another time, and so another signature.
    expect(
      await send(await signCall('standard', call.body, { at: now() + 60_000, id: 'Once' })),
    ).toMatchObject({ status: 202 })
    expect(await items()).toMatchObject([{ title: 'Once', revision: 1 }])
    expect(news()).toBe(1)
  })

  test('calls that come out of order leave the newest version, and a withdrawal is not undone by an older one', async () => {
    const { send, items } = await serve()
    const calls = [
      await publish('Second', '2026-08-17T17:32:00Z'),
      await publish('Third', '2026-08-17T17:33:00Z'),
      await publish('First', '2026-08-17T17:31:00Z'),
    ]
    for (const call of calls) expect(await send(call)).toMatchObject({ status: 202 })
    expect(await items()).toMatchObject([{ title: 'Third', state: 'stands' }])
    const kill = { type: 'item.withdrawn', data: { id: 'p-17', updated: '2026-08-17T17:33:00Z' } }
    expect(await send(await signCall('standard', kill, { at: now(), id: 'kill' }))).toMatchObject({
      status: 202,
    })
    expect(await send(await publish('Third, late', '2026-08-17T17:33:00Z'))).toMatchObject({ status: 202 })
    expect(await items()).toMatchObject([{ title: 'Third', state: 'withdrawn' }])
    expect(await send(await publish('Fourth', '2026-08-17T17:34:00Z'))).toMatchObject({ status: 202 })
    expect(await items()).toMatchObject([{ title: 'Fourth', state: 'stands' }])
  })

  test('a withdrawal that comes before the report keeps an older one away', async () => {
    const { send, items } = await serve()
    const kill = { type: 'item.withdrawn', data: { id: 'p-17', updated: '2026-08-17T17:40:00Z' } }
    await send(await signCall('standard', kill, { at: now(), id: 'kill' }))
    await send(await publish('Too late', '2026-08-17T17:31:00Z'))
    expect((await items()).filter(({ state }) => state === 'stands')).toEqual([])
  })

  test('a withdrawal of the outlet also counts for its feed; another outlet keeps the report', async () => {
    const { send, items, store } = await serve()
    const parsed = { title: 'City sues over “grant” rules', url: 'https://wqad.example/p/17', text: '' }
    const fromFeed = (feed: string, outlet: string) =>
      store.wire.accept({
        via: `feed:${feed}`,
        id: feed,
        keys: keysOf(parsed),
        decide: known => [
          {
            ...parsed,
            item: known[0]?.item ?? 'fromafeed12',
            kind: known[0] ? 'joined' : 'new',
            via: `feed:${feed}`,
            outlet,
            keys: keysOf(parsed),
            hash: outlet,
            state: 'stands',
          },
        ],
      })
    await fromFeed('wqad', 'WQAD')
    await send(await signCall('standard', stored('standard'), { at: now(), id: 'first' }))
    expect(await items()).toMatchObject([{ id: 'fromafeed12', state: 'stands', outlet: 'WQAD' }])
    const kill = {
      type: 'item.withdrawn',
      data: { id: 'p-17', outlet: 'WQAD', updated: '2026-08-17T18:00:00Z' },
    }
    await send(await signCall('standard', kill, { at: now(), id: 'kill' }))
    expect(await items()).toMatchObject([{ id: 'fromafeed12', state: 'withdrawn' }])
    await fromFeed('ap', 'AP')
    expect(await items()).toMatchObject([{ id: 'fromafeed12', state: 'stands', outlet: 'AP' }])
  })

  test('whoever does not sign cannot touch what others report', async () => {
    const { send, items } = await serve()
    await send(await signCall('standard', stored('standard'), { at: now(), id: 'first' }))
    const strapi = SIGNED_CALLS.find(({ name }) => name === 'strapi')!
    const { entry, ...rest } = stored('strapi')
    for (const event of ['entry.publish', 'entry.unpublish']) {
      const body = {
        ...rest,
        event,
        entry: { ...entry, url: 'https://wqad.example/p/17', title: stored('standard').data.title },
      }
      expect(await send({ ...strapi, body: JSON.stringify(body) })).toMatchObject({ status: 202 })
    }
    const standing = (await items()).filter(({ state }) => state === 'stands')
    expect(standing).toMatchObject([{ outlet: 'WQAD', carriers: [{ via: 'hook:standard' }] }])
  })

  test('a stranger gets 401 and no reason, and nothing is stored', async () => {
    const { send, items, log } = await serve()
    const call = await signCall('ghost', stored('ghost'), { at: now() })
    const strapi = SIGNED_CALLS.find(({ name }) => name === 'strapi')!
    for (const forged of [
      { ...call, body: `${call.body} ` },
      { ...call, headers: { 'content-type': 'application/json' } },
      { ...call, path: `${call.path}/token` },
      { ...strapi, path: '/hooks/strapi' },
      { ...strapi, path: '/hooks/strapi/strapi-address-somebody-guesses' },
    ])
      expect(await send(forged)).toMatchObject({ status: 401, text: '' })
    expect(await items()).toEqual([])
    expect(JSON.stringify(log.lines)).not.toMatch(/strapi-address|sha256=/)
  })

  test('each refusal has its answer, and none is 410 or leads elsewhere', async () => {
    const { send, port } = await serve()
    const call = await signCall('standard', stored('standard'), { at: now() })
    const stale = await signCall('standard', stored('standard'), { at: now() - 6 * 60_000 })
    expect(await send(stale)).toMatchObject({ status: 400, json: { error: { field: 'webhook-timestamp' } } })
    expect(await send({ ...call, path: '/hooks/nobody' })).toMatchObject({ status: 404 })
    expect(await send({ ...call, path: `${call.path}/more/more` })).toMatchObject({ status: 404 })
    const got = await fetch(`http://127.0.0.1:${port}/hooks/standard`)
    expect([got.status, got.headers.get('allow')]).toEqual([405, 'POST'])
    expect(await send({ ...call, headers: { ...call.headers, 'content-type': 'text/plain' } })).toMatchObject(
      {
        status: 415,
        json: { error: { field: 'content-type' } },
      },
    )
    expect(await send({ ...call, headers: { ...call.headers, 'content-encoding': 'gzip' } })).toMatchObject({
      status: 415,
    })
    const long = `"${'x'.repeat(1_000_001)}"`
    expect(await send(await signCall('standard', long, { at: now() }))).toMatchObject({ status: 413 })
    const untitled = { ...stored('standard'), data: { id: 'p' } }
    expect(await send(await signCall('standard', untitled, { at: now(), id: 'x' }))).toMatchObject({
      status: 422,
      json: { error: { field: 'data.title', reason: 'is missing' } },
    })
    expect((await fetch(`http://127.0.0.1:${port}/hooks`, { method: 'POST' })).status).toBe(404)
  })

  test('a body that is longer than it says, and never ends, is refused while it comes', async () => {
    const { port } = await serve()
    let sent = 0
    const endless = new ReadableStream({
      pull(controller) {
        sent += 64_000
        controller.enqueue(new Uint8Array(64_000))
      },
    })
    const answer = await fetch(`http://127.0.0.1:${port}/hooks/github`, {
      method: 'POST',
      body: endless,
      duplex: 'half',
    } as RequestInit).then(
      ({ status }) => status,
      () => 'closed',
    )
    expect([413, 'closed']).toContain(answer)
    expect(sent).toBeLessThan(20_000_000)
  })

  test('while nothing can be kept, the sender is asked to come again', async () => {
    const { send, log } = await serve(new Error('the disk is full'))
    const answer = await send(await signCall('standard', stored('standard'), { at: now() }))
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '30'])
    expect(log.errors).toHaveLength(1)
  })

  test('a secret that cannot work keeps nutgraf from starting', async () => {
    const { store } = await openStores()
    const read = readConfig({ HOOK_SECRET_CONTENTFUL: 'much-too-short-secret' })
    expect(() =>
      openHooks((read as { config: never }).config, { store, log: recordingLog(), onNews: () => {} }),
    ).toThrow('HOOK_SECRET_CONTENTFUL must have exactly 64 characters')
  })
})
