import { inflateSync } from 'node:zlib'

/** How large a painted picture is, from the head of its file. */
export function pngSize(png: Uint8Array): { width: number; height: number } {
  const file = Buffer.from(png)
  return { width: file.readUInt32BE(16), height: file.readUInt32BE(20) }
}

/** A painted picture, point by point; colours are numbers such as 0xfcfaf5. */
export type Pixels = { width: number; height: number; colourAt(x: number, y: number): number }

/** Reads a PNG of eight bits a colour, as we paint them. */
export function readPixels(png: Uint8Array): Pixels {
  const file = Buffer.from(png)
  const { width, height } = pngSize(png)
  const depth = file[25] === 6 ? 4 : 3
  const data: Buffer[] = []
  for (let at = 8; at < file.length; ) {
    const length = file.readUInt32BE(at)
    if (file.toString('latin1', at + 4, at + 8) === 'IDAT') data.push(file.subarray(at + 8, at + 8 + length))
    at += length + 12
  }
  const packed = inflateSync(Buffer.concat(data))
  const stride = width * depth
  let above = new Uint8Array(stride + depth)
  const rows = Array.from({ length: height }, (_, y) => {
    // With an empty point before the first, so that each has one to its left.
    const row = new Uint8Array(stride + depth)
    const start = y * (stride + 1) + 1
    const filter = packed[start - 1]!
    for (let x = depth, from = start; x < row.length; x++, from++) {
      const left = row[x - depth]!
      const up = above[x]!
      let guess = 0
      if (filter === 1) guess = left
      else if (filter === 2) guess = up
      else if (filter === 3) guess = (left + up) >> 1
      else if (filter === 4) guess = paethPredictor(left, up, above[x - depth]!)
      row[x] = packed[from]! + guess
    }
    above = row
    return Buffer.from(row.buffer, depth)
  })
  return { width, height, colourAt: (x, y) => rows[y]!.readUIntBE(x * depth, 3) }
}

function paethPredictor(left: number, up: number, corner: number): number {
  const guess = left + up - corner
  const byLeft = Math.abs(guess - left)
  const byUp = Math.abs(guess - up)
  const byCorner = Math.abs(guess - corner)
  if (byLeft <= byUp && byLeft <= byCorner) return left
  return byUp <= byCorner ? up : corner
}
