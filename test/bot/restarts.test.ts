import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Place } from '../../src/chat/platform.ts'
import { connect } from '../../src/store/connect.ts'
import { dailySubscription, minutesAgo } from '../support/delivery/due-rows.ts'
import { type Loopback, startSlack } from '../support/loopback/slack.ts'
import { addressOf, startBot, temporaryFolder } from '../support/start-process.ts'

const CHANNELS = 12
const RESTARTS = 6

/** Subscribes channels to a digest that has been due for some minutes, and brings a line even without news. */
async function subscribeChannels(dataDir: string): Promise<void> {
  const places = Array.from({ length: CHANNELS }, (_, index): Place => `slack:T1/C${100 + index}`)
  const store = await connect({ dataDir }, () => {})
  await store.subscriptions.save(
    places.map(place => dailySubscription(place, minutesAgo(5), { quiet: 'note' })),
  )
  await store.close()
}

function takeDown(content: string): void {
  const file = join(content, 'stories/lawsuit/story.md')
  const text = readFileSync(file, 'utf8')
  writeFileSync(
    file,
    text.replace(/^---\n/, '---\nwithdrawn: { on: 2026-11-29, reason: A source withdrew. }\n'),
  )
}

const wordsOf = (slack: Loopback) => slack.messages.map(({ blocks }) => JSON.stringify(blocks))

test('restarts in a row, in order and by kill, while digests are due and edits wait: nothing is lost or doubled', {
  timeout: 120_000,
}, async () => {
  const slack = await startSlack()
  const content = temporaryFolder('content')
  const dataDir = temporaryFolder()
  await subscribeChannels(dataDir)
  const start = () =>
    startBot({
      SLACK_BOT_TOKEN: slack.botToken,
      SLACK_APP_TOKEN: slack.appToken,
      SLACK_API_URL: slack.apiUrl,
      CONTENT_DIR: content,
      DATA_DIR: dataDir,
      // What a killed process had claimed is free again sooner.
      POST_TIMEOUT_MS: '1000',
    })

  for (let restart = 0; restart < RESTARTS; restart++) {
    const bot = start()
    await addressOf(bot)
    const posted = slack.messages.length
    if (restart === 2) takeDown(content)
    // Somewhere in its work: at once, or once it has posted or edited something.
    if (restart % 3 > 0)
      await expect
        .poll(() => slack.messages.length + slack.callsTo('chat.update').length, { timeout: 20_000 })
        .toBeGreaterThan(posted)
    bot.child.kill(restart % 2 === 0 ? 'SIGKILL' : 'SIGTERM')
    expect(await bot.ended).toBe(restart % 2 === 0 ? 'SIGKILL' : 0)
  }

  const last = start()
  await addressOf(last)
  await expect.poll(() => slack.messages.length, { timeout: 40_000 }).toBe(CHANNELS)
  // The story that was taken down is in no message any more.
  await expect
    .poll(() => wordsOf(slack).filter(words => words.includes('sanctuary')), { timeout: 40_000 })
    .toEqual([])
  expect(new Set(slack.messages.map(({ channel }) => channel)).size).toBe(CHANNELS)
  last.child.kill('SIGTERM')
  expect(await last.ended).toBe(0)
  expect(slack.messages).toHaveLength(CHANNELS)
  await slack.close()
})
