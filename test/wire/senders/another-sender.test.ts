import { expect, test } from 'vitest'
import { openSenders } from '../../../src/wire/senders/open-senders.ts'
import { receiveCall } from '../../../src/wire/senders/receive.ts'
import type { SenderRow } from '../../../src/wire/senders/row.ts'
import { SENDER_ROWS } from '../../../src/wire/senders/rows.ts'

/** A system, as somebody would write it down who never saw our code. */
const ELEVENTH = `{
  "name": "storyboard", "system": "Storyboard",
  "signature": {
    "header": "x-board-signature", "form": "^t=(?<time>\\\\d+);(?<signature>[0-9a-f]{40})$", "algorithm": "sha1",
    "encodings": ["hex"], "signed": "{time}#{body}", "key": "letters"
  },
  "stamp": { "from": "signature", "unit": "seconds" },
  "states": [
    { "when": [{ "at": "action", "is": ["published"] }], "state": "stands" },
    { "when": [{ "at": "action", "is": ["unpublished", "deleted"] }], "state": "withdrawn" },
    { "when": [], "state": "ignored" }
  ],
  "fields": {
    "id": ["{story_id}"], "title": ["{story.name}"], "address": ["https://paper.example/{full_slug}"],
    "version": { "at": ["{story.updated_at}"], "kind": "moment" }
  }
}`

test('an eleventh system needs a row of data and no code', async () => {
  const row = JSON.parse(ELEVENTH) as SenderRow
  const secret = 'storyboard-secret-token'
  const { senders, problems } = openSenders(
    [{ name: 'storyboard-city', secrets: [secret] }],
    [...SENDER_ROWS, row],
  )
  expect(problems).toEqual([])
  const now = Date.parse('2026-08-17T17:33:20Z')
  const body = JSON.stringify({
    action: 'published',
    story_id: 42,
    full_slug: 'news/bridge',
    story: { name: 'Bridge reopens', updated_at: '2026-08-17T17:33:00Z' },
  })
  const key = await crypto.subtle.importKey(
    'raw',
    Buffer.from(secret),
    { name: 'HMAC', hash: 'SHA-1' },
    false,
    ['sign'],
  )
  const signature = Buffer.from(
    await crypto.subtle.sign('HMAC', key, Buffer.from(`${now / 1000}#${body}`)),
  ).toString('hex')
  const call = {
    method: 'POST',
    path: '/hooks/storyboard-city',
    headers: { 'content-type': 'application/json', 'x-board-signature': `t=${now / 1000};${signature}` },
    body: Buffer.from(body),
  }
  expect(receiveCall(senders[0]!, call, { now })).toMatchObject({
    accept: {
      items: [
        { guid: '42', title: 'Bridge reopens', url: 'https://paper.example/news/bridge', state: 'stands' },
      ],
    },
  })
  expect(receiveCall(senders[0]!, { ...call, body: Buffer.from(`${body} `) }, { now })).toBe('unproven')
})

test('secrets that cannot work are named, and never shown', () => {
  const settings = [
    { name: 'contentful', secrets: ['only-twenty-characters'] },
    { name: 'city-desk', secrets: ['not-a-standard-webhooks-secret'] },
    { name: 'strapi', secrets: ['has/a slash in its middle'] },
    { name: 'ghost-north', secrets: ['a-secret-that-may-be-anything'] },
  ]
  const { problems } = openSenders(settings)
  expect(problems).toEqual([
    'HOOK_SECRET_CONTENTFUL must have exactly 64 characters, as Contentful wants it',
    'HOOK_SECRET_CITY_DESK must be whsec_ and 24 to 64 bytes in base64, as Standard Webhooks wants it',
    'HOOK_SECRET_STRAPI must be 22 to 128 letters, digits, - and _: Strapi signs nothing, so the secret is part of its address',
  ])
  for (const { secrets } of settings) expect(problems.join()).not.toContain(secrets[0])
})
