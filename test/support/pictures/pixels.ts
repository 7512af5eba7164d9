import { inflateSync } from 'node:zlib'
import { pngChunks, predictByte } from './png.ts'

/** Reads the size of a painted picture from the header of its file. */
export function pngSize(png: Uint8Array): { width: number; height: number } {
  const file = Buffer.from(png)
  return { width: file.readUInt32BE(16), height: file.readUInt32BE(20) }
}

/** A painted picture, pixel by pixel; colours are numbers such as 0xfcfaf5. */
export type Pixels = { width: number; height: number; colourAt(x: number, y: number): number }

/** Reads a PNG with eight bits a colour, the kind that we paint. */
export function readPixels(png: Uint8Array): Pixels {
  const file = Buffer.from(png)
  const { width, height } = pngSize(png)
  const depth = file[25] === 6 ? 4 : 3
  const data = pngChunks(file).filter(({ type }) => type === 'IDAT')
  const filtered = inflateSync(Buffer.concat(data.map(chunk => chunk.data)))
  const stride = width * depth
  let above = new Uint8Array(stride + depth)
  const rows = Array.from({ length: height }, (_, y) => {
    // An empty pixel comes before the first, so that each has one at its left.
    const row = new Uint8Array(stride + depth)
    const start = y * (stride + 1) + 1
    const filter = filtered[start - 1]!
    for (let x = depth, from = start; x < row.length; x++, from++) {
      const predicted = predictByte(filter, row[x - depth]!, above[x]!, above[x - depth]!)
      row[x] = filtered[from]! + predicted
    }
    above = row
    return Buffer.from(row.buffer, depth)
  })
  return { width, height, colourAt: (x, y) => rows[y]!.readUIntBE(x * depth, 3) }
}
