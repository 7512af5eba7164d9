import { readFileSync } from 'node:fs'
import { inflateSync } from 'node:zlib'

/** Reads the characters that a font file (WOFF) has a shape for, from its table `cmap` of format 4. */
export function fontCharacters(path: string): Set<number> {
  const table = cmap(readFileSync(path))
  const characters = new Set<number>()
  for (let index = 0; index < table.readUInt16BE(2); index++) {
    const at = table.readUInt32BE(8 + index * 8)
    if (table.readUInt16BE(at) !== 4) throw new Error(`${path}: a character table of an unknown format`)
    const double = table.readUInt16BE(at + 6)
    for (let segment = 0; segment < double; segment += 2) {
      const last = table.readUInt16BE(at + 14 + segment)
      const first = table.readUInt16BE(at + 16 + double + segment)
      const delta = table.readUInt16BE(at + 16 + double * 2 + segment)
      const offsetAt = at + 16 + double * 3 + segment
      const offset = table.readUInt16BE(offsetAt)
      for (let code = first; code <= last && code < 0xffff; code++) {
        const glyph = offset === 0 ? code : table.readUInt16BE(offsetAt + offset + (code - first) * 2)
        if ((offset === 0 || glyph !== 0) && ((glyph + delta) & 0xffff) !== 0) characters.add(code)
      }
    }
  }
  return characters
}

function cmap(font: Buffer): Buffer {
  for (let entry = 44; entry < 44 + font.readUInt16BE(12) * 20; entry += 20) {
    if (font.toString('latin1', entry, entry + 4) !== 'cmap') continue
    const [start, packed, length] = [4, 8, 12].map(by => font.readUInt32BE(entry + by))
    const table = font.subarray(start, start! + packed!)
    return packed! < length! ? inflateSync(table) : table
  }
  throw new Error('a font without a character table')
}
