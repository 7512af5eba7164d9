import { describe, expect, test } from 'vitest'
import { addressDate, dayOf } from '../../../src/import/page/head/find-date.ts'
import { parsePage } from '../../../src/import/page/parse-page.ts'

const NOW = Date.parse('2026-11-30T12:00:00Z')
const ARTICLE = `<article>${'<p>The council said on Monday that the bridge would open again in the spring of next year.</p>'.repeat(8)}</article>`

function published(head: string, { url, body = '' }: { url?: string; body?: string } = {}) {
  const page = `<html><head>${head}</head><body>${body}${ARTICLE}</body></html>`
  const article = parsePage({ bytes: Buffer.from(page), url }, NOW)
  if ('failure' in article) throw new Error(article.failure)
  return article.published
}
const meta = (name: string, content: string) => `<meta property="${name}" content="${content}">`
const jsonLd = (datePublished: string) =>
  `<script type="application/ld+json">${JSON.stringify({ '@type': 'NewsArticle', headline: 'x', datePublished })}</script>`

describe('the day of publication', () => {
  test.each([
    [
      'a moment with an offset is the day there',
      jsonLd('2017-08-06T23:44:21-05:00'),
      {},
      '2017-08-06',
      'json-ld',
      true,
    ],
    ['a day alone', meta('article:published_time', '2017-08-06'), {}, '2017-08-06', 'meta', true],
    ['noon in UTC is one day everywhere', jsonLd('2017-08-06T12:00:00Z'), {}, '2017-08-06', 'json-ld', true],
    [
      'night in UTC may be the day before',
      jsonLd('2017-08-07T02:00:00Z'),
      {},
      '2017-08-07',
      'json-ld',
      false,
    ],
    [
      'night in UTC is the day of the address',
      jsonLd('2017-08-07T02:00:00Z'),
      { url: 'https://wqad.example/2017/08/06/x/' },
      '2017-08-06',
      'address',
      false,
    ],
    [
      'night in UTC that the page confirms',
      jsonLd('2017-08-07T02:00:00Z'),
      { body: '<time datetime="2017-08-07T02:00:00Z">August 7, 2017</time>' },
      '2017-08-07',
      'json-ld',
      true,
    ],
    [
      'what its address contradicts is not sure',
      jsonLd('2017-08-09T12:00:00-05:00'),
      { url: 'https://wqad.example/2017/08/06/x/' },
      '2017-08-09',
      'json-ld',
      false,
    ],
    ['a time alone is not sure', '', { body: '<time>Aug. 6, 2017</time>' }, '2017-08-06', 'time', false],
    [
      'an address alone is not sure',
      '',
      { url: 'https://a.example/2017/aug/06/x' },
      '2017-08-06',
      'address',
      false,
    ],
    [
      'a line of the page',
      '',
      { body: '<p class="post-date">Posted 6:44 pm, August 6, 2017</p>' },
      '2017-08-06',
      'text',
      false,
    ],
  ] as const)('%s', (_name, head, options, date, from, sure) => {
    expect(published(head, options)).toEqual({ date, from, sure })
  })

  test('is not when a page was changed, nor the date of a teaser', () => {
    expect(published(meta('article:modified_time', '2017-08-06T12:00:00-05:00'))).toBeUndefined()
    expect(published('', { body: '<time class="updated" datetime="2017-08-06">x</time>' })).toBeUndefined()
  })

  test('is none where it could be two', () => {
    expect(published(meta('date', '8/6/2017'))).toBeUndefined()
    expect(published(meta('date', 'yesterday'))).toBeUndefined()
    expect(published(meta('date', '2017-13-45'))).toBeUndefined()
  })
})

test.each([
  ['https://a.example/2019/11/19/x/', '2019-11-19'],
  ['https://a.example/news/2019/1/9/x', '2019-01-09'],
  ['https://a.example/20191119-x.html', '2019-11-19'],
  ['https://a.example/x-2019-11-19', '2019-11-19'],
  ['https://a.example/2019/nov/18/x', '2019-11-18'],
  ['https://a.example/2019/11/x', undefined],
  ['https://a.example/201911181077343476-x', undefined],
  ['https://a.example/story/471031-2019', undefined],
  ['mailto:x', undefined],
])('the day in %s is %s', (url, day) => {
  expect(addressDate(url)).toBe(day)
})

test.each([
  ['Sun, 06 Aug 2017 21:04:00 -0500', '2017-08-06'],
  ['August 6, 2017 at 9:04 PM CDT', '2017-08-06'],
  ['9:04 PM CDT, August 6, 2017', '2017-08-07'],
  ['Published on 6 August 2017', '2017-08-06'],
  ['2017-08-06 21:04', '2017-08-06'],
  ['6.8.2017', '2017-08-06'],
])('%s is %s', (text, day) => {
  expect(dayOf(text, NOW)?.date).toBe(day)
})
