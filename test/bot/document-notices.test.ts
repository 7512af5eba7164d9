import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { careForDocuments } from '../../src/bot/document-notices.ts'
import { followDocuments } from '../../src/bot/documents.ts'
import type { Place } from '../../src/chat/platform.ts'
import { openLiveContent } from '../../src/check/live-content.ts'
import { createSqliteEngine } from '../../src/store/sqlite.ts'
import { openStore, type Store } from '../../src/store/store.ts'
import { createContentFolder } from '../support/content/content-folder.ts'
import { storyFiles } from '../support/content/story-files.ts'
import { recordingLog } from '../support/recording-log.ts'
import { temporaryFolder } from '../support/start-process.ts'

const open: Store[] = []
afterEach(async () => {
  for (const store of open.splice(0)) await store.close()
})

const ACT = { key: 'k', who: 'slack:T1/U1', at: 1, path: 'stories/bridge/corrections.desk.yml' }
const ENTRY = { on: '2026-05-05', part: 'event:2026-05-02-1', was: 'a', now: 'b', why: 'Misread.' }
const FITS_NOT =
  'What the desk added no longer fits the files, so the last good content stays in use: desk: stories/bridge/corrections.desk.yml:2 there is no event:2026-05-02-1 in this story'

/** A process with a folder and a store. With `databaseUrl`, only the holder of the content lease looks after it. */
async function setUp({ databaseUrl, isHolder = true }: { databaseUrl?: string; isHolder?: boolean } = {}) {
  const contentDir = await createContentFolder(storyFiles('bridge'))
  const stories = await openLiveContent(contentDir)
  const engine = createSqliteEngine(join(temporaryFolder(), 'db'))
  const store = await openStore(engine)
  open.push(store)
  const log = recordingLog()
  const documents = followDocuments({
    ...{ store, stories, log, contentDir, dataDir: temporaryFolder() },
    ownsFolder: databaseUrl === undefined,
  })
  const unwatch = stories.watch({ onChanged() {}, onFailed() {} })
  const lease = { isHolder: () => isHolder } as Parameters<typeof careForDocuments>[2]['contentLease']
  const look = careForDocuments(
    { stories, documents, store, log },
    { databaseUrl, deskPlace: 'slack:T1/DESK' as Place },
    { contentLease: lease, lane: () => 'slack:T1' },
  )
  await store.documents.addEntry({ ...ACT, entry: ENTRY })
  await documents.refresh()
  const told = async () =>
    (await engine.query<{ selection: string }>('select selection from deliveries order by created_at')).map(
      ({ selection }) => JSON.parse(selection).text,
    )
  return { contentDir, stories, store, documents, look, told, unwatch }
}

test('the desk is told once that an addition no longer fits, and once that all fits again', async () => {
  const { contentDir, stories, store, look, told, unwatch } = await setUp()
  await look()
  expect(await told()).toEqual([])
  const { revision } = stories.library()
  const timeline = join(contentDir, 'stories/bridge/timeline.yml')
  const before = readFileSync(timeline, 'utf8')
  writeFileSync(timeline, before.replaceAll('2026-05-02', '2026-05-03'))
  await expect.poll(stories.problems, { timeout: 20_000 }).toHaveLength(1)
  expect(stories.library().revision).toBe(revision)
  await look()
  await look()
  expect(await told()).toEqual([FITS_NOT])
  expect((await store.faults.list()).map(({ subject }) => subject)).toEqual(['documents'])
  writeFileSync(timeline, before)
  await expect.poll(stories.problems, { timeout: 20_000 }).toEqual([])
  await look()
  expect(await told()).toEqual([FITS_NOT, 'Resolved: what the desk added fits the files again.'])
  expect(await store.faults.list()).toEqual([])
  unwatch()
})

test('only a process whose files count lets go of what they have', async () => {
  const inFile = (contentDir: string) =>
    writeFileSync(join(contentDir, 'stories/bridge/corrections.yml'), JSON.stringify([ENTRY]))
  const other = await setUp({ databaseUrl: 'postgres://x', isHolder: false })
  inFile(other.contentDir)
  await other.look()
  expect(await other.store.documents.waiting()).toBe(1)
  const holder = await setUp({ databaseUrl: 'postgres://x' })
  await holder.look()
  expect(await holder.store.documents.waiting()).toBe(1)
  const { revision } = holder.stories.library()
  inFile(holder.contentDir)
  await holder.look()
  expect(await holder.store.documents.waiting()).toBe(0)
  await expect.poll(holder.stories.problems).toEqual([])
  expect(holder.stories.library().revision).toBe(revision)
  for (const { unwatch } of [other, holder]) unwatch()
})

test('an act that was logged and not stored is done by the next try, and one that was not applied by the next look', async () => {
  const { store, documents, stories } = await setUp()
  const again = { ...ENTRY, now: 'c' }
  // The process that stored it ended before it put it in use.
  await store.documents.addEntry({ ...ACT, key: 'l', entry: again })
  expect(stories.library().story('bridge')!.corrections).toHaveLength(1)
  await documents.refresh()
  expect(
    stories
      .library()
      .story('bridge')!
      .corrections.map(({ now }) => now),
  ).toEqual(['b', 'c'])
})
