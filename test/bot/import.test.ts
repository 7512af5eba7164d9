import { expect, test } from 'vitest'
import { createContentFolder } from '../support/content/content-folder.ts'
import { storyFiles } from '../support/content/story-files.ts'
import { html } from '../support/conversations/import-bot.ts'
import { addressOf, startBot, temporaryFolder } from '../support/start-process.ts'
import { startFeedServer } from '../support/wire/feed-server.ts'

test('a bot reads a page in the preview, keeps its draft over a restart, quotes what is confirmed, and undoes it', {
  timeout: 90_000,
}, async () => {
  const site = await startFeedServer()
  site.serve('/bridge', html(), { 'content-type': 'text/html; charset=utf-8' })
  const env = {
    CONTENT_DIR: await createContentFolder(storyFiles('bridge', { meta: { command: 'span' } })),
    DATA_DIR: temporaryFolder(),
    HOST: '127.0.0.1',
    DESK_USERS: 'preview:you',
    FEED_HOSTS: `127.0.0.1:${site.port}`,
  }
  const ask = async (
    address: string,
    path: string,
    body: object,
  ): Promise<{ text: string; form?: { name: string } }> =>
    (
      await fetch(`${address}/preview/${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
    ).json()
  const say = async (address: string, line: string) => (await ask(address, 'ask', { line })).text

  const first = startBot(env)
  const before = await addressOf(first)
  expect(await say(before, `/desk import ${site.origin}/bridge --into bridge`)).toContain(
    '5 pieces to decide, 4 sure',
  )
  expect(await say(before, `/desk import ${site.origin}/secret --into bridge`)).toContain(
    'answers with an error',
  )
  expect(await say(before, '/desk import http://127.0.0.1:1/ --into bridge')).toContain(
    'its address is not on the public internet',
  )
  first.child.kill('SIGTERM')
  expect(await first.ended).toBe(0)

  const address = await addressOf(startBot(env))
  const { form } = await ask(address, 'ask', { line: '/desk draft page speaker q1' })
  const filled = { name: ['Anne Mori'], role: ['city engineer'] }
  // A busy machine may be too late for a change, and says so: then nothing was changed, and it is asked again.
  const until = (answer: () => Promise<string | undefined>, words: string) =>
    expect.poll(answer, { timeout: 30_000, interval: 200 }).toContain(words)
  const submit = async () => JSON.stringify(await ask(address, 'filled', { of: form!.name, filled }))
  await until(submit, 'Confirmed: q1')
  await until(() => say(address, '/desk draft page confirm sure'), 'Confirmed: q2, p1, p2')
  await until(() => say(address, '/quote anne mori'), '“We found rust in every beam of the bridge,”')
  await until(() => say(address, '/desk draft page undo q1'), 'Undone: q1')
  await expect
    .poll(() => say(address, '/quote anne mori'), { timeout: 30_000, interval: 200 })
    .not.toContain('We found rust')
})
