import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { openHooks } from '../../../src/bot/hooks.ts'
import { check } from '../../../src/check/check.ts'
import { openLiveContent } from '../../../src/check/live-content.ts'
import { readConfig } from '../../../src/config.ts'
import { createSqliteEngine } from '../../../src/store/sqlite.ts'
import { openStore } from '../../../src/store/store.ts'
import { createWebServer } from '../../../src/web/server.ts'
import { openSenders } from '../../../src/wire/senders/open-senders.ts'
import { createContentFolder } from '../../support/content/content-folder.ts'
import { storyFiles } from '../../support/content/story-files.ts'
import { recordingLog } from '../../support/recording-log.ts'
import { STORYBOARD, storyboardCall } from '../../support/wire/storyboard.ts'

const SECRET = 'storyboard-secret-token'
const reportOf = (name: string, at = Date.now()) => ({
  ...{ action: 'published', story_id: 42, full_slug: 'news/bridge' },
  story: { name, updated_at: new Date(at).toISOString() },
})

test('an eleventh system needs an entry of senders.yml and no code; the file is followed', async () => {
  const file = { path: 'senders.yml', origin: 'content/senders.yml', text: STORYBOARD }
  const folder = await createContentFolder(storyFiles('bridge'), [file])
  const stories = await openLiveContent(folder, { willWatch: true })
  onTestFinished(stories.watch({ onChanged: vi.fn(), onFailed: vi.fn() }))
  const read = readConfig({ HOOK_SECRET_STORYBOARD_CITY: SECRET, HOOK_OUTLET_STORYBOARD_CITY: 'City Board' })
  if ('problems' in read) throw new Error(read.problems.join())
  const log = recordingLog()
  const store = await openStore(createSqliteEngine(':memory:'))
  const hooks = openHooks(read.config, { store, log, rows: stories.senders, onNews: () => {} })
  const server = createWebServer({
    ...{ host: '127.0.0.1', port: 0, log, hooks },
    ...{ health: () => ({ ok: true }), ready: () => true },
  })
  const { port } = await server.start()
  onTestFinished(async () => {
    await server.stop()
    await store.close()
  })
  const send = async (body: object, secret = SECRET) => {
    const call = await storyboardCall(secret, body, Date.now())
    return (await fetch(`http://127.0.0.1:${port}${call.path}`, call)).status
  }
  const items = async () => [...(await store.wire.items.ofVia('hook:storyboard-city', 9))]

  expect(await send(reportOf('Bridge reopens'))).toBe(202)
  expect(await send(reportOf('Bridge falls'), 'another-secret-of-letters')).toBe(401)
  expect(await items()).toMatchObject([
    {
      title: 'Bridge reopens',
      outlet: 'City Board',
      url: 'https://paper.example/news/bridge',
      state: 'stands',
    },
  ])
  // While the file is broken, the system stays as it was.
  await writeFile(join(folder, 'senders.yml'), STORYBOARD.replace('algorithm: sha1', 'algorithm: md5'))
  await vi.waitFor(() => expect(stories.problems().join()).toMatch(/senders\.yml:6/), { timeout: 20_000 })
  expect(await send(reportOf('Bridge opens', Date.now() + 1_000))).toBe(202)
  expect((await check(folder)).problems).toMatchObject([{ line: 6 }])
  await writeFile(join(folder, 'senders.yml'), STORYBOARD.replace('[unpublished, deleted]', '[spiked]'))
  await vi.waitFor(() => expect(stories.problems()).toEqual([]), { timeout: 20_000 })
  expect(await send({ ...reportOf('', Date.now() + 2_000), action: 'spiked' })).toBe(202)
  expect(await items()).toMatchObject([{ state: 'withdrawn' }])
  // Without its entry it is a sender of our own form, which its secret is not for.
  await writeFile(join(folder, 'senders.yml'), '')
  await vi.waitFor(() => expect(stories.senders()).toEqual([]), { timeout: 20_000 })
  expect(await send(reportOf('Bridge'))).toBe(401)
  expect(log.errors.map(line => JSON.stringify(line)).join()).toContain('HOOK_SECRET_STORYBOARD_CITY')
  expect(JSON.stringify(log.lines)).not.toContain(SECRET)
  await stories.close()
})

test('secrets that cannot work are named, and never shown', () => {
  const settings = [
    { name: 'contentful', secrets: ['only-twenty-characters'] },
    { name: 'city-desk', secrets: ['not-a-standard-webhooks-secret'] },
    { name: 'strapi', secrets: ['has/a slash in its middle'] },
    { name: 'ghost-north', secrets: ['a-secret-that-may-be-anything'] },
  ]
  const { problems } = openSenders(settings)
  expect(problems).toEqual([
    'HOOK_SECRET_CONTENTFUL must have exactly 64 characters, as Contentful wants it',
    'HOOK_SECRET_CITY_DESK must be whsec_ and 24 to 64 bytes in base64, as Standard Webhooks wants it',
    'HOOK_SECRET_STRAPI must be 22 to 128 letters, digits, - and _: Strapi signs nothing, so the secret is part of its address',
  ])
  for (const { secrets } of settings) expect(problems.join()).not.toContain(secrets[0])
})
