import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { toPlainText } from '../../src/chat/plain-text.ts'
import type { Call } from '../../src/chat/platform.ts'
import { refusal, text } from '../../src/chat/reply.ts'
import { createPublish, publishedCall } from '../../src/delivery/publish.ts'
import { createSqliteEngine } from '../../src/store/sqlite.ts'
import { openStore, type Store } from '../../src/store/store.ts'
import { type FakeOutcome, fakePlatform } from '../support/delivery/fake-platform.ts'
import { warningLog } from '../support/delivery/test-pipeline.ts'
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

async function desk() {
  let ahead = 0
  const engine = createSqliteEngine(join(temporaryFolder(), 'db'), { clock: () => Date.now() + ahead })
  const store = await openStore(engine)
  open.push(store)
  const fake = fakePlatform()
  const log = warningLog()
  const shownRevisions = async (parts: string[]) => parts.map(part => ({ part, revision: 3 }))
  const publish = createPublish({
    platforms: () => [fake.platform],
    ledger: { store, owner: 'me', shownRevisions },
    log,
  })
  const said = async (...turns: FakeOutcome[]) => {
    fake.queueOutcomes(...turns)
    const given = await publish(CALL, REPLY, { key: 'k1' })
    return 'message' in given ? 'posted' : toPlainText(given.problem)
  }
  /** Shares an answer as somebody does who asked for it alone; what they are told. */
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
    const how = { key: `press ${++presses}`, ...(under !== undefined && { under }) }
    const given = await publish({ ...CALL, caller, ...more }, reply, how)
    return 'message' in given ? fake.messages.at(-1)!.text : toPlainText(given.problem)
  }
  const pass = (ms: number) => {
    ahead += ms
  }
  return { engine, store, fake, log, publish, said, share, pass }
}

test('a post is written down before it is made, and settled after', async () => {
  const { store, fake, said } = await desk()
  const { post } = fake.platform
  let before: unknown
  fake.platform.post = async (...given) => {
    before = (await store.ledger.find(KEY))?.state
    return post(...given)
  }
  expect(await said()).toBe('posted')
  expect(before).toBe('sending')
  const row = (await store.ledger.find(KEY))!
  expect(row).toMatchObject({ state: 'sent', kind: 'answer', message: { place: 'fake:1', id: '1' } })
  expect(publishedCall(row)).toMatchObject({ command: 'lawsuit', text: 'summary --public', at: 1_000 })
  expect(await store.ledger.shownParts(KEY)).toEqual([{ part: 'lawsuit/label', revision: 3 }])
})

test('the same key is one post, whoever asks twice', async () => {
  const { fake, publish, said } = await desk()
  const both = await Promise.all([publish(CALL, REPLY, { key: 'k1' }), publish(CALL, REPLY, { key: 'k1' })])
  expect(both.filter(one => 'message' in one)).toHaveLength(1)
  expect(await said()).toBe('That was posted already.')
  expect(fake.messages).toHaveLength(1)
})

test('a refusal ends the row; what nobody can say is left to be looked for, under a key', async () => {
  const refused = await desk()
  expect(await refused.said('gone')).toBe('The channel is gone.')
  expect(await refused.store.ledger.find(KEY)).toMatchObject({
    state: 'failed',
    error: 'The channel is gone.\nfake: gone',
  })
  const cut = await desk()
  cut.fake.queueOutcomes('cut after')
  const given = await cut.publish(CALL, REPLY, { key: 'k1' })
  expect(given).toMatchObject({ unclear: KEY })
  expect((await cut.store.ledger.find(KEY))?.state).toBe('sending')
})

test('what cannot be written down is not posted, and that is said', async () => {
  const { engine, store, fake, log, said } = await desk()
  const [row] = await engine.query<{ page_count: number }>('pragma page_count')
  await engine.query(`pragma max_page_count = ${row!.page_count}`)
  // Until the last page is full there is still room for a few.
  const fill = Array.from({ length: 50 }, (_, index) => ({
    ...{ key: `${index}`, kind: 'notice' as const, place: 'fake:2' as const, lane: 'fake', number: 1 },
    ...{ state: 'missed' as const, dueAt: 1, selection: 'x'.repeat(200) },
  }))
  for (const one of fill) await store.ledger.add([one]).catch(() => {})
  expect(await said()).toMatch(/^I can’t write down what I post right now, so I don’t post\./)
  expect(log.text()).toContain('the disk is full')
  expect(fake.messages).toEqual([])
  await engine.query('pragma max_page_count = 1000000')
  expect(await said()).toBe('posted')
})

test('a post that stands there is a success, even if that cannot be written down any more', async () => {
  const { store, fake, log, said } = await desk()
  store.ledger.markSent = () => Promise.reject(new Error('the disk is full'))
  expect(await said()).toBe('posted')
  expect(log.text()).toContain('could not be written down')
  expect(fake.messages).toHaveLength(1)
  expect((await store.ledger.find(KEY))?.state).toBe('sending')
})

test('a share says whose it is and what asks for it; a name that breaks the sentence is left out', async () => {
  const { store, share, pass } = await desk()
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
  const { fake, share, pass } = await desk()
  await share({}, 'one')
  const told = await share({}, 'two', { place: 'fake:2' })
  expect(told).toMatch(/^Everybody can share one answer a minute\. Not posted: try again in (59|60) s\.$/)
  expect(await share({ id: 'fake:sam', name: 'Sam' }, 'two')).toContain('Shared by Sam')
  expect(await share({}, 'three', { audience: 'place' })).toBe('three')
  pass(60_001)
  expect(await share({}, 'four')).toContain('four')
  expect(fake.messages).toHaveLength(4)
})

test('of two presses at once in two processes one is a share', async () => {
  const { engine, fake, share } = await desk()
  const second = await openStore(engine)
  const other = createPublish({
    platforms: () => [fake.platform],
    ledger: { store: second, owner: 'you', shownRevisions: async () => [] },
    log: warningLog(),
  })
  const both = await Promise.all([share({}, 'one'), other(CALL, REPLY, { key: 'k9' })])
  expect(fake.messages).toHaveLength(1)
  expect(both.map(one => (typeof one === 'string' ? one : JSON.stringify(one))).join()).toContain(
    'one answer a minute',
  )
})

test('the same answer in the same place is a link to the first for ten minutes', async () => {
  const { fake, share, pass } = await desk()
  const sam = { id: 'fake:sam' }
  await share({}, 'one')
  expect(await share(sam, 'one')).toBe('That answer was posted here a few minutes ago.')
  fake.platform.link = ({ place, id }) => `https://chat.example/${place}/${id}`
  const given = await share(sam, 'one', { command: 'nutgraf', text: 'lawsuit' })
  expect(given).toBe('That answer was posted here a few minutes ago: go to it')
  // Elsewhere, in a thread, and once ten minutes have passed it is not there yet.
  expect(await share(sam, 'one', { place: 'fake:2' })).toContain('Shared by')
  expect(await share({ id: 'fake:kim' }, 'one', {}, '77')).toContain('Shared by')
  pass(10 * 60_000 + 1)
  expect(await share(sam, 'one')).toContain('Shared by')
  expect(fake.messages).toHaveLength(4)
})

test('what failed counts neither as there nor as a share', async () => {
  const { fake, share } = await desk()
  fake.queueOutcomes('gone')
  expect(await share({}, 'one')).toBe('The channel is gone.')
  expect(await share({}, 'one')).toContain('Shared by Dana')
})

test('who may not write there shares nothing, and what is no answer is shared by nobody', async () => {
  const { fake, share, publish } = await desk()
  expect(await share({ mayPost: false }, 'one')).toMatch(/^You can’t write in this channel/)
  const problem = refusal(['There is no such thing.'])
  expect(await publish(CALL, problem, { key: 'k2' })).toEqual({ problem })
  expect(fake.messages).toEqual([])
})
