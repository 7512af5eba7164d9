/** Where the chunks of a body are put together: `add` is false once there would be more than may be. */
type BodyCollector = { add(chunk: Uint8Array): boolean; bytes(): Uint8Array }

const FIRST_BYTES = 65_536

/**
 * Creates what puts a body together while it comes. To join all chunks at its end would hold the loop for milliseconds.
 * `expected` is how many bytes the server promises.
 */
export function createBodyCollector(maxBytes: number, expected = 0): BodyCollector {
  const isPromise = Number.isSafeInteger(expected) && expected > 0
  let buffer = new Uint8Array(Math.min(maxBytes, isPromise ? expected : FIRST_BYTES))
  let length = 0
  return {
    add(chunk) {
      const needed = length + chunk.length
      if (needed > maxBytes) return false
      if (needed > buffer.length) {
        const larger = new Uint8Array(Math.min(maxBytes, Math.max(needed, buffer.length * 2)))
        larger.set(buffer.subarray(0, length))
        buffer = larger
      }
      buffer.set(chunk, length)
      length = needed
      return true
    },
    bytes: () => buffer.subarray(0, length),
  }
}
