import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { digestImport } from '../../../src/cli/digest/import.ts'
import { type Config, readConfig } from '../../../src/config.ts'
import { localDate } from '../../../src/dates.ts'
import { editionKey } from '../../../src/digests/schedule.ts'
import type { Subscription } from '../../../src/store/subscriptions.ts'
import { withStore } from '../../support/cli/with-store.ts'
import { temporaryFolder } from '../../support/start-process.ts'

const PLACE = 'slack:T1/C1'
const LINE = `place,digest,time,zone,days\n${PLACE},morning,23:59,UTC,daily\n`

function settings(): Config {
  const read = readConfig({ DATA_DIR: temporaryFolder() })
  if ('problems' in read) throw new Error(read.problems.join('\n'))
  return read.config
}

async function importText(config: Config, text: string) {
  const file = join(config.dataDir, 'places.csv')
  writeFileSync(file, text)
  const code = await digestImport(config, [file])
  return { code, subscriptions: await withStore(config, store => store.subscriptions.list()) }
}

test('a place that is new is subscribed as the line says', async () => {
  const { code, subscriptions } = await importText(settings(), LINE)
  expect(code).toBe(0)
  expect(subscriptions).toMatchObject([
    { place: PLACE, digest: 'morning', time: '23:59', zone: 'UTC', state: 'on' },
  ])
})

test('of bad lines all are told, and nothing is taken', async () => {
  const { code, subscriptions } = await importText(
    settings(),
    `${LINE}${PLACE},nothing,,,\nhere,morning,25:99,,\n`,
  )
  expect(code).toBe(1)
  expect(subscriptions).toEqual([])
})

const DUE: Subscription = {
  place: PLACE,
  digest: 'morning',
  time: '00:00',
  zone: 'UTC',
  days: 'mon,tue,wed,thu,fri,sat,sun',
  stories: '',
  quiet: 'skip',
  state: 'on',
  setBy: 'slack:T1/U1',
  setAt: 1,
  newsFrom: 1,
  nextSlot: 0,
  nextDate: '',
}

test('an edition that is due while the list is read is not lost', async () => {
  const config = settings()
  const nextSlot = Date.now() - 1_000
  const nextDate = localDate(nextSlot, 'UTC')
  await withStore(config, store => store.subscriptions.save([{ ...DUE, nextSlot, nextDate }]))
  expect((await importText(config, LINE)).subscriptions).toMatchObject([
    { time: '23:59', setBy: 'import', newsFrom: 1, nextSlot, nextDate },
  ])
})

test('a day that had its edition gets no second one', async () => {
  const config = settings()
  const now = Date.now()
  const today = localDate(now, 'UTC')
  await withStore(config, async store => {
    await store.subscriptions.save([
      { ...DUE, nextSlot: now + 86_400_000, nextDate: localDate(now + 86_400_000, 'UTC') },
    ])
    await store.ledger.add([
      {
        key: editionKey(DUE, now),
        kind: 'edition',
        ...{ place: PLACE, lane: 'slack:T1', digest: 'morning', number: 1 },
        ...{ slot: now, date: today, dueAt: now, state: 'quiet' },
      },
    ])
  })
  const [subscription] = (await importText(config, LINE)).subscriptions
  expect(subscription!.nextDate > today).toBe(true)
})
