import { constants, gunzipSync } from 'node:zlib'

/** The most bytes that a feed may have, unpacked. The largest that a newsroom publishes have a fifth of it. */
export const MAX_FEED_BYTES = 5_000_000

/** Some servers pack what is packed already; nobody packs it more often. */
const MAX_LAYERS = 3

/**
 * Unpacks a body that is gzip although no header said so, or that was packed twice. Undefined if it becomes larger than a
 * feed may be, or is broken from the start; of a body that was cut off, there is what came.
 */
export function unzip(bytes: Uint8Array): Uint8Array | undefined {
  let unpacked = bytes
  for (let layer = 0; layer < MAX_LAYERS && isZipped(unpacked); layer++) {
    try {
      unpacked = gunzipSync(unpacked, {
        maxOutputLength: MAX_FEED_BYTES,
        finishFlush: constants.Z_SYNC_FLUSH,
      })
    } catch {
      return undefined
    }
  }
  return unpacked.length <= MAX_FEED_BYTES ? unpacked : undefined
}

const isZipped = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b
