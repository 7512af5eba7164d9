import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { readConfig, VARIABLES } from '../src/config.ts'

const config = (env: Record<string, string>) => {
  const read = readConfig(env)
  if ('problems' in read) throw new Error(read.problems.join('\n'))
  return read.config
}
const complaints = (env: Record<string, string>) => {
  const read = readConfig(env)
  return 'problems' in read ? read.problems : []
}
const SLACK = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1' }

test('.env.example names exactly the variables that are read, each with its line', () => {
  const example = readFileSync(new URL('../.env.example', import.meta.url), 'utf8')
  const pairs = [...example.matchAll(/^# (.*)\n([A-Z_]+)=$/gm)].map(([, about, name]) => [name, about])
  expect(Object.fromEntries(pairs)).toEqual(VARIABLES)
  const source = readFileSync(new URL('../src/config.ts', import.meta.url), 'utf8')
  const read = [...source.matchAll(/(?:value|given)\((?:'\w+', )?'([A-Z_]+)'\)/g)].map(found => found[1]!)
  const looped = [...source.matchAll(/'([A-Z]+(?:_[A-Z]+)+|HOST|PORT|PREVIEW)'/g)].map(found => found[1]!)
  expect(new Set([...read, ...looped])).toEqual(new Set(Object.keys(VARIABLES)))
})

test('without a token the preview is on, on loopback alone', () => {
  expect(config({})).toMatchObject({ preview: true, host: '127.0.0.1', port: 3000, contentDir: 'content' })
  expect(config({}).slack).toBeUndefined()
})

test('a token turns its platform on and the preview off, unless PREVIEW asks for it', () => {
  expect(config(SLACK)).toMatchObject({ preview: false, host: '0.0.0.0', slack: { token: 'xoxb-1' } })
  expect(config({ DISCORD_TOKEN: 'x', PREVIEW: '1' })).toMatchObject({
    preview: true,
    discord: { token: 'x' },
  })
})

test('an empty variable is as good as none', () => {
  expect(config({ SLACK_BOT_TOKEN: ' ', DISCORD_TOKEN: '', PORT: '' })).toEqual(config({}))
})

test('every complaint is told at once, and none holds a secret', () => {
  const all = complaints({
    SLACK_BOT_TOKEN: 'xoxp-very-secret',
    PORT: 'eighty',
    LOG_LEVEL: 'loud',
    TZ_DEFAULT: 'Chicago/America',
    SLACK_API_URL: 'loopback',
  })
  expect(all).toHaveLength(6)
  expect(all.join('\n')).not.toContain('very-secret')
  expect(complaints({ SLACK_SIGNING_SECRET: 's' })).toEqual([expect.stringContaining('SLACK_BOT_TOKEN')])
})

test('of the desk are only people and groups that a platform can name', () => {
  const users = 'slack:T1/U1, slack:T1/S0ABC,discord:123 ,discord:1/2,preview:you,slack:T1/U1'
  expect(config({ DESK_USERS: users }).deskUsers).toEqual([
    'slack:T1/U1',
    'slack:T1/S0ABC',
    'discord:123',
    'discord:1/2',
    'preview:you',
  ])
  expect(config({}).deskUsers).toEqual([])
  for (const bad of [
    'dana',
    'slack:U1',
    'slack:T1/C1',
    'discord:dana',
    'preview:me',
    'slack:T1/u1',
    'discord:1/',
  ])
    expect(complaints({ DESK_USERS: `slack:T1/U1,${bad}` })).toEqual([
      expect.stringContaining(`“${bad}” is nobody`),
    ])
  expect(complaints({ DESK_USERS: 'discord:5/5' })).toEqual([
    expect.stringContaining('everybody on that server'),
  ])
})
