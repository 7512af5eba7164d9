import { mkdirSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, expect, test } from 'vitest'
import { storeFile } from '../../src/store/connect.ts'
import { inspect } from '../../src/store/inspect.ts'
import { createSqliteEngine } from '../../src/store/sqlite.ts'
import { openStore, type Store } from '../../src/store/store.ts'
import { dueEdition, minutesAgo } from '../support/delivery/due-rows.ts'
import { temporaryFolder } from '../support/start-process.ts'

const openStores: Store[] = []
afterEach(async () => {
  for (const store of openStores.splice(0)) await store.close()
})

async function openIn(folder: string) {
  const engine = createSqliteEngine(storeFile(folder))
  const store = await openStore(engine)
  openStores.push(store)
  await store.ledger.add([dueEdition('fake:1', minutesAgo(1))])
  return { store, engine }
}

/** What people and programs do to the data of a running bot, and what is said of it. */
const LOSSES: Record<string, { take(folder: string): void; sentence: RegExp }> = {
  'the file deleted': {
    take: folder => rmSync(storeFile(folder)),
    sentence: /nutgraf\.db was deleted, moved or replaced while nutgraf uses it/,
  },
  'the newest of it deleted': {
    take: folder => rmSync(`${storeFile(folder)}-wal`),
    sentence: /nutgraf\.db-wal was deleted/,
  },
  'its index deleted': {
    take: folder => rmSync(`${storeFile(folder)}-shm`),
    sentence: /nutgraf\.db-shm was deleted/,
  },
  'the folder deleted': {
    take: folder => rmSync(folder, { recursive: true }),
    sentence: /nutgraf\.db was deleted/,
  },
  'another folder in its place': {
    take: folder => {
      renameSync(folder, `${folder}-old`)
      mkdirSync(folder)
    },
    sentence: /nutgraf\.db was deleted/,
  },
  'a backup moved over it': {
    take: folder => {
      writeFileSync(join(folder, 'backup.db'), 'a backup')
      renameSync(join(folder, 'backup.db'), storeFile(folder))
    },
    sentence: /nutgraf\.db was deleted, moved or replaced/,
  },
  'the file emptied': {
    take: folder => truncateSync(storeFile(folder)),
    sentence: /nutgraf\.db was emptied .* Stop nutgraf, put a backup in its place/,
  },
}

test.each(Object.keys(LOSSES))('%s: nothing more is written, it is said, and reading goes on', async name => {
  const { take, sentence } = LOSSES[name]!
  const folder = join(temporaryFolder(), 'data')
  const { store, engine } = await openIn(folder)
  await store.check()
  take(folder)
  await expect(store.check()).rejects.toThrow(sentence)
  await expect(store.ledger.add([dueEdition('fake:2', minutesAgo(1))])).rejects.toThrow(sentence)
  await expect(engine.query('delete from deliveries')).rejects.toThrow(sentence)
  expect(await store.ledger.countByState()).toEqual({ due: 1 })
})

test('a file that is taken away in the middle of a transaction gets nothing of it', async () => {
  const folder = join(temporaryFolder(), 'data')
  const { store, engine } = await openIn(folder)
  const moving = engine.transaction(async query => {
    await query('delete from deliveries')
    renameSync(folder, `${folder}-old`)
  })
  await expect(moving).rejects.toThrow('was deleted, moved or replaced')
  renameSync(`${folder}-old`, folder)
  await store.check()
  expect(await store.ledger.countByState()).toEqual({ due: 1 })
})

test('whatever is moved away and back, all that was reported done is in the file, and nothing else', {
  timeout: 60_000,
}, async () => {
  const steps = fc.array(fc.constantFrom('write', 'away', 'back'), { minLength: 1, maxLength: 25 })
  await fc.assert(
    fc.asyncProperty(steps, async order => {
      const folder = join(temporaryFolder(), 'data')
      const { store } = await openIn(folder)
      let isAway = false
      let written = 1
      for (const step of order) {
        if (step === 'away' && !isAway) renameSync(folder, `${folder}-old`)
        if (step === 'back' && isAway) renameSync(`${folder}-old`, folder)
        if (step !== 'write') isAway = step === 'away'
        else
          await store.ledger.add([dueEdition(`fake:${written + 1}`, minutesAgo(1))]).then(
            () => written++,
            () => expect(isAway).toBe(true),
          )
        const sound = await store.check().then(
          () => true,
          () => false,
        )
        expect(sound).toBe(!isAway)
      }
      if (isAway) renameSync(`${folder}-old`, folder)
      await store.close()
      openStores.splice(0)
      const again = await openStore(createSqliteEngine(storeFile(folder)))
      expect(await again.ledger.countByState()).toEqual({ due: written })
      await again.close()
    }),
    { numRuns: 25 },
  )
})

test('a disk that was full is told until something was written again', async () => {
  const { store, engine } = await openIn(temporaryFolder())
  const [row] = await engine.query<{ page_count: number }>('pragma page_count')
  await engine.query(`pragma max_page_count = ${row!.page_count}`)
  const heavy = Array.from({ length: 50 }, (_, index) =>
    dueEdition(`fake:${index}`, minutesAgo(1), { selection: JSON.stringify('x'.repeat(2_000)) }),
  )
  await expect(store.ledger.add(heavy)).rejects.toThrow('the disk is full')
  await expect(store.check()).rejects.toThrow('nutgraf.db cannot grow: the disk is full')
  // Neither reading nor work that changes nothing shows that there is room.
  await store.ledger.countByState()
  await engine.transaction(query => query('update deliveries set state = state where false'))
  await expect(store.check()).rejects.toThrow('the disk is full')
  await engine.query('pragma max_page_count = 1000000')
  await store.ledger.add(heavy)
  await store.check()
})

test('an empty file is no new store, and a new store never is an empty file', async () => {
  const folder = temporaryFolder()
  writeFileSync(storeFile(folder), '')
  expect(() => createSqliteEngine(storeFile(folder))).toThrow(
    /nutgraf\.db is empty, so its data is lost\. Put a backup in its place, or delete it/,
  )
  await expect(inspect({ dataDir: folder })).rejects.toThrow('nutgraf.db is empty')
  rmSync(storeFile(folder))
  // Both at once: neither takes the file of the other away.
  const engines = [createSqliteEngine(storeFile(folder)), createSqliteEngine(storeFile(folder))]
  for (const engine of engines) openStores.push(await openStore(engine))
  for (const store of openStores) await store.check()
})
