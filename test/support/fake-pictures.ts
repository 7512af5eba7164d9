import { crc32, deflateSync } from 'node:zlib'
import type { Paint } from '../../src/chat/platform.ts'
import { type Block, note, type PictureBlock, type Reply } from '../../src/chat/reply.ts'

/** A card with some words, and the same in words. */
export const cardBlock = (words: string, more: { dark?: true } = {}): PictureBlock => ({
  kind: 'picture',
  picture: {
    ...{ kind: 'card', label: 'ARCHIVED STORY', foot: 'nutgraf', words, marks: true, about: ['Sessions'] },
    ...more,
  },
  alt: `ARCHIVED STORY. “${words}” Sessions.`,
  fallback: [quoted(words)],
})

const quoted = (words: string): Block => ({ kind: 'quote', words, marks: true, attribution: ['Sessions'] })

/** A reply with a card in it, as `/quote … --card` gives it. */
export const cardReply = (words: string, more: Partial<Reply> = {}): Reply => ({
  label: { state: 'archived', line: 'ARCHIVED STORY' },
  blocks: [cardBlock(words), note('1 of 2')],
  parts: [],
  audience: 'caller',
  ...more,
})

/** Paints nothing to look at: a PNG of one pixel, with what it shows in a chunk of text. `pictures` are those painted. */
export function createFakePainter(): Paint & { pictures: string[] } {
  const pictures: string[] = []
  const paint: Paint = async picture => {
    const said = JSON.stringify(picture)
    pictures.push(said)
    return png(said)
  }
  return Object.assign(paint, { pictures })
}

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

/** Whether bytes are the PNG of a picture that holds these words. */
export const isPngOf = (bytes: Uint8Array, words: string): boolean =>
  Buffer.from(bytes).subarray(0, 8).equals(SIGNATURE) && Buffer.from(bytes).includes(words)

function png(said: string): Uint8Array {
  const size = Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0])
  const parts = [
    chunk('IHDR', size),
    chunk('tEXt', Buffer.from(`Comment\0${said}`)),
    chunk('IDAT', deflateSync(Buffer.from([0, 0]))),
    chunk('IEND', Buffer.alloc(0)),
  ]
  return Buffer.concat([SIGNATURE, ...parts])
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type), data])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, sum])
}
