import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { startDiscord } from '../support/loopback/discord.ts'
import { startSlack } from '../support/loopback/slack.ts'
import { BOT } from '../support/slack/payloads.ts'
import { addressOf, startBot, temporaryFolder } from '../support/start-process.ts'
import { waitUntil } from '../support/wait-until.ts'

/** Every trigger of the test begins so, and no other text does. */
const TRIGGER = 'trigger-of-the-test-'

test('triggers and tokens of interactions are in no line of the log and in no file, also where things fail', {
  timeout: 60_000,
}, async () => {
  const slack = await startSlack()
  const discord = await startDiscord()
  const dataDir = temporaryFolder()
  const bot = startBot({
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_APP_TOKEN: slack.appToken,
    SLACK_API_URL: slack.apiUrl,
    DISCORD_TOKEN: discord.token,
    DISCORD_API_URL: discord.apiUrl,
    DESK_CHANNEL: 'slack:T1/CDESK',
    TZ_DEFAULT: 'America/Chicago',
    LOG_LEVEL: 'debug',
    DATA_DIR: dataDir,
  })
  await addressOf(bot)

  let count = 0
  const trigger = () => ({ trigger_id: `${TRIGGER}${++count}` })
  const slash = (line: string) => slack.command(line, trigger())
  await slash('/quote sessions')
  await slash('/lawsuit summary --public')
  await slash('/digest on morning')
  await slash('/digest')
  await slack.deliver('interactive', slack.submit(slack.views.shown.at(-1)!, {}, trigger()))
  slack.failNext('views.open', { error: 'expired_trigger_id' })
  await slash('/digest')
  await slack.deliver('interactive', slack.press('/quote sessions --page=2', trigger()))
  const gone = { ...trigger(), response_url: 'http://127.0.0.1:9/gone' }
  await slack.deliver('interactive', slack.press('/quote sessions', gone))
  await slack.deliver('interactive', slack.shortcut('every sanctuary city', trigger()))
  const reported = {
    message: { type: 'message', ts: '17.5', bot_id: BOT.bot_id },
    callback_id: 'report_error',
  }
  await slack.deliver('interactive', slack.shortcut('', { ...reported, ...trigger() }))
  await waitUntil(() => slack.views.shown.some(({ callback_id }) => callback_id === 'report'))
  const form = slack.views.shown.find(({ callback_id }) => callback_id === 'report')!
  slack.failNext('chat.postMessage', { error: 'fatal_error' })
  await slack.deliver('interactive', slack.submit(form, { sentence: 'It is wrong.' }, trigger()))
  await bot.waitForOutput('deliver: not sent')

  await discord.command('/quote', { of: 'sessions' })
  await discord.command('/lawsuit summary', { public: true })
  discord.failNext('POST /interactions/:id/:token/callback', { status: 400, code: 50035 })
  void discord.command('/quote', { of: 'sessions' }).catch(() => {})
  await bot.waitForOutput('discord: an answer was not delivered')

  bot.child.kill('SIGTERM')
  await bot.ended
  const output = bot.out() + bot.err()
  // Something failed and was logged, and something was kept.
  expect(output).toMatch(/a form was not opened|not delivered/)
  const kept = readdirSync(dataDir, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => readFileSync(join(entry.parentPath, entry.name), 'latin1'))
    .join('\n')
  expect(kept).toContain('slack:T1/U1')
  for (const text of [output, kept]) {
    expect(text).not.toContain(TRIGGER)
    expect(text).not.toMatch(/interaction-\d{5}/)
    expect(text).not.toContain(slack.botToken)
  }
  await Promise.all([slack.close(), discord.close()])
})
