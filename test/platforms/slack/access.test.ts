import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Place } from '../../../src/chat/platform.ts'
import { createUserLookup } from '../../../src/platforms/slack/people/users.ts'
import type { SlackPlatform } from '../../../src/platforms/slack/slack.ts'
import { type Loopback, startSlack } from '../../support/loopback/slack.ts'
import { recordingLog } from '../../support/recording-log.ts'
import { connectSlack, slackPlatformFor } from '../../support/slack/connected-platform.ts'

let loopback: Loopback
let platform: SlackPlatform

beforeAll(async () => {
  loopback = await startSlack()
  platform = (await connectSlack(loopback)).platform
})
afterAll(async () => {
  await platform.stop()
  await loopback.close()
})
beforeEach(() => {
  loopback.calls.length = 0
  for (const scope of ['channels:history', 'im:history']) loopback.scopes.add(scope)
  loopback.scopes.delete('chat:write.public')
})

const lookUp = (id: string) => platform.lookUpCaller!({ id, rights: [] })
const access = (channel: string) => platform.checkAccess!(`slack:T1/${channel}`)

test('a member has a zone and a name, a guest is one', async () => {
  expect(await lookUp('slack:T1/U1')).toEqual({ name: 'Dana', zone: 'America/Chicago', guest: false })
  expect(await lookUp('slack:T1/UGUEST')).toEqual({ name: 'Gus', zone: 'Europe/Berlin', guest: true })
  expect(await lookUp('slack:T1/USINGLE')).toMatchObject({ guest: true })
  expect(await lookUp('slack:T1/UBARE')).toEqual({ guest: false })
})

test('people of other companies are guests, whether or not a channel is shared with them already', async () => {
  expect(await lookUp('slack:T1/UOTHER')).toEqual({ name: 'Olga', guest: true })
  expect(await lookUp('slack:T1/USTRANGER')).toMatchObject({ guest: true })
  // Somebody of another workspace of the same organisation is no guest.
  expect(await lookUp('slack:T1/UGRID')).toMatchObject({ guest: false })
})

test('what cannot be learned is absent, and asked for again', async () => {
  expect(await lookUp('slack:T1/UNOBODY')).toEqual({})
  expect(await lookUp('discord:1')).toEqual({})
  loopback.people.set('UNEW', { name: 'new', tz: 'Asia/Tokyo' })
  loopback.failNext(
    'users.info',
    { error: 'missing_scope' },
    { cut: 'before' },
    { status: 429, retryAfter: 3 },
  )
  for (let time = 0; time < 3; time++) expect(await lookUp('slack:T1/UNEW')).toEqual({})
  expect(await lookUp('slack:T1/UNEW')).toMatchObject({ zone: 'Asia/Tokyo', guest: false })
})

test('Slack is asked about a person once in five minutes', async () => {
  let now = 0
  let requests = 0
  const web = async <Result>() => ({ user: { tz: `Etc/GMT-${++requests}` } }) as Result
  const lookUpCaller = createUserLookup(
    web,
    () => undefined,
    () => now,
  )
  const dana = { id: 'slack:T1/U1', rights: [] }
  for (const at of [0, 60_000, 299_999]) {
    now = at
    expect((await lookUpCaller(dana)).zone).toBe('Etc/GMT-1')
  }
  now = 300_000
  expect((await lookUpCaller(dana)).zone).toBe('Etc/GMT-2')
  expect((await lookUpCaller({ ...dana, id: 'slack:T1/U2' })).zone).toBe('Etc/GMT-3')
})

test('inside a channel it may do all that its token allows', async () => {
  expect(await access('C1')).toEqual({ post: true, correct: true, look: true, name: '#general' })
  loopback.scopes.delete('channels:history')
  expect(await access('C1')).toEqual({
    post: true,
    correct: true,
    look: false,
    name: '#general',
    why: 'An administrator can allow it: the permission is channels:history.',
  })
})

test('a conversation between two has no name and its own permission', async () => {
  expect(await access('D1')).toEqual({ post: true, correct: true, look: true })
  loopback.scopes.delete('im:history')
  expect(await access('D1')).toMatchObject({ look: false })
})

test('outside a channel it says how to be invited; a public one it may be allowed to write to all the same', async () => {
  const why = 'Type /invite @nutgraf.'
  expect(await access('CNONE')).toEqual({ post: false, correct: false, look: false, why })
  expect((await access('DTWO')).why).not.toMatch(/invite/)
  expect(await access('COUT')).toMatchObject({ post: false, look: false, why })
  loopback.scopes.add('chat:write.public')
  expect(await access('COUT')).toMatchObject({ post: true, look: false, why })
  expect(await access('COLD')).toMatchObject({
    post: false,
    correct: false,
    why: 'This channel is archived.',
  })
})

test('what cannot be learned is an error, not an answer', async () => {
  loopback.failNext('conversations.info', { error: 'missing_scope' }, { status: 500 })
  for (let time = 0; time < 2; time++)
    await expect(access('C1')).rejects.toMatchObject({ name: 'DeliveryError' })
})

test('pace and the address of a message', () => {
  const place: Place = 'slack:T1/C1'
  expect(platform.pace?.(place)).toEqual({ lane: 'slack:T1', laneMs: 200, placeMs: 1_050 })
  expect(platform.pace?.('slack:odd' as Place).lane).toBe('slack:odd')
  expect(platform.link?.({ place, id: '1700000000.000100' })).toBe(
    'https://loopback.slack.com/archives/C1/p1700000000000100',
  )
  const reply = { place, id: '1700000000.000200', under: '1700000000.000100' }
  expect(platform.link?.(reply)).toBe(
    'https://loopback.slack.com/archives/C1/p1700000000000200?thread_ts=1700000000.000100&cid=C1',
  )
  expect(platform.link?.({ place: 'slack:T2/C1', id: '1.1' })).toBeUndefined()
  const lonely = slackPlatformFor(loopback, { log: recordingLog(), appToken: 'xapp-1' })
  expect(lonely.link?.({ place, id: '1.1' })).toBeUndefined()
})
