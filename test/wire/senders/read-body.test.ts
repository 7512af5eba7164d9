import { createServer } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { readRequestBody } from '../../../src/wire/senders/read-body.ts'

const stops: (() => void)[] = []
afterEach(() => {
  for (const stop of stops.splice(0)) stop()
})

/** Sends what begins like a request, and returns how its body is read. */
async function readFrom(lines: string[], timeoutMs = 50) {
  const read = Promise.withResolvers<Awaited<ReturnType<typeof readRequestBody>>>()
  const begun = Promise.withResolvers<void>()
  const server = createServer((req, res) => {
    readRequestBody(req, timeoutMs).then(read.resolve, read.reject)
    begun.resolve()
    req.on('close', () => res.destroy())
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
  stops.push(
    () => socket.destroy(),
    () => server.close(),
  )
  socket.on('error', () => {})
  socket.write(lines.join('\r\n'))
  await begun.promise
  return { read: read.promise, breakOff: () => socket.destroy() }
}

test('the bytes of a body are read as they are', async () => {
  const { read } = await readFrom(['POST / HTTP/1.1', 'host: x', 'content-length: 3', '', 'a\u0000b'])
  expect(await read).toEqual({ bytes: Buffer.from('a\u0000b') })
})

test('a body that does not come is not waited for', async () => {
  const { read } = await readFrom(['POST / HTTP/1.1', 'host: x', 'content-length: 3', '', 'a'])
  expect(await read).toMatchObject({ status: 408, field: 'body' })
})

test('a body that says that it is too long is not read', async () => {
  const { read } = await readFrom(['POST / HTTP/1.1', 'host: x', 'content-length: 1000001', '', ''])
  expect(await read).toMatchObject({ status: 413, field: 'body' })
})

test('a caller that breaks off leaves nothing waiting', async () => {
  const { read, breakOff } = await readFrom(
    ['POST / HTTP/1.1', 'host: x', 'content-length: 3', '', 'a'],
    60_000,
  )
  breakOff()
  await expect(read).rejects.toThrow(/broke off|aborted/)
})
