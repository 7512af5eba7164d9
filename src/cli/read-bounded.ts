import { createReadStream } from 'node:fs'

/**
 * Reads a file, or standard input for `-`; undefined if it has more than so many bytes. No more than these are read, however
 * large it is, or however long it goes on.
 */
export async function readBounded(file: string, maxBytes: number): Promise<Uint8Array | undefined> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of file === '-' ? process.stdin : createReadStream(file)) {
    chunks.push(chunk)
    length += chunk.length
    if (length > maxBytes) return undefined
  }
  return Buffer.concat(chunks)
}
