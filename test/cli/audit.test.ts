import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { audit } from '../../src/cli/audit.ts'
import { type Config, readConfig } from '../../src/config.ts'
import { partsOfAll } from '../../src/content/parts.ts'
import { storeFile } from '../../src/store/connect.ts'
import { withStore } from '../support/cli/with-store.ts'
import { createContentFolder } from '../support/content/content-folder.ts'
import {
  libraryFromFiles,
  PAPER,
  QUOTE,
  storyFiles,
  withChangedFile,
} from '../support/content/story-files.ts'
import { temporaryFolder } from '../support/start-process.ts'

const FILES = storyFiles('bridge')
const PLACE = 'slack:T1/C1'
const LINK = 'https://paper.slack.com/archives/C1/p1500000000000100?thread_ts=1500000000.000001'
const ID = '1500000000.000100'
let out = ''
let err = ''
beforeEach(() => {
  out = ''
  err = ''
  const capture = (write: (text: string) => void) => (text: string | Uint8Array) => {
    write(String(text))
    return true
  }
  vi.spyOn(process.stdout, 'write').mockImplementation(
    capture(text => {
      out += text
    }),
  )
  vi.spyOn(process.stderr, 'write').mockImplementation(
    capture(text => {
      err += text
    }),
  )
})
afterEach(() => vi.restoreAllMocks())

async function settings(files = FILES): Promise<Config> {
  const read = readConfig({ DATA_DIR: temporaryFolder(), CONTENT_DIR: await createContentFolder(files) })
  if ('problems' in read) throw new Error(read.problems.join('\n'))
  return read.config
}

/** Posts one message that shows a quotation. */
const posted = (config: Config, more: object = {}) =>
  withStore(config, async store => {
    await store.revisions.record(partsOfAll(libraryFromFiles(FILES)))
    const key = 'edition 1'
    await store.ledger.add([
      {
        ...{ key, kind: 'edition', place: PLACE, lane: 'slack:T1', digest: 'morning', date: '2026-05-04' },
        ...{ number: 1, state: 'due', dueAt: 0, selection: '{"version":1,"body":{"stories":[]}}' },
        ...more,
      },
    ])
    await store.ledger.claim({
      owner: 'a',
      leaseMs: 60_000,
      max: 1,
      platforms: ['slack'],
      pace: () => undefined,
    })
    const shown = [
      { part: 'bridge/label', revision: 1 },
      { part: 'bridge/quote:mayor-1', revision: 1 },
    ]
    await store.ledger.beginAttempt({ key, owner: 'a' }, { leaseMs: 60_000, shown, first: true })
    await store.ledger.markSent({ key, owner: 'a' }, { place: PLACE, id: ID })
  })

/** Runs the audit and gives the JSON that it prints. */
const exported = async (config: Config, ...args: string[]) => {
  out = ''
  expect(await audit(config, [...args, '--json'])).toBe(0)
  return JSON.parse(out)
}

test('from a link to the spans in the source: the whole chain', async () => {
  const config = await settings()
  await posted(config)
  const audited = await exported(config, LINK)
  expect(Object.keys(audited).sort()).toEqual([
    'content',
    'delivery',
    'edition',
    'parts',
    'repairs',
    'version',
  ])
  expect(audited).toMatchObject({
    version: 1,
    delivery: {
      ...{ key: 'edition 1', kind: 'edition', place: PLACE, state: 'sent', digest: 'morning' },
      message: { place: PLACE, id: ID },
    },
    edition: { version: 1, body: { stories: [] } },
    repairs: [],
  })
  const [label, quote] = audited.parts
  expect(label).toMatchObject({ part: 'bridge/label', revision: 1, current: true, sources: [] })
  expect(quote).toMatchObject({ part: 'bridge/quote:mayor-1', revision: 1, current: true, inContent: true })
  expect(quote.hash).toBe(partsOfAll(libraryFromFiles(FILES)).find(({ part }) => part === quote.part)?.hash)
  expect(quote.sources).toMatchObject([{ number: 1, outlet: 'The Paper', title: 'Bridge shut' }])
  const spans: { start: number; end: number; line: number }[] = quote.sources[0].spans
  expect(spans.map(({ start, end }) => PAPER.slice(start, end))).toEqual(QUOTE.words)
  expect(quote.sources[0].file).toMatch(/sources\/paper\.txt$/)
})

test('a key, a place with an id, and the link lead to the same', async () => {
  const config = await settings()
  await posted(config)
  const audited = await exported(config, LINK)
  expect(await exported(config, PLACE, ID)).toEqual(audited)
  expect(await exported(config, 'edition', '1')).toEqual(audited)
  expect(await exported(config, `<${LINK}|that>`)).toEqual(audited)
  await expect(audit(config, ['https://paper.slack.com/archives/C2/p1500000000000100'])).rejects.toThrow(
    'audit: no message of ours is',
  )
})

test('the call of a published answer stands in the place of an edition', async () => {
  const config = await settings()
  await posted(config, { kind: 'answer', selection: '{"command":"bridge","text":"quotes","at":1}' })
  const audited = await exported(config, LINK)
  expect(audited.call).toEqual({ command: 'bridge', text: 'quotes', at: 1 })
  expect(audited).not.toHaveProperty('edition')
  expect(await audit(config, [LINK])).toBe(0)
  expect(out).toContain('asked    /bridge quotes')
})

test('a revision that is no longer in use is said, with what became of the message', async () => {
  const changed = withChangedFile(FILES, 'quotes.yml', text =>
    text.replace('Mayor at the time', 'Mayor until May'),
  )
  const config = await settings(changed)
  await posted(config)
  await withStore(config, async store => {
    await store.revisions.record(partsOfAll(libraryFromFiles(changed)))
    const cause = { cause: 'bridge/correction:1', kind: 'correction' as const, story: 'bridge', waits: false }
    await store.corrections.applyCause(
      { ...cause, part: 'bridge/quote:mayor-1', revision: 2 },
      { lane: place => place },
    )
  })
  const audited = await exported(config, LINK)
  expect(audited.parts[1]).toMatchObject({
    revision: 1,
    newest: { revision: 2 },
    current: false,
    inContent: true,
  })
  expect(audited.repairs).toMatchObject([{ part: 'bridge/quote:mayor-1', revision: 2, state: 'pending' }])
  out = ''
  await audit(config, [LINK])
  expect(out).toContain('NO LONGER IN USE: the newest is revision 2')
  expect(out).toContain('correction of bridge/quote:mayor-1')
})

test('the log of actions is told, and verified', async () => {
  const config = await settings()
  expect(await audit(config, ['verify'])).toBe(0)
  expect(out).toContain('No editor has done anything yet.')
  const act = (what: string) => ({ who: 'slack:T1/U1', place: PLACE, what, details: { slug: 'bridge' } })
  await withStore(config, async store => {
    for (const what of ['kill', 'retry', 'correct']) await store.editorLog.append(act(what))
  })
  const entries = await exported(config, 'log')
  expect(entries).toMatchObject([
    { number: 1, who: 'slack:T1/U1', place: PLACE, what: 'kill', details: { slug: 'bridge' }, previous: '' },
    { number: 2, what: 'retry', previous: entries[0].hash },
    { number: 3, what: 'correct', previous: entries[1].hash },
  ])
  out = ''
  expect(await audit(config, ['verify'])).toBe(0)
  const noted = /elsewhere: (\S+)/.exec(out)![1]!
  expect(noted).toBe(`3:${entries[2].hash}`)
  expect(await audit(config, ['verify', noted])).toBe(0)
  await expect(audit(config, ['verify', 'three'])).rejects.toThrow('number:hash')
})

test.each([
  [`update actions set who = 'slack:T1/U2' where number = 2`, 'entry 2 is not as it was written'],
  ['delete from actions where number = 2', 'entry 2 is missing'],
  ['delete from actions where number = 3', 'entry 3 and everything after it is missing'],
])('a log in which somebody did “%s” is found', async (statement, problem) => {
  const config = await settings()
  await withStore(config, async store => {
    for (const what of ['kill', 'retry', 'correct'])
      await store.editorLog.append({ who: 'slack:T1/U1', place: PLACE, what, details: {} })
  })
  const database = new DatabaseSync(storeFile(config.dataDir))
  database.exec(statement)
  database.close()
  expect(await audit(config, ['verify'])).toBe(1)
  expect(err).toContain(problem)
})
