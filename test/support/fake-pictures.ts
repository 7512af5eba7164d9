import { deflateSync } from 'node:zlib'
import type { Paint } from '../../src/chat/platform.ts'
import { type Block, note, type PictureBlock, type Reply } from '../../src/chat/reply.ts'
import { PNG_SIGNATURE, pngChunk } from './pictures/png.ts'

/** A card that shows these words, with a text that says the same. */
export const cardBlock = (words: string, more: { dark?: true } = {}): PictureBlock => ({
  kind: 'picture',
  picture: {
    kind: 'card',
    label: 'ARCHIVED STORY',
    foot: 'nutgraf',
    words,
    marks: true,
    about: ['Sessions'],
    ...more,
  },
  alt: `ARCHIVED STORY. “${words}” Sessions.`,
  fallback: [quoted(words)],
})

const quoted = (words: string): Block => ({ kind: 'quote', words, marks: true, attribution: ['Sessions'] })

/** A reply with a card, as `/quote … --card` gives it. */
export const cardReply = (words: string, more: Partial<Reply> = {}): Reply => ({
  label: { state: 'archived', line: 'ARCHIVED STORY' },
  blocks: [cardBlock(words), note('1 of 2')],
  parts: [],
  audience: 'caller',
  ...more,
})

/**
 * Creates a painter of PNG files of one pixel, each with the JSON of its picture as a comment. `pictures` are those that
 * it painted, as JSON.
 */
export function createFakePainter(): Paint & { pictures: string[] } {
  const pictures: string[] = []
  const paint: Paint = async picture => {
    const json = JSON.stringify(picture)
    pictures.push(json)
    return onePixelPng(json)
  }
  return Object.assign(paint, { pictures })
}

/** Whether these bytes are the PNG of a picture with these words. */
export const isPngOf = (bytes: Uint8Array, words: string): boolean =>
  Buffer.from(bytes).subarray(0, PNG_SIGNATURE.length).equals(PNG_SIGNATURE) &&
  Buffer.from(bytes).includes(words)

function onePixelPng(comment: string): Uint8Array {
  // One pixel wide, one high, 8 bits of grey.
  const header = Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0])
  return Buffer.concat([
    PNG_SIGNATURE,
    pngChunk('IHDR', header),
    pngChunk('tEXt', Buffer.from(`Comment\0${comment}`)),
    pngChunk('IDAT', deflateSync(Buffer.from([0, 0]))),
    pngChunk('IEND', Buffer.alloc(0)),
  ])
}
