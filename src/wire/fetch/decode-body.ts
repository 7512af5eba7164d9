import { promisify } from 'node:util'
import { brotliDecompress, constants, gunzip, inflate, inflateRaw, zstdDecompress } from 'node:zlib'

/** The encodings that we ask for. */
export const ACCEPTED_ENCODINGS = 'gzip, deflate, br'
/** A body that is packed more often than this was not made for readers. */
const MAX_LAYERS = 2

/** As far as the beginning of a document is looked for. */
const HEAD_BYTES = 1_000

/** A body that is not packed as its header says. */
export class EncodingError extends Error {
  override name = 'EncodingError'
}

// A body that is cut off gives what there is: whether it is enough, the parser says.
const LENIENT = { finishFlush: constants.Z_SYNC_FLUSH }
const unpack = {
  gzip: promisify(gunzip),
  deflate: promisify(inflate),
  raw: promisify(inflateRaw),
  br: promisify(brotliDecompress),
  zstd: promisify(zstdDecompress),
}

/**
 * Unpacks a body as its `content-encoding` says, away from the loop. What is counted is what comes out: a few bytes can
 * become gigabytes. Rejects with the code ERR_BUFFER_TOO_LARGE for more than `maxBytes`.
 */
export async function decodeBody(
  body: Uint8Array,
  contentEncoding: string,
  maxBytes: number,
): Promise<Uint8Array> {
  const layers = contentEncoding
    .toLowerCase()
    .split(',')
    .map(layer => layer.trim())
    .filter(layer => layer !== '' && layer !== 'identity')
  if (layers.length > MAX_LAYERS) throw new EncodingError(`packed ${layers.length} times`)
  let bytes = body
  for (const layer of layers.reverse()) bytes = await decodeLayer(bytes, layer, maxBytes)
  return bytes
}

async function decodeLayer(bytes: Uint8Array, layer: string, maxOutputLength: number): Promise<Uint8Array> {
  const limits = { maxOutputLength }
  // Some servers name a packing that they did not do, or an encoding of letters in its place.
  if (isDocument(bytes)) return bytes
  if (isGzip(bytes)) return unpack.gzip(bytes, { ...LENIENT, ...limits })
  switch (layer) {
    case 'gzip':
    case 'x-gzip':
      return bytes
    case 'deflate': {
      // Half of the servers mean it without a head.
      const hasHead = (bytes[0]! & 0x0f) === 8
      return (hasHead ? unpack.deflate : unpack.raw)(bytes, { ...LENIENT, ...limits })
    }
    case 'br':
      return unpack.br(bytes, limits)
    case 'zstd':
      return unpack.zstd(bytes, limits)
    default:
      throw new EncodingError(`packed as “${layer.slice(0, 20)}”`)
  }
}

const isGzip = (bytes: Uint8Array) => bytes[0] === 0x1f && bytes[1] === 0x8b

/** Whether bytes begin as a feed or a page does: with a tag, or as an object of JSON, after marks and spaces. */
const isDocument = (bytes: Uint8Array) =>
  /^(?:\xef\xbb\xbf)?\s*(?:<[?!a-z]|\{\s*["}])/i.test(
    Buffer.from(bytes.subarray(0, HEAD_BYTES)).toString('latin1'),
  )
