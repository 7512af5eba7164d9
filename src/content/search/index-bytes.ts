import { type Numbers, numbersBelow, type StoryIndex } from './story-index.ts'

const WIDTH = 4
const PARTS = ['starts', 'ends', 'sequence', 'postings', 'kinds', 'words', 'details'] as const

/** An index as one run of bytes: how long each part is, then the parts, each at a multiple of four bytes. */
export function indexToBytes(index: StoryIndex): Uint8Array {
  const parts = PARTS.map(part => bytesOf(index[part]))
  const lengths = Uint32Array.from(parts, ({ length }) => length)
  return Buffer.concat([bytesOf(lengths), ...parts].flatMap(part => [part, padding(part.length)]))
}

/**
 * The index of such bytes, over a copy of them: its numbers are read where they stand, and nothing of what was kept around
 * them stays in memory for its sake.
 */
export function indexFromBytes(bytes: Uint8Array): StoryIndex {
  const { buffer } = new Uint8Array(bytes)
  const lengths = new Uint32Array(buffer, 0, PARTS.length)
  let end = lengths.byteLength
  const [starts, ends, sequence, postings, kinds, words, details] = Array.from(lengths, length => {
    const start = end
    end = start + length + paddingOf(length)
    return { start, length }
  }) as [Place, Place, Place, Place, Place, Place, Place]
  const numbers = (Kind: NumbersOver, { start, length }: Place) =>
    new Kind(buffer, start, length / Kind.BYTES_PER_ELEMENT)
  const raw = ({ start, length }: Place) => Buffer.from(buffer, start, length)
  const wordCount = starts.length / WIDTH - 1
  const passageCount = ends.length / WIDTH
  return {
    starts: new Uint32Array(buffer, starts.start, starts.length / WIDTH),
    ends: new Uint32Array(buffer, ends.start, passageCount),
    sequence: numbers(numbersBelow(wordCount), sequence),
    postings: numbers(numbersBelow(passageCount), postings),
    kinds: new Uint8Array(buffer, kinds.start, kinds.length),
    words: raw(words),
    details: raw(details),
  }
}

type Place = { start: number; length: number }
type NumbersOver = {
  new (buffer: ArrayBuffer, start: number, length: number): Numbers
  BYTES_PER_ELEMENT: number
}

const bytesOf = ({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array =>
  new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength)

const paddingOf = (length: number) => (WIDTH - (length % WIDTH)) % WIDTH
const padding = (length: number) => new Uint8Array(paddingOf(length))
