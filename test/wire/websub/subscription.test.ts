import { expect, test } from 'vitest'
import { dueSubscription, leaseEnd } from '../../../src/wire/websub/subscription.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const NOW = Date.parse('2026-05-05T12:00:00Z')
const HUB = { url: 'https://hub.example/', topic: 'https://wqad.example/feed' }
const asked = { hub: HUB.url, topic: HUB.topic, token: 'token', secret: 'secret', askedAt: NOW - 7 * HOUR }

let made = 0
const due = (webSub?: Partial<typeof asked> & { until?: number }, hub: typeof HUB | undefined = HUB) =>
  dueSubscription({ hub, webSub: webSub && { ...asked, ...webSub } }, NOW, () => `made-${++made}`)

test('a hub is asked once, renewed a day before its end, and asked again where it did not confirm', () => {
  expect(dueSubscription({}, NOW, () => 'made')).toBeUndefined()
  expect(due()).toMatchObject({
    hub: HUB.url,
    topic: HUB.topic,
    askedAt: NOW,
    token: 'made-1',
    secret: 'made-2',
  })
  expect(due({ askedAt: NOW - HOUR })).toBeUndefined()
  expect(due({})).toEqual({ ...asked, askedAt: NOW })
  expect(due({ askedAt: NOW - 5 * DAY, until: NOW + 5 * DAY })).toBeUndefined()
  expect(due({ askedAt: NOW - 9.5 * DAY, until: NOW + DAY / 2 })).toMatchObject({
    token: 'token',
    askedAt: NOW,
  })
  // Of a short lease, half.
  expect(due({ askedAt: NOW - 7 * HOUR, until: NOW + 13 * HOUR })).toBeUndefined()
  expect(due({ askedAt: NOW - 7 * HOUR, until: NOW + 3 * HOUR })).toMatchObject({ askedAt: NOW })
  expect(due({ until: NOW - 1 })).toMatchObject({ askedAt: NOW })
})

test('another hub or address is another subscription, whose secrets the first hub does not know', () => {
  for (const hub of [
    { ...HUB, url: 'https://other.example/' },
    { ...HUB, topic: 'https://wqad.example/other' },
  ])
    expect(due({ askedAt: NOW, until: NOW + 9 * DAY }, hub)).toMatchObject({
      token: expect.stringMatching(/^made-/),
    })
})

test('the end of a lease is what the hub says, within reason', () => {
  expect(leaseEnd('864000', NOW)).toBe(NOW + 10 * DAY)
  expect(leaseEnd(null, NOW)).toBe(NOW + 10 * DAY)
  expect(leaseEnd('soon', NOW)).toBe(NOW + 10 * DAY)
  expect(leaseEnd('0', NOW)).toBe(NOW + 600_000)
  expect(leaseEnd('9999999999', NOW)).toBe(NOW + 90 * DAY)
})
