/**
 * Decodes the bytes of a text that another program saved: UTF-8, or UTF-16 as Windows saves it, with or without the mark
 * at its start. Throws where they are neither.
 */
export function decodeText(bytes: Uint8Array): string {
  return new TextDecoder(encodingOf(bytes), { fatal: true }).decode(bytes)
}

/** UTF-16 begins with its mark; without one, every other byte of a text in ASCII is 0. */
function encodingOf(bytes: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' {
  const [first, second] = bytes
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  if (first === 0xfe && second === 0xff) return 'utf-16be'
  if (second === 0 && first !== 0) return 'utf-16le'
  if (first === 0 && second !== 0 && second !== undefined) return 'utf-16be'
  return 'utf-8'
}
