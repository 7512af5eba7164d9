import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Place } from '../../../src/chat/platform.ts'
import type { DiscordPlatform } from '../../../src/platforms/discord/discord.ts'
import {
  PERMISSIONS,
  type PermissionInput,
  permissionsOf,
} from '../../../src/platforms/discord/permissions.ts'
import { connectDiscord, discordPlatformFor } from '../../support/discord/connected-platform.ts'
import { ALL_PERMISSIONS, PERMISSION_BITS } from '../../support/discord/loopback-channels.ts'
import { CHANNEL, DM, GUILD } from '../../support/discord/payloads.ts'
import { sentenceReply } from '../../support/echo-answer.ts'
import { type Loopback, startDiscord } from '../../support/loopback/discord.ts'
import { recordingLog } from '../../support/recording-log.ts'

const PLACE: Place = `discord:${GUILD}/${CHANNEL}`
const THREAD = '300000000000000020'
let loopback: Loopback
let platform: DiscordPlatform

beforeAll(async () => {
  loopback = await startDiscord()
  ;({ platform } = await connectDiscord(loopback))
})
afterAll(async () => {
  await platform.stop()
  await loopback.close()
})
beforeEach(() => {
  loopback.calls.length = 0
  loopback.channelPermissions.delete(CHANNEL)
})

const access = (place: Place = PLACE) => platform.checkAccess!(place)

test('with all permissions it may do all, and the place has a name', async () => {
  expect(await access()).toEqual({ post: true, correct: true, look: true, name: '#general' })
})

test.each<[string, bigint, object]>([
  ['Send Messages', PERMISSION_BITS.send, { post: false, correct: true, look: true }],
  ['Embed Links', PERMISSION_BITS.embed, { post: true, correct: true, look: false }],
  ['Read Message History', PERMISSION_BITS.history, { post: true, correct: true, look: false }],
])('without %s it says what is missing', async (name, bit, expected) => {
  loopback.channelPermissions.set(CHANNEL, ALL_PERMISSIONS & ~bit)
  expect(await access()).toEqual({ ...expected, name: '#general', why: `Give nutgraf here: ${name}.` })
})

test('in an announcement channel it says who does not get what it posts', async () => {
  loopback.channelTypes.set(CHANNEL, 5)
  const why = 'Channels that follow this one get what I post only if somebody publishes it.'
  expect(await access()).toEqual({ post: true, correct: true, look: true, name: '#general', why })
  loopback.channelTypes.delete(CHANNEL)
})

test('without Attach Files it may do all the same, but for pictures', async () => {
  loopback.channelPermissions.set(CHANNEL, ALL_PERMISSIONS & ~PERMISSION_BITS.attach)
  expect(await access()).toEqual({ post: true, correct: true, look: true, name: '#general', pictures: false })
})

test('without View Channel nothing works', async () => {
  loopback.channelPermissions.set(CHANNEL, ALL_PERMISSIONS & ~PERMISSION_BITS.view)
  expect(await access()).toMatchObject({ post: false, correct: false, look: false })
})

test('a thread has the permissions of its channel, and one of its own for posting', async () => {
  loopback.threads.set(THREAD, CHANNEL)
  loopback.channelPermissions.set(CHANNEL, ALL_PERMISSIONS & ~PERMISSION_BITS.send)
  expect(await access(`discord:${GUILD}/${THREAD}`)).toMatchObject({ post: true, look: true })
  loopback.channelPermissions.set(CHANNEL, ALL_PERMISSIONS & ~PERMISSION_BITS.threads)
  expect(await access(`discord:${GUILD}/${THREAD}`)).toMatchObject({
    post: false,
    why: 'Give nutgraf here: Send Messages in Threads.',
  })
})

test('a direct message needs no permission, a channel that is shut to us has none', async () => {
  expect(await access(`discord:@me/${DM}`)).toEqual({ post: true, correct: true, look: true })
  expect(loopback.calls).toEqual([])
  const shut = await access(`discord:${GUILD}/300000000000000005`)
  expect(shut).toMatchObject({ post: false, correct: false, look: false, why: expect.stringMatching(/View/) })
})

test('what cannot be learned is an error, not an answer', async () => {
  loopback.failNext('GET /channels/:id', { status: 500 })
  await expect(access()).rejects.toMatchObject({ name: 'DeliveryError', retryInMs: 10_000 })
})

test('a platform without a gateway asks once who it is', async () => {
  const worker = discordPlatformFor(loopback, { log: recordingLog() })
  const ref = await worker.post(PLACE, sentenceReply('x'), { key: 'worker' })
  expect(await worker.findPost(PLACE, 'worker', { since: Date.now() })).toEqual(ref)
  await worker.findPost(PLACE, 'other', { since: Date.now() })
  expect(loopback.callsTo('GET /users/@me')).toHaveLength(1)
})

test('pace, repeats and the address of a message', async () => {
  expect(platform.pace?.(PLACE)).toEqual({ lane: 'discord', laneMs: 20.9, placeMs: 1_050 })
  expect(platform.deduplicatesForMs).toBe(120_000)
  expect(platform.link?.({ place: PLACE, id: '7' })).toBe(
    `https://discord.com/channels/${GUILD}/${CHANNEL}/7`,
  )
  expect(platform.link?.({ place: `discord:@me/${DM}`, id: '7' })).toBe(
    `https://discord.com/channels/@me/${DM}/7`,
  )
})

const { 'View Channel': VIEW, 'Send Messages': SEND } = PERMISSIONS
const standing = (more: Partial<PermissionInput> = {}): PermissionInput => ({
  guild: '1',
  user: '9',
  ownRoles: ['2'],
  roles: [
    { id: '1', permissions: String(VIEW | SEND) },
    { id: '2', permissions: '0' },
    { id: '3', permissions: String(1n << 3n) },
  ],
  overwrites: [],
  timedOut: false,
  ...more,
})
const overwrite = (id: string, type: number, allow: bigint, deny: bigint) => ({
  id,
  type,
  allow: String(allow),
  deny: String(deny),
})
const sends = (more: Partial<PermissionInput>) => (permissionsOf(standing(more)) & SEND) !== 0n

test('a channel changes what roles give: for all, then for roles together, then for the member', () => {
  const everybody = overwrite('1', 0, 0n, SEND)
  expect(sends({})).toBe(true)
  expect(sends({ overwrites: [everybody] })).toBe(false)
  expect(sends({ overwrites: [everybody, overwrite('2', 0, SEND, 0n)] })).toBe(true)
  expect(sends({ overwrites: [overwrite('9', 1, 0n, SEND), overwrite('2', 0, SEND, 0n)] })).toBe(false)
  // Where roles disagree, the one that allows wins. Roles that we do not have, and other people, do not count.
  const ownRoles = ['2', '4']
  expect(sends({ ownRoles, overwrites: [overwrite('2', 0, SEND, 0n), overwrite('4', 0, 0n, SEND)] })).toBe(
    true,
  )
  expect(sends({ overwrites: [overwrite('3', 0, 0n, SEND), overwrite('8', 1, 0n, SEND)] })).toBe(true)
  expect(sends({ timedOut: true })).toBe(false)
  expect(permissionsOf(standing({ timedOut: true })) & VIEW).toBe(VIEW)
})

test('an administrator may do all, and who cannot see a channel nothing', () => {
  const anyOverwrites = fc.array(
    fc.record({
      id: fc.constantFrom('1', '2', '3', '9'),
      type: fc.constantFrom(0, 1),
      allow: fc.bigInt(0n, 1n << 50n).map(String),
      deny: fc.bigInt(0n, 1n << 50n).map(String),
    }),
  )
  fc.assert(
    fc.property(anyOverwrites, overwrites => {
      expect(permissionsOf(standing({ ownRoles: ['3'], overwrites }))).toBe(~0n)
      const hidden = [...overwrites.filter(({ id }) => id !== '9'), overwrite('9', 1, 0n, VIEW)]
      expect(permissionsOf(standing({ overwrites: hidden }))).toBe(0n)
    }),
  )
})
