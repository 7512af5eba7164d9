import { readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import pg from 'pg'
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

test('feeds are off, and need the address at which readers find them', () => {
  expect(settings({ PUBLIC_URL: 'https://bot.example.org' }).feeds).toBe(false)
  expect(settings({ PUBLIC_URL: 'https://bot.example.org', FEEDS: '1' }).feeds).toBe(true)
  expect(problems({ FEEDS: '1' })).toEqual([expect.stringContaining('PUBLIC_URL')])
  expect(problems({ FEEDS: '1', PUBLIC_URL: 'bot:example' })).toEqual([expect.stringContaining('PUBLIC_URL')])
})

test('webhooks are places of their own; beside them the preview stays on', () => {
  const address = 'https://hooks.slack.com/services/T1/B1/secret'
  const read = settings({ WEBHOOK_CITY_DESK: address, DESK_CHANNEL: 'webhook:city-desk' })
  expect(read).toMatchObject({
    webhooks: [{ name: 'city-desk', kind: 'slack', address }],
    deskPlace: 'webhook:city-desk',
    preview: true,
  })
  expect(problems({ WEBHOOK_NAME: address, WEBHOOK_B: `${address}/x` })).toEqual([
    expect.stringContaining('WEBHOOK_NAME: write'),
    expect.stringMatching(/^WEBHOOK_B is no webhook(?!.*secret)/),
  ])
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

const PASSWORD = fc.string({ unit: fc.constantFrom(...'aZ7/#?@:%&=+ !$;,[]'), minLength: 1, maxLength: 8 })

test('an address of a database with any signs in its password is read rightly or refused, and never shown', () => {
  fc.assert(
    fc.property(
      PASSWORD,
      fc.constantFrom('', ':5432'),
      fc.constantFrom('', '?sslmode=no-verify'),
      (password, port, query) => {
        const read = (written: string) => {
          const DATABASE_URL = `postgres://nutgraf:${written}@db.example.org${port}/news${query}`
          const reported = problems({ DATABASE_URL })
          if (reported.length === 0) return new pg.Client(DATABASE_URL)
          expect(reported).toEqual([
            expect.stringMatching(/^DATABASE_URL .*percent-encoded \(\/ as %2F, # as %23/),
          ])
          return undefined
        }
        const encoded = read(encodeURIComponent(password))
        expect(encoded).toMatchObject({ user: 'nutgraf', password, host: 'db.example.org', database: 'news' })
        // As it is: what is taken must lead to the same host with the same password. What looks encoded is decoded.
        const raw = read(password)
        if (raw) expect(raw).toMatchObject({ host: 'db.example.org', database: 'news' })
        if (raw && !password.includes('%')) expect(raw.password).toBe(password)
      },
    ),
    { numRuns: 3000 },
  )
})

test.each([
  'postgres://n:se/c#ret@127.0.0.1:5/d',
  'postgres://n:se#cret@host/d',
  'postgres://n:12#3@host/d',
  'postgres://n:12/3@host/d',
  'postgres://n:1?3@host/d',
  'postgres://n:p@a?ss@host/d',
  'postgres://n:se',
  'postgres://n:p@host:port/d',
])('%s is refused with its cure', url => {
  expect(problems({ DATABASE_URL: url })).toEqual([
    expect.stringMatching(/^DATABASE_URL does not work .*%2F/),
  ])
})

test.each([
  'postgres://db/nutgraf',
  'postgresql://n:p%40ss@[::1]:5432/d?sslmode=require&application_name=me@x',
  'postgres:///d?host=/run/postgresql',
  'postgres://n@/d?host=/run/postgresql',
  'postgres://%2Frun%2Fpostgresql/d',
  'postgres://n:p@ss@host/d',
])('%s is an address', url => expect(problems({ DATABASE_URL: url })).toEqual([]))

test('a token with a line break or a space is refused without its text', () => {
  for (const token of ['xoxb-12\n34', 'xoxb-12 34', 'xoxb-12\u00a034', 'xoxb-12’34']) {
    const reported = problems({ SLACK_BOT_TOKEN: token, SLACK_APP_TOKEN: 'xapp-1' })
    expect(reported).toEqual([expect.stringMatching(/^SLACK_BOT_TOKEN must be one piece/)])
    expect(reported.join()).not.toContain('12')
  }
  expect(problems({ DISCORD_TOKEN: 'a.b\n.c' })).toHaveLength(1)
  expect(settings({ DISCORD_TOKEN: ' a.b.c\n' }).discord?.token).toBe('a.b.c')
})

test('~ is the home folder, also where no shell has read it', () => {
  expect(settings({ DATA_DIR: '~/nutgraf', CONTENT_DIR: '~' })).toMatchObject({
    dataDir: join(homedir(), 'nutgraf'),
    contentDir: homedir(),
  })
  expect(settings({ DATA_DIR: '/a/~/b' }).dataDir).toBe('/a/~/b')
})

test('TZ_DEFAULT says which zone was probably meant', () => {
  expect(problems({ TZ_DEFAULT: 'MST' })).toEqual([
    expect.stringMatching(/^TZ_DEFAULT must be a time zone: “MST” has no summer time: write America\/Denver/),
  ])
})

test('hosts of the own network are listed for feeds, and items stay for 90 days', () => {
  expect(settings({})).toMatchObject({ feedHosts: [], wireDays: 90 })
  const hosts = 'wire.intranet:8080, 10.0.0.7,[::1]:81'
  expect(settings({ FEED_HOSTS: hosts, WIRE_DAYS: '30' })).toMatchObject({
    feedHosts: ['wire.intranet:8080', '10.0.0.7', '[::1]:81'],
    wireDays: 30,
  })
  expect(problems({ FEED_HOSTS: 'http://wire.intranet/rss', WIRE_DAYS: '7' })).toEqual([
    expect.stringContaining('FEED_HOSTS: “http://wire.intranet/rss” is not a host'),
    expect.stringContaining('WIRE_DAYS must be a number of days from 30'),
  ])
})
