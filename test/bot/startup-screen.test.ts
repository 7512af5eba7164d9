import { expect, test } from 'vitest'
import type { Role } from '../../src/bot/roles.ts'
import { startupScreen } from '../../src/bot/startup-screen.ts'
import { readConfig } from '../../src/config.ts'
import { bundledLibrary } from '../support/conversations/conversation.ts'

const SETTINGS = {
  SLACK_BOT_TOKEN: 'xoxb-1',
  SLACK_SIGNING_SECRET: 'secret',
  DATABASE_URL: 'postgres://db/nutgraf',
  PREVIEW: '1',
}

/** The startup screen of a process in a role. */
function screenOf(role: Role, port: number | undefined, more: Record<string, string> = {}): string {
  const read = readConfig({ ...SETTINGS, ...more })
  if ('problems' in read) throw new Error(read.problems.join('\n'))
  return startupScreen({
    version: '1',
    role,
    config: read.config,
    platforms: [],
    library: bundledLibrary,
    port,
    prompt: false,
  })
}

test('the screen of the role all has the address of the preview, and says that Slack must reach it', () => {
  expect(screenOf('all', 3000)).toContain('Preview  http://localhost:3000\n')
  expect(screenOf('all', 3000)).toContain('Slack calls over HTTP')
})

test('the screen of a worker has no address that it does not serve', () => {
  const worker = screenOf('worker', undefined)
  expect(worker).toContain('Preview  off')
  expect(worker).toContain('Health   not served')
  expect(worker).not.toMatch(/undefined|localhost|Slack calls over HTTP/)
})

test('the screen names the systems that may call, and no secret', () => {
  const hooks = {
    HOOK_SECRET_GHOST_CITY: 'a-ghost-secret-of-letters',
    PUBLIC_URL: 'https://bot.example.org/',
  }
  expect(screenOf('all', 3000, hooks)).toContain(
    'Hooks    ghost-city may call https://bot.example.org/hooks/…\n',
  )
  expect(screenOf('all', 3000, hooks)).not.toContain('a-ghost-secret')
})

test('the screen of the role web has no preview, and says that Slack must reach it', () => {
  expect(screenOf('web', 3000)).toContain('Preview  off')
  expect(screenOf('web', 3000)).toContain('Slack calls over HTTP')
})

test('where feeds are on, the screen names one, and says that anyone can read it', () => {
  const feeds = { FEEDS: '1', PUBLIC_URL: 'https://bot.example.org/' }
  expect(screenOf('web', 3000, feeds)).toMatch(
    /Feeds {4}https:\/\/bot\.example\.org\/feeds\/[a-z-]+\.rss · open to anyone\n/,
  )
  expect(screenOf('worker', undefined, feeds)).not.toContain('Feeds')
  expect(screenOf('web', 3000)).not.toContain('Feeds')
})
