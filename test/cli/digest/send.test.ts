import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { afterEach, expect, test, vi } from 'vitest'
import { digestSend, printProgress } from '../../../src/cli/digest/send.ts'
import { readConfig } from '../../../src/config.ts'
import { StoreError } from '../../../src/store/engine.ts'
import { temporaryFolder } from '../../support/start-process.ts'

afterEach(() => {
  vi.restoreAllMocks()
})

/** Prints the progress of one digest whose state is asked for in this order: an error, or its state. */
async function progressOf(...answers: (StoreError | 'due' | 'sent')[]) {
  let printed = ''
  vi.spyOn(process.stdout, 'write').mockImplementation(text => {
    printed += text
    return true
  })
  const statesOf = vi.fn(async () => {
    const answer = answers.shift()!
    if (answer instanceof StoreError) throw answer
    return new Map([['key', answer]])
  })
  const waits: number[] = []
  const code = await printProgress({ ledger: { statesOf } }, ['key'], async ms => void waits.push(ms))
  return { code, printed, waits }
}

const away = new StoreError('store: PostgreSQL does not answer at DATABASE_URL', { isAway: true })

test('a store that goes away while digests are sent is waited for, and said once', async () => {
  const { code, printed, waits } = await progressOf('due', away, away, away, 'due', 'sent')
  expect(code).toBe(0)
  expect(waits).toHaveLength(5)
  expect(Math.min(...waits)).toBeGreaterThanOrEqual(500)
  expect(printed.match(/does not answer/g)).toHaveLength(1)
  expect(printed).toMatch(/1 done, 0 failed, 0 left/)
})

test('a store that refuses us ends it', async () => {
  await expect(progressOf('due', new StoreError('store: no rights'))).rejects.toThrow('no rights')
})

test('a store that is away when it is asked is waited for, until it says what a person must do', async () => {
  let printed = ''
  vi.spyOn(process.stdout, 'write').mockImplementation(text => {
    printed += text
    return true
  })
  const refusal = Buffer.from('SFATAL\0VFATAL\0C28P01\0Mwrong\0\0')
  const server = createServer(socket => {
    socket.on('error', () => {})
    socket.once('data', () => socket.end(Buffer.from([0x45, 0, 0, 0, refusal.length + 4, ...refusal])))
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as AddressInfo
  await new Promise(resolve => server.close(resolve))
  const DATABASE_URL = `postgres://n:topsecret@127.0.0.1:${port}/d`
  const read = readConfig({ DATABASE_URL, DATA_DIR: temporaryFolder() })
  if ('problems' in read) throw new Error(read.problems.join())
  const sending = digestSend(read.config, ['morning'], { retryMs: 20 })
  sending.catch(() => {})
  await expect
    .poll(() => printed, { timeout: 20_000 })
    .toMatch(/does not answer at DATABASE_URL\. It is waited for/)
  server.listen(port, '127.0.0.1')
  await expect(sending).rejects.toThrow(/does not accept the password/)
  expect(printed.match(/waited for/g)).toHaveLength(1)
  expect(printed).not.toContain('topsecret')
  await new Promise(resolve => server.close(resolve))
})
