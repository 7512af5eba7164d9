import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { addressOf, startBot, temporaryFolder } from '../support/start-process.ts'
import { startFeedServer } from '../support/wire/feed-server.ts'

const RSS = `<rss version="2.0"><channel><title>WQAD</title><link>https://wqad.example/</link>
<item><guid isPermaLink="false">1</guid><title>Council votes on the bridge &amp; the school</title>
<link>https://wqad.example/bridge</link><pubDate>Fri, 20 Apr 2018 07:30:00 GMT</pubDate></item></channel></rss>`

test('a feed that is added while the bot runs is asked once, politely, and what it has can be found', {
  timeout: 60_000,
}, async () => {
  const server = await startFeedServer()
  server.serve('/rss', RSS)
  const content = temporaryFolder('content')
  const file = join(content, 'feeds.yml')
  const bot = startBot({
    CONTENT_DIR: content,
    FEED_HOSTS: `127.0.0.1:${server.port}`,
    DATA_DIR: temporaryFolder(),
  })
  const address = await addressOf(bot)
  const ask = async (line: string) => {
    const response = await fetch(`${address}/preview/ask`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ line }),
    })
    return ((await response.json()) as { text: string }).text
  }
  expect(await ask('/nutgraf wire')).toContain('No feeds are set up here')
  writeFileSync(file, `- name: wqad\n  outlet: WQAD\n  url: ${server.origin}/rss\n`)
  await expect
    .poll(() => ask('/nutgraf wire'), { timeout: 20_000 })
    .toContain('Council votes on the bridge & the school')
  expect(await ask('/nutgraf wire')).toContain('REPORTED BY WQAD · not checked by our desk')
  expect(server.calls.map(({ headers }) => headers['user-agent'])).toEqual([
    expect.stringMatching(/^nutgraf\/\d/),
  ])
  bot.child.kill('SIGTERM')
  expect(await bot.ended).toBe(0)
  expect(bot.err()).not.toMatch(/"level":(?:40|50)/)
})
