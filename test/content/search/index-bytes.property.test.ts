import { zstdCompressSync } from 'node:zlib'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { indexFromBytes, indexToBytes } from '../../../src/content/search/index-bytes.ts'
import { type StoryIndex, storyIndexOf } from '../../../src/content/search/story-index.ts'
import { libraryFromFiles, storyFiles } from '../../support/content/story-files.ts'

const sizes = { maxLength: 9, size: 'max' as const }
const index = fc.record({
  starts: fc.uint32Array({ ...sizes, minLength: 1 }),
  ends: fc.uint32Array(sizes),
  sequence: fc.uint16Array(sizes),
  postings: fc.uint16Array(sizes),
  kinds: fc.uint8Array(sizes),
  words: fc.uint8Array(sizes).map(bytes => Buffer.from(bytes)),
  details: fc.uint8Array(sizes).map(bytes => Buffer.from(bytes)),
})

test('an index is the same after it was bytes, wherever these stand in others', () => {
  fc.assert(
    fc.property(index, fc.nat(9), (made: StoryIndex, before) => {
      const around = Buffer.concat([Buffer.alloc(before, 7), indexToBytes(made), Buffer.alloc(3, 9)])
      const bytes = around.subarray(before, around.length - 3)
      expect(indexFromBytes(bytes)).toEqual(made)
    }),
    { numRuns: 500 },
  )
})

test('a story of more different words and passages than two bytes count is the same too', () => {
  const wide: StoryIndex = {
    starts: new Uint32Array(65_538),
    ends: new Uint32Array(65_537),
    sequence: Uint32Array.of(65_536, 1),
    postings: Uint32Array.of(65_536, 2, 3),
    kinds: new Uint8Array(65_537),
    words: zstdCompressSync('a'),
    details: zstdCompressSync('b'),
  }
  expect(indexFromBytes(indexToBytes(wide))).toEqual(wide)
  const [story] = libraryFromFiles(storyFiles('bridge')).stories
  expect(indexFromBytes(indexToBytes(storyIndexOf(story!)))).toEqual(storyIndexOf(story!))
})
