import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hadWords, partWordsOfAll } from '../../src/content/part-words.ts'
import { readFolder } from '../../src/content/read/folder.ts'
import { loadContent } from '../../src/content/read/load.ts'

const { stories } = loadContent((await readFolder('content')).files)
const lines = partWordsOfAll({ stories }).flatMap(({ words }) =>
  words.split('\n').map(line => ({ words, line })),
)

/** A line of a part of the bundled stories, and two positions in it. */
const cut = fc
  .tuple(
    fc.nat(lines.length - 1),
    fc.double({ min: 0, max: 1, noNaN: true }),
    fc.double({ min: 0, max: 1, noNaN: true }),
  )
  .map(([index, a, b]) => {
    const { words, line } = lines[index]!
    const [from = 0, to = 0] = [a, b].map(share => Math.floor(share * line.length)).sort((x, y) => x - y)
    return { words, line, from, to }
  })

test('every run of whole words of a part is found in it, whatever its spaces, marks and first capital', () => {
  fc.assert(
    fc.property(cut, ({ words, line, from, to }) => {
      const start = line.lastIndexOf(' ', from) + 1
      const space = line.indexOf(' ', to)
      const run = line.slice(start, space < 0 ? undefined : space)
      const typed = run.replaceAll(' ', '  ').replace(/[“”]/g, '"').replaceAll('’', "'").replaceAll('–', '-')
      expect(hadWords(words, run)).toBe(true)
      expect(hadWords(words, typed)).toBe(true)
      expect(
        hadWords(
          words,
          run.replace(/^./u, first => first.toUpperCase()),
        ),
      ).toBe(true)
    }),
    { numRuns: 2_000 },
  )
})

test('a run that ends or begins inside a word is not found, unless it is a word elsewhere', () => {
  const letters = /[\p{L}\p{N}]/u
  fc.assert(
    fc.property(cut, ({ words, line, from, to }) => {
      fc.pre(to - from > 3 && /\s/.test(line.slice(from, to)))
      const isInside = (at: number) => letters.test(line[at - 1] ?? ' ') && letters.test(line[at] ?? ' ')
      fc.pre(isInside(from) || isInside(to))
      const run = line.slice(from, to)
      // With a space at an end, the run would be whole again.
      fc.pre(run.trim() === run && words.split(run).length === 2)
      expect(hadWords(words, run)).toBe(false)
    }),
    { numRuns: 2_000 },
  )
})

test('words with one letter changed are not found', () => {
  fc.assert(
    fc.property(cut, ({ words, line, from, to }) => {
      const run = line.slice(from, to).trim()
      const at = run.search(/[a-z](?=[a-z])/)
      fc.pre(run.length > 20 && at > 0)
      const changed = `${run.slice(0, at)}${run[at] === 'q' ? 'z' : 'q'}${run.slice(at + 1)}`
      expect(hadWords(words, changed)).toBe(false)
    }),
    { numRuns: 1_000 },
  )
})
