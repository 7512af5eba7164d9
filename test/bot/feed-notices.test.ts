import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createFeedNotices } from '../../src/bot/feed-notices.ts'
import { createSqliteEngine } from '../../src/store/sqlite.ts'
import { openStore } from '../../src/store/store.ts'
import type { FeedState } from '../../src/store/wire/feeds.ts'
import { recordingLog } from '../support/recording-log.ts'
import { temporaryFolder } from '../support/start-process.ts'

const failing: FeedState = {
  ...{
    name: 'wqad',
    url: 'https://wqad.example/rss',
    keyKind: 'guid',
    nextPollAt: 0,
    failures: 5,
    isGone: false,
  },
  failingSince: Date.UTC(2018, 3, 20, 6, 10),
  failure: { code: 'status', detail: '503' },
}

test('the desk hears once of a feed that fails, once of its end, and once where it moved to, from whichever process', async () => {
  const file = join(temporaryFolder(), 'nutgraf.db')
  let ms = 0
  const clock = () => Date.UTC(2018, 3, 20, 13) + ms++
  const engine = createSqliteEngine(file, { clock })
  const all = await Promise.all([engine, createSqliteEngine(file, { clock })].map(openStore))
  const notices = all.map(store =>
    createFeedNotices({
      store,
      place: 'slack:T1/CDESK',
      lane: place => place,
      zone: 'UTC',
      log: recordingLog(),
    }),
  )
  let known = 0
  const told = async () => {
    const rows = await engine.query<{ selection: string }>(
      'select selection from deliveries order by created_at, key',
    )
    const texts = rows.slice(known).map(({ selection }) => (JSON.parse(selection) as { text: string }).text)
    known = rows.length
    return texts
  }
  const allSay = async (say: (one: (typeof notices)[number]) => Promise<void>) => {
    for (const one of [...notices, ...notices]) await say(one)
    return told()
  }

  expect(await allSay(one => one.over('wqad'))).toEqual([])
  expect(await allSay(one => one.failing('wqad', failing))).toEqual([
    'Problem with the feed “wqad”: not reached since Fri 20 Apr 06:10: its server answers with an error (503). Briefs say so, and I go on trying.',
  ])
  expect(await all[1]!.faults.list()).toMatchObject([{ subject: 'feed wqad' }])
  expect(await allSay(one => one.over('wqad'))).toEqual(['Resolved: the feed “wqad” can be read again.'])
  expect(await all[1]!.faults.list()).toEqual([])
  expect(await allSay(one => one.moved('wqad', 'https://news.example/rss'))).toHaveLength(1)
  expect(await allSay(one => one.failing('wqad', { ...failing, isGone: true }))).toEqual([
    expect.stringContaining('gone for good'),
  ])
  // It was taken out of the settings: nothing more is said, and its trouble is over.
  expect(await allSay(one => one.closeOthers(['wqad']))).toEqual([])
  expect(await all[1]!.faults.list()).toHaveLength(1)
  expect(await allSay(one => one.closeOthers(['other']))).toEqual([])
  expect(await all[1]!.faults.list()).toEqual([])
  await Promise.all(all.map(store => store.close()))
})
