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

/** What a person reads when the start failed: sentences, never a stack. */
const complaint = async (env: Record<string, string>) => {
  const one = startBot(env)
  expect(await one.ended).toBe(1)
  expect(one.err()).not.toMatch(/^\s+at |node:internal|Error:/m)
  return one.err().trim()
}

test('npm start gives the preview, and SIGTERM to npm ends it all', { timeout: 20_000 }, async () => {
  const one = startProcess(['npm', 'start'], {})
  const address = await addressOf(one)
  expect(one.out()).toContain(`Preview  ${address}`)
  expect(await ask(address, '/lawsuit summary')).toMatch(
    /^ARCHIVED STORY · covers 25 Jan 2017 to 28 Apr 2021/,
  )
  expect(await ask(address, '/quote sessions')).toContain('“every sanctuary city to reconsider carefully')
  expect((await fetch(`${address}/ready`)).status).toBe(200)
  one.child.kill('SIGTERM')
  expect(await one.ended).toBe(0)
  expect(one.isRunning()).toBe(false)
  await expect(fetch(address)).rejects.toThrow()
})

test('both platforms start on their addresses, and stop without a word lost', {
  timeout: 20_000,
}, async () => {
  const slack = await startSlack()
  const discord = await startDiscord()
  const one = startBot({
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_APP_TOKEN: slack.appToken,
    SLACK_API_URL: slack.apiUrl,
    DISCORD_TOKEN: discord.token,
    DISCORD_API_URL: discord.apiUrl,
    HOST: '127.0.0.1',
  })
  const address = await addressOf(one)
  expect(one.out()).toMatch(/Slack {4}connected · as @nutgraf in Loopback/)
  expect(one.out()).toMatch(/Discord {2}connected · as nutgraf/)
  expect((await fetch(`${address}/ready`)).status).toBe(200)
  expect((await fetch(address)).status).toBe(404)
  const answer = await slack.command('/quote sessions')
  expect(answer.text).toContain('“every sanctuary city to reconsider carefully')
  one.child.kill('SIGTERM')
  expect(await one.ended).toBe(0)
  expect(one.out() + one.err()).not.toContain(slack.botToken)
  expect(one.out() + one.err()).not.toContain(discord.token)
  await Promise.all([slack.close(), discord.close()])
})

test('a bad token is one sentence that names the setting', { timeout: 20_000 }, async () => {
  const slack = await startSlack()
  const discord = await startDiscord()
  const settings = { SLACK_API_URL: slack.apiUrl, DISCORD_API_URL: discord.apiUrl }
  const [bot, app, gateway] = await Promise.all([
    complaint({ ...settings, SLACK_BOT_TOKEN: 'xoxb-wrong', SLACK_APP_TOKEN: slack.appToken }),
    complaint({ ...settings, SLACK_BOT_TOKEN: slack.botToken, SLACK_APP_TOKEN: 'xapp-wrong' }),
    complaint({ ...settings, DISCORD_TOKEN: 'wrong' }),
  ])
  expect(bot).toMatch(/^Slack does not accept SLACK_BOT_TOKEN \(invalid_auth\)\..*$/)
  expect(app).toMatch(/^Slack does not accept SLACK_APP_TOKEN \(invalid_auth\)\..*$/)
  expect(gateway).toMatch(/^Discord does not accept DISCORD_TOKEN.*$/)
  await Promise.all([slack.close(), discord.close()])
})

test('a busy port and a wrong setting are one sentence each', async () => {
  const other = createServer()
  await new Promise<void>(resolve => other.listen(0, '127.0.0.1', resolve))
  const { port } = other.address() as AddressInfo
  expect(await complaint({ PORT: String(port) })).toBe(
    `Port ${port} is taken. Set PORT to another, or stop what listens there.`,
  )
  expect(await complaint({ PORT: 'x', LOG_LEVEL: 'y' })).toBe(
    'PORT must be a number from 0 to 65535\nLOG_LEVEL must be debug, info, warn or error',
  )
  expect(await complaint({ CONTENT_DIR: '/nowhere' })).toContain('/nowhere')
  other.close()
})

test('a bot that waits for another to stop can be stopped itself', { timeout: 20_000 }, async () => {
  const DATA_DIR = temporaryFolder()
  await addressOf(startBot({ DATA_DIR }))
  const second = startBot({ DATA_DIR })
  await second.waitForOutput('Waiting for another nutgraf')
  second.child.kill('SIGTERM')
  expect(await second.ended).toBe('SIGTERM')
})

test('a start that waits for a platform which never answers can be stopped', {
  timeout: 15_000,
}, async () => {
  const deaf = createServer(() => {})
  await new Promise<void>(resolve => deaf.listen(0, '127.0.0.1', resolve))
  const { port } = deaf.address() as AddressInfo
  const asked = once(deaf, 'request')
  const one = startBot({ DISCORD_TOKEN: 'a.b.c', DISCORD_API_URL: `http://127.0.0.1:${port}/api` })
  await asked
  one.child.kill('SIGTERM')
  expect(await one.ended).toBe(0)
  deaf.closeAllConnections()
  deaf.close()
})

test('start refuses broken content with the words of check; an edit that breaks it keeps the last good', {
  timeout: 20_000,
}, async () => {
  const content = temporaryFolder('content')
  const quotes = join(content, 'stories/lawsuit/quotes.yml')
  const good = readFileSync(quotes, 'utf8')
  const broken = good.replace('every sanctuary city', 'each sanctuary city')
  expect(broken).not.toBe(good)

  const one = startBot({ CONTENT_DIR: content })
  const address = await addressOf(one)
  writeFileSync(quotes, broken)
  await one.waitForOutput('the last good content stays in use')
  expect(await ask(address, '/quote sessions')).toContain('“every sanctuary city')
  const health = (await (await fetch(`${address}/health`)).json()) as { content: { problems: string[] } }
  expect(health.content.problems[0]).toMatch(/quotes\.yml:\d+ /)

  const check = startProcess(['node', 'src/cli.ts', 'check'], { CONTENT_DIR: content })
  expect(await check.ended).toBe(1)
  const said = await complaint({ CONTENT_DIR: content })
  expect(check.err()).toContain(said)
  expect(said).toBe(health.content.problems.join('\n'))

  writeFileSync(quotes, good.replace('remark: not a reply to the lawsuit', 'remark: not a reply to the suit'))
  await one.waitForOutput('the new content is in use')
  expect(await ask(address, '/quote sessions')).toContain('not a reply to the suit')
})

test('ask prints one answer and exits; unknown words fail with the did-you-mean', {
  timeout: 20_000,
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
