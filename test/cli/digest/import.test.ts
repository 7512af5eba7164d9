import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { readCsv } from '../../../src/cli/digest/csv.ts'
import { digestImport } from '../../../src/cli/digest/import.ts'
import { digestList } from '../../../src/cli/digest/list.ts'
import { type Config, readConfig } from '../../../src/config.ts'
import { localDate } from '../../../src/dates/dates.ts'
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

test('a webhook place needs its address, which is never printed', async () => {
  const dataDir = temporaryFolder()
  const WEBHOOK_CITY_DESK = 'https://hooks.slack.com/services/T1/B1/secret'
  const read = readConfig({ DATA_DIR: dataDir, WEBHOOK_CITY_DESK })
  if ('problems' in read) throw new Error(read.problems.join('\n'))
  const { code, subscriptions } = await importText(
    read.config,
    'place,digest,time,zone,days\nwebhook:city-desk,morning,23:59,UTC,daily\n',
  )
  expect(code).toBe(0)
  expect(subscriptions).toMatchObject([{ place: 'webhook:city-desk', state: 'on' }])
  const list = await printed(() => digestList(read.config))
  expect(list).toMatch(/^webhook:city-desk {2}morning {2}.* {2}corrections: second message\n/)
  expect(list).not.toContain('secret')

  const without = { ...read.config, webhooks: [] }
  expect(await printed(() => digestList(without))).toContain('not posted: WEBHOOK_CITY_DESK is not set')
  const file = 'place,digest,time,zone,days\nwebhook:sports,morning,23:59,UTC,daily\n'
  expect(await printed(async () => void (await importText(without, file)), 'stderr')).toContain(
    'no address is known for webhook:sports: set WEBHOOK_SPORTS',
  )
})

/** What is written while something runs. */
async function printed(
  work: () => Promise<unknown>,
  stream: 'stdout' | 'stderr' = 'stdout',
): Promise<string> {
  const spy = vi.spyOn(process[stream], 'write').mockReturnValue(true)
  try {
    await work()
    return spy.mock.calls.map(([piece]) => String(piece)).join('')
  } finally {
    spy.mockRestore()
  }
}

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

const HEADER = ['place', 'digest', 'time', 'zone', 'days']
const ROWS = [
  [PLACE, 'morning', '07:30', 'India', 'mon,wed'],
  ['slack:T1/C2', 'morning', '23:59', 'UTC', 'daily'],
]
const quoted = (value: string, separator: string) => (value.includes(separator) ? `"${value}"` : value)
const asTable = (separator: string, newline: string, rows = [HEADER, ...ROWS]) =>
  rows.map(row => row.map(value => quoted(value, separator)).join(separator) + newline).join('')
const UTF16BE = (text: string) => Buffer.from(text, 'utf16le').swap16()
const SAVED: Record<string, (text: string) => Buffer> = {
  'UTF-8': text => Buffer.from(text),
  'UTF-8 with a mark': text => Buffer.from(`\ufeff${text}`),
  'UTF-16 with a mark': text => Buffer.from(`\ufeff${text}`, 'utf16le'),
  'UTF-16 without a mark': text => Buffer.from(text, 'utf16le'),
  'UTF-16 of the other kind': text => UTF16BE(`\ufeff${text}`),
}
const EXPECTED = [
  { place: PLACE, time: '07:30', zone: 'Asia/Kolkata', days: 'mon,wed' },
  { place: 'slack:T1/C2', time: '23:59', zone: 'UTC' },
]
/** What spreadsheets leave in a table that says nothing. */
const LEFT_OVER: Record<string, (text: string, separator: string) => string> = {
  nothing: text => text,
  'empty rows below': (text, separator) => `${text}${separator.repeat(4)}\n${separator.repeat(4)}\n\n  \n`,
  'empty rows between': (text, separator) => text.replace('\n', `\n${separator.repeat(4)}\n`),
  'empty rows above': (text, separator) => `\n${separator.repeat(4)}\n${text}`,
  'empty columns': (text, separator) => text.replace(/(\r?\n)/g, `${separator.repeat(3)}$1`),
  'capitals in its columns': text => text.replace('place', 'Place').replace('digest', 'DIGEST'),
  'a line that names the separator': (text, separator) => `sep=${separator}\n${text}`,
}

test.each(Object.keys(SAVED))(
  'a table saved as %s is read with any separator, line end and left-over',
  async encoding => {
    const config = settings()
    for (const separator of [',', ';', '\t'])
      for (const newline of ['\n', '\r\n', '\r'])
        for (const [name, leave] of Object.entries(LEFT_OVER)) {
          const file = join(config.dataDir, 'places.csv')
          writeFileSync(file, SAVED[encoding]!(leave(asTable(separator, newline), separator)))
          const read = readCsv(file).map(({ line }) => line)
          const wanted = ROWS.map(row => Object.fromEntries(HEADER.map((column, at) => [column, row[at]])))
          expect({ separator, newline, name, read }).toEqual({ separator, newline, name, read: wanted })
        }
    expect(await digestImport(config, [join(config.dataDir, 'places.csv')])).toBe(0)
    const subscriptions = await withStore(config, store => store.subscriptions.list())
    expect(subscriptions).toMatchObject(EXPECTED)
  },
)

test('the line of a problem is that of the file, below empty rows too', async () => {
  const config = settings()
  const file = join(config.dataDir, 'places.csv')
  writeFileSync(file, 'sep=;\nplace;digest\n;\n\nslack:T1/C1;morning\n;\n')
  expect(readCsv(file)).toEqual([{ line: { place: PLACE, digest: 'morning' }, number: 5 }])
})

test.each([
  ['', /it is empty: the first line must name columns/],
  ['\r\n,,,\r\n', /it is empty/],
  ['\ufeff', /it is empty/],
  ['place;digest\r\n', /no row below its columns/],
  ['place;digest\n;;\n', /no row below its columns/],
  ['place|digest\nx|y\n', /no column “place\|digest”: the first line must name/],
  ['channel;digest\nx;y\n', /no column “channel”: .*separated here by a semicolon/],
  ['digest,time\nmorning,7:30\n', /the column place is missing/],
  ['place,digest,place\na,b,c\n', /the column place is there twice/],
  [
    'place,digest,days\nslack:T1/C1,morning,mon,wed\n',
    /line 2 has “wed” in no column: put quotation marks .* comma/,
  ],
])('%j is refused with what is wrong', (text, problem) => {
  const file = join(settings().dataDir, 'places.csv')
  writeFileSync(file, text)
  expect(() => readCsv(file)).toThrow(problem)
})

test('a workbook in place of a CSV is named as what it is', () => {
  const file = join(settings().dataDir, 'places.csv')
  writeFileSync(file, Buffer.from([0x50, 0x4b, 3, 4, 0x14, 0, 0xff, 0xfe, 0x80]))
  expect(() => readCsv(file)).toThrow(/not a text in UTF-8 or UTF-16. In Excel: Save as “CSV UTF-8”/)
})
