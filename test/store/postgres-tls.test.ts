import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import { createSecureContext, TLSSocket } from 'node:tls'
import { afterEach, expect, test, vi } from 'vitest'
import { connect, waitWhileAway } from '../../src/store/connect.ts'
import { temporaryFolder } from '../support/start-process.ts'
import { selfSigned } from '../support/store/self-signed.ts'

const stops: (() => void)[] = []
afterEach(() => {
  for (const stop of stops.splice(0)) stop()
})

/** What our fake server says once a connection is encrypted and trusted: it knows no password. */
const PASSWORD_REFUSED = /does not accept the password/

/** Listens as a PostgreSQL with TLS does, up to the password, which it refuses. Returns the port. */
async function serveTls({ cert, key }: { cert: string; key: string }): Promise<number> {
  const fields = 'SFATAL\0VFATAL\0C28P01\0Mwrong\0\0'
  const refusal = Buffer.concat([Buffer.from([0x45, 0, 0, 0, fields.length + 4]), Buffer.from(fields)])
  const sockets = new Set<Socket>()
  const server = createServer(socket => {
    sockets.add(socket)
    socket.on('error', () => {})
    socket.once('data', () => {
      socket.write('S')
      const secure = new TLSSocket(socket, {
        isServer: true,
        secureContext: createSecureContext({ cert, key }),
      })
      secure.on('error', () => {})
      secure.once('data', () => secure.end(refusal))
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  stops.push(() => {
    server.close()
    for (const socket of sockets) socket.destroy()
  })
  return (server.address() as AddressInfo).port
}

/** Starts as a bot does. Resolves with the sentence that ends the start. */
const failureAt = (databaseUrl: string): Promise<string> =>
  waitWhileAway(() => connect({ databaseUrl, dataDir: temporaryFolder() }, () => {}), {
    onWait: sentence => expect.fail(`waited: ${sentence}`),
  }).then(
    () => 'connected',
    (cause: Error) => cause.message,
  )

test('each mode of TLS is read as it is meant, or names its cure, and the driver warns of none', async () => {
  const warn = vi.spyOn(process, 'emitWarning').mockImplementation(() => {})
  stops.push(() => warn.mockRestore())
  const certificate = selfSigned('localhost', Date.now())
  const authority = join(temporaryFolder(), 'ca.pem')
  writeFileSync(authority, certificate.cert)
  const at = `postgres://n:topsecret@localhost:${await serveTls(certificate)}/d`
  const unverified =
    /^store: the certificate of PostgreSQL cannot be verified: .*sslmode=no-verify.*sslrootcert/
  for (const [query, sentence] of [
    ['sslmode=no-verify', PASSWORD_REFUSED],
    ['sslmode=verify-full', unverified],
    ['sslmode=require', unverified],
    ['application_name=x&sslmode=prefer', unverified],
    ['sslmode=verify-ca&application_name=x', unverified],
    [`sslmode=require&sslrootcert=${authority}`, PASSWORD_REFUSED],
    [`sslmode=verify-full&sslrootcert=${authority}`, PASSWORD_REFUSED],
    ['sslmode=require&uselibpqcompat=true', PASSWORD_REFUSED],
    [
      'sslmode=verify-full&sslrootcert=/no/such.pem',
      /^store: a file that DATABASE_URL names \(sslrootcert.*path/,
    ],
  ] as const) {
    const failure = await failureAt(`${at}?${query}`)
    expect([query, failure]).toEqual([query, expect.stringMatching(sentence)])
    expect(failure).not.toContain('topsecret')
  }
  expect(warn).not.toHaveBeenCalled()
})

test('a certificate for another name, and one that has expired, are told as such', async () => {
  const authority = join(temporaryFolder(), 'ca.pem')
  for (const [certificate, sentence] of [
    [
      selfSigned('db.example.org', Date.now()),
      /is for another host name than that in DATABASE_URL: write the name/,
    ],
    [selfSigned('localhost', Date.now(), -1), /has expired: renew it/],
  ] as const) {
    writeFileSync(authority, certificate.cert)
    const port = await serveTls(certificate)
    const query = `sslmode=verify-full&sslrootcert=${authority}`
    expect(await failureAt(`postgres://n:p@localhost:${port}/d?${query}`)).toMatch(sentence)
  }
})
