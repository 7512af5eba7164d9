import { describe, expect, test } from 'vitest'
import { openSenders } from '../../../src/wire/senders/open-senders.ts'
import { receiveCall } from '../../../src/wire/senders/receive.ts'
import { SENDER_ROWS } from '../../../src/wire/senders/rows.ts'
import { signCall } from '../../support/wire/sign-call.ts'
import { rawCall, SIGNED_AT, SIGNED_CALLS, type SignedCall } from '../../support/wire/signed-calls.ts'

const senders = new Map(
  openSenders(SIGNED_CALLS.map(({ name, secret }) => ({ name, secrets: [secret] }))).senders.map(sender => [
    sender.name,
    sender,
  ]),
)
const receive = (call: SignedCall, now = SIGNED_AT) => {
  const { token, ...raw } = rawCall(call)
  return receiveCall(senders.get(call.name)!, raw, { token, now })
}
const itemsOf = (call: SignedCall, now?: number) => {
  const received = receive(call, now)
  if (typeof received === 'string' || 'problem' in received) throw new Error(JSON.stringify(received))
  return received.accept.items
}
const stored = (name: string) => JSON.parse(SIGNED_CALLS.find(call => call.name === name)!.body)
const SOON = SIGNED_AT + 1_000

test('every row is data alone', () => {
  expect(SENDER_ROWS).toHaveLength(10)
  expect(JSON.parse(JSON.stringify(SENDER_ROWS))).toEqual(SENDER_ROWS)
  expect(SIGNED_CALLS.map(({ name }) => name).sort()).toEqual(SENDER_ROWS.map(({ name }) => name).sort())
})

/** What each call of `sign-calls.py` says, for people. */
const SAYS: Record<string, object[]> = {
  standard: [
    {
      guid: 'p-17',
      title: 'City sues over “grant” rules',
      url: 'https://wqad.example/p/17',
      outlet: 'WQAD',
      published: Date.parse('2026-08-17T17:30:00Z'),
      state: 'stands',
    },
  ],
  wordpress: [{ guid: 'post-5', title: 'Bridge closed', url: 'https://paper.example/?p=5', state: 'stands' }],
  ghost: [{ title: 'Council votes 4–3', url: 'https://ghost.example/council/', state: 'stands' }],
  superdesk: [
    { title: 'Smith & Sons close', outlet: 'AAP', text: 'After 40 years', version: 6, state: 'stands' },
  ],
  websked: [{ guid: 'ARC1', title: 'Levy passes', url: 'https://arc.example/levy', state: 'stands' }],
  contentful: [
    { guid: '5KsDBW', title: 'School board meets', url: 'https://cf.example/school', state: 'stands' },
  ],
  sanity: [{ guid: 'article-9', title: 'Flood watch ends', state: 'stands' }],
  github: [{ guid: 'release:77', title: 'Court records 2.0', state: 'stands' }],
  strapi: [{ guid: 'article:doc4', title: 'Zoning change proposed', state: 'draft' }],
  courtlistener: [
    {
      guid: 'entry:401',
      title: 'ORDER granting motion to stay',
      url: 'https://www.courtlistener.com/docket/64911367/12/city-v-state/',
      published: Date.parse('2026-08-17T17:30:00.277Z'),
      state: 'draft',
    },
    { guid: 'entry:402', title: 'NOTICE of appeal', state: 'draft' },
  ],
}

test.each(SIGNED_CALLS)('a call that another implementation signed as $name is read', call => {
  const items = itemsOf(call)
  expect(items).toMatchObject(SAYS[call.name]!)
  expect(items.every(({ heldUntil }) => heldUntil === undefined)).toBe(true)
})

test.each(SIGNED_CALLS)(
  'the same body, signed by Web Crypto as $name, is read in the same way',
  async call => {
    const id = call.name === 'contentful' ? 'ContentManagement.Entry.publish' : 'msg_1'
    expect(itemsOf(await signCall(call.name, call.body, { at: SIGNED_AT, id }))).toEqual(itemsOf(call))
  },
)

/** How a report is taken back in each system, made from its call that publishes. */
const KILLS: Record<string, (body: ReturnType<typeof stored>) => object> = {
  standard: ({ data }) => ({
    type: 'item.withdrawn',
    timestamp: '2026-08-17T17:40:00Z',
    data: { id: data.id },
  }),
  wordpress: ({ data }) => ({
    type: 'item.withdrawn',
    timestamp: '2026-08-17T17:40:00Z',
    data: { id: data.id },
  }),
  ghost: ({ post }) => ({ post: { current: {}, previous: post.current } }),
  superdesk: item => ({ ...item, version: '4', pubstatus: 'canceled' }),
  websked: body => ({ ...body, story: { ...body.story, status: 'killed' } }),
  contentful: ({ sys }) => ({ sys: { ...sys, type: 'DeletedEntry', deletedAt: sys.updatedAt } }),
  sanity: ({ _id, _updatedAt }) => ({ _id, _updatedAt, operation: 'delete' }),
  github: body => ({ ...body, action: 'deleted' }),
  strapi: body => ({ ...body, event: 'entry.unpublish' }),
}

test.each(Object.entries(KILLS))(
  'a report that %s takes back is withdrawn, and newer than what it was',
  async (name, kill) => {
    const id = name === 'contentful' ? 'ContentManagement.Entry.unpublish' : 'msg_9'
    const [withdrawn] = itemsOf(await signCall(name, kill(stored(name)), { at: SOON, id }), SOON)
    const [published] = itemsOf(SIGNED_CALLS.find(call => call.name === name)!)
    expect(withdrawn).toMatchObject({ guid: published!.guid, state: 'withdrawn' })
    expect(withdrawn!.version).toBeGreaterThan(published!.version)
  },
)

test('Ghost’s unpublished post is withdrawn; a draft that never stood does not concern us', async () => {
  const { post } = stored('ghost')
  const body = { post: { current: { ...post.current, status: 'draft' }, previous: { status: 'published' } } }
  expect(itemsOf(await signCall('ghost', body, { at: SOON }), SOON)).toMatchObject([{ state: 'withdrawn' }])
  const draft = { post: { current: { ...post.current, status: 'draft' }, previous: {} } }
  expect(receive(await signCall('ghost', draft, { at: SOON }), SOON)).toBe('ignored')
})

test.each(['ping', 'push'])('GitHub’s event %s does not concern us', async event => {
  expect(receive(await signCall('github', { zen: event }, { at: SOON }), SOON)).toBe('ignored')
})

/** Where an embargo stands in each system that has one. */
const EMBARGOES: Record<string, (body: ReturnType<typeof stored>, until: string) => object> = {
  standard: (body, embargo) => ({ ...body, data: { ...body.data, embargo } }),
  superdesk: (item, embargoed) => ({ ...item, embargoed }),
  contentful: (body, embargo) => ({ ...body, fields: { ...body.fields, embargo: { 'en-US': embargo } } }),
  sanity: (body, embargo) => ({ ...body, embargo }),
}

describe.each(Object.entries(EMBARGOES))('an embargo of %s', (name, withEmbargo) => {
  const id = name === 'contentful' ? 'ContentManagement.Entry.publish' : 'msg_3'
  const sign = (until: string) => signCall(name, withEmbargo(stored(name), until), { at: SIGNED_AT, id })

  test('holds the item until it is over', async () => {
    const [item] = itemsOf(await sign('2026-08-17T20:00:00+02:00'))
    expect(item!.heldUntil).toBe(Date.parse('2026-08-17T18:00:00Z'))
    expect(itemsOf(await sign('2026-08-17T17:00:00Z'))[0]!.heldUntil).toBeUndefined()
  })

  test('that nobody can read is refused, and not taken for none', async () => {
    expect(receive(await sign('tonight, about eight'))).toEqual({
      problem: {
        status: 422,
        field: expect.stringMatching(/embargo/),
        reason: expect.stringContaining('not a moment'),
      },
    })
  })
})

test('Contentful must sign its topic, because that says what happened', async () => {
  const call = SIGNED_CALLS.find(({ name }) => name === 'contentful')!
  const topic = 'ContentManagement.Entry.publish'
  const signed = 'x-contentful-signed-headers,x-contentful-timestamp'
  const text = `POST\n/hooks/contentful\nx-contentful-signed-headers:${signed};x-contentful-timestamp:${SIGNED_AT}\n${call.body}`
  const key = await crypto.subtle.importKey(
    'raw',
    Buffer.from(call.secret),
    { name: 'HMAC', hash: 'SHA-256' },
    false,
    ['sign'],
  )
  const signature = Buffer.from(await crypto.subtle.sign('HMAC', key, Buffer.from(text))).toString('hex')
  const headers = {
    ...call.headers,
    'x-contentful-topic': topic,
    'x-contentful-signed-headers': signed,
    'x-contentful-signature': signature,
  }
  expect(receive({ ...call, headers })).toMatchObject({
    problem: { status: 422, field: 'x-contentful-signed-headers' },
  })
})

test('Contentful’s saved draft is left alone', async () => {
  const call = await signCall('contentful', stored('contentful'), {
    at: SOON,
    id: 'ContentManagement.Entry.auto_save',
  })
  expect(receive(call, SOON)).toBe('ignored')
})

test('WebSked’s plan that is not published is a draft, and its time may be in milliseconds', async () => {
  const body = {
    ...stored('websked'),
    time: SIGNED_AT,
    story: { _id: 'ARC2', headline: 'Plan', status: 'planned' },
  }
  expect(itemsOf(await signCall('websked', body, { at: SIGNED_AT }))).toMatchObject([
    { guid: 'ARC2', state: 'draft' },
  ])
})

test('an address that is no page is none, and an item may stand without one', async () => {
  for (const url of [
    'javascript:alert(1)',
    '/relative',
    'https://user:pass@paper.example/',
    'urn:newsml:1',
    'http://',
  ])
    expect(
      itemsOf(await signCall('superdesk', { ...stored('superdesk'), url }, { at: SOON }))[0]!.url,
    ).toBeUndefined()
})

test('what is wrong with a signed call is said by its field', async () => {
  const problemOf = async (name: string, body: object | string) => {
    const received = receive(await signCall(name, body, { at: SIGNED_AT }))
    return typeof received === 'object' && 'problem' in received ? received.problem : received
  }
  const { data, ...rest } = stored('standard')
  expect(await problemOf('standard', { ...rest, data: { ...data, title: ' ' } })).toEqual({
    status: 422,
    field: 'data.title',
    reason: 'is missing',
  })
  expect(
    await problemOf('standard', { ...rest, data: { ...data, updated: '2026-02-30T00:00:00Z' } }),
  ).toMatchObject({
    field: 'data.updated or timestamp',
  })
  expect(await problemOf('superdesk', { ...stored('superdesk'), version: 'three' })).toMatchObject({
    field: 'version',
    reason: 'is not a number',
  })
  expect(await problemOf('standard', '{"type":')).toEqual({
    status: 400,
    field: 'body',
    reason: 'is not JSON in UTF-8',
  })
  expect(await problemOf('standard', '[]')).toEqual({
    status: 400,
    field: 'body',
    reason: 'is not an object',
  })
})
