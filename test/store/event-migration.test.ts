import { join } from 'node:path'
import { expect, test } from 'vitest'
import { nameEvents } from '../../src/content/events/event-names.ts'
import { partsOfAll } from '../../src/content/parts.ts'
import { MIGRATIONS } from '../../src/store/schema.ts'
import { createSqliteEngine } from '../../src/store/sqlite.ts'
import { openStore } from '../../src/store/store.ts'
import { libraryFromFiles, storyFiles } from '../support/content/story-files.ts'
import { temporaryFolder } from '../support/start-process.ts'

const event = (text: string) => ({ date: '2026-05-02', text, confidence: 'medium', sources: [1] })
const CLOSES = event('The city closes the bridge at noon.')
const CRACKS = event('An inspector reports cracks.')
const storyWith = (...timeline: object[]) => libraryFromFiles(storyFiles('bridge', { timeline })).stories[0]!

test('a store of an older nutgraf knows its events again by what was shown', async () => {
  const file = join(temporaryFolder(), 'db')
  const engine = createSqliteEngine(file)
  // As version 0.2.0 left it: three migrations, and the revisions of what it posted.
  await engine.query('create table version (number bigint not null)')
  await engine.query('insert into version (number) values (3)')
  for (const statement of MIGRATIONS.slice(0, 3).flat()) await engine.query(statement)
  for (const { part, story, hash } of partsOfAll({ stories: [storyWith(CLOSES)] }))
    await engine.query(
      'insert into revisions (part, revision, story, hash, seen_at) values ($1, 1, $2, $3, 1)',
      [part, story, hash],
    )
  await engine.close()
  const store = await openStore(createSqliteEngine(file))
  const known = await store.revisions.knownEvents()
  expect(known.events).toMatchObject([
    { part: 'bridge/event:2026-05-02-1', written: '', words: '', present: 1 },
  ])
  const namesOf = (...timeline: object[]) =>
    nameEvents([storyWith(...timeline)], known)[0]!.timeline.map(({ id }) => id)
  expect(namesOf(CRACKS, CLOSES)).toEqual(['2026-05-02-2', '2026-05-02-1'])
  // The single event of its day, in other words: its hash alone says nothing about them.
  expect(namesOf(event('Officials shut the span at ten.'))).toEqual(['2026-05-02-1'])
  expect(namesOf({ ...CLOSES, id: 'closing' })).toEqual(['2026-05-02-1'])
  await store.close()
})
