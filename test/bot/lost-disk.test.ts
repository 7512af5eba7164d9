import { spawnSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { expect, test } from 'vitest'
import { startSlack } from '../support/loopback/slack.ts'
import { addressOf, startBot, temporaryFolder } from '../support/start-process.ts'

async function startWithSlack(DATA_DIR: string) {
  const slack = await startSlack()
  const bot = startBot({
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_APP_TOKEN: slack.appToken,
    SLACK_API_URL: slack.apiUrl,
    HOST: '127.0.0.1',
    DATA_DIR,
  })
  const address = await addressOf(bot)
  const read = async () => {
    const [health, ready] = await Promise.all([fetch(`${address}/health`), fetch(`${address}/ready`)])
    return { health: health.status, ready: ready.status, ...((await health.json()) as { store: string }) }
  }
  expect(await read()).toMatchObject({ health: 200, ready: 200, store: 'answers' })
  /** Every line on standard error is a line of the log: never a stack. */
  const stopInOrder = async () => {
    bot.child.kill('SIGTERM')
    expect(await bot.ended).toBe(0)
    for (const line of bot.err().trim().split('\n')) JSON.parse(line)
    await slack.close()
  }
  return { slack, bot, read, stopInOrder }
}

test('DATA_DIR is removed under the bot: it says so by itself, answers, records nothing, and stops in order', {
  timeout: 60_000,
}, async () => {
  const folder = temporaryFolder()
  const { slack, bot, read, stopInOrder } = await startWithSlack(folder)
  rmSync(folder, { recursive: true })
  expect(await bot.waitForOutput('"msg":"store: away')).toContain('was deleted, moved or replaced')
  expect(await read()).toMatchObject({
    health: 200,
    ready: 503,
    store: expect.stringContaining('put a backup in its place, and start again'),
  })
  expect((await slack.command('/quote sessions')).text).toContain('“every sanctuary city')
  expect((await slack.command('/digest on morning')).text).toMatch(/nothing was changed/i)
  await stopInOrder()
})

const limit = (pid: number, bytes: string) =>
  spawnSync('prlimit', [`--fsize=${bytes}:`, '--pid', String(pid)])
const hasPrlimit = spawnSync('prlimit', ['--version']).status === 0

test.skipIf(!hasPrlimit)(
  'a disk that cannot be written any more is told, answers go on, and all works once it can be written again',
  {
    timeout: 60_000,
  },
  async () => {
    const { slack, bot, read, stopInOrder } = await startWithSlack(temporaryFolder())
    limit(bot.child.pid!, '1024')
    expect((await slack.command('/digest on morning')).text).toMatch(/nothing was changed/i)
    await bot.waitForOutput('"msg":"store: away')
    expect(await read()).toMatchObject({
      health: 200,
      ready: 503,
      store: expect.stringMatching(/^away: .*disk/),
    })
    expect((await slack.command('/quote sessions')).text).toContain('“every sanctuary city')
    limit(bot.child.pid!, 'unlimited')
    await bot.waitForOutput('"msg":"store: works again"')
    expect(await read()).toMatchObject({ ready: 200, store: 'answers' })
    expect((await slack.command('/digest on morning')).text).toMatch(/^Done\./)
    await stopInOrder()
  },
)
