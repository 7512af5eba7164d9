import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Block, Inline } from '../../../src/chat/reply.ts'
import { render } from '../../../src/platforms/discord/render.ts'
import {
  HOSTILE_TEXTS,
  normalizeWhitespace,
  parseNodes,
  visibleText,
  withoutWhitespace,
} from '../../support/discord/drawn-message.ts'
import { replyOf } from '../../support/reply-of.ts'

const SIGNS = [
  ...'\\*_~`|<>[]()#-+@:!&/.=1 \n',
  '\n- ',
  '\n> ',
  '\n1. ',
  '\n-# ',
  '# ',
  '://',
  'https://x.org',
  '@everyone',
  '<@1>',
  '**',
  '||',
  '](',
  'x',
  'é',
  '👩‍👧',
]
const hostile = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.array(fc.constantFrom(...SIGNS), { maxLength: 14 }).map(signs => signs.join('')),
  },
  { weight: 1, arbitrary: fc.constantFrom(...HOSTILE_TEXTS) },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 40 }) },
)
const inline: fc.Arbitrary<Inline> = fc.oneof(
  hostile,
  hostile.map(bold => ({ bold })),
  hostile.map(italic => ({ italic })),
  hostile.map(code => ({ code })),
)
const link = hostile.map(text => ({ link: 'https://example.org/a_(b)*c', text }))
const runs = fc.array(inline, { maxLength: 5 })

const wordsOf = (inline: Inline): string =>
  typeof inline === 'string'
    ? inline
    : 'bold' in inline
      ? inline.bold
      : 'italic' in inline
        ? inline.italic
        : 'code' in inline
          ? inline.code
          : ''
const LOOKS = new Set(['text', 'br', 'newline', 'twemoji', 'strong', 'em', 'inlineCode'])

test('a string is text and nothing else, character by character', () => {
  fc.assert(
    fc.property(hostile, data => {
      fc.pre(data.trim() !== '')
      const { content } = render(replyOf({ kind: 'text', text: [data] }))
      expect(
        parseNodes(content).filter(({ type }) => !['text', 'br', 'newline', 'twemoji'].includes(type)),
      ).toEqual([])
      expect(visibleText(content)).toBe(normalizeWhitespace(data))
    }),
    { numRuns: 1500 },
  )
})

test('inlines side by side keep their characters and make neither link nor mention', () => {
  fc.assert(
    fc.property(runs, inlines => {
      const data = inlines.map(wordsOf).join('')
      fc.pre(data.trim() !== '')
      const { content } = render(replyOf({ kind: 'text', text: inlines }))
      expect(parseNodes(content).filter(({ type }) => !LOOKS.has(type))).toEqual([])
      expect(withoutWhitespace(visibleText(content))).toBe(withoutWhitespace(normalizeWhitespace(data)))
    }),
    { numRuns: 1500 },
  )
})

test('links come only from links, and lead where they say', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(inline, link), { maxLength: 4 }), inlines => {
      const wanted = inlines.filter(
        inline => typeof inline === 'object' && 'link' in inline && inline.text.trim() !== '',
      )
      fc.pre(inlines.some(inline => wordsOf(inline).trim() !== '') || wanted.length > 0)
      const { content } = render(replyOf({ kind: 'text', text: inlines }))
      const links = parseNodes(content).filter(({ type }) => ['link', 'url', 'autolink'].includes(type))
      expect(links.map(({ target }) => target)).toEqual(wanted.map(() => 'https://example.org/a_%28b%29*c'))
    }),
    { numRuns: 800 },
  )
})

const block: fc.Arbitrary<(data: Inline[]) => Block> = fc.constantFrom(
  text => ({ kind: 'text', text }),
  text => ({ kind: 'note', text }),
  text => ({ kind: 'list', items: [text, ['second']] }),
  text => ({ kind: 'fields', fields: [{ name: 'Name', value: text }] }),
  text => ({ kind: 'quote', words: 'said', marks: true, attribution: ['who'], note: text }),
  text => ({ kind: 'quote', words: text.map(wordsOf).join(''), marks: true, attribution: ['who'] }),
)

test('every line of a block stays inside the block, whatever its data', () => {
  fc.assert(
    fc.property(block, runs, (make, data) => {
      const hostile = make(data)
      const { content } = render(
        replyOf({ kind: 'text', text: ['before'] }, hostile, { kind: 'text', text: ['after'] }),
      )
      const nodes = parseNodes(content)
      const layout =
        hostile.kind === 'quote' ? ['blockQuote', 'subtext'] : hostile.kind === 'note' ? ['subtext'] : []
      expect(nodes.filter(({ type }) => !LOOKS.has(type) && !layout.includes(type))).toEqual([])
      const lines = content
        .split('\n')
        .filter(line => line.trim() !== '')
        .slice(1, -1)
      for (const [index, line] of lines.entries()) {
        if (hostile.kind === 'note') expect(line).toMatch(/^-# \S/)
        if (hostile.kind === 'list') expect(line).toMatch(index === 0 ? /^- / : /^(- | {2})/)
        if (hostile.kind === 'text' || hostile.kind === 'fields')
          expect(line).not.toMatch(/^\s*([-+#>]|\d+\. )/)
      }
      expect(content.startsWith('before\n')).toBe(true)
      expect(content.endsWith('\nafter')).toBe(true)
    }),
    { numRuns: 1500 },
  )
})

test('the name of an emoji between colons stays text; a time of day needs no escape', () => {
  const content = (words: string) => render(replyOf({ kind: 'text', text: [words] })).content
  expect(content('a :smile: b :+1: c :wave::skin-tone-2:')).toBe(
    'a \\:smile: b \\:+1: c \\:wave:\\:skin-tone-2:',
  )
  expect(content('at 09:40, in 3:1')).toBe('at 09:40, in 3:1')
})
