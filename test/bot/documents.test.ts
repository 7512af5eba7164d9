import { execFile } from 'node:child_process'
import { cpSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { connect } from '../../src/store/connect.ts'
import type { Store } from '../../src/store/store.ts'
import { createContentFolder } from '../support/content/content-folder.ts'
import { storyFiles } from '../support/content/story-files.ts'
import { startPostgres } from '../support/loopback/postgres.ts'
import { addressOf, startBot, temporaryFolder } from '../support/start-process.ts'

let server: Awaited<ReturnType<typeof startPostgres>>
beforeAll(async () => {
  server = await startPostgres()
}, 60_000)
afterAll(() => server?.stop())

const open: Store[] = []
afterEach(async () => {
  for (const store of open.splice(0)) await store.close()
})

const PART = 'bridge/event:2026-05-02-1'
const CORRECT = `/desk correct ${PART} --was "closes" --now "shuts" --why "Misread." --confirm`
const FILE = 'stories/bridge/corrections.yml'

/** A connection that was kept may be closed while nobody looks. */
const ONCE = { headers: { connection: 'close' } }

type Bot = Awaited<ReturnType<typeof start>>

async function start(contentDir: string, databaseUrl: string) {
  const started = startBot({
    ...{ CONTENT_DIR: contentDir, DATABASE_URL: databaseUrl, HOST: '127.0.0.1' },
    ...{ PREVIEW: '1', DESK_USERS: 'preview:you' },
  })
  const address = await addressOf(started)
  const health = async () =>
    (await (await fetch(`${address}/health`, ONCE)).json()) as {
      content: { revision: string; problems: string[] }
    }
  return {
    revision: async () => (await health()).content.revision,
    problems: async () => (await health()).content.problems,
    say: async (line: string) => {
      const answer = await fetch(`${address}/preview/ask`, {
        method: 'POST',
        headers: { ...ONCE.headers, 'content-type': 'application/json' },
        body: JSON.stringify({ line }),
      })
      return ((await answer.json()) as { text: string }).text
    },
    async stop(signal: NodeJS.Signals = 'SIGTERM') {
      started.child.kill(signal)
      await started.ended
    },
  }
}

async function copyOf(folder: string): Promise<string> {
  const copy = temporaryFolder()
  cpSync(folder, copy, { recursive: true })
  return copy
}

const soon = (bot: Bot, revision: string) => expect.poll(bot.revision, { timeout: 20_000 }).toBe(revision)

test('what the desk adds is in use in all processes, after kills, and the same after pull, commit and restart', {
  timeout: 120_000,
}, async () => {
  const databaseUrl = await server.createDatabase()
  const [one, two] = [
    await createContentFolder(storyFiles('bridge')),
    await createContentFolder(storyFiles('bridge')),
  ]
  const a = await start(one, databaseUrl)
  let b = await start(two, databaseUrl)
  const plain = await a.revision()
  expect(await b.revision()).toBe(plain)

  // Their folders are never written: they may be images that are read alone.
  expect(await a.say(CORRECT)).toMatch(/^Added to .*\n\n.*commit both files/)
  const corrected = await a.revision()
  expect(corrected).not.toBe(plain)
  await soon(b, corrected)
  for (const folder of [one, two]) expect(readFileSync(join(folder, FILE), 'utf8')).toBe('[]')
  expect(await b.say('/desk')).toContain(
    '1 addition waits to be written into them: npm run nutgraf -- content pull',
  )
  expect(await b.say(CORRECT)).toContain('already in')

  // Nobody wakes them: they look now and then.
  const store = await connect({ databaseUrl, dataDir: 'unused' }, () => {})
  open.push(store)
  const entry = { id: 'fence', date: '2026-05-02', text: 'A fence.', sources: [1], confidence: 'medium' }
  const act = { key: 'k', who: 'slack:T1/U1', at: 1, path: 'stories/bridge/timeline.desk.yml', entry }
  expect(await store.documents.addEntry(act)).toBe('added')
  await expect.poll(a.revision, { timeout: 20_000 }).not.toBe(corrected)
  const both = await a.revision()
  await soon(b, both)

  // An editor pulls into a checkout, while both go on with their own folders.
  const checkout = await copyOf(one)
  const pulled = await promisify(execFile)(process.execPath, ['src/cli.ts', 'content', 'pull'], {
    env: {
      PATH: process.env.PATH,
      CONTENT_DIR: checkout,
      DATABASE_URL: databaseUrl,
      DATA_DIR: temporaryFolder(),
    },
  })
  expect(pulled.stderr).toBe('')
  expect(pulled.stdout).toContain('2 additions written. Now run npm run check, and commit the files.')
  expect(readFileSync(join(checkout, FILE), 'utf8')).toContain('now: shuts')
  expect(await a.say('/desk')).toContain('2 were pulled and not deployed yet')
  expect([await a.revision(), await b.revision()]).toEqual([both, both])
  expect(await store.documents.waiting()).toBe(2)
  expect(await store.documents.removeEntry('k')).toBe('landed')

  // Deployed one after the other, the first by a kill: nothing that can be seen changes, and then the store lets go.
  await b.stop('SIGKILL')
  b = await start(checkout, databaseUrl)
  expect([await a.revision(), await b.revision()]).toEqual([both, both])
  expect(await store.documents.waiting()).toBe(2)
  await a.stop()
  await expect.poll(() => store.documents.waiting(), { timeout: 30_000 }).toBe(0)
  expect(await b.revision()).toBe(both)
  expect(await b.say('/desk')).toContain('Not in the files yet · nothing')
  await b.stop()
})
