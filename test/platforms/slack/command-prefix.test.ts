import { afterEach, expect, test } from 'vitest'
import type { Reply } from '../../../src/chat/reply.ts'
import { readConfig } from '../../../src/config.ts'
import { withPrefix } from '../../../src/platforms/slack/command-prefix.ts'
import { slackManifest } from '../../../src/platforms/slack/manifest.ts'
import { sentenceReply } from '../../support/echo-answer.ts'
import { startSlack } from '../../support/loopback/slack.ts'
import { connectSlack } from '../../support/slack/connected-platform.ts'
import { waitUntil } from '../../support/wait-until.ts'

const open: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const stop of open.splice(0)) await stop()
})

async function startPrefixedBot() {
  const loopback = await startSlack()
  const { platform } = await connectSlack(loopback, { commandPrefix: 'ng-' })
  open.push(async () => {
    await platform.stop()
    await loopback.close()
  })
  return loopback
}

test('every command begins with the prefix in the manifest, and the limits hold with it', () => {
  const quote = {
    name: 'quote',
    about: 'Quotations',
    reach: 'always' as const,
    run: () => sentenceReply('x'),
  }
  const { slash_commands } = slackManifest([quote], { mode: 'socket', prefix: 'ng-' }).features
  expect(slash_commands).toMatchObject([{ command: '/ng-quote' }])
  const long = { ...quote, name: 'a'.repeat(30) }
  expect(() => slackManifest([long], { mode: 'socket', prefix: 'ng-' })).toThrow(
    /34 characters with its slash/,
  )
})

test('the bot answers to the names with the prefix, and still to those without, also in a mention', async () => {
  const loopback = await startPrefixedBot()
  expect((await loopback.command('/ng-lawsuit status')).text).toBe('lawsuit: status')
  expect((await loopback.command('/lawsuit status')).text).toBe('lawsuit: status')
  const event = { type: 'app_mention', text: '<@UBOT> /ng-lawsuit who', ts: '9.1' }
  await loopback.deliver('events_api', loopback.event(event))
  await waitUntil(() => loopback.messages.length === 1)
  expect(loopback.messages[0]?.text).toBe('lawsuit: who')
})

test('what people are told to type has the prefix, whatever block it stands in; Slack’s own commands have none', () => {
  const line = { code: '/digest status' }
  const reply: Reply = {
    blocks: [
      {
        kind: 'text',
        text: ['Type ', line, ' or ', { code: '/invite @nutgraf' }, ' or ', { code: '--public' }],
      },
      { kind: 'note', text: [line] },
      { kind: 'list', items: [[line]] },
      { kind: 'fields', fields: [{ name: 'How', value: [line] }] },
    ],
    parts: [],
    audience: 'caller',
  }
  const words = JSON.stringify(withPrefix(reply, 'ng-'))
  expect(words.match(/"\/ng-digest status"/g)).toHaveLength(4)
  expect(words).not.toContain('"/digest')
  expect(words).toContain('"/invite @nutgraf"')
  expect(words).toContain('"--public"')
  expect(withPrefix(reply)).toBe(reply)
})

test('a setting that cannot be the beginning of a name is refused', () => {
  const env = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1' }
  expect(readConfig({ ...env, SLACK_COMMAND_PREFIX: 'ng-' })).toMatchObject({
    config: { slack: { commandPrefix: 'ng-' } },
  })
  for (const wrong of ['/ng', 'NG-', 'n g', 'x'.repeat(11)])
    expect(readConfig({ ...env, SLACK_COMMAND_PREFIX: wrong })).toMatchObject({
      problems: [expect.stringContaining('SLACK_COMMAND_PREFIX')],
    })
})
