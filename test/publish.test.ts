import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { plain } from '../src/plain.ts'
import type { Call } from '../src/platform.ts'
import { callOf, publishing } from '../src/publish.ts'
import { text } from '../src/reply.ts'
import { sqlite } from '../src/store/sqlite.ts'
import { openStore, type Store } from '../src/store/store.ts'
import { fakePlatform, type Turn } from './digests/fakes.ts'
import { saidLog } from './digests/pressed.ts'
import { scratch } from './started.ts'

const CALL: Call = {
  command: 'lawsuit',
  text: 'summary --public',
  place: 'fake:1',
  caller: { id: 'fake:me', rights: [] },
  audience: 'caller',
  at: 1_000,
}
const REPLY = { blocks: [text('the answer')], parts: ['lawsuit/label'], audience: 'place' as const }
const KEY = 'answer fake:1 k1'

const open: Store[] = []
afterEach(() => Promise.all(open.splice(0).map(store => store.close())))

async function desk() {
  const engine = sqlite(join(scratch(), 'db'))
  const store = await openStore(engine)
  open.push(store)
  const fake = fakePlatform()
  const log = saidLog()
  const shown = async (parts: string[]) => parts.map(part => ({ part, revision: 3 }))
  const publish = publishing({
    platforms: () => [fake.platform],
    ledger: { store, owner: 'me', shown },
    log,
  })
  const said = async (...turns: Turn[]) => {
    fake.next(...turns)
    const given = await publish(CALL, REPLY, { key: 'k1' })
    return 'message' in given ? 'posted' : plain(given.problem)
  }
  return { engine, store, fake, log, publish, said }
}

test('a post is written down before it is made, and settled after', async () => {
  const { store, fake, said } = await desk()
  const { post } = fake.platform
  let before: unknown
  fake.platform.post = async (...given) => {
    before = (await store.delivery(KEY))?.state
    return post(...given)
  }
  expect(await said()).toBe('posted')
  expect(before).toBe('sending')
  const row = (await store.delivery(KEY))!
  expect(row).toMatchObject({ state: 'sent', kind: 'answer', message: { place: 'fake:1', id: '1' } })
  expect(callOf(row)).toMatchObject({ command: 'lawsuit', text: 'summary --public', at: 1_000 })
  expect(await store.shown(KEY)).toEqual([{ part: 'lawsuit/label', revision: 3 }])
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
  expect(await refused.store.delivery(KEY)).toMatchObject({ state: 'failed', error: 'fake: gone' })
  const cut = await desk()
  cut.fake.next('cut after')
  const given = await cut.publish(CALL, REPLY, { key: 'k1' })
  expect(given).toMatchObject({ unclear: KEY })
  expect((await cut.store.delivery(KEY))?.state).toBe('sending')
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
  for (const one of fill) await store.add([one]).catch(() => {})
  expect(await said()).toMatch(/^I can’t write down what I post right now, so I don’t post\./)
  expect(log.said()).toContain('the disk is full')
  expect(fake.messages).toEqual([])
  await engine.query('pragma max_page_count = 1000000')
  expect(await said()).toBe('posted')
})

test('a post that stands there is a success, even if that cannot be written down any more', async () => {
  const { store, fake, log, said } = await desk()
  store.sent = () => Promise.reject(new Error('the disk is full'))
  expect(await said()).toBe('posted')
  expect(log.said()).toContain('could not be written down')
  expect(fake.messages).toHaveLength(1)
  expect((await store.delivery(KEY))?.state).toBe('sending')
})
