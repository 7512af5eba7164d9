import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { toPlainText } from '../../src/chat/plain-text.ts'
import type { Call } from '../../src/chat/platform.ts'
import { refusal, text } from '../../src/chat/reply.ts'
import { createPublish, publishedCall } from '../../src/delivery/publish.ts'
import { createSqliteEngine } from '../../src/store/sqlite.ts'
import { openStore, type Store } from '../../src/store/store.ts'
import { type FakeOutcome, fakePlatform } from '../support/delivery/fake-platform.ts'
import { recordingLog } from '../support/recording-log.ts'
import { temporaryFolder } from '../support/start-process.ts'

const CALL: Call = {
  command: 'lawsuit',
  text: 'summary --public',
  place: 'fake:1',
  caller: { id: 'fake:me', name: 'Dana', rights: [] },
  audience: 'caller',
  at: 1_000,
}
const REPLY = { blocks: [text('the answer')], parts: ['lawsuit/label'], audience: 'place' as const }
const KEY = 'answer fake:1 k1'

const open: Store[] = []
afterEach(() => Promise.all(open.splice(0).map(store => store.close())))

async function setUp() {
  let ahead = 0
  const engine = createSqliteEngine(join(temporaryFolder(), 'db'), { clock: () => Date.now() + ahead })
  const store = await openStore(engine)
  open.push(store)
  const fake = fakePlatform()
  const log = recordingLog()
  const shownRevisions = async (parts: string[]) => parts.map(part => ({ part, revision: 3 }))
  const publish = createPublish({
    platforms: () => [fake.platform],
    ledger: { store, owner: 'me', shownRevisions },
    log,
  })
  const publishOnce = async (...turns: FakeOutcome[]) => {
    fake.queueOutcomes(...turns)
    const result = await publish(CALL, REPLY, { key: 'k1' })
    return 'message' in result ? 'posted' : toPlainText(result.problem)
  }
  /** Shares an answer to a call that only its caller sees; gives the message, or what the caller is told. */
  let presses = 0
  const share = async (
    who: Partial<Call['caller']>,
    answer: string,
    more: Partial<Call> = {},
    under?: string,
  ) => {
    const reply = {
      blocks: [text(answer)],
      parts: [],
      audience: 'place' as const,
      canonicalLine: '/lawsuit summary',
    }
    const caller = { ...CALL.caller, ...who }
    const options = { key: `press ${++presses}`, ...(under !== undefined && { under }) }
    const result = await publish({ ...CALL, caller, ...more }, reply, options)
    return 'message' in result ? fake.messages.at(-1)!.text : toPlainText(result.problem)
  }
  const pass = (ms: number) => {
    ahead += ms
  }
  return { engine, store, fake, log, publish, publishOnce, share, pass }
}

test('a post is written down before it is made, and settled after', async () => {
  const { store, fake, publishOnce } = await setUp()
  const { post } = fake.platform
  let before: unknown
  fake.platform.post = async (...args) => {
    before = (await store.ledger.find(KEY))?.state
    return post(...args)
  }
  expect(await publishOnce()).toBe('posted')
  expect(before).toBe('sending')
  const row = (await store.ledger.find(KEY))!
  expect(row).toMatchObject({ state: 'sent', kind: 'answer', message: { place: 'fake:1', id: '1' } })
  expect(publishedCall(row)).toMatchObject({ command: 'lawsuit', text: 'summary --public', at: 1_000 })
  expect(await store.ledger.shownParts(KEY)).toEqual([{ part: 'lawsuit/label', revision: 3 }])
})

test('the same key is one post, whoever asks twice', async () => {
  const { fake, publish, publishOnce } = await setUp()
  const results = await Promise.all([
    publish(CALL, REPLY, { key: 'k1' }),
    publish(CALL, REPLY, { key: 'k1' }),
  ])
  expect(results.filter(result => 'message' in result)).toHaveLength(1)
  expect(await publishOnce()).toBe('That has already been posted.')
  expect(fake.messages).toHaveLength(1)
})

test('a refusal ends the row; what nobody can say is left to be looked for, under a key', async () => {
  const refused = await setUp()
  expect(await refused.publishOnce('gone')).toBe('The channel is gone.')
  expect(await refused.store.ledger.find(KEY)).toMatchObject({
    state: 'failed',
    error: 'The channel is gone.\nfake: gone',
  })
  const cut = await setUp()
  cut.fake.queueOutcomes('cut after')
  const result = await cut.publish(CALL, REPLY, { key: 'k1' })
  expect(result).toMatchObject({ unclear: KEY })
  expect((await cut.store.ledger.find(KEY))?.state).toBe('sending')
})

test('what cannot be written down is not posted, and that is said', async () => {
  const { engine, store, fake, log, publishOnce } = await setUp()
  const [row] = await engine.query<{ page_count: number }>('pragma page_count')
  await engine.query(`pragma max_page_count = ${row!.page_count}`)
  // The last page still has room for a few rows.
  const fill = Array.from({ length: 50 }, (_, index) => ({
    ...{ key: `${index}`, kind: 'notice' as const, place: 'fake:2' as const, lane: 'fake', number: 1 },
    ...{ state: 'missed' as const, dueAt: 1, selection: 'x'.repeat(200) },
  }))
  for (const row of fill) await store.ledger.add([row]).catch(() => {})
  expect(await publishOnce()).toMatch(/^I can’t keep a record of posts right now, so I posted nothing\./)
  expect(log.text()).toContain('the disk is full')
  expect(fake.messages).toEqual([])
  await engine.query('pragma max_page_count = 1000000')
  expect(await publishOnce()).toBe('posted')
})

test('a post that stands there is a success, even if that cannot be written down any more', async () => {
  const { store, fake, log, publishOnce } = await setUp()
  store.ledger.markSent = () => Promise.reject(new Error('the disk is full'))
  expect(await publishOnce()).toBe('posted')
  expect(log.text()).toContain('could not be recorded')
  expect(fake.messages).toHaveLength(1)
  expect((await store.ledger.find(KEY))?.state).toBe('sending')
})

test('a share says whose it is and what asks for it; a name that breaks the sentence is left out', async () => {
  const { store, share, pass } = await setUp()
  expect(await share({ name: ' Dana ' }, 'one')).toBe('one\n\nShared by Dana · asked with /lawsuit summary')
  const row = (await store.ledger.find('answer fake:1 press 1'))!
  expect(JSON.parse(row.selection!).shared).toEqual({ by: 'Dana', line: '/lawsuit summary' })
  for (const name of ['a\u202eb', 'x'.repeat(61), '\n', undefined]) {
    pass(60_001)
    const caller = name === undefined ? { name: '' } : { name }
    expect(await share(caller, `to ${name}`)).toContain('Shared by somebody here · asked with')
  }
})

test('one share a minute by each person, wherever; whoever asks in the open is answered', async () => {
  const { fake, share, pass } = await setUp()
  await share({}, 'one')
  const problem = await share({}, 'two', { place: 'fake:2' })
  expect(problem).toMatch(
    /^Not posted: you shared an answer less than a minute ago\. Try again in (59|60) s\.$/,
  )
  expect(await share({ id: 'fake:sam', name: 'Sam' }, 'two')).toContain('Shared by Sam')
  expect(await share({}, 'three', { audience: 'place' })).toBe('three')
  pass(60_001)
  expect(await share({}, 'four')).toContain('four')
  expect(fake.messages).toHaveLength(4)
})

test('of two presses at once in two processes one is a share', async () => {
  const { engine, fake, share } = await setUp()
  const second = await openStore(engine)
  const other = createPublish({
    platforms: () => [fake.platform],
    ledger: { store: second, owner: 'you', shownRevisions: async () => [] },
    log: recordingLog(),
  })
  const results = await Promise.all([share({}, 'one'), other(CALL, REPLY, { key: 'k9' })])
  expect(fake.messages).toHaveLength(1)
  expect(
    results.map(result => (typeof result === 'string' ? result : JSON.stringify(result))).join(),
  ).toContain('less than a minute ago')
})

test('the same answer in the same place is a link to the first for ten minutes', async () => {
  const { fake, share, pass } = await setUp()
  const sam = { id: 'fake:sam' }
  await share({}, 'one')
  expect(await share(sam, 'one')).toBe('That answer was posted here a few minutes ago.')
  fake.platform.link = ({ place, id }) => `https://chat.example/${place}/${id}`
  const answer = await share(sam, 'one', { command: 'nutgraf', text: 'lawsuit' })
  expect(answer).toBe('That answer was posted here a few minutes ago: go to it')
  // In another place, in a thread, or after ten minutes it counts as new.
  expect(await share(sam, 'one', { place: 'fake:2' })).toContain('Shared by')
  expect(await share({ id: 'fake:kim' }, 'one', {}, '77')).toContain('Shared by')
  pass(10 * 60_000 + 1)
  expect(await share(sam, 'one')).toContain('Shared by')
  expect(fake.messages).toHaveLength(4)
})

test('what failed counts neither as there nor as a share', async () => {
  const { fake, share } = await setUp()
  fake.queueOutcomes('gone')
  expect(await share({}, 'one')).toBe('The channel is gone.')
  expect(await share({}, 'one')).toContain('Shared by Dana')
})

test('who may not write there shares nothing, and what is no answer is shared by nobody', async () => {
  const { fake, share, publish } = await setUp()
  expect(await share({ mayPost: false }, 'one')).toMatch(/^You can’t write in this channel/)
  const problem = refusal(['There is no such thing.'])
  expect(await publish(CALL, problem, { key: 'k2' })).toEqual({ problem })
  expect(fake.messages).toEqual([])
})
