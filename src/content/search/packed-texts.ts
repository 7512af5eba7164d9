/** Many short texts as one run of bytes: it costs the garbage collector nothing, and is kept on disk as it is. */
export type PackedTexts = { bytes: Buffer; ends: Uint32Array }

/** Packs texts in their order. */
export function packTexts(texts: string[]): PackedTexts {
  const pieces = texts.map(text => Buffer.from(text))
  const ends = new Uint32Array(texts.length)
  let end = 0
  for (const [index, piece] of pieces.entries()) {
    end += piece.length
    ends[index] = end
  }
  return { bytes: Buffer.concat(pieces), ends }
}

/** One of the packed texts. */
export const textAt = ({ bytes, ends }: PackedTexts, index: number): string =>
  bytes.toString('utf8', index === 0 ? 0 : ends[index - 1], ends[index])
