import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { startDiscord } from '../support/loopback/discord.ts'
import { startSlack } from '../support/loopback/slack.ts'
import { addressOf, startBot, startProcess, temporaryFolder } from '../support/start-process.ts'

const ask = async (address: string, line: string) => {
  const response = await fetch(`${address}/preview/ask`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ line }),
  })
  return ((await response.json()) as { text: string }).text
}

/** Starts a bot that must fail, and returns the sentences that a person reads: never a stack. */
const startupError = async (env: Record<string, string>) => {
  const bot = startBot(env)
  expect(await bot.ended).toBe(1)
  expect(bot.err()).not.toMatch(/^\s+at |node:internal|Error:/m)
  return bot.err().trim()
}

test('npm start opens the preview, and SIGTERM to npm stops the bot in order', {
  timeout: 60_000,
}, async () => {
  const bot = startProcess(['npm', 'start'], {})
  const address = await addressOf(bot)
  expect(bot.out()).toContain(`Preview  ${address}`)
  expect(await ask(address, '/lawsuit summary')).toMatch(
    /^ARCHIVED STORY · covers 25 Jan 2017 to 28 Apr 2021/,
  )
  expect(await ask(address, '/quote sessions')).toContain('“every sanctuary city to reconsider carefully')
  expect((await fetch(`${address}/ready`)).status).toBe(200)
  bot.child.kill('SIGTERM')
  // Whether npm says so by its code depends on the shell between it and the bot.
  await bot.ended
  expect(bot.err()).toMatch(/"signal":"(?:SIGTERM|npm ended)","msg":"bot: stopping"/)
  await expect.poll(() => bot.isRunning(), { timeout: 20_000 }).toBe(false)
  await expect(fetch(address)).rejects.toThrow()
})

test('both platforms connect, and SIGTERM stops the bot without logging a token', {
  timeout: 60_000,
}, async () => {
  const slack = await startSlack()
  const discord = await startDiscord()
  const bot = startBot({
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_APP_TOKEN: slack.appToken,
    SLACK_API_URL: slack.apiUrl,
    DISCORD_TOKEN: discord.token,
    DISCORD_API_URL: discord.apiUrl,
    HOST: '127.0.0.1',
  })
  const address = await addressOf(bot)
  expect(bot.out()).toMatch(/Slack {4}connected · as @nutgraf in Loopback/)
  expect(bot.out()).toMatch(/Discord {2}connected · as nutgraf/)
  expect((await fetch(`${address}/ready`)).status).toBe(200)
  expect((await fetch(address)).status).toBe(404)
  const answer = await slack.command('/quote sessions')
  expect(answer.text).toContain('“every sanctuary city to reconsider carefully')
  bot.child.kill('SIGTERM')
  expect(await bot.ended).toBe(0)
  expect(bot.out() + bot.err()).not.toContain(slack.botToken)
  expect(bot.out() + bot.err()).not.toContain(discord.token)
  await Promise.all([slack.close(), discord.close()])
})

test('a refused token is reported in one sentence that names the setting', { timeout: 60_000 }, async () => {
  const slack = await startSlack()
  const discord = await startDiscord()
  const settings = { SLACK_API_URL: slack.apiUrl, DISCORD_API_URL: discord.apiUrl }
  const [botToken, appToken, discordToken] = await Promise.all([
    startupError({ ...settings, SLACK_BOT_TOKEN: 'xoxb-wrong', SLACK_APP_TOKEN: slack.appToken }),
    startupError({ ...settings, SLACK_BOT_TOKEN: slack.botToken, SLACK_APP_TOKEN: 'xapp-wrong' }),
    startupError({ ...settings, DISCORD_TOKEN: 'wrong' }),
  ])
  expect(botToken).toMatch(/^Slack does not accept SLACK_BOT_TOKEN \(invalid_auth\)\..*$/)
  expect(appToken).toMatch(/^Slack does not accept SLACK_APP_TOKEN \(invalid_auth\)\..*$/)
  expect(discordToken).toMatch(/^Discord does not accept DISCORD_TOKEN.*$/)
  await Promise.all([slack.close(), discord.close()])
})

test('a busy port, wrong settings and a missing folder are reported in one sentence each', async () => {
  const other = createServer()
  await new Promise<void>(resolve => other.listen(0, '127.0.0.1', resolve))
  const { port } = other.address() as AddressInfo
  expect(await startupError({ PORT: String(port) })).toBe(
    `Port ${port} is in use. Set PORT to another port, or stop the program that uses it.`,
  )
  expect(await startupError({ PORT: 'x', LOG_LEVEL: 'y' })).toBe(
    'PORT must be a number from 0 to 65535\nLOG_LEVEL must be debug, info, warn or error',
  )
  expect(await startupError({ CONTENT_DIR: '/nowhere' })).toContain('/nowhere')
  other.close()
})

test('a bot that waits for another to stop can be stopped', { timeout: 60_000 }, async () => {
  const DATA_DIR = temporaryFolder()
  await addressOf(startBot({ DATA_DIR }))
  const second = startBot({ DATA_DIR })
  await second.waitForOutput('for another nutgraf')
  second.child.kill('SIGTERM')
  expect(await second.ended).toBe(0)
})

test('a bot can be stopped while it waits for a platform that never answers', {
  timeout: 60_000,
}, async () => {
  const silent = createServer(() => {})
  await new Promise<void>(resolve => silent.listen(0, '127.0.0.1', resolve))
  const { port } = silent.address() as AddressInfo
  const requested = once(silent, 'request')
  const bot = startBot({ DISCORD_TOKEN: 'a.b.c', DISCORD_API_URL: `http://127.0.0.1:${port}/api` })
  await requested
  bot.child.kill('SIGTERM')
  expect(await bot.ended).toBe(0)
  silent.closeAllConnections()
  silent.close()
})

test('start refuses broken content in the words of check, and a running bot keeps its last good content', {
  timeout: 60_000,
}, async () => {
  const content = temporaryFolder('content')
  const quotes = join(content, 'stories/lawsuit/quotes.yml')
  const good = readFileSync(quotes, 'utf8')
  const broken = good.replace('every sanctuary city', 'each sanctuary city')
  expect(broken).not.toBe(good)

  const bot = startBot({ CONTENT_DIR: content })
  const address = await addressOf(bot)
  writeFileSync(quotes, broken)
  await bot.waitForOutput('last good content stays in use')
  expect(await ask(address, '/quote sessions')).toContain('“every sanctuary city')
  const health = (await (await fetch(`${address}/health`)).json()) as { content: { problems: string[] } }
  expect(health.content.problems[0]).toMatch(/quotes\.yml:\d+ /)

  const check = startProcess(['node', 'src/cli.ts', 'check'], { CONTENT_DIR: content })
  expect(await check.ended).toBe(1)
  const message = await startupError({ CONTENT_DIR: content })
  expect(check.err()).toContain(message)
  expect(message).toBe(health.content.problems.join('\n'))

  writeFileSync(quotes, good.replace('remark: not a reply to the lawsuit', 'remark: not a reply to the suit'))
  await bot.waitForOutput('content: reloaded')
  expect(await ask(address, '/quote sessions')).toContain('not a reply to the suit')
})

test('ask prints one answer and exits; a misspelt line fails with a suggestion', {
  timeout: 60_000,
}, async () => {
  const right = startProcess(['node', 'src/cli.ts', 'ask', '/quote sessions'])
  expect(await right.ended).toBe(0)
  expect(right.out()).toContain('“every sanctuary city to reconsider carefully')
  const json = startProcess(['node', 'src/cli.ts', 'ask', '/lawsuit summary', '--as', 'slack'])
  expect(await json.ended).toBe(0)
  expect(JSON.parse(json.out()).blocks[0].elements[0].text).toMatch(/^ARCHIVED STORY/)
  const wrong = startProcess(['node', 'src/cli.ts', 'ask', '/lawsuit sumary'])
  expect(await wrong.ended).toBe(1)
  expect(wrong.out()).toBe('')
  expect(wrong.err()).toContain('/lawsuit summary')
})
