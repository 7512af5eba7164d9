import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createPostgresEngine } from '../../src/store/postgres.ts'
import { openStore } from '../../src/store/store.ts'
import { dueEdition } from '../support/delivery/due-rows.ts'
import { writeStories } from '../support/delivery/kill-stories.ts'
import { type LoopbackPostgres, startPostgres } from '../support/loopback/postgres.ts'
import { startSlack } from '../support/loopback/slack.ts'
import { SECRET } from '../support/slack/payloads.ts'
import { addressOf, startBot, startProcess, temporaryFolder } from '../support/start-process.ts'

let server: LoopbackPostgres
beforeAll(async () => {
  server = await startPostgres()
}, 60_000)
afterAll(() => server?.stop())

test('of two processes with different content one delivers; the other says why not, and takes over', {
  timeout: 60_000,
}, async () => {
  const url = await server.createDatabase()
  const store = await openStore(createPostgresEngine(url))
  const slack = await startSlack()
  const worker = (word: string) =>
    startProcess(['node', 'src/cli.ts', 'start', '--role', 'worker'], {
      DATABASE_URL: url,
      SLACK_BOT_TOKEN: slack.botToken,
      SLACK_SIGNING_SECRET: SECRET,
      SLACK_API_URL: slack.apiUrl,
      CONTENT_DIR: writeStories(join(temporaryFolder(), 'content'), word),
      HOST: '127.0.0.1',
    })
  const digests = async (process: ReturnType<typeof worker>) =>
    ((await (await fetch(`${await addressOf(process)}/health`)).json()) as { digests: string }).digests
  /** Makes digests due in these channels, and waits until they are sent. */
  const bring = async (...channels: string[]) => {
    const keys = await store.ledger.add(
      channels.map(channel => dueEdition(`slack:T1/${channel}`, Date.now())),
    )
    await store.notify()
    await expect
      .poll(async () => new Set((await store.ledger.statesOf(keys)).values()), { timeout: 20_000 })
      .toEqual(new Set(['sent']))
  }

  const old = worker(' at first')
  await old.waitForOutput(' Health ')
  const fresh = worker(' in the end')
  await fresh.waitForOutput('leaves digests to the others')
  expect(await digests(old)).toBe('delivered by this process')
  expect(await digests(fresh)).toMatch(/^this process has content \w+, but \w+ is in use elsewhere/)

  await bring('C1', 'C2')
  expect(slack.messages.every(message => JSON.stringify(message).includes(' at first'))).toBe(true)
  old.child.kill('SIGTERM')
  await old.ended
  await fresh.waitForOutput('this process delivers')
  expect(await digests(fresh)).toBe('delivered by this process')
  await bring('C3')
  const third = slack.messages.filter(({ channel }) => channel === 'C3')
  expect(third[0] && JSON.stringify(third)).toContain(' in the end')
  for (const channel of ['C1', 'C2', 'C3'])
    expect(slack.messages.filter(message => message.channel === channel && !message.thread_ts)).toHaveLength(
      1,
    )
  expect(slack.callsTo('chat.update')).toEqual([])
  await Promise.all([slack.close(), store.close()])
})

test('alone on its data, a process delivers at once, whatever content a killed one had', {
  timeout: 60_000,
}, async () => {
  const data = temporaryFolder()
  const startWith = (word: string) =>
    startBot({ DATA_DIR: data, CONTENT_DIR: writeStories(join(temporaryFolder(), 'content'), word) })
  const first = startWith(' at first')
  await addressOf(first)
  first.child.kill('SIGKILL')
  await first.ended
  const second = startWith(' in the end')
  const health = await (await fetch(`${await addressOf(second)}/health`)).json()
  expect(health).toMatchObject({ digests: 'delivered by this process' })
})
