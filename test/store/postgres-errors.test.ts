import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { createServer, type Socket } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { type Config, readConfig } from '../../src/config.ts'
import { diagnoseDatabase } from '../../src/doctor/database.ts'
import { connect, waitWhileAway } from '../../src/store/connect.ts'
import { StoreError } from '../../src/store/engine.ts'
import { postgresError } from '../../src/store/postgres/errors.ts'

const stops: (() => void)[] = []
afterEach(() => {
  for (const stop of stops.splice(0)) stop()
})

/** An error as PostgreSQL sends it before a session begins. */
function fatalMessage(code: string, message: string): Buffer {
  const fields = Object.entries({ S: 'FATAL', V: 'FATAL', C: code, M: message })
  const body = Buffer.from(`${fields.map(([key, value]) => `${key}${value}\0`).join('')}\0`)
  const head = Buffer.from([0x45, 0, 0, 0, 0])
  head.writeInt32BE(body.length + 4, 1)
  return Buffer.concat([head, body])
}

/** Listens as a PostgreSQL does that answers every start with these bytes: an error, or N for no TLS. */
async function fakeServer(answer: string | Buffer, port = 0): Promise<Config> {
  const sockets = new Set<Socket>()
  const server = createServer(socket => {
    sockets.add(socket)
    socket.on('error', () => {})
    socket.once('data', () => socket.end(answer))
  })
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  stops.push(() => {
    server.close()
    for (const socket of sockets) socket.destroy()
  })
  return settings(`postgres://n:topsecret@127.0.0.1:${(server.address() as AddressInfo).port}/d`)
}

function settings(DATABASE_URL: string): Config {
  const read = readConfig({ DATABASE_URL })
  if ('problems' in read) throw new Error(read.problems.join('\n'))
  return read.config
}

const failureOf = (config: Config) =>
  connect(config, () => {}).then(
    () => undefined,
    (cause: Error) => cause,
  )

const NO_ENTRY = 'no pg_hba.conf entry for host "1.2.3.4", user "n", database "d"'

test.each([
  [
    '28000',
    `${NO_ENTRY}, no encryption`,
    /only encrypted connections \(TLS\).*sslmode=verify-full.*no-verify/,
  ],
  ['28000', `${NO_ENTRY}, SSL off`, /only encrypted connections/],
  [
    '28000',
    'kein Eintrag in pg_hba.conf für Host »1.2.3.4«, Benutzer »n«, keine Verschlüsselung',
    /only encrypted/,
  ],
  ['28000', `${NO_ENTRY}, SSL encryption`, /does not let this user in from this machine: .*pg_hba\.conf/],
  ['28000', 'role "n" does not exist', /does not accept the user/],
  ['28P01', 'password authentication failed', /does not accept the password/],
  ['3D000', 'database "d" does not exist', /the database in DATABASE_URL does not exist/],
])('%s %s is told with its cure, ends a start, and shows no password', async (code, message, sentence) => {
  const config = await fakeServer(fatalMessage(code, message))
  const failure = await failureOf(config)
  expect(failure).toBeInstanceOf(StoreError)
  expect(failure!.message).toMatch(sentence)
  expect((failure as StoreError).isAway).toBe(false)
  const waited = waitWhileAway(() => connect(config, () => {}), { onWait: () => expect.fail(), retryMs: 5 })
  await expect(waited).rejects.toThrow(sentence)
  const { findings } = await diagnoseDatabase(config)
  expect(findings).toEqual([expect.objectContaining({ id: 'store-unreachable', severity: 'error' })])
  const { says = '', cure = '' } = findings[0] ?? {}
  expect(`${says.replace(/\.$/, '')}: ${cure}`).toMatch(
    new RegExp(sentence.source.replace(/: \.\*/, ': .*'), 'i'),
  )
  expect(JSON.stringify(findings) + failure!.message).not.toContain('topsecret')
})

test('the steps of the doctor lead on: TLS that is not offered, and a certificate that cannot be verified', async () => {
  const plain = await fakeServer('N')
  const withTls = settings(`${plain.databaseUrl}?sslmode=verify-full`)
  expect((await failureOf(withTls))?.message).toMatch(
    /does not offer encrypted connections \(TLS\): remove sslmode/,
  )
  const self = postgresError(
    Object.assign(new Error('self-signed certificate'), { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' }),
  )
  expect(self.message).toMatch(/\?sslmode=no-verify in place of any other sslmode/)
  // The driver does what the sentence says.
  const { default: pg } = await import('pg')
  expect(new pg.Client(`${plain.databaseUrl}?sslmode=no-verify`).ssl).toMatchObject({
    rejectUnauthorized: false,
  })
})

test.each([
  ['57P03', 'the database system is starting up', /PostgreSQL is starting/],
  ['53300', 'sorry, too many clients already', /no free connection/],
])('%s is waited for', async (code, message, sentence) => {
  const config = await fakeServer(fatalMessage(code, message))
  expect(await failureOf(config)).toMatchObject({ isAway: true, message: expect.stringMatching(sentence) })
})

test('a database that is not there yet is waited for, with one sentence a cause, until it says what a person must do', async () => {
  const config = await fakeServer('')
  const { port } = new URL(config.databaseUrl!)
  for (const stop of stops.splice(0)) stop()
  const waits: string[] = []
  const opening = waitWhileAway(() => connect(config, () => {}), {
    onWait: sentence => waits.push(sentence),
    retryMs: 10,
  })
  opening.catch(() => {})
  await expect.poll(() => waits).toEqual(['store: PostgreSQL does not answer at DATABASE_URL'])
  await new Promise(resolve => setTimeout(resolve, 100))
  expect(waits).toHaveLength(1)
  await fakeServer(fatalMessage('57P03', 'starting'), Number(port))
  await expect.poll(() => waits.at(-1)).toBe('store: PostgreSQL is starting')
  for (const stop of stops.splice(0)) stop()
  await fakeServer(fatalMessage('28P01', 'wrong'), Number(port))
  await expect(opening).rejects.toThrow(/password/)
})
