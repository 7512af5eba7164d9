import { describe, expect, test } from 'vitest'
import { dutiesFor, parseRole, type Role } from '../../src/bot/roles.ts'
import { readConfig } from '../../src/config.ts'

const SOCKET = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1' }
const HTTP = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_SIGNING_SECRET: 'secret' }
const DISCORD = { DISCORD_TOKEN: 'token' }
const SHARED = { DATABASE_URL: 'postgres://db/nutgraf' }

function duties(role: Role, env: Record<string, string>) {
  const read = readConfig(env)
  if ('problems' in read) throw new Error(read.problems.join('\n'))
  return dutiesFor(role, read.config)
}

describe('a process runs in its role', () => {
  test('all: the platforms with a token, digests and a port; without tokens, the preview', () => {
    expect(duties('all', {})).toEqual({ preview: true, delivers: true, serves: true })
    expect(duties('all', { ...HTTP, ...DISCORD })).toEqual({
      slack: 'listens',
      discord: 'listens',
      preview: false,
      delivers: true,
      serves: true,
    })
  })

  test('web: Slack over HTTP and nothing else, even with other tokens', () => {
    expect(duties('web', { ...HTTP, ...DISCORD, ...SHARED, PREVIEW: '1' })).toEqual({
      slack: 'listens',
      preview: false,
      delivers: false,
      serves: true,
    })
    expect(() => duties('web', { ...SOCKET, ...SHARED })).toThrow('needs SLACK_BOT_TOKEN and SLACK_SIGNING')
  })

  test('gateway: the connections that stay open, and not Slack over HTTP', () => {
    const onlyListens = { preview: false, delivers: false, serves: false }
    expect(duties('gateway', { ...HTTP, ...DISCORD, ...SHARED })).toEqual({
      discord: 'listens',
      ...onlyListens,
    })
    expect(duties('gateway', { ...SOCKET, ...SHARED })).toEqual({ slack: 'listens', ...onlyListens })
    expect(() => duties('gateway', { ...HTTP, ...SHARED })).toThrow('needs DISCORD_TOKEN or SLACK_APP_TOKEN')
  })

  test('worker: posts to every platform, and serves HTTP only with PORT set', () => {
    const posts = { slack: 'posts', discord: 'posts', preview: false, delivers: true }
    const env = { ...SOCKET, ...DISCORD, ...SHARED }
    expect(duties('worker', env)).toEqual({ ...posts, serves: false })
    expect(duties('worker', { ...env, PORT: '3001' })).toEqual({ ...posts, serves: true })
    const WEBHOOK_CITY = 'https://hooks.slack.com/services/T1/B1/x'
    expect(duties('worker', { ...SHARED, WEBHOOK_CITY })).toMatchObject({ webhook: true, delivers: true })
    expect(() => duties('worker', SHARED)).toThrow('needs SLACK_BOT_TOKEN or DISCORD_TOKEN')
  })

  test('every role except all needs a database to share', () => {
    for (const role of ['web', 'gateway', 'worker'] as const)
      expect(() => duties(role, { ...HTTP, ...DISCORD })).toThrow(`The role ${role} needs DATABASE_URL`)
  })
})

test('the role is given as --role worker or --role=worker, and anything else is refused', () => {
  expect(parseRole([])).toBe('all')
  expect(parseRole(['--role', 'worker'])).toBe('worker')
  expect(parseRole(['--role=web'])).toBe('web')
  for (const args of [['--role'], ['--role', 'boss'], ['worker'], ['--role', 'web', 'worker']])
    expect(() => parseRole(args), args.join(' ')).toThrow('start: only takes --role all|web|gateway|worker')
})
