import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { readConfig, VARIABLES } from '../src/config.ts'

/** The settings read from an environment; throws where there are problems. */
const settings = (env: Record<string, string>) => {
  const read = readConfig(env)
  if ('problems' in read) throw new Error(read.problems.join('\n'))
  return read.config
}
/** The problems of an environment. */
const problems = (env: Record<string, string>) => {
  const read = readConfig(env)
  return 'problems' in read ? read.problems : []
}
const SLACK = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1' }

test('.env.example has exactly the variables that are read, each with its description', () => {
  const example = readFileSync(new URL('../.env.example', import.meta.url), 'utf8')
  const described = [...example.matchAll(/^# (.*)\n([A-Z_]+)=$/gm)].map(([, about, name]) => [name, about])
  expect(Object.fromEntries(described)).toEqual(VARIABLES)
  const source = readFileSync(new URL('../src/config.ts', import.meta.url), 'utf8')
  const read = [...source.matchAll(/value\('([A-Z_]+)'\)/g)].map(found => found[1]!)
  const looped = [...source.matchAll(/'([A-Z]+(?:_[A-Z]+)+|HOST|PORT|PREVIEW)'/g)].map(found => found[1]!)
  expect(new Set([...read, ...looped])).toEqual(new Set(Object.keys(VARIABLES)))
})

test('without a token the preview is on, and only this machine can reach it', () => {
  expect(settings({})).toMatchObject({ preview: true, host: '127.0.0.1', port: 3000, contentDir: 'content' })
  expect(settings({}).slack).toBeUndefined()
})

test('a token turns its platform on and the preview off, unless PREVIEW is set', () => {
  expect(settings(SLACK)).toMatchObject({ preview: false, host: '0.0.0.0', slack: { token: 'xoxb-1' } })
  expect(settings({ DISCORD_TOKEN: 'x', PREVIEW: '1' })).toMatchObject({
    preview: true,
    discord: { token: 'x' },
  })
})

test('an empty variable counts as not set', () => {
  expect(settings({ SLACK_BOT_TOKEN: ' ', DISCORD_TOKEN: '', PORT: '' })).toEqual(settings({}))
})

test('all problems are reported together, and none shows a secret', () => {
  const reported = problems({
    SLACK_BOT_TOKEN: 'xoxp-very-secret',
    PORT: 'eighty',
    LOG_LEVEL: 'loud',
    TZ_DEFAULT: 'Chicago/America',
    SLACK_API_URL: 'loopback',
  })
  expect(reported).toHaveLength(6)
  expect(reported.join('\n')).not.toContain('very-secret')
  expect(problems({ SLACK_SIGNING_SECRET: 's' })).toEqual([expect.stringContaining('SLACK_BOT_TOKEN')])
})

test('DESK_USERS takes only ids of people and groups on a platform', () => {
  const users = 'slack:T1/U1, slack:T1/S0ABC,discord:123 ,discord:1/2,preview:you,slack:T1/U1'
  expect(settings({ DESK_USERS: users }).deskUsers).toEqual([
    'slack:T1/U1',
    'slack:T1/S0ABC',
    'discord:123',
    'discord:1/2',
    'preview:you',
  ])
  expect(settings({}).deskUsers).toEqual([])
  for (const wrong of [
    'dana',
    'slack:U1',
    'slack:T1/C1',
    'discord:dana',
    'preview:me',
    'slack:T1/u1',
    'discord:1/',
  ])
    expect(problems({ DESK_USERS: `slack:T1/U1,${wrong}` })).toEqual([
      expect.stringContaining(`“${wrong}” is not a user ID`),
    ])
  expect(problems({ DESK_USERS: 'discord:5/5' })).toEqual([
    expect.stringContaining('everybody on that server'),
  ])
})
