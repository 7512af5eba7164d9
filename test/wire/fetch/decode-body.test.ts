import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { decodeBody } from '../../../src/wire/fetch/decode-body.ts'

const FEED = '<?xml version="1.0"?><rss version="2.0"><channel><title>WQAD</title></channel></rss>'
const MAX = 10_000
const bytes = Buffer.from(FEED)
const decoded = async (body: Uint8Array, encoding: string) =>
  Buffer.from(await decodeBody(body, encoding, MAX)).toString()

test.each([
  ['gzip', 'as it says', gzipSync(bytes)],
  ['x-gzip', 'as it says', gzipSync(bytes)],
  ['deflate', 'as it says', deflateSync(bytes)],
  ['deflate', 'without a head', deflateRawSync(bytes)],
  ['br', 'as it says', brotliCompressSync(bytes)],
  ['zstd', 'as it says', zstdCompressSync(bytes)],
  ['gzip, br', 'twice', brotliCompressSync(gzipSync(bytes))],
  ...['gzip', 'deflate', 'br', 'zstd', 'UTF-8', 'binary', 'gzip, br'].map(
    name => [name, 'not packed at all', bytes] as const,
  ),
  ...['deflate', 'br', 'zstd', 'UTF-8'].map(name => [name, 'packed as gzip', gzipSync(bytes)] as const),
  ['br', 'not packed, after a mark and a line', Buffer.from(`\ufeff\n${FEED}`)],
] as const)('a body that is named %s is unpacked where it is %s', async (encoding, _how, body) => {
  expect((await decoded(body, encoding)).replace(/^\s+/, '')).toBe(FEED)
})

test('JSON that was not packed is taken as it is', async () => {
  expect(await decoded(Buffer.from('{"items":[]}'), 'br')).toBe('{"items":[]}')
})

test('what is packed in an unknown way, or too often, is refused', async () => {
  await expect(decoded(Buffer.from([1, 2, 3]), 'exi')).rejects.toThrow('packed as')
  await expect(decoded(gzipSync(bytes), 'gzip, gzip, gzip')).rejects.toThrow('packed 3 times')
})

test('what becomes larger than may be is refused, whatever it is named', async () => {
  const large = gzipSync(Buffer.alloc(MAX * 2, 'a'))
  for (const name of ['gzip', 'br', 'deflate'])
    await expect(decoded(large, name)).rejects.toMatchObject({ code: 'ERR_BUFFER_TOO_LARGE' })
})
