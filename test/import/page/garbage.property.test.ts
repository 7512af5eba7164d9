import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { isBreaking } from '../../../src/chat/safe-text.ts'
import { parsePage } from '../../../src/import/page/parse-page.ts'

const NOW = Date.parse('2026-11-30T12:00:00Z')
/** `GARBAGE_PAGES=100000` is a long run. */
const RUNS = Number(process.env.GARBAGE_PAGES ?? 400)

const TAGS =
  'html head body main article section div p span b br table tr td th ul li pre q h1 h2 aside nav footer form blockquote figure figcaption script style noscript template svg meta title time a amp-ad x-y frameset'.split(
    ' ',
  )
const ATTRIBUTES = [
  'class="share"',
  'id=comments',
  'style="display:none"',
  'hidden',
  "class='article",
  '"',
  'a=<p>',
  'datetime="2017-13-40"',
  'content=x name=author',
]
const PIECES = fc.oneof(
  fc
    .tuple(fc.constantFrom(...TAGS), fc.constantFrom('', ...ATTRIBUTES))
    .map(([tag, more]) => `<${tag} ${more}>`),
  fc.constantFrom(...TAGS).map(tag => `</${tag}>`),
  fc.constantFrom(
    '<',
    '>',
    '&',
    '&amp;',
    '&#xd83d;',
    '&#0;',
    '<!--',
    '-->',
    '<![CDATA[',
    ']]>',
    '\0',
    '\u202e',
    '\r',
    '<!doctype html>',
  ),
  fc.constantFrom(
    '<script type="application/ld+json">',
    '{"@type":"NewsArticle","headline":"x","author":',
    '[[{"@graph":[',
    '"}]',
  ),
  fc.constantFrom(
    'The council met on Monday, and it voted. ',
    '“Never,” she said. ',
    'Q. Why? ',
    'Read more: ',
    'THE MAYOR: ',
  ),
  fc.string({ unit: 'binary', maxLength: 12 }),
)
const page = fc.array(PIECES, { maxLength: 150 }).map(pieces => pieces.join(''))
const bytes = fc.oneof(
  page.map(text => Buffer.from(text)),
  page.map(text => Buffer.from(text, 'latin1')),
  page.map(text => Buffer.from(text, 'utf16le')),
  fc.uint8Array({ maxLength: 2_000 }),
)

test('whatever a page is, it is read or refused, and nothing of it can break a message', () => {
  fc.assert(
    fc.property(
      bytes,
      fc.constantFrom(undefined, 'text/plain', 'text/html; charset=utf-16'),
      (bytes, contentType) => {
        const read = parsePage({ bytes, contentType, url: 'https://a.example/2017/08/06/x' }, NOW)
        if ('failure' in read) return
        for (const line of [...read.text.split('\n'), ...read.dropped]) {
          expect(line).toBe(line.trim())
          expect(line).not.toMatch(/[\n\t\r]| {2}/)
          expect(isBreaking(line)).toBe(false)
        }
        for (const value of [read.title, read.outlet, read.author]) {
          expect(value?.value).not.toBe('')
          expect(isBreaking(value?.value ?? '')).toBe(false)
        }
        if (read.published) expect(read.published.date).toMatch(/^\d{4}-\d\d-\d\d$/)
        if (read.url !== undefined) expect(read.url).toMatch(/^https?:\/\/[^/]/)
        expect(read.words).toBeGreaterThan(0)
      },
    ),
    { numRuns: RUNS },
  )
})

test('no word of paragraphs is lost, whatever stands around them', () => {
  const word = fc.constantFrom('river', 'mill', 'bolts', 'Ortiz', 'levy', '“No”', 'naïve', '£41.2m', '3.1')
  const sentence = fc
    .array(word, { minLength: 8, maxLength: 30 })
    .map(words => `The ${words.join(' ')} stood, and so on, until the council met again.`)
  fc.assert(
    fc.property(fc.array(sentence, { minLength: 4, maxLength: 12 }), fc.boolean(), (sentences, old) => {
      const body = old
        ? sentences.join('<br>\n<br>')
        : sentences.map(text => `<p class="x">${text}</p>`).join('\n')
      const html = `<html><body><nav><a href="/">Home</a></nav><div class="story">${body}</div><footer>© 2025</footer></body></html>`
      const read = parsePage({ bytes: Buffer.from(html) }, NOW)
      if ('failure' in read) throw new Error(read.failure)
      expect(read.text.split('\n')).toEqual(sentences)
    }),
    { numRuns: 60 },
  )
})
