import fc from 'fast-check'
import { expect, test } from 'vitest'
import { verifyPassages } from '../../src/content/verify-passages.ts'
import { bundledLibrary } from '../support/conversations/conversation.ts'

const QUOTES = bundledLibrary.stories.flatMap(({ quotes }) => quotes).filter(({ source }) => source.text)
const PASSAGES = QUOTES.flatMap(({ kind, source, spans }) =>
  spans.map(({ start, end }) => ({
    text: source.text!,
    words: source.text!.slice(start, end),
    inMarks: source.kind === 'news' && kind !== 'reported',
  })),
)

const isAlphanumeric = (character: string | undefined) =>
  character !== undefined && /[\p{L}\p{N}]/u.test(character)

test('quoted words cut at random are never accepted where the cut is inside a word', () => {
  let refused = 0
  fc.assert(
    fc.property(
      fc.constantFrom(...PASSAGES),
      fc.double({ min: 0, max: 0.9, noNaN: true }),
      fc.double({ min: 0.05, max: 1, noNaN: true }),
      ({ text, words, inMarks }, from, part) => {
        const start = Math.floor(from * words.length)
        const cut = words.slice(start, start + Math.max(1, Math.floor(part * (words.length - start))))
        if (cut.trim() !== cut) return
        const verification = verifyPassages([cut], text, { inMarks })
        if ('missing' in verification) {
          refused++
          return
        }
        const [span] = verification.spans
        expect(text.slice(span!.start, span!.end)).toBe(cut)
        for (const edge of [span!.start, span!.end])
          expect([cut, isAlphanumeric(text[edge - 1]) && isAlphanumeric(text[edge])]).toEqual([cut, false])
      },
    ),
    { numRuns: 10_000 },
  )
  expect(refused).toBeGreaterThan(1_000)
})

test('every quotation of the bundled stories is accepted whole, where it is', () => {
  for (const { text, words, inMarks } of PASSAGES) {
    const verification = verifyPassages([words], text, { inMarks })
    expect(verification).toMatchObject({ spans: [{ end: expect.any(Number) }] })
  }
})

test('words of a wrapped line are found, and what is found is the text', () => {
  const text = 'He said: “The bridge\n  stays shut, for 1,500\r\ncars.” No.'
  const verification = verifyPassages(['The bridge stays shut, for 1,500 cars.'], text, { inMarks: true })
  expect(verification).toMatchObject({ spans: [{ start: 10, line: 1 }] })
  expect(verifyPassages(['The bridge stays  shut'], text)).toHaveProperty('missing')
  expect(verifyPassages(['He said: “The bridge stays shut'], text, { inMarks: true })).toHaveProperty(
    'missing',
  )
})

test('whatever is said about words that are not there is a whole text', () => {
  const WORDS = fc
    .array(fc.constantFrom('bridge ', 'shut', '😀', '🌉', '”', '“', ', said Ana. ', 'é'), { maxLength: 40 })
    .map(pieces => pieces.join(''))
  fc.assert(
    fc.property(WORDS, WORDS, fc.nat(60), fc.nat(60), (before, after, from, length) => {
      const text = `${before}“${after}”`
      const cut = `${text.slice(from, from + length)}${after.slice(0, 1)}`
      const verification = verifyPassages([cut.toWellFormed()], text, { inMarks: true })
      expect(('missing' in verification ? verification.missing : '').isWellFormed()).toBe(true)
    }),
    { numRuns: 2_000 },
  )
})
