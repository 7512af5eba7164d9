import { globSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { slackManifest } from '../../../src/platforms/slack/manifest.ts'
import { startSlack } from '../../support/loopback/slack.ts'
import { connectSlack } from '../../support/slack/connected-platform.ts'
import { EVENT_SCOPES, METHOD_SCOPES } from '../../support/slack/method-scopes.ts'
import { waitUntil } from '../../support/wait-until.ts'

const root = new URL('../../../src', import.meta.url).pathname
const KINDS = ['channels', 'groups', 'im', 'mpim']

/** Methods that the SDK calls for us, by how we ask it. */
const SDK_CALLS: [RegExp, string[]][] = [
  [/\.auth\s*\.test\(/, ['auth.test']],
  [/\.filesUploadV2\(/, ['files.getUploadURLExternal', 'files.completeUploadExternal']],
  [/new SocketModeReceiver\(/, ['apps.connections.open']],
]

/** Every method of the Web API that the code calls. */
function methodsCalled(): string[] {
  const files = ['platforms/slack/**/*.ts', 'doctor/*.ts'].flatMap(pattern =>
    globSync(pattern, { cwd: root }),
  )
  const sources = files.map(file => readFileSync(`${root}/${file}`, 'utf8')).join('\n')
  const families = [...new Set(Object.keys(METHOD_SCOPES).map(method => method.split('.')[0]))]
  const literals = [...sources.matchAll(/'([a-z]+(?:\.[a-zA-Z]+)+)'/g)].map(match => match[1]!)
  const named = literals.filter(name => families.includes(name.split('.')[0]!))
  const bySdk = SDK_CALLS.flatMap(([pattern, methods]) => (pattern.test(sources) ? methods : []))
  return [...new Set([...named, ...bySdk])]
    .filter(name => !['files.uploadV2', 'message.im'].includes(name))
    .sort()
}

test('the manifest asks for what a call or an event needs, and for nothing else', () => {
  const called = methodsCalled()
  expect(called.filter(method => !Object.hasOwn(METHOD_SCOPES, method))).toEqual([])
  const { settings, features, oauth_config } = slackManifest([], { mode: 'socket', groups: true })
  const needed = new Set(
    called.flatMap(method => {
      const scope = METHOD_SCOPES[method]
      if (scope === undefined || scope === 'connections:write') return []
      return scope.startsWith('*') ? KINDS.map(kind => scope.replace('*', kind)) : [scope]
    }),
  )
  for (const event of settings.event_subscriptions.bot_events) {
    expect(Object.hasOwn(EVENT_SCOPES, event)).toBe(true)
    if (EVENT_SCOPES[event]) needed.add(EVENT_SCOPES[event])
  }
  // Commands and shortcuts need one, and so does posting in public channels that we were not invited to.
  if (features.shortcuts.length > 0) needed.add('commands')
  needed.add('chat:write.public')
  expect(oauth_config.scopes.bot).toEqual([...needed].sort())
})

test('what is optional is asked for as well: Slack grants nothing that stands in the optional list alone', () => {
  for (const groups of [true, false]) {
    const { bot, bot_optional } = slackManifest([], { mode: 'socket', groups }).oauth_config.scopes
    expect(bot).toEqual(expect.arrayContaining(bot_optional))
    expect(new Set(bot).size).toBe(bot.length)
  }
})

test('without the optional scopes everything is answered, in words and where we were invited', async () => {
  const loopback = await startSlack({ optional: false })
  const { platform } = await connectSlack(loopback, { paint: async () => new Uint8Array(1) })
  expect((await loopback.command('/lawsuit status')).text).toBe('lawsuit: status')
  expect((await loopback.command('/card')).text).toMatch(/“see you in court”.*permission files:write/s)
  expect((await loopback.command('/lawsuit --public', { channel_id: 'COUT' })).text).toMatch(
    /\/invite @nutgraf/,
  )
  expect((await loopback.command('/lawsuit --public')).text).toBe('Posted in this channel.')
  await loopback.deliver('events_api', loopback.event({ type: 'app_mention', text: '<@UBOT> help' }))
  await waitUntil(() => loopback.messages.length === 2)
  expect(await platform.checkAccess?.('slack:T1/C1')).toMatchObject({
    post: true,
    correct: true,
    look: false,
  })
  expect(await platform.checkAccess?.('slack:T1/D1')).toMatchObject({ post: true, correct: true, look: true })
  await platform.stop()
  await loopback.close()
})
