import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseLine } from '../../../src/commands/line.ts'
import { messageCall, readableText, type Self } from '../../../src/platforms/discord/mention.ts'
import {
  buttonCall,
  commandCall,
  type InteractionPayload,
  type MessagePayload,
  typingQuery,
} from '../../../src/platforms/discord/payload.ts'
import { COMMANDS } from '../../support/discord/connected-platform.ts'
import {
  APP,
  BOT,
  BOT_ROLE,
  CHANNEL,
  commandBody,
  DANA,
  DM,
  GUILD,
  messageBody,
  type OptionValues,
  pressBody,
  typingBody,
} from '../../support/discord/payloads.ts'

const registry = (name: string) => COMMANDS.find(command => command.name === name)
const picked = (path: string, values: OptionValues = {}, fields: object = {}) => {
  const body = commandBody(path, values, fields) as InteractionPayload
  return commandCall(body, registry(body.data?.name ?? ''), 5)
}
const line = (path: string, values: OptionValues = {}) => {
  const { call } = picked(path, values)
  return `/${call.command} ${call.text}`.trim()
}

test('a picked command becomes the line that one could type', () => {
  expect(line('/lawsuit summary')).toBe('/lawsuit summary')
  expect(line('/lawsuit quotes', { speaker: 'jeff sessions', since: '7d', public: true })).toBe(
    '/lawsuit quotes jeff sessions --since 7d --public',
  )
  expect(line('/lawsuit summary', { public: false, page: 3 })).toBe('/lawsuit summary --page 3')
  expect(line('/quote', { of: 'sessions', story: 'lawsuit' })).toBe('/quote sessions --story lawsuit')
  expect(line('/quote', { of: 'x', check: 'see you in court' })).toBe('/quote check see you in court')
  expect(line('/quote', { latest: true })).toBe('/quote latest')
  expect(line('/quote', { of: 'x', latest: false })).toBe('/quote x')
  expect(line('/unheard-of', { words: 'x' })).toBe('/unheard-of x')
})

test('words that are written as we print them are read like a typed line; any other text stays as it is', () => {
  const args = (value: string) => parseLine(picked('/plain', { words: value }).call.text).args
  expect(args('sessions #2')).toEqual(['sessions', '#2'])
  expect(args(' "jeff  sessions"   #2 ')).toEqual([' "jeff  sessions"   #2 '])
  expect(args('"jeff sessions" #2')).toEqual(['jeff sessions', '#2'])
  for (const text of [
    'He said “no”.',
    'it was true?',
    'a "b',
    '--public',
    'a --public',
    '“x” y',
    'a\\b',
    ' ',
  ])
    expect(args(text)).toEqual([text])
})

test('whatever a value holds, it is no flag, and all of it is there', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: 'grapheme' }),
        fc.constantFrom('--public', '—page 2', 'a" --public "b', '\\', '”'),
      ),
      value => {
        const { args, flags } = parseLine(picked('/plain', { words: value }).call.text)
        const asTyped = parseLine(value).args
        expect(flags).toEqual({})
        expect([[value], asTyped]).toContainEqual(args)
        const flagged = parseLine(
          picked('/lawsuit quotes', { speaker: value, since: value, public: true }).call.text,
        )
        expect(flagged).toEqual({ args: ['quotes', ...args], flags: { since: value, public: true } })
      },
    ),
  )
})

test('rights are what Discord vouches for', () => {
  const rights = (permissions: string) => picked('/plain', {}, { permissions }).call.caller.rights
  for (const bit of [3n, 4n, 5n])
    expect(rights(String((1n << bit) | (1n << 40n)))).toEqual(['manage', 'member'])
  expect(rights(String(1n << 11n))).toEqual(['member'])
  const mayPost = (bits: bigint, type = 0) =>
    picked('/plain', {}, { permissions: String(bits), channel: { id: CHANNEL, type } }).call.caller.mayPost
  expect([mayPost(1n << 11n), mayPost(1n << 38n, 11), mayPost(1n << 3n), mayPost(1n << 3n, 12)]).toEqual([
    ...Array(4),
  ])
  expect([mayPost(1n << 38n), mayPost(1n << 11n, 10), mayPost(1n << 5n)]).toEqual([false, false, false])
  const direct = picked('/plain', {}, { dm: true }).call
  expect(direct).toMatchObject({
    place: `discord:@me/${DM}`,
    caller: { id: `discord:${DANA.id}`, rights: ['manage', 'member'] },
    at: 5,
  })
})

test('a button is the call of its line', () => {
  const pressed = pressBody('run:/quote sessions #2', { id: '9' }) as InteractionPayload
  const { call, key } = buttonCall(pressed, '/quote sessions #2', 1)
  expect(call).toMatchObject({ command: 'quote', text: 'sessions #2', audience: 'caller', fromButton: true })
  expect(key).toBe('9')
})

test('a value that is being typed becomes a query for suggestions', () => {
  const query = (path: string, values: OptionValues, focused: string) => {
    const body = typingBody(path, values, focused) as InteractionPayload
    return typingQuery(body, registry(body.data?.name ?? ''), 7)
  }
  expect(query('/lawsuit quotes', { speaker: 'ses' }, 'speaker')).toEqual({
    command: 'lawsuit',
    subcommand: 'quotes',
    argument: 'speaker',
    typed: 'ses',
    at: 7,
  })
  expect(query('/quote', { of: '' }, 'of')).toEqual({ command: 'quote', argument: 'of', typed: '', at: 7 })
  expect(query('/quote', { check: 'see' }, 'check')).toMatchObject({ subcommand: 'check', argument: 'text' })
  expect(query('/quote', { story: 'l', of: 'x' }, 'story')).toMatchObject({ argument: 'story', typed: 'l' })
  expect(query('/quote', { of: 'x' }, 'none')).toBeUndefined()
})

const SELF: Self = { id: APP, isOwnRole: (guild, role) => guild === GUILD && role === BOT_ROLE }

const callOf = (content: string, fields: object = {}) =>
  messageCall(messageBody(content, fields) as MessagePayload, SELF, 3)

test('a mention is a line without the mention, with names where Discord writes ids', () => {
  expect(callOf(`<@!${APP}>, lawsuit who`)?.call).toMatchObject({
    command: 'nutgraf',
    text: 'lawsuit who',
    audience: 'place',
  })
  expect(callOf(`</lawsuit summary:123456789012345678> <@${APP}>`)?.call).toMatchObject({
    command: 'lawsuit',
    text: 'summary',
  })
  expect(callOf(`<@${APP}> /quote sessions`)?.call).toMatchObject({ command: 'quote', text: 'sessions' })
  expect(callOf(`<@${APP}>`)?.call).toMatchObject({ command: 'nutgraf', text: '' })
  const content = `<@${APP}> find <@7> <@!8> <@&9> <#1> <:ok:123456789012345678> <https://x.org> a < b`
  expect(readableText({ content, mentions: [{ id: '7', username: 'lee' }] }, SELF)).toBe(
    'find @lee @someone @role #channel :ok: https://x.org a < b',
  )
})

test('a mention is answered under the message that holds it', () => {
  expect(callOf(`<@${APP}> x`, { id: '42', channel_id: '77' })).toMatchObject({
    key: '42',
    under: '42',
    call: { place: 'discord:200000000000000001/77' },
  })
})

test('only what a person asked us is a call', () => {
  expect(callOf('hello')).toBeUndefined()
  expect(callOf('hello', { guild_id: undefined, channel_id: DM })?.call.place).toBe(`discord:@me/${DM}`)
  expect(callOf('hello', { guild_id: undefined, author: BOT })).toBeUndefined()
  expect(callOf(`<@${APP}> x`, { author: { ...DANA, system: true } })).toBeUndefined()
  expect(callOf(`<@${APP}> x`, { webhook_id: '1' })).toBeUndefined()
  expect(callOf(`<@${APP}> x`, { type: 7 })).toBeUndefined()
  expect(callOf(`<@${APP}> x`, { type: 19 })?.call.place).toContain(CHANNEL)
})

test('a mention of our own role is for us, whatever else is in the message; other roles are not', () => {
  const asked = callOf(`<@&${BOT_ROLE}> lawsuit status`)
  expect(asked).toMatchObject({ how: 'line', call: { command: 'nutgraf', text: 'lawsuit status' } })
  // So it arrives without the intent Message Content.
  expect(callOf('', { mention_roles: [BOT_ROLE] })).toMatchObject({ how: 'unreadable' })
  expect(callOf('<@&600000000000000002> lawsuit status')).toBeUndefined()
  expect(callOf(`<@&${BOT_ROLE}> lawsuit status`, { guild_id: '2' })).toBeUndefined()
  expect(callOf(`<@&600000000000000002> <@${APP}> who`)?.call.text).toBe('@role   who')
})

test('a reply to a message of ours is heard as one', () => {
  const reply = { type: 19, mentions: [BOT] }
  expect(callOf('who', reply)).toMatchObject({ how: 'reply', call: { text: 'who' } })
  expect(callOf(`<@${APP}> who`, reply)).toMatchObject({ how: 'line' })
  expect(callOf('who', { type: 19, mentions: [DANA] })).toBeUndefined()
  expect(callOf('who', { mentions: [BOT] })).toBeUndefined()
})
