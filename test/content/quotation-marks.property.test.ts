import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isInQuotationMarks } from '../../src/content/in-quotation-marks.ts'
import { readQuotations } from '../../src/content/quotation-marks.ts'

type Marks = { open: string; close: string }
/** Ways to quote: the outer marks, those inside them, and what a new paragraph of the same quotation begins with. */
type Style = { name: string; outer: Marks; inner: Marks; repeat: string; apostrophe: string }

const STYLES: Style[] = [
  style('American', '“ ”', '‘ ’'),
  style('British', '‘ ’', '“ ”'),
  style('typewriter', '" "', "' '", "'"),
  style('British typewriter', "' '", '" "', "'"),
  style('German', '„ “', '‚ ‘'),
  style('German books', '» «', '› ‹'),
  style('French', '«\u00a0 \u00a0»', '“ ”'),
  style('Swiss', '« »', '‹ ›'),
  style('Russian', '« »', '„ “'),
  style('Swedish', '” ”', '’ ’'),
  style('Swedish with guillemets', '» »', '” ”'),
  style('Polish', '„ ”', '« »'),
  style('Japanese', '「 」', '『 』'),
]

function style(name: string, outer: string, inner: string, apostrophe = '’'): Style {
  const marks = (pair: string): Marks => {
    const [open = '', close = ''] = pair.split(' ')
    return { open, close }
  }
  return { name, outer: marks(outer), inner: marks(inner), repeat: marks(outer).open, apostrophe }
}

/** Words with an apostrophe inside; those at the end of a word are tested by cases, since marks may look the same. */
const APOSTROPHES = ['don~t', 'isn~t', 'O~Brien', 'mayor~s', 'we~re']
const word = (prefix: string) =>
  fc.oneof(
    { weight: 8, arbitrary: fc.nat(999).map(number => `${prefix}${number}`) },
    { weight: 2, arbitrary: fc.constantFrom(...APOSTROPHES).map(text => `${prefix}${text}`) },
    {
      weight: 1,
      arbitrary: fc.constantFrom('6~2', '1,500', '3.5', '$20', 'well-known').map(text => `${prefix}${text}`),
    },
  )
const words = (prefix: string) =>
  fc.array(word(prefix), { minLength: 1, maxLength: 6 }).map(all => all.join(' '))
/** A quotation: its paragraphs, and what somebody else is quoted with inside. */
const quotation = fc.record({
  paragraphs: fc.array(words('in'), { minLength: 1, maxLength: 3 }),
  nested: fc.option(words('in'), { nil: undefined }),
})
const piece = fc.oneof(
  words('out').map(text => ({ outside: text })),
  quotation.map(inside => ({ inside })),
  // Somebody forgot the closing mark: the next paragraph is the outlet's all the same.
  fc.tuple(words('lost'), words('out')).map(([lost, next]) => ({ lost, next })),
)
const article = fc.record({
  style: fc.constantFrom(...STYLES),
  pieces: fc.array(piece, { minLength: 1, maxLength: 8 }),
  /** Whether lines are wrapped: a line end in place of some spaces. */
  wrap: fc.boolean(),
  stray: fc.constantFrom('', ' A 12" pipe.', ' The ’90s.', ' He is 6\'2".'),
})

function write({ style: { outer, inner, repeat, apostrophe }, pieces, wrap, stray }: ArticleOf): string {
  const text = pieces
    .map(piece => {
      if ('outside' in piece) return `${piece.outside}.`
      if ('lost' in piece) return `${outer.open}${piece.lost}.\n\n${piece.next}.\n\n`
      const { paragraphs, nested } = piece.inside
      const last = paragraphs.length - 1
      const body = paragraphs.map((paragraph, index) => {
        const quoted =
          index === last && nested !== undefined ? ` ${inner.open}${nested},${inner.close} indeed` : ''
        return `${index === 0 ? outer.open : repeat}${paragraph}${quoted},`
      })
      return `${body.join('\n\n')}${outer.close} outsaid.`
    })
    .join(' ')
    .replaceAll('~', apostrophe)
  return (
    (wrap ? text.replace(/ (?=(?:out|in)\d)/g, (space, at) => (at % 3 === 0 ? '\n' : space)) : text) + stray
  )
}
type ArticleOf = typeof article extends fc.Arbitrary<infer T> ? T : never

const spansOf = (text: string, prefix: string) =>
  [...text.matchAll(new RegExp(String.raw`(?<![\p{L}\p{N}])${prefix}[^\s,]*`, 'gu'))].map(
    ({ 0: found, index }) => ({
      start: index,
      end: index + found.replace(/[.,]$/, '').length,
    }),
  )

test('no word outside quotation marks is accepted, and none inside is refused, in whatever style', () => {
  fc.assert(
    fc.property(article, made => {
      const text = write(made)
      for (const span of spansOf(text, 'out'))
        expect([text, text.slice(span.start, span.end), isInQuotationMarks(text, span)]).toEqual([
          text,
          text.slice(span.start, span.end),
          false,
        ])
      for (const span of spansOf(text, 'in(?!deed)'))
        expect([text, text.slice(span.start, span.end), isInQuotationMarks(text, span)]).toEqual([
          text,
          text.slice(span.start, span.end),
          true,
        ])
    }),
    { numRuns: 3_000 },
  )
})

test('a quotation over several paragraphs is one, from its first word to its last', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...STYLES),
      fc.array(words('in'), { minLength: 2, maxLength: 4 }),
      (style, paragraphs) => {
        const pieces = [{ inside: { paragraphs, nested: undefined } }]
        const text = write({ style, pieces, wrap: false, stray: '' })
        const [first, ...others] = readQuotations(text)
        expect(others).toEqual([])
        expect(text.slice(first!.start, first!.end)).toContain(
          paragraphs.at(-1)!.replaceAll('~', style.apostrophe),
        )
        expect(first!.repeats).toHaveLength(paragraphs.length - 1)
      },
    ),
  )
})

test('whatever a text holds, reading takes time in proportion to its length, and spans lie in it', () => {
  const signs = fc
    .array(fc.constantFrom(...'“”„"«»‘’‚\'‹›「」 \n.aA5'), { maxLength: 400 })
    .map(all => all.join(''))
  fc.assert(
    fc.property(signs, text => {
      for (const { start, end } of readQuotations(text)) {
        expect(start).toBeLessThan(end)
        expect(end).toBeLessThan(text.length)
        expect(text.slice(start, end).trim()).toBe(text.slice(start, end))
      }
    }),
    { numRuns: 2_000 },
  )
})
