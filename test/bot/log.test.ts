import { existsSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { REST } from 'discord.js'
import { expect, test } from 'vitest'
import { createLog } from '../../src/bot/log.ts'
import { temporaryFolder } from '../support/start-process.ts'

/** Logs an error with these details and returns the line that was written. */
function logLine(details: object): string {
  const file = join(temporaryFolder(), 'log')
  createLog('debug', file).error(details, 'it failed')
  return readFileSync(file, 'utf8')
}

test('when Discord refuses an answer, neither its text nor the token of the interaction is logged', async () => {
  const server = createServer((_, res) => {
    res.writeHead(400, { 'content-type': 'application/json' })
    res.end(JSON.stringify({ code: 50035, message: 'Invalid Form Body' }))
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const rest = new REST({ version: '10', api: `http://127.0.0.1:${port}/api`, retries: 0 })
  const body = { type: 4, data: { content: 'private words' } }
  const cause = await rest
    .post('/interactions/123/aW50ZXJh_Y3Rpb24/callback', { body, auth: false })
    .catch((failure: unknown) => failure)
  server.close()
  const line = logLine({ err: cause })
  expect(line).toContain('Invalid Form Body')
  expect(line).toContain('/interactions/123/[secret]/callback')
  expect(line).not.toMatch(/aW50ZXJh|private words/)
})

test.each([
  ['xoxb-1-abc', 'a token xoxb-1-abc of Slack'],
  ['T1/2/abcSECRET', 'POST https://hooks.slack.com/commands/T1/2/abcSECRET'],
  ['SECRET', 'wss://wss.slack.com/link/?ticket=SECRET&app_id=1'],
  ['SECRET', '{"url":"wss://wss.slack.com/link/?ticket=SECRET"}'],
  ['user:SECRET', 'postgres://user:SECRET@db.example/nutgraf'],
  ['SECRET', 'https://discord.com/api/v10/webhooks/123/SECRET/messages/@original'],
  ['SECRET', 'https://discord.com/api/webhooks/123/SECRET'],
  ['SECRET', 'https://hooks.slack.com/services/T1/B2/SECRET'],
  ['SECRET', 'https://bot.example.org/websub/wqad/SECRET'],
  ['SECRET', 'https://hooks.slack-gov.com/services/T1/B2/SECRET'],
  ['SECRET', 'https://proxy.example/services/T1/B2/SECRET'],
  ['My1SECRET', 'a token that renews another, xoxe-1-My1SECRET'],
  ['1-My1SECRET', 'a token that expires, xoxe.xoxb-1-My1SECRET'],
  ['SECRET', 'whsec_SECRET+a/b= of a webhook'],
  ['SECRET-of-20-letters', 'POST /hooks/strapi/SECRET-of-20-letters'],
  ['SECRET', 'https://files.example/a.png?sv=1&sig=SECRET%3D&se=2'],
])('the secret %s is not logged', (secret, sentence) => {
  const line = logLine({ err: new Error(sentence, { cause: new Error(sentence) }), sentence })
  expect(line).toContain('[secret]')
  expect(line).not.toContain(secret)
  expect(() => JSON.parse(line)).not.toThrow()
})

test('addresses, times and places are logged as they are', () => {
  const line = logLine({
    place: 'discord:1/2',
    detail: 'http://127.0.0.1:3000/health at 07:30, ops@example.org',
  })
  expect(line).toContain('http://127.0.0.1:3000/health at 07:30, ops@example.org')
  expect(line).not.toContain('[secret]')
})

test.skipIf(!existsSync('/dev/full'))('a full disk loses log lines, and does not stop the bot', () => {
  const log = createLog('info', '/dev/full')
  for (let line = 0; line < 3; line++) log.info({ line }, 'nobody reads this')
})
